"""What follows from a family's words: somebody has them to read, and is done once they answer."""

from resettle.cases.queries import primary
from resettle.core.work import UnitOfWork
from resettle.tasks.models import Category, Task, TaskStatus
from resettle.voices import rules
from resettle.voices.events import FamilyAnswered, FamilySpoke
from resettle.voices.models import Voice


def leave_task(uow: UnitOfWork, event: FamilySpoke) -> None:
    """Put it into the queue of whoever looks after the household."""
    voice = uow.find(Voice, event.voice_id)
    assert voice is not None
    if voice.due_on is None:
        return
    worker = primary(uow, voice.household_id)
    task = Task(
        household_id=voice.household_id,
        title=rules.TASKS[voice.kind],
        category=Category.ADMIN,
        due_on=voice.due_on,
        assignee_id=None if worker is None else worker.user_id,
    )
    voice.task_id = uow.add(task).id


def finish_task(uow: UnitOfWork, event: FamilyAnswered) -> None:
    voice = uow.find(Voice, event.voice_id)
    assert voice is not None
    waiting = Task.status.in_([TaskStatus.OPEN, TaskStatus.DOING])
    for task in uow.all(uow.select(Task).where(Task.id == voice.task_id, waiting)):
        task.status, task.done_on = TaskStatus.DONE, voice.answered_on
