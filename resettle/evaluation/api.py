"""The programme's figures over JSON, under /api/figures."""

from collections.abc import Sequence

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evaluation import indicators, overview, queries
from resettle.evaluation.months import Asked
from resettle.evaluation.schemas import (
    AskedSchema,
    CheckSum,
    CheckSumSchema,
    IndicatorShape,
    IndicatorsWantedSchema,
    ListedShape,
    OverviewShape,
    ProgrammeFiguresShape,
    SumShape,
    TableShape,
    TableWanted,
    TableWantedSchema,
)
from resettle.releases.rules import Reconciled
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
    """Count households for the team itself; for others figures are released."""
    return queries.table(uow, code, wanted.programme)


@api.reads(
    "/indicators/<string:code>", permission=Permission.INDICATOR_READ, returns=IndicatorShape()
)
def indicator(uow: UnitOfWork, code: str) -> queries.Indicator:
    """Work an indicator out for the team itself, by stream; for others figures are released."""
    return queries.indicator(uow, code)


@api.reads(
    "/indicators",
    permission=Permission.RELEASE_READ,
    returns=ListedShape(),
    many=True,
    filters=IndicatorsWantedSchema(),
)
def listed(uow: UnitOfWork, wanted: indicators.IndicatorsWanted) -> Sequence[indicators.Listed]:
    """List all indicators under the names of a framework, and what was told of each last."""
    return indicators.listed(uow, wanted)


@api.reads(
    "/overview", permission=Permission.PIPELINE_READ, returns=OverviewShape(), filters=AskedSchema()
)
def overview_of_all(uow: UnitOfWork, wanted: Asked) -> overview.Overview:
    """Tell programme managers what they ask first: places, waiting, arrivals, capacity."""
    return overview.overview(uow, wanted)


@api.does(
    "POST",
    "/sums",
    permission=Permission.INDICATOR_READ,
    body=CheckSumSchema(),
    returns=SumShape(),
    replayed=False,
)
def check_sum(uow: UnitOfWork, command: CheckSum) -> Reconciled:
    """Add up the parts of somebody's table, and warn where they are not the total stated."""
    return indicators.check_sum(uow, command.labels, command.numbers, command.stated)
