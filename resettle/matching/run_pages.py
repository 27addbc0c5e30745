"""Pages of runs: the list, one run, one household in it, two runs side by side, and fairness."""

from typing import Any
from uuid import UUID

from resettle.core.languages import language
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.choices import country
from resettle.matching import acts, fairness, run_queries, runs, schemas, words
from resettle.matching import run_shapes as shapes
from resettle.matching.leaves import leaf
from resettle.matching.run_models import MatchRun, RunStatus
from resettle.programmes.catalogue import Catalogue
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("match_runs", __name__, template_folder="templates")

Shown = dict[str, Any]
RUN = "/match-runs/<uuid:run_id>"
MOST = 50
AT_A_TIME = 50
STATES = {
    RunStatus.FROZEN: "The facts are kept; the year ahead is looked at",
    RunStatus.PRICED: "Searching",
    RunStatus.DONE: "Done",
    RunStatus.IMPOSSIBLE: "Cannot be",
    RunStatus.STOPPED: "Stopped",
}
DIMENSIONS = {
    fairness.NATIONALITY: "Nationality of the principal applicant",
    fairness.SEX: "Sex of the principal applicant",
    fairness.SINGLE: "Single parent",
    fairness.DISABILITY: "Somebody with a disability",
}
NAMES = {"yes": "Yes", "no": "No", "unknown": "Not known", "F": "Women", "M": "Men"}
NAMES |= {"others": "All others", "X": "Another gender", "U": "Not known"}


@pages.form(
    "/match-runs",
    permission=Permission.MATCH_RUN,
    schema=schemas.StartRunSchema(),
    template="matching/runs.html",
)
def index(uow: UnitOfWork, form: Form) -> Shown | Led:
    """List the runs, and match those who wait now."""
    if form.command:
        run = runs.start(uow, form.command)
        uow.settle()
        return Go("match_runs.show", message="The facts are kept.", run_id=run.id)
    query = run_queries.runs(uow).order_by(MatchRun.created_at.desc(), MatchRun.id)
    catalogue = uow.use(Catalogue)
    return {
        "runs": [_told(uow, run) for run in uow.all(query.limit(MOST))],
        "programmes": [
            (code, catalogue.versions(code)[-1].title) for code in sorted(catalogue.placement)
        ],
        "today": uow.today,
    }


def _told(uow: UnitOfWork, run: MatchRun) -> Shown:
    return {
        **shapes.RunShape().one(uow, run),
        "state": STATES[run.status],
        "done": run.status is RunStatus.DONE,
        "name": run.title or f"{run.programme_code}, {run.for_on:%-d %B %Y}",
    }


@pages.page(
    RUN,
    permission=Permission.MATCH_READ,
    template="matching/run.html",
    filters=schemas.AtPlaceSchema(),
)
def show(uow: UnitOfWork, run_id: UUID, wanted: acts.AtPlace) -> Shown:
    """Show who was given which place, how full each is, and what more room would bring."""
    seen = run_queries.look(uow, run_id)
    done = seen.frozen.run.status is RunStatus.DONE
    others = run_queries.runs(uow).where(
        MatchRun.status == RunStatus.DONE,
        MatchRun.programme_code == seen.frozen.run.programme_code,
        MatchRun.id != run_id,
    )
    newest = others.order_by(MatchRun.created_at.desc(), MatchRun.id)
    more = None
    if done and wanted.place_id is not None:
        more = run_queries.with_more(seen, wanted.in_place(wanted.place_id))
    lines = leaf(run_queries.lines(seen) if done else (), wanted.page, AT_A_TIME)
    return {
        "run": _told(uow, seen.frozen.run),
        "lines": [_line(uow, line) for line in lines.rows],
        "leaf": lines,
        "rooms": run_queries.room_left(seen) if done else [],
        "spots": [(spot.id, spot.name) for spot in seen.frozen.setting.spots],
        "wanted": wanted,
        "may_run": uow.allows(Permission.MATCH_RUN),
        "change": None if more is None else shapes.ChangeShape().one(uow, more),
        "others": [(str(run.id), _told(uow, run)["name"]) for run in uow.all(newest.limit(MOST))],
    }


