"""Pages of report runs: the reports that there are, and one with its tables and pictures."""

from typing import Any
from uuid import UUID

from flask import Response

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.releases.definition import ReleaseCatalogue
from resettle.runs import rules, schemas, service
from resettle.runs.definition import ReportCatalogue
from resettle.runs.models import ReportRun
from resettle.runs.rules import RunState
from resettle.web.handing import handed_out
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("runs", __name__, template_folder="templates")

Shown = dict[str, Any]
RUN = "/report-runs/<uuid:report_run_id>"
STATES = {"waiting": "Being put together", "ready": "Waits for a second person"}


@pages.page("/report-runs", permission=Permission.RUN_READ, template="runs/index.html")
def index(uow: UnitOfWork) -> Shown:
    """List the reports that there are."""
    rows = schemas.RunRow().many_of(uow, service.all_runs(uow))
    audiences = uow.use(ReleaseCatalogue).audiences
    return {
        "rows": [
            {**row, "word": _word(row), "for": audiences[row["audience"]].title} for row in rows
        ],
        "may_ask": uow.allows(Permission.RUN_MAKE),
    }


def _word(run: Shown) -> str:
    return "Let go" if run["confirmed_at"] else STATES[run["state"]]


@pages.form(
    "/report-runs/new",
    permission=Permission.RUN_MAKE,
    schema=schemas.AskRunSchema(),
    template="runs/new.html",
)
def ask(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Ask for a report."""
    if form.command:
        run = service.ask(uow, form.command)
        return Go(".show", message="The report is being put together.", report_run_id=run.id)
    audiences = uow.use(ReleaseCatalogue).audiences.values()
    return {
        "reports": [(each.code, each.title) for each in uow.use(ReportCatalogue).reports.values()],
        "audiences": [(each.code, each.title) for each in audiences],
    }


@pages.page(RUN, permission=Permission.RUN_READ, template="runs/show.html")
def show(uow: UnitOfWork, report_run_id: UUID) -> Shown:
    """Show a report: each table with its picture, its id and what it means."""
    kept = uow.get(ReportRun, report_run_id, to=Permission.RUN_READ)
    run = schemas.RunShape().one(uow, kept)
    waits = kept.state is RunState.READY and kept.confirmed_at is None
    sections = run["told"].get("sections", [])
    return {
        "run": {
            **run,
            "word": _word(run),
            "for": uow.use(ReleaseCatalogue).audiences[run["audience"]].title,
        },
        "sections": [
            {**each, "bars": rules.bars(each["figures"]) if each["figures"] else []}
            for each in sections
        ],
        "first_is_shown": bool(kept.repeats and uow.find(ReportRun, kept.repeats)),
        "elsewhere": [*uow.use(ReportCatalogue).reports[kept.report].elsewhere.items()],
        "may_ask": uow.allows(Permission.RUN_MAKE),
        "may_confirm": waits
        and kept.asked_by != uow.actor.user_id
        and uow.allows(Permission.RELEASE_CONFIRM, kept),
    }


@pages.button(f"{RUN}/repetition", permission=Permission.RUN_MAKE)
def ask_again(uow: UnitOfWork, report_run_id: UUID) -> Led:
    """Put a report together again, beside the first."""
    run = service.ask_again(uow, report_run_id)
    return Go(".show", message="It is being put together again.", report_run_id=run.id)


@pages.button(f"{RUN}/confirmation", permission=Permission.RELEASE_CONFIRM)
def confirm(uow: UnitOfWork, report_run_id: UUID) -> Led:
    """Let a report go with all its figures, as a second person."""
    service.confirm(uow, report_run_id)
    message = "The report is let go. Auditors and evaluators read it now."
    return Go(".show", message=message, report_run_id=report_run_id)


@pages.page(f"{RUN}/files/<string:kind>", permission=Permission.RUN_READ, template="error.html")
def file_of(uow: UnitOfWork, report_run_id: UUID, kind: str) -> Response:
    """Hand a report out as a file."""
    return handed_out(service.file_of(uow, report_run_id, kind))
