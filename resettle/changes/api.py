"""Changes of households over JSON: what one would do, that it happened, that it did not."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.changes import acts, providers, queries, service
from resettle.changes.models import HouseholdChange
from resettle.changes.schemas import (
    ChangeProviderSchema,
    ChangeShape,
    PreviewShape,
    RecordChangeSchema,
    TakenOverShape,
)
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.web.api import Api

api = Api("changes_api", __name__, url_prefix="/api")
CHANGES = "/households/<uuid:household_id>/changes"


@api.lists(
    CHANGES,
    permission=Permission.TIMELINE_READ,
    returns=ChangeShape(),
    sorts=queries.SORTS,
)
def index(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List what happened to a household, and what each change did."""
    return queries.of_household(uow, household_id)


# Asked by POST, since names and birth days have no place in an address. It leaves nothing behind.
@api.does(
    "POST",
    CHANGES + "/preview",
    permission=Permission.HOUSEHOLD_CHANGE,
    body=RecordChangeSchema(),
    returns=PreviewShape(),
    replayed=False,
)
def preview(uow: UnitOfWork, household_id: UUID, command: acts.Asked) -> service.Preview:
    """Tell in words everything that a change would do, without doing it."""
    return service.preview_asked(uow, household_id, command)


@api.does(
    "POST",
    CHANGES,
    permission=Permission.HOUSEHOLD_CHANGE,
    body=RecordChangeSchema(),
    returns=ChangeShape(),
)
def record(uow: UnitOfWork, household_id: UUID, command: acts.Asked) -> HouseholdChange:
    """Let a change happen to the household as it was seen, with all that follows."""
    return service.record_asked(uow, household_id, command)


@api.does(
    "POST",
    "/changes/<uuid:change_id>/undo",
    permission=Permission.HOUSEHOLD_CHANGE,
    returns=ChangeShape(),
)
def undo(uow: UnitOfWork, change_id: UUID) -> HouseholdChange:
    """Take a change back with all that it did, unless something newer depends on it."""
    return service.undo(uow, change_id)


@api.does(
    "POST",
    "/provider-changes/preview",
    permission=Permission.PROVIDER_CHANGE,
    body=ChangeProviderSchema(),
    returns=TakenOverShape(),
    many=True,
    replayed=False,
)
def preview_provider(
    uow: UnitOfWork, command: acts.ChangeProvider
) -> Sequence[providers.TakenOver]:
    """Tell which households another provider would take over, and with which caseworkers."""
    return providers.preview_provider(uow, command)


@api.does(
    "POST",
    "/provider-changes",
    permission=Permission.PROVIDER_CHANGE,
    body=ChangeProviderSchema(),
    returns=TakenOverShape(),
    many=True,
)
def change_provider(uow: UnitOfWork, command: acts.ChangeProvider) -> Sequence[providers.TakenOver]:
    """Hand all active households of some places to another provider on a day."""
    return providers.change_provider(uow, command)
