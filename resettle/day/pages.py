"""The caseworker's first page: what waits, in its order, with one button a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import url_for
from marshmallow import fields

from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day import acts, queries, schemas, service, ways
from resettle.day.board import unattended
from resettle.day.models import SnoozeReason
from resettle.day.queries import Line, QueueFilters
from resettle.day.rules import TITLES, Group
from resettle.evaluation import pressing
from resettle.web.fields import Day, Text, Whole
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command

pages = Pages("day", __name__, url_prefix="/today", template_folder="templates")

Shown = dict[str, Any]
LINE = "/<string:source>/<uuid:subject_id>"
SHOWN = schemas.LineShape()
FEW, THEN, EACH = 5, 5, 2
PICKS = [(1, "Tomorrow"), (3, "In a few days"), (7, "In a week"), (14, "In two weeks")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A day as the form has it: so many days from now and then a working day, or one named."""

    days: int = 0
    until_on: date | None = None
    reason_code: SnoozeReason
    reason: str | None = None


class LaterSchema(Command[Later]):
    makes = Later

    days = Whole(0, 60)
    until_on = Day()
    reason_code = fields.Enum(SnoozeReason, by_value=True, required=True)
    reason = Text(schemas.NOTE)


@pages.page(
    "",
    permission=Permission.QUEUE_READ,
    template="day/today.html",
    filters=schemas.QueueFiltersSchema(),
)
def today(uow: UnitOfWork, wanted: QueueFilters) -> Shown:
    """Show all that waits for the reader: now, today, this week, later."""
    found = queries.queue(uow, wanted)
    rows = [ways.told(row) for row in SHOWN.many_of(uow, found.lines)]
    groups = [_group(rows, group) for group in ways.HEADINGS]
    return {
        "groups": groups,
        "open": sum(len(group["rows"]) for group in groups[:-1]),
        "more": found.more,
        "wanted": wanted,
        "is_filtered": wanted != QueueFilters(),
        "sources": [(source.value, title) for source, title in TITLES.items()],
        "places": found.places,
        "ranking": ways.ranking(),
        "unattended": len(unattended(uow)),
        "flags": pressing.told(uow)["flags"] if uow.allows(Permission.TEAM_LEAD) else [],
    }


def _group(rows: list[Shown], group: Group) -> Shown:
    """Sort out the lines of a group: the first few stand open, and all of safety."""
    title, hint = ways.HEADINGS[group]
    here = [row for row in rows if row["group"] == group]
    said = _by_household(here)
    few = max(FEW, sum(row["safety"] for row in here))
    return {
        "code": group.value,
        "title": title,
        "hint": hint,
        "rows": here,
        "first": said[:few],
        "then": said[few : few + THEN],
        "rest": said[few + THEN :],
    }


def _by_household(rows: Sequence[Shown]) -> list[Shown]:
    """Fold what comes third and later of a household under its second line.

    So one household with much to do does not push all others out of sight.
    """
    said: list[Shown] = []
    of: dict[Any, list[Shown]] = {}
    for row in rows:
        own = of.setdefault(row["household_id"], [])
        if row["safety"] or len(own) < EACH:
            said.append(row | {"folded": [], "lines": 1})
            own.append(said[-1])
        else:
            own[-1]["folded"].append(row)
            own[-1]["lines"] += 1
    return said


@pages.button(LINE + "/completion", permission=Permission.QUEUE_ACT)
def finish(uow: UnitOfWork, source: str, subject_id: UUID) -> Led:
    """Tick a line off."""
    line = service.finish(uow, source, subject_id)
    undo = url_for("day.reopen", source=source, subject_id=subject_id)
    return Go("day.today", message=f"Done for {line.reference}.", undo=undo)


@pages.button(LINE + "/reopening", permission=Permission.QUEUE_ACT)
def reopen(uow: UnitOfWork, source: str, subject_id: UUID) -> Led:
    """Take back that a line was ticked off."""
    service.reopen(uow, source, subject_id)
    return Go("day.today", message="It is open again.")


@pages.form(
    LINE + "/snooze",
    permission=Permission.QUEUE_ACT,
    schema=LaterSchema(),
    template="day/snooze.html",
)
def snooze(uow: UnitOfWork, form: Form, source: str, subject_id: UUID) -> Shown | Led:
    """Ask until when, and why; it comes back by itself."""
    line = queries.one(uow, source, subject_id)
    if form.command:
        mark = service.snooze(uow, source, subject_id, _later(uow, line, form.command))
        undo = url_for("day.end", mark_id=mark.id)
        return Go("day.today", message=f"Put off until {mark.until_on:%A %-d %B}.", undo=undo)
    reasons = [(code.value, *said) for code, said in ways.REASONS.items()]
    return {
        "line": ways.told(SHOWN.one(uow, line)),
        "picks": [*_picks(uow, line), (0, "On another day")],
        "reasons": reasons,
        "earliest": uow.today + timedelta(days=1),
    }


def _picks(uow: UnitOfWork, line: Line) -> list[tuple[int, str]]:
    """Offer days to choose from, each a working day where the household lives, and each once."""
    names: dict[date, tuple[int, str]] = {}
    for days, name in PICKS:
        day = line.home.working_day(uow, days)
        is_tomorrow = day == uow.today + timedelta(days=1)
        said = "On the next working day" if days == 1 and not is_tomorrow else name
        names.setdefault(day, (days, f"{said}, {day:%A %-d %B}"))
    return [*names.values()]


def _later(uow: UnitOfWork, line: Line, asked: Later) -> acts.Snooze:
    until_on = line.home.working_day(uow, asked.days) if asked.days else asked.until_on
    if until_on is None:
        raise Invalid({"until_on": ["Name the day on which it comes back."]})
    return acts.Snooze(until_on=until_on, reason_code=asked.reason_code, reason=asked.reason)


@pages.form(
    LINE + "/delegation",
    permission=Permission.QUEUE_ACT,
    schema=schemas.GiveSchema(),
    template="day/delegate.html",
)
def give(uow: UnitOfWork, form: Form, source: str, subject_id: UUID) -> Shown | Led:
    """Offer those who work with the household too, since they alone may know of it."""
    if form.command:
        given = service.give(uow, source, subject_id, form.command)
        return Go(
            "day.today",
            message=f"{given.reference}: it is {given.whose}’s now.",
            undo=url_for("day.end", mark_id=given.given_id),
        )
    line = queries.one(uow, source, subject_id)
    return {
        "line": ways.told(SHOWN.one(uow, line)),
        "colleagues": [(stand.user_id, stand.name) for stand in queries.colleagues(line)],
    }


@pages.button("/marks/<uuid:mark_id>/ending", permission=Permission.QUEUE_ACT)
def end(uow: UnitOfWork, mark_id: UUID) -> Led:
    """Bring a line back."""
    service.end(uow, mark_id)
    return Go("day.today", message="It is back in the queue.")
