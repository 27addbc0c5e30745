"""Questions about the log."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.logs.models import LogEntry

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "-written": (LogEntry.created_at.expression,)
}


def entries(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List what was written down about a household, as far as it was meant for the reader."""
    household = uow.get(Household, household_id, to=Permission.SHARED_NOTE_READ)
    return uow.select(LogEntry).where(LogEntry.household_id == household.id)
