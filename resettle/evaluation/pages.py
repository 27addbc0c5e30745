"""Pages of programme managers and evaluators: the pipeline, indicators, time to milestone."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from flask import url_for

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evaluation import indicators, months, overview, queries, schemas, standing
from resettle.evaluation.definition import Evaluation
from resettle.evaluation.figuring import USUAL
from resettle.evaluation.months import Asked
from resettle.evaluation.pressing import told
from resettle.evaluation.standing import Standing
from resettle.households.models import Stream
from resettle.programmes.catalogue import Catalogue
from resettle.releases import service
from resettle.releases.acts import AskRelease
from resettle.releases.definition import ReleaseCatalogue
from resettle.releases.models import Release
from resettle.releases.queries import newest
from resettle.releases.schemas import ReleaseShape
from resettle.web import charts, curves
from resettle.web.api import page_of
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("evaluation", __name__, template_folder="templates")

Shown = dict[str, Any]
RELEASE = ReleaseShape()
WAITS = schemas.WaitingShape()
STREAMS = [(Stream.CORS.value, "Sponsored"), (Stream.QUOTA.value, "Quota")]


@pages.page(
    "/pipeline",
    permission=Permission.PIPELINE_READ,
    template="evaluation/pipeline.html",
    filters=schemas.AskedSchema(),
)
def pipeline(uow: UnitOfWork, wanted: Asked) -> Shown:
    """Show what a programme manager asks first, each number beside its list or its table."""
    programmes = schemas.ProgrammeFiguresShape().many_of(uow, queries.pipeline(uow))
    found = schemas.OverviewShape().one(uow, overview.overview(uow, wanted))
    return {
        "programmes": programmes,
        "bars": {p["code"]: _bars(p) for p in programmes},
        "told": found,
        "month_bars": _months(found["arrivals"], "arrived"),
        "ahead_bars": _months(found["ahead"], "expected"),
        "asked": {"households": wanted.households, "stream": wanted.stream},
        "streams": STREAMS,
        **told(uow),
    }


def _bars(programme: Shown) -> Any:
    """Leave out stages where nobody stands, except that the order shows the way."""
    return charts.pipeline(
        [
            charts.Stage(
                stage["title"],
                stage["households"],
                str(stage["households"]),
                stage["median_days"],
                url_for(".list_standing", programme=programme["code"], stage=stage["code"]),
            )
            for stage in programme["stages"]
            if stage["households"]
        ]
    )


def _months(found: Sequence[Shown], coming: str) -> Any:
    return charts.pipeline(
        [
            charts.Stage(
                f"{month['first']:%B %Y}",
                month["households"],
                str(month["households"]),
                href=url_for(".list_standing", **{coming: month["first"]}),
            )
            for month in found
        ]
    )


@pages.page(
    "/pipeline/households",
    permission=Permission.PIPELINE_READ,
    template="evaluation/standing.html",
    filters=schemas.StandingSchema(),
    paged=True,
)
def list_standing(uow: UnitOfWork, wanted: Standing, arguments: Mapping[str, str]) -> Shown:
    """List households by reference: where each stands, since when, and what it waits for."""
    page = page_of(uow, standing.standing(uow, wanted), standing.SORTS, arguments)
    return {
        "rows": WAITS.many_of(uow, overview.told(uow, page.rows)),
        "following": page.following,
        "wanted": asdict(wanted),
        "of_what": standing.named(uow, wanted),
    }


@pages.page(
    "/pipeline/houses",
    permission=Permission.PIPELINE_READ,
    template="evaluation/houses.html",
)
def houses(uow: UnitOfWork) -> Shown:
    """Count the houses at hand by place."""
    return {"rows": schemas.HousesShape().many_of(uow, months.houses(uow))}


@pages.page(
    "/figures/indicators",
    permission=Permission.RELEASE_READ,
    template="evaluation/indicators.html",
    filters=schemas.IndicatorsWantedSchema(),
)
def show_indicators(uow: UnitOfWork, wanted: indicators.IndicatorsWanted) -> Shown:
    """Show all indicators under the names of a framework, with what was told of each last."""
    rows = schemas.ListedShape().many_of(uow, indicators.listed(uow, wanted))
    parted = groupby(rows, key=lambda row: row["outcome"])
    frameworks = indicators.frameworks(uow.use(Catalogue))
    return {
        "groups": [(outcome, [*each]) for outcome, each in parted],
        "frameworks": [(code, framework.title) for code, framework in frameworks.items()],
        "wanted": {"framework": wanted.framework},
        "may_ask": uow.allows(Permission.RELEASE_MAKE),
    }


@pages.form(
    "/figures/indicators/<string:code>/new",
    permission=Permission.RELEASE_MAKE,
    schema=schemas.AskFigureSchema(),
    template="evaluation/ask.html",
)
def ask_indicator(uow: UnitOfWork, form: Form, code: str) -> Shown | Led:
    """Ask for an indicator, parted by something, for an audience."""
    if form.command:
        return _asked(uow, "indicator", code, form.command)
    title = uow.use(Evaluation).indicators.get(code)
    heading = code if title is None else title.title
    return _ask(uow, heading, url_for(".show_indicators"), "Indicators")


@pages.form(
    "/figures/time-to-milestone/<string:code>/new",
    permission=Permission.RELEASE_MAKE,
    schema=schemas.AskFigureSchema(),
    template="evaluation/ask.html",
)
def ask_timing(uow: UnitOfWork, form: Form, code: str) -> Shown | Led:
    """Ask how long a milestone took, parted by something, for an audience."""
    if form.command:
        return _asked(uow, "survival", code, form.command)
    back = url_for(".show_timing", code=code)
    return _ask(uow, f"How long it took: {code}", back, "How long milestones take")


def _asked(uow: UnitOfWork, kind: str, code: str, wanted: schemas.AskFigure) -> Led:
    by = "" if wanted.by == USUAL else wanted.by
    command = AskRelease(code, wanted.audience, kind, by, wanted.as_at)
    return Go("releases.show", release_id=service.ask(uow, command).id)


def _ask(uow: UnitOfWork, heading: str, back: str, back_title: str) -> Shown:
    catalogue = uow.use(ReleaseCatalogue)
    known = [d for d in catalogue.dimensions.values() if d.code not in {"outcome", "time"}]
    return {
        "heading": heading,
        "back": back,
        "back_title": back_title,
        "bys": [(each.code, each.title) for each in known],
        "audiences": [(each.code, each.title) for each in catalogue.audiences.values()],
    }


@pages.page(
    "/figures/time-to-milestone",
    permission=Permission.RELEASE_READ,
    template="evaluation/timing.html",
    filters=schemas.TimingWantedSchema(),
)
def show_timing(uow: UnitOfWork, wanted: schemas.TimingWanted) -> Shown:
    """Show how long a milestone took, as it was told last: curves, with their table."""
    release = newest(uow, kind="survival", code=wanted.code, by=wanted.by)
    told_groups = {} if release is None else release.figures.get("groups", {})
    return {
        "wanted": {"code": wanted.code},
        "milestones": _milestones(uow),
        "may_ask": uow.allows(Permission.RELEASE_MAKE),
        "release": _drawable(uow, release),
        "groups": [{"group": name, **group} for name, group in told_groups.items()],
        "drawn": _drawn(told_groups, release),
    }


def _drawable(uow: UnitOfWork, release: Release | None) -> Shown | None:
    return None if release is None or not release.figures else RELEASE.one(uow, release)


def _milestones(uow: UnitOfWork) -> list[tuple[str, str]]:
    catalogue = uow.use(Catalogue)
    newest_of = [catalogue.versions(code)[-1] for code in catalogue.codes]
    named = {m.code: m.title for p in newest_of for m in p.milestones if not m.of_household}
    return sorted(named.items())


def _drawn(groups: Mapping[str, Shown], release: Release | None) -> curves.Picture:
    """Draw the groups that are told. One that is hidden has no curve, not one at zero."""
    told_steps = [
        (
            name,
            [
                curves.Step(s["day"], s["reached"], s["low"], s["high"], s["at_risk"])
                for s in group["steps"]
            ],
        )
        for name, group in groups.items()
        if isinstance(group["n"], int)
    ]
    until = 0 if release is None else int(release.figures.get("until", 0))
    return curves.picture(told_steps, until)
