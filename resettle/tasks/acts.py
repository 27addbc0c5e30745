"""What people ask of tasks: commands, each made by one schema."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.households.acts import UNSET, Unset
from resettle.tasks.models import Category, HandoverLevel, TaskStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTask:
    title: str
    category: Category
    due_on: date
    detail: str | None = None
    person_id: UUID | None = None
    assignee_id: UUID | None = None
    handover: HandoverLevel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTask:
    title: str | Unset = UNSET
    detail: str | Unset | None = UNSET
    category: Category | Unset = UNSET
    due_on: date | Unset = UNSET
    assignee_id: UUID | Unset | None = UNSET
    handover: HandoverLevel | Unset | None = UNSET
    status: TaskStatus | Unset = UNSET
