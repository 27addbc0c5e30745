"""What becomes of tasks when somebody leaves a household, or all of it does."""

from uuid import UUID

from sqlalchemy import ColumnElement, true

from resettle.core.work import UnitOfWork
from resettle.households.events import HouseholdClosed, MemberLeft
from resettle.tasks.models import Task, TaskStatus

LEFT = "Is no longer a member of the household."


def cancel_for_member(uow: UnitOfWork, event: MemberLeft) -> None:
    """Let what was to be done for one person rest; what is for all of them goes on."""
    _cancel(uow, event.household_id, Task.person_id == event.person_id, LEFT)


def cancel_for_household(uow: UnitOfWork, event: HouseholdClosed) -> None:
    _cancel(uow, event.household_id, true(), event.why)


def _cancel(uow: UnitOfWork, household_id: UUID, which: ColumnElement[bool], reason: str) -> None:
    is_open = Task.status.in_([TaskStatus.OPEN, TaskStatus.DOING])
    query = uow.select(Task).where(Task.household_id == household_id, is_open, which)
    for task in uow.all(query.order_by(Task.id)):
        task.status, task.cancel_reason = TaskStatus.CANCELLED, reason
    uow.session.flush()
