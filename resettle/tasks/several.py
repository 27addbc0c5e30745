"""Many tasks done at once: each is told by itself, and all are taken back with one press."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.tasks import series
from resettle.tasks.acts import Several
from resettle.tasks.models import Task, TaskStatus
from resettle.tasks.queries import UNSETTLED

NOT_YOURS = "There is no such task, or it is not yours to see."
SETTLED = "It is done or cancelled already."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one task; the reason where nothing did."""

    task_id: UUID
    household_id: UUID | None = None
    why_not: str = ""

    @property
    def done(self) -> bool:
        return not self.why_not


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of each, and the id by which all of it is taken back."""

    bulk_id: UUID
    tasks: tuple[Outcome, ...]
    household_id: UUID | None = None

    @property
    def count(self) -> int:
        return sum(each.done for each in self.tasks)


def finish(uow: UnitOfWork, command: Several) -> Outcomes:
    """Say of many tasks that they are done, as many of them as can be.

    They are locked by id, whatever order they come in, so that two at once never block each other.
    """
    uow.require(Permission.TASK_WRITE)
    wanted = list(dict.fromkeys(command.task_ids))
    query = uow.select(Task).where(Task.id.in_(wanted)).order_by(Task.id)
    found = {task.id: task for task in uow.all(query.with_for_update())}
    bulk_id = uuid4()
    came = {id_: _one(uow, id_, found.get(id_), bulk_id) for id_ in sorted(wanted)}
    return Outcomes(bulk_id, tuple(came[id_] for id_ in wanted))


def _one(uow: UnitOfWork, task_id: UUID, task: Task | None, bulk_id: UUID) -> Outcome:
    if task is None:
        return Outcome(task_id, why_not=NOT_YOURS)
    if task.status not in UNSETTLED:
        return Outcome(task_id, task.household_id, SETTLED)
    series.finish(uow, task)
    task.bulk_id = bulk_id
    return Outcome(task_id, task.household_id)


def take_back(uow: UnitOfWork, bulk_id: UUID) -> Outcomes:
    """Open again what was done with one press."""
    uow.require(Permission.TASK_WRITE)
    query = uow.select(Task).where(Task.bulk_id == bulk_id).order_by(Task.id)
    found = uow.all(query.with_for_update())
    if not found:
        raise NotFound("There is nothing of that kind to take back.")
    return Outcomes(bulk_id, _all_back(uow, sorted(found, key=lambda task: (task.due_on, task.id))))


def _all_back(uow: UnitOfWork, tasks: Sequence[Task]) -> tuple[Outcome, ...]:
    for task in tasks:
        series.open_again(uow, task)
        task.status = TaskStatus.OPEN
    return tuple(Outcome(task.id, task.household_id) for task in tasks)
