"""What this chapter does when a change is taken back, and when a provider changes."""

import json

from resettle.cases.queries import primary
from resettle.changes.events import ChangeTakenBack, ProviderChanged
from resettle.changes.models import HouseholdChange, Kind
from resettle.changes.undoing import take_back
from resettle.core.work import UnitOfWork
from resettle.tasks.models import Task, TaskStatus


def note_provider(uow: UnitOfWork, event: ProviderChanged) -> None:
    """Write the change of provider into the file, and pass the open tasks on."""
    line = f"The provider was {event.before or 'nobody'} and is {event.provider} now."
    change = HouseholdChange(household_id=event.household_id, happened_on=uow.today)
    change.kind = Kind.PROVIDER.value
    change.lines = json.dumps([{"area": "Caseworkers", "text": line}], ensure_ascii=False)
    uow.add(change)
    worker = primary(uow, event.household_id)
    query = uow.select(Task).where(
        Task.household_id == event.household_id,
        Task.status.in_([TaskStatus.OPEN, TaskStatus.DOING]),
    )
    for task in uow.all(query):
        task.assignee_id = None if worker is None else worker.user_id


def put_back(uow: UnitOfWork, event: ChangeTakenBack) -> None:
    """Put back all that the change did, in files and groups alike."""
    change = uow.find(HouseholdChange, event.change_id)
    assert change is not None
    take_back(uow, json.loads(change.journal or "[]"))
    parts = uow.select(HouseholdChange).where(HouseholdChange.part_of == change.id)
    for part in uow.all(parts):
        part.undone_at, part.undone_by = change.undone_at, change.undone_by
