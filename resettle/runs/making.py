"""Reports are put together here, of figures that the release path gives: no other number is in one.

Each figure is frozen where it was released, so that the same report asked for again has the same
numbers; whether it does is looked at and said.
"""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from resettle.accounts.loader import acting_as
from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.releases import service as releases
from resettle.releases.acts import AskRelease
from resettle.releases.definition import ReleaseCatalogue
from resettle.releases.models import Release
from resettle.runs import rules
from resettle.runs.definition import ReportCatalogue
from resettle.runs.models import ReportRun
from resettle.runs.rules import RunState
from resettle.web.frame import day, moment
from resettle.web.paper import Bars, Facts, Paper, Part, Table, Words, printed
from resettle.web.workbooks import Sheet, workbook

FOOTER = "rounded to base 3, small counts suppressed; rows may not add up"
NOT_FOR_THEM = "This table is not told to this audience."


def make(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Put a report together, as whoever asked for it may."""
    run = uow.find(ReportRun, UUID(payload["run_id"]))
    if run is None or run.state is not RunState.WAITING:
        return
    with acting_as(uow, run.asked_by) as asker:
        if asker is None or not uow.allows(Permission.RUN_MAKE):
            return
        asked = [(code, _asked(uow, run, code)) for code in _tables(uow, run)]
    uow.settle()
    sections = [_section(uow, run, code, release) for code, release in asked]
    run.told = {"sections": sections}
    run.as_at = run.as_at or next((r.as_at for _, r in asked if r is not None), uow.today)
    run.digest = hashlib.sha256(orjson.dumps(run.told)).hexdigest()
    run.state, run.made_at = RunState.READY, uow.now
    run.is_same = _is_same(uow, run)
    run.pdf, run.xlsx = pdf_of(run, uow.now), xlsx_of(run)


def _tables(uow: UnitOfWork, run: ReportRun) -> list[str]:
    return [*uow.use(ReportCatalogue).reports[run.report].tables]


def _asked(uow: UnitOfWork, run: ReportRun, code: str) -> Release | None:
    try:
        return releases.ask(uow, AskRelease(code, run.audience, as_at=run.as_at))
    except Invalid:
        return None


def _section(uow: UnitOfWork, run: ReportRun, code: str, release: Release | None) -> dict[str, Any]:
    """Tell one table, with all that is needed to read it honestly."""
    catalogue = uow.use(ReleaseCatalogue)
    policy = catalogue.audiences[run.audience].policy.name
    if release is None:
        title = catalogue.tables[code].title
        return {"id": code, "title": title, "figures": {}, "refusal": NOT_FOR_THEM}
    return {
        "id": rules.figure_id(code, release.as_at, release.audience),
        "title": release.title,
        "definition": dict(release.definition),
        "release_id": str(release.id),
        "as_at": release.as_at.isoformat(),
        "policy": policy,
        "data_hash": release.data_hash or "",
        "figures": dict(release.figures),
        "refusal": release.refusal,
        "number": rules.number_of(uow.use(ReportCatalogue).reports[run.report].numbers, code),
        "stated": run.stated.get(code),
        "warning": rules.compared(release.figures, run.stated.get(code)),
    }


def _is_same(uow: UnitOfWork, run: ReportRun) -> bool | None:
    if run.repeats is None:
        return None
    first = uow.find(ReportRun, run.repeats)
    return first is not None and first.digest == run.digest


def pdf_of(run: ReportRun, at: datetime) -> bytes:
    """Write a report as PDF: each table with its picture, its id and what was counted."""
    return printed(
        Paper(
            title=f"{run.title} for the {run.audience}, as at {day(run.as_at)}",
            heading=run.title,
            lines=[
                f"Made {moment(at)}",
                f"{FOOTER.capitalize()}.",
                "S: a small number. –: withheld.",
            ],
            parts=[
                Part("About this report", [Facts(_about(run))]),
                *(_part(section) for section in run.told["sections"]),
            ],
            made_at=at,
        )
    )


def _about(run: ReportRun) -> list[tuple[str, str]]:
    return [
        ("For", run.audience),
        ("As at", day(run.as_at)),
        ("Fingerprint of the figures", run.digest or ""),
    ]


def _part(section: dict[str, Any]) -> Part:
    table = section["figures"]
    if not table:
        return Part(section["title"], [Words(section["refusal"] or "")])
    of, bars = section["definition"], rules.bars(table)
    return Part(
        section["title"],
        [
            Bars(rules.in_words(bars, of["rows"]), [(b.label, b.shown, b.width) for b in bars]),
            Table((of["rows"], *table["columns"], "Total"), rules.grid(table)),
            Words(
                f"Figure {section['id']}. Counted: {of['population']}. "
                f"Policy: {section['policy']}. Data {section['data_hash'][:12]}."
            ),
            *[Words(warning) for warning in [section.get("warning")] if warning],
        ],
    )


def xlsx_of(run: ReportRun) -> bytes:
    """Write a report as a workbook: one row a number with HXL tags, and what each column means."""
    found = run.told["sections"]
    rows = [line for section in found for line in rules.lines(section)]
    about = [
        ("Report", run.title),
        ("For", run.audience),
        ("As at", "" if run.as_at is None else run.as_at.isoformat()),
        ("Fingerprint of the figures", run.digest),
        ("Note", FOOTER),
        *((f"Not told: {each['title']}", each["refusal"]) for each in found if each["refusal"]),
        *((each["title"], each["warning"]) for each in found if each.get("warning")),
    ]
    return workbook(
        run.title,
        [
            Sheet("Data", rules.HEADING, rows, rules.HXL),
            Sheet("Data dictionary", ("Column", "What it means"), rules.DICTIONARY),
            Sheet("About", ("About this report", ""), about),
        ],
    )