def _line(uow: UnitOfWork, line: run_queries.MatchLine) -> Shown:
    shown = shapes.MatchLineShape().one(uow, line)
    return {
        **shown,
        "speaks": ", ".join(language(code) for code in shown["languages"]),
        "asks": ", ".join(words.named(shown["needs"], words.SERVICES)),
    }


@pages.page(
    RUN + "/households/<uuid:household_id>",
    permission=Permission.MATCH_READ,
    template="matching/options.html",
    filters=schemas.AtPlaceSchema(),
)
def options(uow: UnitOfWork, run_id: UUID, household_id: UUID, wanted: acts.AtPlace) -> Shown:
    """Show why a household was given its place, why not another, and what that would cost."""
    seen = run_queries.look(uow, run_id)
    found = shapes.OptionShape().many_of(uow, run_queries.options(seen, household_id))
    lines = [line for line in run_queries.lines(seen) if line.household_id == household_id]
    change = None
    if wanted.place_id is not None:
        told = run_queries.instead(seen, household_id, wanted.place_id)
        change = shapes.ChangeShape().one(uow, told)
    return {
        "run": _told(uow, seen.frozen.run),
        "line": _line(uow, lines[0]),
        "options": found,
        "instead": seen.name(str(wanted.place_id)),
        "change": change,
    }


@pages.page(
    RUN + "/comparison",
    permission=Permission.MATCH_READ,
    template="matching/compare.html",
    filters=schemas.BesideSchema(),
)
def compare(uow: UnitOfWork, run_id: UUID, wanted: acts.Beside) -> Shown:
    """Set two runs side by side."""
    run = uow.get(MatchRun, run_id, to=Permission.MATCH_READ)
    found = run_queries.compare(uow, wanted.other_id or run.base_id or run.id, run.id)
    return {
        **shapes.ComparedShape().one(uow, found),
        "one": _told(uow, found.first),
        "other": _told(uow, found.second),
    }


@pages.form(
    RUN + "/scenarios/new",
    permission=Permission.MATCH_RUN,
    schema=schemas.OneMoreSchema(),
    template="matching/scenario.html",
)
def scenario(uow: UnitOfWork, form: Form, run_id: UUID) -> Shown | Led:
    """Match the same households again with more room in a place, and set both side by side."""
    if form.command:
        run = runs.start_scenario(uow, run_id, form.command.scenario)
        uow.settle()
        return Go("match_runs.show", message="The scenario is asked for.", run_id=run.id)
    seen = run_queries.look(uow, run_id)
    return {
        "run": _told(uow, seen.frozen.run),
        "spots": [(spot.id, spot.name) for spot in seen.frozen.setting.spots],
    }


@pages.button(RUN + "/renewal", permission=Permission.MATCH_RUN)
def renew(uow: UnitOfWork, run_id: UUID) -> Led:
    """Match those who wait now as this run did, and show the board on which they will stand."""
    run = runs.renew(uow, run_id)
    return Go("board.show", message="Those who wait now are matched again.", run_id=run.id)


@pages.button(RUN + "/stopping", permission=Permission.MATCH_RUN)
def stop(uow: UnitOfWork, run_id: UUID) -> Led:
    """Stop a run that goes on."""
    run = runs.stop(uow, run_id)
    return Go("match_runs.show", message="The run is stopped.", run_id=run.id)


@pages.page(
    "/placement-equity", permission=Permission.MATCH_FIGURES, template="matching/equity.html"
)
def equity(uow: UnitOfWork) -> Shown:
    """Show how fairly places were given to all who were matched."""
    rows = shapes.EquityShape().many_of(uow, fairness.of_placements(uow))
    return {
        "whole": [row for row in rows if row["dimension"] == "all"],
        "dimensions": [
            (title, [{**row, "name": _named(row)} for row in rows if row["dimension"] == code])
            for code, title in DIMENSIONS.items()
        ],
    }


def _named(row: Shown) -> str:
    name: str = row["name"]
    return NAMES.get(name) or country(name)
