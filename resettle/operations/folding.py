"""What one reader did again and again, told in one line with its count and its times.

Nothing is left out: who opened a page five times in an hour is told once, with the five; and an
act that added ten rows at one moment is one line of ten.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from resettle.core.clock import day_of

Row = Mapping[str, Any]


def folded(rows: Iterable[Row]) -> Sequence[dict[str, Any]]:
    """Fold what one reader did in one go, newest first: each with its `times` and since when."""
    return [line for _, run in groupby(rows, _run) for line in _lines([*run])]


def _run(row: Row) -> tuple[Any, ...]:
    """Tell what holds a run together: one reader, one day, and either looks or changes."""
    who = row.get("actor_name"), row.get("actor_role"), row.get("by_link")
    return *who, day_of(row["at"]), row["change"] == "read"


def _lines(run: Sequence[Row]) -> Iterable[dict[str, Any]]:
    """Give one line for each kind of thing that was looked at, and for each kind of a change."""
    lines: dict[Any, dict[str, Any]] = {}
    for row in run:
        line = lines.setdefault(_kind(row), {**row, "times": 0})
        line["times"] += 1
        line["since"] = row["at"]
    return lines.values()


def _kind(row: Row) -> tuple[Any, ...]:
    classes = tuple(row["classes"])
    if row["change"] == "read":
        return classes
    return row["at"], row["change"], row["resource"], classes
