"""What stands in somebody’s name and is open in one household: counted, and put into another’s."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func

from resettle.appointments.models import Appointment, Outcome
from resettle.core.work import UnitOfWork
from resettle.day.models import MarkKind, QueueMark
from resettle.households.models import Household
from resettle.incidents.models import Incident, IncidentStatus
from resettle.milestones.models import Milestone, Status
from resettle.placements.models import Sponsorship
from resettle.tasks.models import Task
from resettle.tasks.queries import UNSETTLED


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of one table that name somebody: by which column, and which of them are open."""

    model: type[Any]
    name: str
    open: tuple[ColumnElement[bool], ...]

    @property
    def column(self) -> Any:
        return getattr(self.model, self.name)


KINDS: Mapping[str, Kind] = {
    "tasks": Kind(Task, "assignee_id", (Task.status.in_(UNSETTLED),)),
    "appointments": Kind(Appointment, "companion_id", (Appointment.outcome == Outcome.PLANNED,)),
    "incidents": Kind(Incident, "owner_id", (Incident.status == IncidentStatus.OPEN,)),
    "blockers": Kind(Milestone, "blocker_owner_id", (Milestone.status == Status.BLOCKED,)),
    "reviews": Kind(Sponsorship, "continuity_owner", (Sponsorship.continuity_since.is_not(None),)),
    "given": Kind(
        QueueMark, "to_id", (QueueMark.kind == MarkKind.GIVEN, QueueMark.ended_at.is_(None))
    ),
}
MODELS = tuple(kind.model for kind in KINDS.values())


def counts(uow: UnitOfWork) -> Iterator[Any]:
    """Give columns that count, beside a household, what stands in the reader’s name."""
    for label, kind in KINDS.items():
        query = uow.subquery(kind.model, func.count()).where(
            kind.model.household_id == Household.id,
            kind.column == uow.actor.user_id,
            *kind.open,
        )
        yield query.correlate(Household).scalar_subquery().label(label)


def hand_on(uow: UnitOfWork, household_id: UUID, to_id: UUID) -> None:
    """Put the successor’s name wherever the reader’s stands on something that is open."""
    for kind in KINDS.values():
        query = uow.select(kind.model).where(
            kind.model.household_id == household_id, kind.column == uow.actor.user_id, *kind.open
        )
        for row in uow.all(query):
            setattr(row, kind.name, to_id)
