"""What this chapter does when a change is taken back."""

import json

from resettle.changes.events import ChangeTakenBack
from resettle.changes.models import HouseholdChange
from resettle.changes.undoing import take_back
from resettle.core.work import UnitOfWork


def put_back(uow: UnitOfWork, event: ChangeTakenBack) -> None:
    """Put back all that the change did, in files and groups alike."""
    change = uow.find(HouseholdChange, event.change_id)
    assert change is not None
    take_back(uow, json.loads(change.journal or "[]"))
    parts = uow.select(HouseholdChange).where(HouseholdChange.part_of == change.id)
    for part in uow.all(parts):
        part.undone_at, part.undone_by = change.undone_at, change.undone_by
