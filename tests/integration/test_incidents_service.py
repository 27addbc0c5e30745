"""Incidents: what follows from each, and who may know of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from resettle.cases.models import AssignmentKind
from resettle.consents.models import Item
from resettle.core.actor import SYSTEM, Duty
from resettle.core.errors import Blocked, Conflict, Invalid, NotFound
from resettle.incidents import queries, service
from resettle.incidents.acts import (
    ChangeIncident,
    CloseIncident,
    FollowUp,
    ReportIncident,
    TellAgency,
)
from resettle.incidents.handlers import look_after_unready_house
from resettle.incidents.models import IncidentKind, IncidentStatus
from resettle.placements.events import HousePlacedUnready
from resettle.tasks.models import Task, TaskOrigin
from tests.journeys import QUOTA, a_family, a_quota_case, a_team_leader, at, go
from tests.world import a_caseworker, a_consent, a_member, a_sponsor_of

TODAY = date(2026, 3, 2)
EARLIER = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def household(uow):
    return a_family(uow, **QUOTA)


@pytest.fixture
def worker(uow, household):
    """The household's caseworker, who acts from here on."""
    uow.actor = a_caseworker(uow, household)
    return uow.actor


def reading_little(worker):
    """Leave to a caseworker, as with a narrow token, what tells nothing of protection."""
    few = {"incident:read", "incident:update", "incident:close", "case:move"}
    return replace(worker, scopes=frozenset(few), duties=frozenset({Duty.TEAM_LEADER}))


def a_sponsor(uow, household):
    sponsor = a_sponsor_of(uow, household)
    (group_id,) = sponsor.group_ids
    person = a_member(uow, household, "SIS")
    a_consent(uow, household, person, Item.NAME, seq=1, recipient_id=group_id)
    return sponsor


def tasks(uow, household):
    uow.actor = SYSTEM
    return uow.all(uow.select(Task).where(Task.household_id == household.id))


def report(uow, household, kind=IncidentKind.FAMILY_VIOLENCE, **more):
    given = {"severity": 4, "happened_on": TODAY, "text": "What was seen.", **more}
    return service.report(uow, household.id, ReportIncident(kind=kind, **given))


class TestReport:
    def test_a_safeguarding_concern_is_for_those_who_may_read_it(self, uow, household, worker):
        concern = report(uow, household)
        plain = report(uow, household, IncidentKind.ACCIDENT)
        everything = {i.id for i in uow.all(queries.incidents(uow, household.id))}
        uow.actor = reading_little(worker)

        assert everything == {concern.id, plain.id}
        assert [i.id for i in uow.all(queries.incidents(uow, household.id))] == [plain.id]

    @pytest.mark.parametrize("to", [service.close, service.change, service.tell])
    def test_to_others_a_concern_is_not_even_there(self, uow, household, worker, to):
        concern = report(uow, household)
        uow.actor = reading_little(worker)

        with pytest.raises(NotFound):
            to(uow, concern.id, ChangeIncident(severity=1))

    def test_others_are_not_told_either_that_no_concern_is_open(self, uow, household, worker):
        uow.actor = SYSTEM
        case = a_quota_case(uow, household)
        uow.actor = worker
        to_worker = queries.no_safeguarding_open(uow, case)
        uow.actor = reading_little(worker)
        without = queries.no_safeguarding_open(uow, case)
        uow.actor = worker
        report(uow, household)
        uow.actor = reading_little(worker)

        assert to_worker
        assert not without
        assert not queries.no_safeguarding_open(uow, case)

    def test_it_does_not_happen_tomorrow(self, uow, household, worker):
        with pytest.raises(Invalid):
            report(uow, household, happened_on=date(2026, 3, 3))

    def test_a_complaint_has_a_way_of_its_own(self, uow, household, worker):
        with pytest.raises(Invalid) as refused:
            report(uow, household, IncidentKind.COMPLAINT)

        assert [*refused.value.errors] == ["kind"]

    @pytest.mark.parametrize(
        ("severity", "due_on"), [(1, date(2026, 3, 7)), (2, date(2026, 3, 4)), (4, TODAY)]
    )
    def test_what_a_sponsor_reports_is_a_task_that_says_nothing(
        self, uow, household, severity, due_on
    ):
        worker = a_caseworker(uow, household)
        uow.actor = a_sponsor(uow, household)
        incident = report(uow, household, severity=severity)

        uow.settle()

        (task,) = tasks(uow, household)
        assert (task.title, task.detail) == ("Open the file: something new needs you", None)
        assert (task.due_on, task.assignee_id) == (due_on, worker.user_id)
        assert (task.created_from, task.source_id) == (TaskOrigin.PERSON, None)
        assert incident.owner_id == worker.user_id

    def test_who_reports_to_themselves_gets_no_task(self, uow, household, worker):
        incident = report(uow, household)

        uow.settle()

        assert incident.owner_id == worker.user_id
        assert tasks(uow, household) == []


