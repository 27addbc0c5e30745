"""What is done with report runs: asked for, asked for again, read."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.releases import service as releases
from resettle.releases.definition import ReleaseCatalogue
from resettle.runs import tabulating
from resettle.runs.acts import AskRun, Tabulate
from resettle.runs.definition import MinistryTables, ReportCatalogue
from resettle.runs.models import ReportRun
from resettle.runs.rules import RunState
from resettle.runs.tabulating import BadRecords, Tabulated

MAKE = "runs:make"
MOST = 50


def ask(uow: UnitOfWork, command: AskRun, repeats: UUID | None = None) -> ReportRun:
    """Ask for a report. A job puts it together; what it tells never changes after."""
    uow.require(Permission.RUN_MAKE)
    report = uow.use(ReportCatalogue).reports.get(command.report)
    faults = {} if report else {"report": ["There is no such report."]}
    faults |= _faults(uow, command)
    if faults or report is None:
        raise Invalid(faults)
    assert uow.actor.user_id is not None
    run = uow.add(
        ReportRun(
            report=report.code,
            audience=command.audience,
            as_at=command.as_at,
            title=report.title,
            asked_by=uow.actor.user_id,
            asked_at=uow.now,
            stated=dict(command.stated),
            repeats=repeats,
        )
    )
    uow.later(MAKE, run_id=str(run.id))
    return run


def _faults(uow: UnitOfWork, command: AskRun) -> dict[str, list[str]]:
    faults = {}
    if command.audience not in uow.use(ReleaseCatalogue).audiences:
        faults["audience"] = ["There is no such audience."]
    if command.as_at is not None and command.as_at > uow.today:
        faults["as_at"] = ["Figures are of days that have been."]
    report = uow.use(ReportCatalogue).reports.get(command.report)
    known = () if report is None else report.tables
    if odd := [code for code in command.stated if code not in known]:
        faults["stated"] = [f"There is no table {odd[0]} in this report."]
    return faults


def confirm(uow: UnitOfWork, run_id: UUID) -> ReportRun:
    """Let a report go with all its figures: a second person has looked at them.

    Raises Conflict if it is who asked for it, or if it is not made, or gone already.
    """
    run = uow.edit(ReportRun, run_id, to=Permission.RELEASE_CONFIRM)
    if run.state is not RunState.READY:
        raise Conflict("This report is not made yet.")
    if run.confirmed_at is not None:
        raise Conflict("This report was let go already.")
    if run.asked_by == uow.actor.user_id:
        raise Conflict("Somebody else lets this report go: whoever asked for it does not.")
    for section in run.told["sections"]:
        if section.get("release_id"):
            releases.let_go(uow, UUID(section["release_id"]))
    run.confirmed_at, run.confirmed_by = uow.now, uow.actor.user_id
    return run


def ask_again(uow: UnitOfWork, run_id: UUID) -> ReportRun:
    """Put a report together again, beside the first, to see that its figures are the same."""
    run = uow.get(ReportRun, run_id, to=Permission.RUN_MAKE)
    if run.state is not RunState.READY:
        raise Conflict("This report is not made yet.")
    command = AskRun(report=run.report, audience=run.audience, as_at=run.as_at, stated=run.stated)
    return ask(uow, command, repeats=run.id)


def all_runs(uow: UnitOfWork) -> Sequence[ReportRun]:
    """List the reports, the newest first."""
    uow.require(Permission.RUN_READ)
    query = uow.select(ReportRun).order_by(ReportRun.asked_at.desc(), ReportRun.id)
    return uow.all(query.limit(MOST))


class Opened:
    """A file of a run, under a name that says which run it is."""

    def __init__(self, run: ReportRun, kind: str) -> None:
        found = {"pdf": (run.pdf, "application/pdf"), "xlsx": (run.xlsx, XLSX)}.get(kind)
        if found is None or found[0] is None:
            raise Conflict("There is no such file of this report.")
        self.content: bytes = found[0]
        self.media_type: str = found[1]
        self.name = f"report-{str(run.id)[:8]}.{kind}"


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_of(uow: UnitOfWork, run_id: UUID, kind: str) -> Opened:
    """Hand a report out as a file; that it was, is on record."""
    run = uow.get(ReportRun, run_id, to=Permission.RUN_READ)
    uow.acted("ReportRun", run.id, change="downloaded")
    return Opened(run, kind)


def tabulate(uow: UnitOfWork, command: Tabulate) -> Sequence[Tabulated]:
    """Count the ministry's tables from records that were sent. Nothing of them is kept.

    Raises Invalid if they cannot be counted.
    """
    uow.require(Permission.RUN_MAKE)
    specs = uow.use(MinistryTables).specs
    if odd := [code for code in command.stated if code not in specs]:
        raise Invalid({"stated": [f"There is no table {odd[0]}."]})
    try:
        rows = tabulating.records(command.records)
        made = [
            tabulating.tabulate(spec, rows, command.rule, command.stated.get(code))
            for code, spec in specs.items()
        ]
    except BadRecords as error:
        raise Invalid({"records": [str(error)]}) from error
    return [table for table in made if table is not None]
