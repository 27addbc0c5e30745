"""Crises over JSON: looked at, raised, followed, taken down."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.crises import acts, queries, schemas, service
from resettle.crises.models import Crisis
from resettle.web.api import Api

api = Api("crises_api", __name__, url_prefix="/api/crises")
CRISIS = "/<uuid:crisis_id>"


@api.reads(
    "/affected",
    permission=Permission.CRISIS_RAISE,
    returns=schemas.AffectedShape(),
    filters=schemas.ReachSchema(),
)
def affected(uow: UnitOfWork, wanted: queries.ReachWanted) -> queries.Affected:
    """Tell which households a flag would concern, before it is raised."""
    return queries.affected(uow, wanted.reach)


@api.lists(
    "", permission=Permission.CRISIS_READ, returns=schemas.CrisisShape(), sorts=queries.SORTS
)
def crises(uow: UnitOfWork) -> Select[Any]:
    """List the crises."""
    return queries.crises(uow)


@api.does(
    "POST",
    "",
    permission=Permission.CRISIS_RAISE,
    body=schemas.RaiseFlagSchema(),
    returns=schemas.CrisisShape(),
    status=201,
)
def raise_flag(uow: UnitOfWork, command: acts.RaiseFlag) -> Crisis:
    """Raise a flag, and send a welfare check for each household."""
    return service.raise_flag(uow, command)


@api.reads(CRISIS, permission=Permission.CRISIS_READ, returns=schemas.CrisisShape())
def show(uow: UnitOfWork, crisis_id: UUID) -> Crisis:
    """Show a crisis."""
    return uow.get(Crisis, crisis_id, to=Permission.CRISIS_READ)


@api.reads(CRISIS + "/count", permission=Permission.CRISIS_READ, returns=schemas.CountShape())
def count(uow: UnitOfWork, crisis_id: UUID) -> queries.Count:
    """Count the households, and the checks that are done."""
    crisis = uow.get(Crisis, crisis_id, to=Permission.CRISIS_READ)
    return queries.counts(uow, [crisis.id]).get(crisis.id, queries.Count(0, 0))


@api.reads(
    CRISIS + "/checks", permission=Permission.CRISIS_READ, returns=schemas.CheckRow(), many=True
)
def checks(uow: UnitOfWork, crisis_id: UUID) -> Any:
    """Tell how the check of each household stands that the reader looks after."""
    return queries.checks(uow, uow.get(Crisis, crisis_id, to=Permission.CRISIS_READ))


@api.does(
    "POST",
    CRISIS + "/sending",
    permission=Permission.CRISIS_RAISE,
    returns=schemas.CrisisShape(),
)
def send_again(uow: UnitOfWork, crisis_id: UUID) -> Crisis:
    """Send checks for households that came in since; nobody gets a second one."""
    return service.send_again(uow, crisis_id)


@api.does(
    "POST",
    CRISIS + "/closing",
    permission=Permission.CRISIS_RAISE,
    body=schemas.CloseFlagSchema(),
    returns=schemas.CrisisShape(),
)
def close(uow: UnitOfWork, crisis_id: UUID, command: acts.CloseFlag) -> Crisis:
    """Take a flag down from all files."""
    return service.close(uow, crisis_id, command)
