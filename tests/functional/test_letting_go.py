"""Letting go: months before support ends, group, caseworker and family look at it together."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from resettle.consents.models import Item
from resettle.core.actor import SYSTEM
from resettle.households.models import HouseholdMember
from resettle.placements import queries as placements
from resettle.plans.exits import begin_if_due
from resettle.plans.models import IndependenceLine, PlanAgreement, PlanKind
from resettle.plans.queries import in_state
from resettle.sponsors.models import ReportDue, SponsorGroup
from tests.groups import a_deed
from tests.journeys import a_family
from tests.world import a_caseworker, a_consent, a_person_signed_in, a_sponsor_of

ENDS = date(2026, 5, 20)
MORE = {"code": "MONEY", "lead": "family_leads"}


@pytest.fixture
def scene(transactions):
    """Give a sponsored family within three months of its end, and who has to do with it."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_family(uow, joined_on=date(2024, 5, 20))
        household.arrived_on = household.placed_on = date(2024, 5, 20)
        household.support_end_on = ENDS
        query = uow.select(HouseholdMember).where(HouseholdMember.household_id == household.id)
        rows = uow.all(query, selectinload(HouseholdMember.person))
        people = {row.relationship_code: row.person for row in rows}
        for seq, adult in enumerate((people["PA"], people["HUS"]), start=1):
            a_consent(uow, household, adult, Item.NAME, seq=seq)
        sponsor = a_sponsor_of(uow, household)
        for match in placements.all_open(uow, household.id):
            match.confirmed_on = household.arrived_on
        worker = a_caseworker(uow, household)
        first = a_person_signed_in(uow, people["PA"])
        second = a_person_signed_in(uow, people["HUS"])
        plan = begin_if_due(uow, household)
    return household, plan, {"worker": worker, "sponsor": sponsor, "first": first, "second": second}


@pytest.fixture
def of(scene, client_of):
    return {name: client_of(actor) for name, actor in scene[2].items()}


def send(client, path, **form):
    return client.post(path, data={"form_key": uuid4().hex, **form})


