"""What people ask of tasks: commands, each made by one schema."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.households.acts import UNSET, Unset
from resettle.tasks.models import Category, HandoverLevel, RepeatUnit, TaskStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTask:
    title: str
    category: Category
    due_on: date
    detail: str | None = None
    person_id: UUID | None = None
    assignee_id: UUID | None = None
    handover: HandoverLevel | None = None
    repeat_every: int | None = None
    repeat_unit: RepeatUnit | None = None
    repeat_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTask:
    title: str | Unset = UNSET
    detail: str | Unset | None = UNSET
    category: Category | Unset = UNSET
    due_on: date | Unset = UNSET
    person_id: UUID | Unset | None = UNSET
    assignee_id: UUID | Unset | None = UNSET
    handover: HandoverLevel | Unset | None = UNSET
    repeat_every: int | Unset | None = UNSET
    repeat_unit: RepeatUnit | Unset | None = UNSET
    repeat_until: date | Unset | None = UNSET
    status: TaskStatus | Unset = UNSET
    cancel_reason: str | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTask:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """Tasks that something is done with at once."""

    task_ids: Sequence[UUID]
