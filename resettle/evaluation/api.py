"""The programme's figures over JSON, under /api/figures."""

from collections.abc import Sequence

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evaluation import queries
from resettle.evaluation.schemas import (
    IndicatorShape,
    ProgrammeFiguresShape,
    TableShape,
    TableWanted,
    TableWantedSchema,
)
from resettle.web.api import Api

api = Api("figures_api", __name__, url_prefix="/api/figures")


@api.reads(
    "/pipeline", permission=Permission.PIPELINE_READ, returns=ProgrammeFiguresShape(), many=True
)
def pipeline(uow: UnitOfWork) -> Sequence[queries.ProgrammeFigures]:
    """Count households by programme and stage, with the days they have stood there."""
    return queries.pipeline(uow)


@api.reads(
    "/tables/<string:code>",
    permission=Permission.INDICATOR_READ,
    returns=TableShape(),
    filters=TableWantedSchema(),
)
def table(uow: UnitOfWork, code: str, wanted: TableWanted) -> queries.Table:
    """Make a table of the catalogue, protected for the kind of reader named."""
    return queries.table(uow, code, wanted.view, wanted.programme)


@api.reads(
    "/indicators/<string:code>", permission=Permission.INDICATOR_READ, returns=IndicatorShape()
)
def indicator(uow: UnitOfWork, code: str) -> queries.Indicator:
    """Work out an indicator for each stream, with its denominator and a warning."""
    return queries.indicator(uow, code)