class TestItsBeginning:
    def test_a_sponsored_household_begins_three_months_before(self, scene):
        assert scene[1] is not None

    def test_without_a_group_it_begins_two_months_before(self, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_family(uow, support_end_on=ENDS)

            assert begin_if_due(uow, household) is None


class TestTheGroup:
    def test_says_who_leads_what(self, of, scene, connection):
        path = f"/plans/{scene[1].id}/letting-go"
        before = of["sponsor"].get(path).text
        sent = send(of["sponsor"], path, **{"lead-MONEY": "family_leads", "lead-HOME": "together"})
        send(of["sponsor"], path, **{"lead-HOME": "family_leads", "lead-WORK": ""})
        after = of["sponsor"].get(path).text

        assert "The family leads 0 of 11; 11 not looked at yet." in before
        assert sent.status_code == 303
        assert "The family leads 2 of 11; 9 not looked at yet." in after
        assert (
            connection.execute(select(IndependenceLine.looked_on)).scalars().all()
            == [date(2026, 3, 2)] * 2
        )

    @pytest.mark.parametrize(
        "form", [{"lead-CIRCUS": "together"}, {"lead-MONEY": "alone"}, {"money": "together"}]
    )
    def test_a_strange_line_is_refused_and_nothing_changes(self, of, scene, connection, form):
        answer = send(of["sponsor"], f"/plans/{scene[1].id}/letting-go", **form)

        assert answer.status_code == 422
        assert connection.execute(select(IndependenceLine.id)).all() == []

    def test_says_who_takes_over_what(self, of, scene):
        path = f"/plans/{scene[1].id}"
        added = send(of["sponsor"], f"{path}/handovers/new", support="Rides to the mosque")
        page = of["sponsor"].get(f"{path}/letting-go").text

        assert added.headers["Location"].startswith(f"{path}/letting-go")
        assert "Rides to the mosque" in page
        assert "1 of 1 are open needs." in page

    def test_is_led_there_from_its_page(self, of, scene):
        page = of["sponsor"].get("/our-household").text

        assert f"/plans/{scene[1].id}/letting-go" in page


class TestTheFamily:
    @pytest.fixture
    def line(self, of, scene):
        line = of["worker"].post(
            f"/api/plans/{scene[1].id}/handovers",
            json={"support": "Rides", "taken_by": "A cousin"},
            headers={"Idempotency-Key": uuid4().hex},
        )
        assert line.status_code == 201, line.text
        return line.json["id"]

    def test_does_not_sign_what_says_nothing(self, of, scene):
        answer = send(of["first"], f"/plans/{scene[1].id}/signature")

        assert answer.status_code == 409
        assert "Say who takes over which support." in answer.text

    @pytest.mark.usefixtures("line")
    def test_signs_on_its_own_page_once(self, of, scene, connection):
        path = f"/plans/{scene[1].id}/signature"
        offered = of["first"].get("/my-household/plan").text
        signed = send(of["first"], path)
        again = send(of["first"], path)
        after = of["first"].get("/my-household/plan").text
        told = of["worker"].get(f"/households/{scene[0].id}/plan").text

        assert path in offered
        assert path not in after
        assert (signed.status_code, again.status_code) == (303, 409)
        assert "1 adult has signed." in told
        assert len(connection.execute(select(PlanAgreement.person_id)).all()) == 1

    def test_nobody_changes_what_was_signed(self, of, scene, line):
        send(of["first"], f"/plans/{scene[1].id}/signature")
        path = f"/plans/{scene[1].id}"
        tries = [
            send(of["sponsor"], f"{path}/letting-go", **{"lead-MONEY": "together"}),
            send(of["sponsor"], f"{path}/handovers/new", support="Letters"),
            send(of["worker"], f"/handovers/{line}/change", taken_by="Nobody"),
            send(of["worker"], f"{path}/goals/new", domain="EDU", wording="Swim", baseline="2"),
        ]
        page = of["sponsor"].get(f"{path}/letting-go").text

        assert [answer.status_code for answer in tries] == [422] * 4
        assert all("The family has begun to sign it" in answer.text for answer in tries)
        assert "lead-MONEY" not in page

    @pytest.mark.usefixtures("line")
    def test_those_who_signed_count_when_it_is_agreed(self, of, scene, transactions, connection):
        send(of["first"], f"/plans/{scene[1].id}/signature")
        send(of["second"], f"/plans/{scene[1].id}/signature")
        sent = {"json": {"agreed_on": "2026-03-02", "person_ids": []}}
        key = {"headers": {"Idempotency-Key": uuid4().hex}}
        agreed = of["worker"].post(f"/api/plans/{scene[1].id}/agreement", **sent, **key)

        assert agreed.status_code == 201, agreed.text
        told = of["worker"].get(f"/api/plans/{scene[1].id}").json
        assert len(told["agreements"]) == 2
        late = send(of["first"], f"/plans/{scene[1].id}/signature")
        assert late.status_code == 409

    def test_the_next_version_begins_with_what_was_looked_at(
        self, of, scene, line, transactions, connection
    ):
        key = lambda: {"headers": {"Idempotency-Key": uuid4().hex}}  # noqa: E731
        path = f"/api/plans/{scene[1].id}"
        of["sponsor"].post(f"{path}/independence", json={"lines": [MORE]}, **key())
        of["first"].post(f"{path}/signature", json={}, **key())
        of["worker"].post(f"{path}/agreement", json={"agreed_on": "2026-03-02"}, **key())
        of["worker"].post(f"/api/households/{scene[0].id}/plans", json={"kind": "exit"}, **key())

        with transactions.begin(SYSTEM, "look") as uow:
            plan = in_state(uow, scene[0].id, PlanKind.EXIT, "draft")
        told = of["worker"].get(f"/api/plans/{plan.id}").json
        assert [(row["code"], row["lead"]) for row in told["independence"]] == [
            ("MONEY", "family_leads")
        ]


class TestTheLastReport:
    def test_the_group_and_the_caseworker_find_it_from_here(self, scene, of, transactions):
        household, plan, actors = scene
        with transactions.begin(SYSTEM, "arrange") as uow:
            (group_id,) = actors["sponsor"].group_ids
            deed = a_deed(uow, uow.find(SponsorGroup, group_id))
            about = {"group_id": group_id, "household_id": household.id, "deed_id": deed.id}
            due_id = uow.add(ReportDue(**about, code="REP-730", due_on=ENDS)).id

        pages = [of[who].get(f"/plans/{plan.id}/letting-go").text for who in ("sponsor", "worker")]

        assert all(f'href="/reports/{due_id}"' in page for page in pages)
