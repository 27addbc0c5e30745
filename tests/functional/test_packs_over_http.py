"""A household's file on paper: who may take it, how often, how long, and that it is on record."""

from uuid import uuid4

import pytest

from resettle.cases.models import Assignment, AssignmentKind
from resettle.core import jobs
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.audit import AuditEntry
from resettle.packs.models import Pack
from resettle.plans.models import PlanGoal, PlanStatus, SupportPlan
from resettle.wiring import RUNNERS
from tests import journeys
from tests.functional.keys import with_keys
from tests.papers import kinds, opened, spoken, text_of
from tests.world import a_caseworker, a_household, a_member, a_user

CODE = '#read("/etc/passwd") *x* $y$ <a> [b] `c`'
ASKED = {"purpose": "The family moves to Nelson", "recipient": "Rua Hemi, Nelson"}


@pytest.fixture
def client_of(committed_client_of):
    return lambda actor: with_keys(committed_client_of(actor))


@pytest.fixture
def transactions(committed_app):
    return committed_app.extensions["transactions"]


@pytest.fixture
def home(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_household(uow)
        wife = a_member(uow, household, name_in_script="زهرا حیدری", phone="+64 21 123 4567")
        journeys.a_sponsored_case(uow, household)
        plan = uow.add(
            SupportPlan(household_id=household.id, language="prs", status=PlanStatus.ACTIVE)
        )
        uow.add(
            PlanGoal(
                plan_id=plan.id,
                household_id=household.id,
                thread_id=uuid4(),
                domain="EMP",
                own_words="کار",
                wording="Work as a tailor",
            )
        )
        return household, wife, a_caseworker(uow, household)


def work(transactions):
    while jobs.run_next(transactions, RUNNERS):
        pass


def asked(desk, household):
    response = desk.post(f"/api/households/{household.id}/packs", json=ASKED)
    assert response.status_code == 201
    return response.json["id"]


def tell(desk, household, wife):
    """Let something be on the file in each of its parts."""
    desk.post(
        f"/api/persons/{wife.id}/needs", json={"code": "DS-PM", "practical_support": "No stairs"}
    )
    desk.post(
        f"/api/households/{household.id}/tasks",
        json={"title": "Buy a heater", "category": "house", "due_on": "2026-06-01"},
    )
    desk.post(
        f"/api/households/{household.id}/incidents",
        json={"kind": "accident", "severity": 2, "happened_on": "2026-02-02", "text": "A fall"},
    )
    desk.post(
        f"/api/households/{household.id}/notes",
        json={"occurred_at": "2026-03-01T09:00:00Z", "channel": "visit", "text": "We met"},
    )


def test_a_pack_is_asked_for_made_opened_and_on_record(client_of, transactions, home):
    household, wife, caseworker = home
    desk = client_of(caseworker)
    tell(desk, household, wife)
    page = desk.post(f"/households/{household.id}/packs/new", data=ASKED, follow_redirects=True)
    assert "It is being made" in page.text
    path = page.request.path

    work(transactions)
    assert "It can be saved 3 times more." in desk.get(path).text
    page = desk.post(f"{path}/openings", data={}, follow_redirects=True)
    assert "Save the PDF" in page.text
    file = desk.get(f"{path}/content")

    text = text_of(file.data)
    for word in (
        "زهرا",
        "No stairs",
        "DS-PM",
        "Buy a heater",
        "A fall",
        "کار",
        "Work as a tailor",
        "We met",
        "Rua Hemi, Nelson",
        "+64 21 123 4567",
    ):
        assert word in text
    assert file.headers["Content-Disposition"].startswith("attachment")
    with transactions.begin(SYSTEM, "test", read_only=True) as uow:
        rows = [e for e in uow.all(uow.select(AuditEntry)) if e.action == "export:download"]
        assert {"read", "downloaded"} <= {row.change for row in rows}
        read = next(row for row in rows if row.fields == ["pack"])
        assert read.household_ref == household.id
        assert {"P2", "P4", "P5", "P6", "P7"} <= {*read.classes}


def test_it_says_what_changed_lately_and_then_since_the_last_one(
    client_of, transactions, home, clock
):
    household, wife, caseworker = home
    desk = client_of(caseworker)
    tell(desk, household, wife)

    first = written(desk, transactions, household)
    clock.forward(days=2)
    second = written(desk, transactions, household)

    assert "What changed since Sat 31 Jan 2026" in text_of(first)
    assert "Visit contact" in text_of(first)
    assert "What changed since Mon 2 Mar 2026" in text_of(second)


def test_it_is_read_aloud_in_order_and_bears_no_name_outside(client_of, transactions, home):
    household, wife, caseworker = home
    desk = client_of(caseworker)
    tell(desk, household, wife)

    made = written(desk, transactions, household)

    told = opened(made)
    assert [part.title for part in told.outline][:3] == [
        "Where things stand",
        "What changed since Sat 31 Jan 2026",
        "People",
    ]
    assert told.metadata.title == household.reference
    assert told.trailer["/Root"]["/Lang"] == "en-NZ"
    assert spoken(made)[0].startswith(f"{household.reference}  ")
    assert spoken(made)[1].startswith("Hand-over pack of Mon 2 Mar 2026")
    assert {"H1", "Table", "TH", "TD", "Lbl"} <= {*kinds(made)}


def test_a_note_that_looks_like_code_is_printed_as_it_was_typed(client_of, transactions, home):
    household, _, caseworker = home
    desk = client_of(caseworker)
    note = {"occurred_at": "2026-03-01T09:00:00Z", "channel": "visit", "text": CODE}
    assert desk.post(f"/api/households/{household.id}/notes", json=note).status_code == 201

    assert CODE in spoken(written(desk, transactions, household))


def written(desk, transactions, household):
    """Ask for a pack, have it made, and fetch it."""
    id_ = asked(desk, household)
    work(transactions)
    desk.post(f"/packs/{id_}/openings", data={})
    return desk.get(f"/packs/{id_}/content").data


def test_the_form_says_what_taking_a_file_means(client_of, home):
    household, _, caseworker = home
    path = f"/households/{household.id}/packs/new"
    desk = client_of(caseworker)

    assert "it is on record who took it" in desk.get(path).text
    assert desk.post(path, data={"purpose": "Something"}).status_code == 422


def test_it_is_opened_three_times_each_for_a_minute(client_of, transactions, home, clock):
    household, _, caseworker = home
    desk = client_of(caseworker)
    path = f"/api/packs/{asked(desk, household)}"
    assert desk.post(f"{path}/openings").status_code == 409
    work(transactions)
    assert desk.get(f"{path}/content").status_code == 409

    for _ in range(3):
        assert desk.post(f"{path}/openings").status_code == 201
        assert desk.get(f"{path}/content").data.startswith(b"%PDF-")
    clock.forward(minutes=2)

    assert desk.get(f"{path}/content").status_code == 409
    assert desk.post(f"{path}/openings").status_code == 409
    page = desk.get(path.replace("/api", "")).text
    assert "This pack can no longer be saved." in page


def test_after_a_day_the_file_is_forgotten_and_that_it_was_made_is_not(
    client_of, transactions, home, clock
):
    household, _, caseworker = home
    desk = client_of(caseworker)
    pack_id = asked(desk, household)
    work(transactions)
    clock.forward(hours=24, minutes=1)
    assert desk.post(f"/api/packs/{pack_id}/openings").status_code == 409

    work(transactions)

    told = desk.get(f"/api/packs/{pack_id}").json
    assert (told["state"], told["recipient"]) == ("forgotten", ASKED["recipient"])
    with transactions.begin(SYSTEM, "test", read_only=True) as uow:
        assert uow.first(uow.select(Pack)).content is None


def test_nobody_else_opens_it(client_of, transactions, home):
    household, _, caseworker = home
    pack_id = asked(client_of(caseworker), household)
    work(transactions)
    with transactions.begin(SYSTEM, "arrange") as uow:
        colleague = a_caseworker(uow, household, kind=AssignmentKind.SECOND)

    assert client_of(colleague).get(f"/api/packs/{pack_id}").status_code == 404


@pytest.mark.parametrize("lost", ["household", "account"])
def test_who_has_lost_the_household_by_then_gets_none(client_of, transactions, home, lost):
    household, _, caseworker = home
    asked(client_of(caseworker), household)
    with transactions.begin(SYSTEM, "arrange") as uow:
        if lost == "household":
            assignment = uow.first(
                uow.select(Assignment).where(Assignment.user_id == caseworker.user_id)
            )
            assignment.until_on = assignment.from_on
        else:
            other = a_user(uow)
            uow.first(uow.select(Pack)).asked_by = other.id.__class__(int=0)

    work(transactions)

    with transactions.begin(SYSTEM, "test", read_only=True) as uow:
        pack = uow.first(uow.select(Pack))
        assert (pack.state, pack.content) == ("refused", None)


def test_a_program_takes_none_and_nobody_takes_very_many(client_of, transactions, home):
    household, _, caseworker = home
    scopes = frozenset({"export:request"})
    token = Actor(Role.CASEWORKER, user_id=caseworker.user_id, scopes=scopes)
    path = f"/api/households/{household.id}/packs"
    assert client_of(token).post(path, json=ASKED).status_code == 403

    desk = client_of(caseworker)
    for _ in range(5):
        asked(desk, household)
    refused = desk.post(path, json=ASKED)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")


def test_a_job_that_runs_twice_makes_one_pack(client_of, transactions, home):
    household, _, caseworker = home
    pack_id = asked(client_of(caseworker), household)
    work(transactions)
    with transactions.begin(SYSTEM, "test") as uow:
        RUNNERS["packs:make"](uow, {"pack_id": pack_id})
        RUNNERS["packs:forget"](uow, {"pack_id": "00000000-0000-4000-8000-000000000000"})

    assert client_of(caseworker).get(f"/api/packs/{pack_id}").json["state"] == "ready"


def test_the_summary_is_a_page_to_print(client_of, home):
    household, _, caseworker = home

    page = client_of(caseworker).get(f"/households/{household.id}/summary").text

    assert "زهرا حیدری" in page
    assert "Milestones still open" in page
    assert "<title>" + household.reference in page
