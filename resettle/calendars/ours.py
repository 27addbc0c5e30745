"""What a calendar outside is told of a sponsor group's week: one's own shifts and tasks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.roster import queries as roster
from resettle.roster.group_tasks import due_by
from resettle.roster.models import TAKEN


@dataclass(frozen=True, slots=True)
class Neutral:
    """What a calendar outside is told: when, of which file, and nothing else."""

    id: UUID
    summary: str
    starts: date | datetime
    ends: date | datetime
    changed_at: datetime


def neutral(
    uow: UnitOfWork, first: date, last: date, references: Mapping[UUID, str]
) -> list[Neutral]:
    """Tell a member what they have taken on: no names, no kinds, no places."""
    own = {member.id for member in roster.own_members(uow)}
    shifts = [s for s in roster.between(uow, first, last) if s.member_id in own]
    tasks = [t for t in due_by(uow, last) if t.member_id in own and t.due_on >= first]
    return [
        *(
            Neutral(
                shift.id,
                f"Roster, {references.get(shift.household_id, '')}",
                shift.starts_at,
                shift.ends_at,
                shift.updated_at,
            )
            for shift in shifts
            if shift.status in TAKEN
        ),
        *(
            Neutral(
                task.id,
                f"Task due, {references.get(task.household_id, '')}",
                task.due_on,
                task.due_on,
                task.updated_at,
            )
            for task in tasks
        ),
    ]
