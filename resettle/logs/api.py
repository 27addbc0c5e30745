"""The log over JSON: read, written, taken back."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.logs import acts, queries, schemas, service
from resettle.logs.models import LogEntry
from resettle.web.api import Api

api = Api("logs_api", __name__, url_prefix="/api")
LOG = "/households/<uuid:household_id>/log"


@api.lists(
    LOG,
    permission=Permission.SHARED_NOTE_READ,
    returns=schemas.LogEntryShape(),
    sorts=queries.SORTS,
)
def entries(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List what sponsors and the family have written down, as far as it is for the reader."""
    return queries.entries(uow, household_id)


@api.does(
    "POST",
    LOG,
    permission=Permission.SHARED_NOTE_WRITE,
    body=schemas.WriteEntrySchema(),
    returns=schemas.LogEntryShape(),
    status=201,
)
def write(uow: UnitOfWork, household_id: UUID, command: acts.WriteEntry) -> LogEntry:
    """Write something down for the caseworkers, and for whoever else is named."""
    return service.write(uow, household_id, command)


@api.does(
    "POST",
    "/log-entries/<uuid:log_entry_id>/withdrawal",
    permission=Permission.SHARED_NOTE_WRITE,
    returns=schemas.LogEntryShape(),
    status=201,
)
def take_back(uow: UnitOfWork, log_entry_id: UUID) -> LogEntry:
    """Take one's own entry back."""
    return service.take_back(uow, log_entry_id)
