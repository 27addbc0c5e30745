"""Many cases held, held on or let go, over JSON."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.holds import acts, queries, schemas, service
from resettle.holds.models import HoldResult
from resettle.web.api import Api

api = Api("holds_api", __name__, url_prefix="/api/case-holds")


@api.reads(
    "/changes",
    permission=Permission.CASE_HOLD_MANY,
    returns=schemas.ChangeShape(),
    many=True,
    filters=schemas.ChosenSchema(),
)
def changes(uow: UnitOfWork, wanted: acts.Chosen) -> Sequence[queries.Change]:
    """Tell for each case of a selection what would change, before anything is done."""
    return queries.changes(uow, wanted)


@api.does(
    "POST",
    "",
    permission=Permission.CASE_HOLD_MANY,
    body=schemas.DoManySchema(),
    returns=schemas.ResultShape(),
    many=True,
)
def do_many(uow: UnitOfWork, command: acts.DoMany) -> Sequence[service.Result]:
    """Hold, extend or release cases; each has a result of its own."""
    return service.do_many(uow, command)


@api.reads(
    "/batches", permission=Permission.CASE_HOLD_MANY, returns=schemas.BatchShape(), many=True
)
def batches(uow: UnitOfWork) -> Sequence[queries.Batch]:
    """List what was done with many cases before."""
    return queries.batches(uow)


@api.reads(
    "/batches/<uuid:hold_batch_id>",
    permission=Permission.CASE_HOLD_MANY,
    returns=schemas.HoldResultShape(),
    many=True,
)
def results(uow: UnitOfWork, hold_batch_id: UUID) -> Sequence[HoldResult]:
    """Tell what came of each case of one act upon many."""
    return queries.results(uow, hold_batch_id)