class TestLookAfter:
    def test_another_owner_and_severity(self, uow, household, worker):
        incident = report(uow, household)
        uow.actor = SYSTEM
        second = a_caseworker(uow, household, kind=AssignmentKind.SECOND)
        uow.actor = worker

        service.change(uow, incident.id, ChangeIncident(severity=2, owner_id=second.user_id))

        assert (incident.severity, incident.owner_id) == (2, second.user_id)

    def test_only_those_who_look_after_the_household_own_it(self, uow, household, worker):
        incident = report(uow, household)

        with pytest.raises(Invalid):
            service.change(uow, incident.id, ChangeIncident(owner_id=uuid4()))

    def test_each_agency_is_told_at_a_moment(self, uow, household, worker):
        told = TellAgency(agency="Police", at=EARLIER)
        incident = report(uow, household, notified=[told])
        service.tell(uow, incident.id, TellAgency(agency="Oranga Tamariki", at=uow.now))

        found = [(notice.agency, notice.at) for notice in incident.notices]
        assert found == [("Police", EARLIER), ("Oranga Tamariki", uow.now)]

    @pytest.mark.parametrize("at", [LATER, datetime(2026, 3, 1, 9, tzinfo=UTC)])
    def test_nobody_was_told_before_it_or_will_be(self, uow, household, worker, at):
        incident = report(uow, household)

        with pytest.raises(Invalid):
            service.tell(uow, incident.id, TellAgency(agency="Police", at=at))

    def test_a_task_follows_which_does_not_say_from_what(self, uow, household, worker):
        incident = report(uow, household)
        service.follow_up(uow, incident.id, FollowUp(title="Call the landlord", due_on=TODAY))

        (task,) = queries.follow_ups(uow, incident)
        assert (task.title, task.source_id) == ("Call the landlord", None)
        assert task.created_from is TaskOrigin.PERSON

    def test_a_task_is_not_due_yesterday(self, uow, household, worker):
        incident = report(uow, household)

        with pytest.raises(Invalid):
            service.follow_up(uow, incident.id, FollowUp(title="Call", due_on=date(2026, 3, 1)))


class TestClose:
    def test_an_open_concern_keeps_a_case_from_its_end(self, uow, household):
        case = at(a_quota_case(uow, household), "EXIT_REVIEW")
        case.exit_reviewed_on, case.exit_handover = TODAY, "GP, school"
        uow.actor = a_team_leader(uow, household)
        concern = report(uow, household)

        with pytest.raises(Blocked) as blocked:
            go(uow, case, "EXITED", TODAY, reason="PLAN_COMPLETED")
        service.close(uow, concern.id, CloseIncident(outcome="Safe now", closed_on=TODAY))
        uow.session.flush()
        go(uow, case, "EXITED", TODAY, reason="PLAN_COMPLETED")

        assert [*blocked.value.missing] == ["safeguarding.none_open"]
        assert concern.status is IncidentStatus.CLOSED

    def test_it_is_closed_once_on_a_day_that_can_be(self, uow, household):
        uow.actor = a_team_leader(uow, household)
        incident = report(uow, household, IncidentKind.ACCIDENT)

        with pytest.raises(Invalid):
            service.close(uow, incident.id, CloseIncident(outcome="x", closed_on=date(2026, 3, 1)))
        service.close(uow, incident.id, CloseIncident(outcome="x", closed_on=TODAY))
        with pytest.raises(Conflict):
            service.close(uow, incident.id, CloseIncident(outcome="x", closed_on=TODAY))


class TestUnreadyHouse:
    """Scenario 8: a household placed in a house that was not ready."""

    @pytest.mark.parametrize("assigned", [True, False])
    def test_it_is_an_incident_with_a_task_for_today_for_each_thing(self, uow, household, assigned):
        worker = a_caseworker(uow, household) if assigned else None
        placement_id = uuid4()

        look_after_unready_house(
            uow, HousePlacedUnready(household.id, placement_id, ("Fridge", "Bedding"))
        )

        (incident,) = uow.all(queries.incidents(uow, household.id))
        tasks = uow.all(uow.select(Task).where(Task.household_id == household.id))
        assert (incident.kind, incident.source_id) == ("housing_unsafe", placement_id)
        assert {t.title for t in tasks} == {"House not ready: Fridge", "House not ready: Bedding"}
        assert {t.due_on for t in tasks} == {TODAY}
        assert {t.assignee_id for t in tasks} == {worker.user_id if worker else None}
