"""What is done about incidents when something happens elsewhere."""

from resettle.cases.queries import primary
from resettle.core.work import UnitOfWork
from resettle.incidents import rules
from resettle.incidents.models import Incident, IncidentKind
from resettle.placements.events import HousePlacedUnready
from resettle.tasks.models import Category, Task, TaskOrigin


def look_after_unready_house(uow: UnitOfWork, event: HousePlacedUnready) -> None:
    """Report a house that was not ready, and leave a task for today for each thing it lacks."""
    caseworker = primary(uow, event.household_id)
    assignee_id = None if caseworker is None else caseworker.user_id
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
