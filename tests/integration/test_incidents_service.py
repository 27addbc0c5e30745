"""Incidents: what follows from each, and who may know of it."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.core.errors import Blocked, Conflict, Invalid
from resettle.incidents import queries, service
from resettle.incidents.acts import CloseIncident, ReportIncident
from resettle.incidents.handlers import look_after_unready_house
from resettle.incidents.models import IncidentKind, IncidentStatus
from resettle.placements.events import HousePlacedUnready
from resettle.tasks.models import Task
from tests.journeys import QUOTA, a_family, a_quota_case, a_team_leader, at, go
from tests.world import a_caseworker

TODAY = date(2026, 3, 2)


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


def report(uow, household, kind=IncidentKind.FAMILY_VIOLENCE, **more):
    given = {"severity": 4, "happened_on": TODAY, "text": "What was seen.", **more}
    return service.report(uow, household.id, ReportIncident(kind=kind, **given))


class TestIncidents:
    def test_a_safeguarding_concern_is_for_those_who_may_read_it(self, uow, household, worker):
        concern = report(uow, household)
        plain = report(uow, household, IncidentKind.ACCIDENT)
        everything = {i.id for i in uow.all(queries.incidents(uow, household.id))}
        uow.actor = replace(worker, scopes=frozenset({"incident:read"}))

        assert everything == {concern.id, plain.id}
        assert [i.id for i in uow.all(queries.incidents(uow, household.id))] == [plain.id]

    def test_it_does_not_happen_tomorrow(self, uow, household, worker):
        with pytest.raises(Invalid):
            report(uow, household, happened_on=date(2026, 3, 3))

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
