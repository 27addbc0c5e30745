"""What this chapter does when a change is taken back, and when a provider changes."""

import json

from resettle.cases.queries import primary
from resettle.changes import service
from resettle.changes.events import ChangeTakenBack, ProviderChanged
from resettle.changes.models import HouseholdChange, Kind
from resettle.changes.undoing import take_back
from resettle.core.errors import Conflict
from resettle.core.work import UnitOfWork
from resettle.duplicates.events import HouseholdEmptied, HouseholdFilled
from resettle.households.models import Household
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


def close_emptied(uow: UnitOfWork, event: HouseholdEmptied) -> None:
    """Close the file in which a merge has left nobody; the change is told in it."""
    household = uow.find(Household, event.household_id)
    assert household is not None
    service.close_emptied(uow, household)


def open_again(uow: UnitOfWork, event: HouseholdFilled) -> None:
    """Put back what closing the file has done; if other work hangs on that, open it at least."""
    query = uow.select(HouseholdChange).where(
        HouseholdChange.household_id == event.household_id, HouseholdChange.undone_at.is_(None)
    )
    closed = [each for each in uow.all(query) if each.kind == Kind.EMPTIED]
    for change in closed:
        try:
            with uow.session.begin_nested():
                take_back(uow, json.loads(change.journal or "[]"))
        except Conflict:
            household = uow.find(Household, event.household_id)
            assert household is not None
            household.exited_on = household.exit_reason = None
        change.undone_at = uow.now


def put_back(uow: UnitOfWork, event: ChangeTakenBack) -> None:
    """Put back all that the change did, in files and groups alike."""
    change = uow.find(HouseholdChange, event.change_id)
    assert change is not None
    take_back(uow, json.loads(change.journal or "[]"))
    parts = uow.select(HouseholdChange).where(HouseholdChange.part_of == change.id)
    for part in uow.all(parts):
        part.undone_at, part.undone_by = change.undone_at, change.undone_by
