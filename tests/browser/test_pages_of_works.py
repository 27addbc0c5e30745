"""Pages of works that somebody has to begin first: files in and out, flags, holds, complaints."""

from dataclasses import replace
from datetime import timedelta

import pytest

from resettle.accounts.loader import if_active
from resettle.accounts.models import UserAccount
from resettle.cases import queries
from resettle.cases.models import ResettlementCase
from resettle.complaints import service as complaints
from resettle.complaints.acts import Complain
from resettle.complaints.models import About, Complainant, ComplaintChannel
from resettle.core.actor import SYSTEM
from resettle.crises import service as crises
from resettle.crises.acts import RaiseFlag
from resettle.crises.queries import struck
from resettle.exports import service as exports
from resettle.exports.acts import AskExport
from resettle.holds import service as holds
from resettle.holds.acts import DoMany, Way
from resettle.households.models import Household
from resettle.interchange import service as interchange
from resettle.interchange.acts import ImportFile
from resettle.packs import service as packs
from resettle.packs.acts import AskPack
from resettle.placements.models import Sponsorship
from resettle.plans import exits
from resettle.plans import service as plans
from resettle.plans.acts import AddHandover, BeginPlan
from resettle.plans.models import PlanKind
from tests.browser import looking
from tests.unit import errf_files

pytestmark = pytest.mark.timeout(600)
# More cases than are taken in at once, none of which is that of another file here.
MANY = errf_files.written(errf_files.of_form_4(range(2, 55)))
MATCH = ("answers/new", "continuity-plan", "end", "suspension")


@pytest.fixture(scope="module")
def as_who(served):
    """Return a function that opens a work of a user of the demonstration."""

    def opened(user):
        with served.transactions.begin(SYSTEM, "arrange") as uow:
            account = uow.first(
                uow.select(UserAccount).where(UserAccount.email == f"{user}@demo.test")
            )
            actor = if_active(uow, account.id)
        return served.transactions.begin(actor, "arrange")

    return opened


@pytest.fixture(scope="module")
def of_caseworker(as_who):
    with as_who("caseworker") as uow:
        case = uow.first(uow.select(ResettlementCase))
        home = case.household_id
        plan = plans.begin(uow, home, BeginPlan(kind=PlanKind.EXIT))
        handover = exits.add_handover(uow, plan.id, AddHandover(support="Rides to the doctor"))
        pack = packs.ask(uow, home, AskPack(purpose="Handing over", recipient="Kea Trust"))
        asked = {"dataset": "households", "columns": ["reference"], "purpose": "A count"}
        export = exports.ask(uow, AskExport(**asked, recipient="The team"))
        batch = interchange.import_file(uow, errf_files.written(errf_files.v4()), ImportFile())
        waiting = interchange.bring_file(uow, MANY, ImportFile())
        other = errf_files.written(errf_files.v3())
        upload = interchange.keep_upload(uow, "case.xml", other)
        match = uow.first(uow.select(Sponsorship)).id
        kinds = [check.kind for check in queries.checks(uow, case.id)]
        return [
            f"/cases/{case.id}/applicant",
            *(f"/cases/{case.id}/checks/{kind}" for kind in kinds[:1]),
            f"/households/{home}/complaints/new",
            f"/households/{home}/packs/new",
            f"/handovers/{handover.id}/change",
            f"/sponsorships/{match}",
            *(f"/sponsorships/{match}/{page}" for page in MATCH),
            f"/packs/{pack.id}",
            "/exports",
            f"/exports/{export.id}",
            "/imports",
            f"/imports/{batch.id}",
            f"/imports/{waiting.id}",
            f"/imports/checks/{upload.id}",
        ]


@pytest.fixture(scope="module")
def of_leader(as_who):
    with as_who("leader") as uow:
        until = uow.today + timedelta(days=9)
        flag = RaiseFlag(reason="The river is over its banks.", ends_on=until, location="CHC")
        number = len(struck(uow, flag.reach))
        crisis = crises.raise_flag(uow, replace(flag, number=number))
        cases = [case.id for case in uow.all(uow.select(ResettlementCase).limit(2))]
        held = DoMany(way=Way.HOLD, case_ids=cases, reason="TRAVEL", review_on=until)
        results = holds.do_many(uow, held)
        return [
            "/crises",
            "/crises/new",
            "/crises/affected?location=CHC",
            f"/crises/{crisis.id}",
            f"/crises/{crisis.id}/closing",
            "/case-holds",
            "/case-holds?way=release",
            "/case-holds/doing",
            f"/case-holds/{results[0].batch_id}",
        ]


@pytest.fixture(scope="module")
def of_manager(as_who):
    with as_who("caseworker") as uow:
        household = uow.first(uow.select(Household))
        complaint = complaints.complain(
            uow,
            household.id,
            Complain(
                about=About.SERVICE,
                text="Nobody came.",
                language="en",
                channel=ComplaintChannel.IN_PERSON,
                complainant=Complainant.HOUSEHOLD,
            ),
        ).id
    return [
        "/complaints",
        *(f"/complaints/{complaint}{page}" for page in ("", "/acknowledgement", "/resolution")),
    ]


@pytest.mark.parametrize("user", ["caseworker", "leader", "manager"])
def test_they_are_sound(page_of, request, user):
    page = page_of(user)
    found = []

    for path in request.getfixturevalue(f"of_{user}"):
        answer = page.goto(path)
        found += [] if answer.ok else [f"{path} answers {answer.status}"]
        found += looking.faults(page)

    assert found == []
