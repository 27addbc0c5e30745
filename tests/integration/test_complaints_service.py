"""Complaints: the clock, the task, and who never reads them."""

from datetime import date
from uuid import uuid4

import pytest

from resettle.complaints import queries, service
from resettle.complaints.acts import Acknowledge, Complain, Resolve
from resettle.complaints.models import About, Complaint, ComplaintChannel, ComplaintStatus, Outcome
from resettle.complaints.queries import ComplaintFilters
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.errors import Conflict, Invalid, NotFound
from resettle.tasks.models import Task, TaskStatus
from tests.groups import a_group
from tests.groups import a_match as matched
from tests.journeys import QUOTA, a_family
from tests.world import a_caseworker, a_household, a_member, a_person_signed_in, a_user

TODAY = date(2026, 3, 2)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def household(uow):
    return a_family(uow, **QUOTA, location="CHC")


@pytest.fixture
def worker(uow, household):
    return a_caseworker(uow, household)


def a_manager(uow):
    uow.actor = SYSTEM
    return Actor(Role.PROGRAMME_MANAGER, user_id=a_user(uow, Role.PROGRAMME_MANAGER).id)


def complain(uow, household, actor, **more):
    uow.actor = actor
    said = {
        "about": About.SERVICE,
        "text": "هیچ کس نیامد",
        "language": "prs",
        "channel": ComplaintChannel.PHONE,
    }
    made = service.complain(uow, household.id, Complain(**said | more))
    uow.settle()
    return made


def tasks(uow):
    uow.actor = SYSTEM
    return uow.all(uow.select(Task))


class TestComplain:
    @pytest.mark.parametrize(
        ("received_on", "location", "due_on"),
        [
            (date(2026, 2, 2), "CHC", date(2026, 2, 10)),  # Waitangi Day between
            (date(2026, 2, 23), "CHC", TODAY),
            (date(2025, 11, 12), "CHC", date(2025, 11, 20)),  # Canterbury's anniversary
            (date(2025, 11, 12), "PMR", date(2025, 11, 19)),
            (date(2025, 11, 12), None, date(2025, 11, 19)),
        ],
    )
    def test_it_is_acknowledged_within_five_working_days_of_the_place(
        self, uow, household, worker, received_on, location, due_on
    ):
        household.location = location

        made = complain(uow, household, worker, received_on=received_on)

        assert made.due_on == due_on

    def test_it_leaves_a_task_that_does_not_say_why(self, uow, household, worker):
        made = complain(uow, household, worker)

        (task,) = tasks(uow)
        assert task.title == "Tell the household that what they said has arrived"
        assert (task.due_on, task.assignee_id) == (made.due_on, worker.user_id)
        assert (task.source_id, task.detail) == (None, None)

    def test_about_staff_there_is_no_task_that_they_could_see(self, uow, household, worker):
        complain(uow, household, worker, about=About.STAFF, about_user_id=worker.user_id)

        assert tasks(uow) == []

    def test_without_a_caseworker_there_is_none_to_leave_a_task_to(self, uow, household):
        complain(uow, household, SYSTEM)

        assert tasks(uow) == []

    def test_about_the_group_it_knows_which(self, uow, worker):
        home = a_household(uow)
        a_member(uow, home)
        match = matched(uow, a_group(uow), home)

        made = complain(uow, home, SYSTEM, about=About.SPONSOR_GROUP)

        assert made.about_group_id == match.group_id

    def test_a_person_speaks_for_themselves_today(self, uow):
        home = a_household(uow)
        person = a_member(uow, home)

        made = complain(uow, home, a_person_signed_in(uow, person), received_on=date(2026, 1, 1))

        assert (made.person_id, made.received_on) == (person.id, TODAY)
        assert made.channel is ComplaintChannel.OWN_ACCOUNT

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"about": About.SPONSOR_GROUP}, "about"),
            ({"about_user_id": uuid4()}, "about_user_id"),
            ({"person_id": uuid4()}, "person_id"),
            ({"received_on": date(2026, 3, 3)}, "received_on"),
            ({"channel": ComplaintChannel.OWN_ACCOUNT}, "channel"),
        ],
    )
    def test_what_cannot_be_is_refused(self, uow, household, worker, given, field):
        with pytest.raises(Invalid) as refused:
            complain(uow, household, worker, **given)

        assert [*refused.value.errors] == [field]


class TestWhoReads:
    def test_who_it_is_about_does_not_and_other_managers_do(self, uow, household, worker):
        blamed, other = a_manager(uow), a_manager(uow)
        uow.actor = SYSTEM
        made = complain(uow, household, worker, about=About.STAFF, about_user_id=blamed.user_id)

        uow.actor = blamed
        to_blamed = uow.all(queries.complaints(uow, ComplaintFilters()))
        with pytest.raises(NotFound):
            service.acknowledge(uow, made.id, Acknowledge(acknowledged_on=TODAY))
        uow.actor = other

        assert to_blamed == []
        assert uow.all(queries.complaints(uow, ComplaintFilters())) == [made]

    def test_neither_does_the_caseworker_who_took_it_down(self, uow, household, worker):
        made = complain(uow, household, worker)

        assert uow.find(Complaint, made.id) is None


class TestAnswer:
    def test_it_is_acknowledged_and_then_resolved(self, uow, household, worker):
        made = complain(uow, household, worker)
        uow.actor = a_manager(uow)
        early = Resolve(resolved_on=TODAY, outcome=Outcome.UPHELD, answer="We are sorry.")
        with pytest.raises(Conflict):
            service.resolve(uow, made.id, early)

        service.acknowledge(uow, made.id, Acknowledge(acknowledged_on=TODAY))
        uow.settle()
        with pytest.raises(Conflict):
            service.acknowledge(uow, made.id, Acknowledge(acknowledged_on=TODAY))
        service.resolve(uow, made.id, early)
        wanted = ComplaintFilters(status=ComplaintStatus.RESOLVED)
        resolved = uow.all(queries.complaints(uow, wanted))

        assert (resolved, made.answer) == ([made], "We are sorry.")
        assert [(t.status, t.done_on) for t in tasks(uow)] == [(TaskStatus.DONE, TODAY)]

    def test_not_before_it_came_nor_before_it_was_acknowledged(self, uow, household, worker):
        made = complain(uow, household, worker)
        uow.actor = a_manager(uow)
        before = date(2026, 3, 1)

        with pytest.raises(Invalid):
            service.acknowledge(uow, made.id, Acknowledge(acknowledged_on=before))
        service.acknowledge(uow, made.id, Acknowledge(acknowledged_on=TODAY))
        with pytest.raises(Invalid):
            service.resolve(
                uow, made.id, Resolve(resolved_on=before, outcome=Outcome.UPHELD, answer="x")
            )
