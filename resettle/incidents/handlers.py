"""What is done about incidents when something happens elsewhere."""

from datetime import timedelta
from uuid import UUID

from resettle.cases.queries import primary
from resettle.core.work import UnitOfWork
from resettle.incidents import rules
from resettle.incidents.events import IncidentReported
from resettle.incidents.models import Incident, IncidentKind
from resettle.placements.events import (
    ContinuityPlanned,
    HousePlacedUnready,
    MatchTakenBack,
    SponsorshipConfirmed,
    SponsorshipEnded,
    SponsorshipSuspended,
    SuccessorWanted,
)
from resettle.tasks.models import Category, Task, TaskOrigin, TaskStatus

Left = SponsorshipSuspended | SponsorshipEnded | SuccessorWanted | MatchTakenBack


def look_after_reported(uow: UnitOfWork, event: IncidentReported) -> None:
    """Give an incident to the primary caseworker, who finds a task if it came from another.

    A handler does it, since the reporter need not be allowed to know who that is.
    """
    incident = uow.find(Incident, event.incident_id)
    assert incident is not None
    incident.owner_id = _caseworker(uow, event.household_id)
    if incident.owner_id == incident.reported_by:
        return
    task = uow.add(
        Task(
            household_id=event.household_id,
            title=rules.LOOK_TITLE,
            category=Category.OTHER,
            due_on=rules.look_by(incident.severity, uow.today),
            assignee_id=incident.owner_id,
        )
    )
    incident.follow_ups = rules.with_id(incident.follow_ups, task.id)


def plan_continuity(
    uow: UnitOfWork, event: SponsorshipSuspended | SponsorshipEnded | SuccessorWanted
) -> None:
    """Leave a task for the plan of the next 24 hours where a household is left without a group.

    Once it has ended, or is to, another group is searched for too. Each is left once.
    """
    if isinstance(event, SponsorshipEnded) and not event.needs_support:
        return
    _leave_once(uow, event, rules.CONTINUITY_TITLE, rules.CONTINUITY_WITHIN)
    if not isinstance(event, SponsorshipSuspended):
        _leave_once(uow, event, rules.SEARCH_TITLE, rules.SEARCH_WITHIN)


def search_again(uow: UnitOfWork, event: MatchTakenBack) -> None:
    """Search for another group where the one that had said yes is gone before support began."""
    if event.needs_support:
        _leave_once(uow, event, rules.SEARCH_TITLE, rules.SEARCH_WITHIN)


def finish_plan(uow: UnitOfWork, event: ContinuityPlanned) -> None:
    """Let the task of planning be done once it is decided who supports the household."""
    _finish(uow, event.household_id, rules.CONTINUITY_TITLE)


def end_search(uow: UnitOfWork, event: SponsorshipConfirmed) -> None:
    """Search for a group no more: one is found."""
    _finish(uow, event.household_id, rules.SEARCH_TITLE)


def _finish(uow: UnitOfWork, household_id: UUID, title: str) -> None:
    query = uow.select(Task).where(
        Task.household_id == household_id,
        Task.title == title,
        Task.status.in_((TaskStatus.OPEN, TaskStatus.DOING)),
    )
    for task in uow.all(query.order_by(Task.id)):
        task.status, task.done_on = TaskStatus.DONE, uow.today


def _leave_once(uow: UnitOfWork, event: Left, title: str, within: int) -> None:
    if uow.count(Task, Task.source_id == event.sponsorship_id, Task.title == title):
        return
    uow.add(
        Task(
            household_id=event.household_id,
            title=title,
            category=Category.OTHER,
            due_on=uow.today + timedelta(days=within),
            assignee_id=_caseworker(uow, event.household_id),
            source_id=event.sponsorship_id,
        )
    )


def look_after_unready_house(uow: UnitOfWork, event: HousePlacedUnready) -> None:
    """Report a house that was not ready, and leave a task for today for each thing it lacks."""
    assignee_id = _caseworker(uow, event.household_id)
    incident = uow.add(
        Incident(
            household_id=event.household_id,
            kind=IncidentKind.HOUSING_UNSAFE.value,
            safeguarding=False,
            severity=rules.UNREADY_SEVERITY,
            happened_on=uow.today,
            reported_at=uow.now,
            reported_by=uow.origin_actor.user_id,
            owner_id=assignee_id,
            source_id=event.placement_id,
            text=rules.unready_text(event.missing),
        )
    )
    for thing in event.missing:
        uow.add(
            Task(
                household_id=event.household_id,
                title=f"House not ready: {thing}",
                category=Category.HOUSE,
                due_on=uow.today,
                assignee_id=assignee_id,
                created_from=TaskOrigin.INCIDENT,
                source_id=incident.id,
            )
        )


def _caseworker(uow: UnitOfWork, household_id: UUID) -> UUID | None:
    found = primary(uow, household_id)
    return None if found is None else found.user_id
