"""What follows from a complaint, whoever may read it."""

from resettle.cases.queries import primary
from resettle.complaints import rules
from resettle.complaints.events import ComplaintAcknowledged, ComplaintMade
from resettle.complaints.models import About, Complaint
from resettle.core.work import UnitOfWork
from resettle.tasks.models import Category, Task, TaskStatus


def leave_task(uow: UnitOfWork, event: ComplaintMade) -> None:
    """Let the caseworker tell the household that it arrived, unless it may be about them."""
    complaint = uow.find(Complaint, event.complaint_id)
    assert complaint is not None
    worker = primary(uow, complaint.household_id)
    if complaint.about is About.STAFF or worker is None:
        return
    task = Task(
        household_id=complaint.household_id,
        title=rules.TELL_TITLE,
        category=Category.ADMIN,
        due_on=complaint.due_on,
        assignee_id=worker.user_id,
    )
    complaint.task_id = uow.add(task).id


def finish_task(uow: UnitOfWork, event: ComplaintAcknowledged) -> None:
    complaint = uow.find(Complaint, event.complaint_id)
    assert complaint is not None
    waiting = Task.status.in_([TaskStatus.OPEN, TaskStatus.DOING])
    for task in uow.all(uow.select(Task).where(Task.id == complaint.task_id, waiting)):
        task.status, task.done_on = TaskStatus.DONE, complaint.acknowledged_on
