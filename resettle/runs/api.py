"""Report runs over JSON."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.runs import acts, schemas, service
from resettle.runs.models import ReportRun
from resettle.runs.tabulating import Tabulated
from resettle.web.api import Api
from resettle.web.handing import handed_out

api = Api("runs_api", __name__, url_prefix="/api/report-runs")
RUN = "/<uuid:report_run_id>"


@api.reads("", permission=Permission.RUN_READ, returns=schemas.RunRow(), many=True)
def index(uow: UnitOfWork) -> Sequence[ReportRun]:
    """List the reports."""
    return service.all_runs(uow)


@api.does(
    "POST",
    "",
    permission=Permission.RUN_MAKE,
    body=schemas.AskRunSchema(),
    returns=schemas.RunRow(),
    status=201,
)
def ask(uow: UnitOfWork, command: acts.AskRun) -> ReportRun:
    """Ask for a report. It is put together by a job, once."""
    return service.ask(uow, command)


@api.reads(RUN, permission=Permission.RUN_READ, returns=schemas.RunShape())
def show(uow: UnitOfWork, report_run_id: UUID) -> ReportRun:
    """Give a report as it was told: nothing in it is computed again."""
    return uow.get(ReportRun, report_run_id, to=Permission.RUN_READ)


@api.does(
    "POST",
    f"{RUN}/repetition",
    permission=Permission.RUN_MAKE,
    returns=schemas.RunRow(),
    status=201,
)
def ask_again(uow: UnitOfWork, report_run_id: UUID) -> ReportRun:
    """Put a report together again beside the first, to see that its figures are the same."""
    return service.ask_again(uow, report_run_id)


@api.does(
    "POST",
    f"{RUN}/confirmation",
    permission=Permission.RELEASE_CONFIRM,
    returns=schemas.RunRow(),
)
def confirm(uow: UnitOfWork, report_run_id: UUID) -> ReportRun:
    """Let a report go with all its figures, as a second person."""
    return service.confirm(uow, report_run_id)


@api.reads(f"{RUN}/files/<string:kind>", permission=Permission.RUN_READ, renders=handed_out)
def file_of(uow: UnitOfWork, report_run_id: UUID, kind: str) -> service.Opened:
    """Fetch a report as a file: pdf or xlsx."""
    return service.file_of(uow, report_run_id, kind)


@api.does(
    "POST",
    "/tabulations",
    permission=Permission.RUN_MAKE,
    body=schemas.TabulateSchema(),
    returns=schemas.TabulatedShape(),
    many=True,
)
def tabulate(uow: UnitOfWork, command: acts.Tabulate) -> Sequence[Tabulated]:
    """Count the ministry's tables from records that are sent along; nothing of them is kept."""
    return service.tabulate(uow, command)
