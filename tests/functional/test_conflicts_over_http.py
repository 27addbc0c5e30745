"""Whoever saves second sees both versions of what both have changed, and chooses."""

from datetime import date
from io import BytesIO
from uuid import UUID, uuid4

import pytest

from resettle.appointments.models import Appointment
from resettle.cases.models import AssignmentKind, ResettlementCase
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.errors import Stale
from resettle.documents.models import Document
from resettle.households.models import Household
from resettle.incidents.models import Incident
from resettle.milestones.models import Milestone, Status
from resettle.tasks.models import Category, Task
from resettle.web import stale
from tests.desks import a_quota_household, a_step
from tests.functional import filled
from tests.journeys import a_quota_case, at
from tests.world import a_caseworker, a_user


@pytest.fixture
def office(transactions, client_of):
    """Give two caseworkers of one household, its id, and its case's and milestone's."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_quota_household(uow, needs_interpreter=True)
        case = a_quota_case(uow, household)
        at(case, "RECEPTION")
        step = a_step(uow, household, due_on=date(2026, 2, 20))
        kinds = (AssignmentKind.PRIMARY, AssignmentKind.SECOND)
        workers = [a_caseworker(uow, household, kind=kind) for kind in kinds]
    mine, theirs = (client_of(worker) for worker in workers)
    return mine, theirs, household.id, case.id, step.id


def found(transactions, model, id_, *names):
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        row = uow.find(model, id_)
        return [getattr(row, name) for name in names]


class TestHousehold:
    @pytest.fixture
    def clash(self, office):
        """Let another save over what one is changing, and give the page that is answered."""
        mine, theirs, household_id, *_ = office
        path = f"/households/{household_id}/change"
        page = mine.get(path).text
        filled.send(theirs, path, theirs.get(path).text, location="CHC", needs_interpreter="false")
        answer = filled.send(mine, path, page, location="WLG")
        return mine, path, answer

    def location(self, transactions, office):
        return found(transactions, Household, office[2], "location")[0]

    def test_nothing_is_saved_over_what_was_not_seen(self, transactions, office, clash):
        _, _, answer = clash

        assert answer.status_code == 422
        assert self.location(transactions, office) == "CHC"

    def test_it_says_who_has_changed_it_and_when(self, clash):
        page = clash[2].text

        assert "Mere Tamihana changed this record since you opened it, on Mon 2 Mar 2026" in page
        assert "Nothing is lost" in page

    def test_both_are_set_beside_each_other_in_words(self, clash):
        page = clash[2].text
        told = page.partition("Changed by somebody else:")[2].partition("</dl>")[0]

        assert '<dd dir="auto">Palmerston North</dd>' in told
        assert '<dd dir="auto">Christchurch</dd>' in told
        assert '<dd dir="auto">Wellington region</dd>' in told
        assert page.count("Changed by somebody else:") == 2

    def test_what_both_changed_must_be_chosen(self, transactions, office, clash):
        mine, path, answer = clash

        again = filled.send(mine, path, answer.text)

        assert again.status_code == 422
        assert "Choose which is to be kept" in again.text
        assert "Palmerston North</dd>" in again.text
        assert self.location(transactions, office) == "CHC"

    def test_theirs_may_be_taken(self, transactions, office, clash):
        mine, path, answer = clash

        assert filled.send(mine, path, answer.text, take__location="theirs").status_code == 303
        assert self.location(transactions, office) == "CHC"

    def test_ones_own_may_be_kept(self, transactions, office, clash):
        mine, path, answer = clash

        assert filled.send(mine, path, answer.text, take__location="mine").status_code == 303
        assert self.location(transactions, office) == "WLG"

    def test_what_only_they_changed_stays_theirs(self, transactions, office, clash):
        mine, path, answer = clash

        filled.send(mine, path, answer.text, take__location="mine")

        assert found(transactions, Household, office[2], "needs_interpreter") == [False]

    def test_a_third_who_saves_meanwhile_is_seen_too(self, transactions, office, clash):
        mine, path, answer = clash
        theirs = office[1]
        filled.send(theirs, path, theirs.get(path).text, location="HAM")

        again = filled.send(mine, path, answer.text, take__location="mine")

        assert again.status_code == 422
        assert "Hamilton</dd>" in again.text
        assert self.location(transactions, office) == "HAM"

    def test_the_same_change_twice_is_no_clash(self, office):
        mine, theirs, household_id, *_ = office
        path = f"/households/{household_id}/change"
        page = mine.get(path).text
        filled.send(theirs, path, theirs.get(path).text, location="CHC")

        answer = filled.send(mine, path, page, location="CHC")

        assert "Changed by somebody else:" not in answer.text
        assert filled.send(mine, path, answer.text).status_code == 303

    def test_a_fault_beside_a_clash_keeps_both(self, clash):
        mine, path, answer = clash

        again = filled.send(
            mine, path, answer.text, primary_language="x" * 300, take__location="mine"
        )

        assert again.status_code == 422
        assert "Changed by somebody else:" in again.text


class TestWhoHasChangedIt:
    @pytest.mark.parametrize(
        ("role", "who"),
        [
            (Role.CASEWORKER, "Ana Tuilagi changed"),
            (Role.PROGRAMME_MANAGER, "Ana Tuilagi changed"),
            (Role.SPONSOR_COORDINATOR, "Somebody else changed"),
            (Role.HOUSEHOLD_PERSON, "Somebody else changed"),
        ],
    )
    def test_staff_are_told_the_name(self, transactions, role, who):
        with transactions.begin(SYSTEM, "arrange") as uow:
            ana = a_user(uow, name="Ana Tuilagi")

        with transactions.begin(Actor(role, user_id=uuid4()), "look", read_only=True) as uow:
            told = stale.changed(uow, Stale(2, ana.id, uow.now))

        assert told.startswith(f"{who} this record since you opened it, on Mon 2 Mar 2026")

    def test_oneself_and_the_service_are_told_as_such(self, transactions):
        me = Actor(Role.CASEWORKER, user_id=uuid4())

        with transactions.begin(me, "look", read_only=True) as uow:
            own = stale.changed(uow, Stale(2, me.user_id, uow.now))
            nobody = stale.changed(uow, Stale(2, None, uow.now))
            unknown = stale.changed(uow, Stale(2))

        assert own.startswith("You changed this record yourself")
        assert nobody.startswith("The service itself changed this record")
        assert unknown == stale.CHANGED


class TestCase:
    def test_fields_that_only_one_of_them_changed_need_no_choice(self, transactions, office):
        mine, theirs, _, case_id, _ = office
        path = f"/cases/{case_id}/facts"
        first = theirs.get(path).text
        filled.send(theirs, path, first, interview_interpreter="Rahel")
        page = mine.get(path).text
        filled.send(theirs, path, theirs.get(path).text, interviewer="Hemi")

        answer = filled.send(mine, path, page, interview_interpreter="Amina")

        assert answer.status_code == 422
        assert "Amina" in answer.text
        assert answer.text.count("Changed by somebody else:") == 1
        assert filled.send(mine, path, answer.text).status_code == 303
        names = ("interviewer", "interview_interpreter")
        assert found(transactions, ResettlementCase, case_id, *names) == ["Hemi", "Amina"]


class TestMilestone:
    def test_what_was_typed_is_there_beside_the_new_state(self, transactions, office):
        mine, theirs, _, _, step_id = office
        path = f"/milestones/{step_id}/change"
        page = mine.get(path).text
        filled.send(theirs, path, theirs.get(path).text, way="day", due_on="2026-05-01")

        answer = filled.send(mine, path, page, way="blocked", reason="The landlord is away")

        assert answer.status_code == 422
        assert "changed this record since you opened it" in answer.text
        assert "The landlord is away" in answer.text
        assert "Fri 1 May 2026" in answer.text
        assert filled.send(mine, path, answer.text).status_code == 303
        step = found(transactions, Milestone, step_id, "status", "due_on")
        assert step == [Status.BLOCKED, date(2026, 5, 1)]


class TestTask:
    def test_long_texts_are_compared_as_they_were_written(self, transactions, office):
        mine, theirs, household_id, *_ = office
        with transactions.begin(SYSTEM, "arrange") as uow:
            task = uow.add(
                Task(
                    household_id=household_id,
                    title="Ring the landlord",
                    detail="The heating\nand the lock",
                    category=Category.HOUSE,
                    due_on=date(2026, 3, 9),
                )
            )
        path = f"/tasks/{task.id}/change"
        page = mine.get(path).text
        filled.send(theirs, path, theirs.get(path).text, due_on="2026-03-20")

        answer = filled.send(mine, path, page, detail="The heating\r\nand the door")

        assert answer.status_code == 422
        assert answer.text.count("Changed by somebody else:") == 1
        assert filled.send(mine, path, answer.text).status_code == 303
        found_ = found(transactions, Task, task.id, "due_on", "detail")
        assert found_ == [date(2026, 3, 20), "The heating\nand the door"]


def an_appointment(client, home):
    told = {
        "kind": "gp",
        "starts_at": "2026-03-09T09:00:00+13:00",
        "ends_at": "2026-03-09T09:30:00+13:00",
        "with_whom": "Dr Rata",
    }
    made = posted(client, f"{home}/appointments", json=told)
    return f"/appointments/{made}/change", Appointment, made, "with_whom"


def a_document(client, home):
    told = {"kind": "TENANCY", "title": "First page", "file": (BytesIO(b"A tenancy"), "a.txt")}
    made = posted(client, f"{home}/documents", data=told)
    return f"/documents/{made}/change", Document, made, "title"


def an_incident(client, home):
    told = {"kind": "other", "severity": 2, "happened_on": "2026-03-01", "text": "They fell out"}
    made = posted(client, f"{home}/incidents", json=told)
    return f"/incidents/{made}/change", Incident, made, "immediate_safety"


def posted(client, path, **sent):
    answer = client.post(path, headers={"Idempotency-Key": uuid4().hex}, **sent)
    assert answer.status_code == 201, answer.json
    return UUID(answer.json["id"])


@pytest.mark.parametrize("made", [an_appointment, a_document, an_incident])
def test_on_other_forms_the_second_sees_both_and_chooses_too(transactions, office, made):
    mine, theirs, household_id, *_ = office
    path, model, id_, name = made(mine, f"/api/households/{household_id}")
    page = mine.get(path).text
    first, second = {name: "What they wrote"}, {name: "What I wrote"}
    assert filled.send(theirs, path, theirs.get(path).text, **first).status_code == 303

    answer = filled.send(mine, path, page, **second)

    assert answer.status_code == 422
    assert "changed this record since you opened it" in answer.text
    told = answer.text.partition("Changed by somebody else:")[2].partition("</dl>")[0]
    assert [text in told for text in (*first.values(), *second.values())] == [True, True]
    assert found(transactions, model, id_, name) == [*first.values()]
    chosen = filled.send(mine, path, answer.text, **{f"take__{name}": "mine"})
    assert chosen.status_code == 303
    assert found(transactions, model, id_, name) == [*second.values()]
