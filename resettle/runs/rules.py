"""What a report run tells of its figures: one id each, one row a number, pictures. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from resettle.releases.rules import reconcile

SMALL, WITHHELD, TOLD = "small", "withheld", "told"
HXL = (
    "#meta+id",
    "#indicator+name",
    "#group+row",
    "#group+col",
    "#affected+num",
    "#meta+status",
    "#date+asat",
    "#meta+policy",
    "#meta+hash",
)
HEADING = ("Figure", "Table", "Row", "Column", "Persons", "Told", "As at", "Policy", "Data")
DICTIONARY = (
    ("Figure", "Id of the published figure; the same id is always the same number"),
    ("Table", "What is counted"),
    ("Row", "Category of the rows; Total is counted by itself, rows may not add up to it"),
    ("Column", "Category of the columns, likewise"),
    ("Persons", "How many persons; empty where it may not be told"),
    ("Told", "told, small (hidden since few) or withheld (it would give a small one away)"),
    ("As at", "Day of the frozen list of people that was counted"),
    ("Policy", "The rule of disclosure: for whom the figure is protected"),
    ("Data", "SHA-256 of the frozen list of people"),
)


class RunState(StrEnum):
    WAITING = "waiting"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    shown: str
    width: float


def compared(figures: Mapping[str, Any], stated: int | None) -> str | None:
    """Say where the parts of a table do not add up to the total that somebody states."""
    if stated is None or not figures:
        return None
    parts = dict(zip(figures["rows"], figures["row_totals"], strict=True))
    if not all(isinstance(number, int) for number in parts.values()):
        return "A part of this table is hidden, so that nothing can be said of the stated total."
    return reconcile(parts, stated).warning


def number_of(numbers: Mapping[str, str], code: str) -> str:
    """Name the published tables that a table of ours answers to, such as T4."""
    return numbers.get(code, "")


def figure_id(code: str, as_at: date, audience: str) -> str:
    """Name a published figure: what, as at when, for whom."""
    return f"{code}@{as_at.isoformat()}/{audience}"


def lines(section: Mapping[str, Any]) -> list[list[str | int | None]]:
    """Give each number of a table in a row of its own, with all that is needed to read it."""
    table = section["figures"]
    if not table:
        return []
    found = []
    for row, told in zip([*table["rows"], "Total"], _all(table), strict=True):
        for column, number in zip([*table["columns"], "Total"], told, strict=True):
            said = number if isinstance(number, int) else None
            found.append(
                [
                    f"{section['id']}#{row}|{column}",
                    section["title"],
                    row,
                    column,
                    said,
                    status(number),
                    section["as_at"],
                    section["policy"],
                    section["data_hash"],
                ]
            )
    return found


def grid(table: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Write a table as texts, its totals at the ends."""
    names = [*table["rows"], "Total"]
    return [
        (name, *(_text(number) for number in told))
        for name, told in zip(names, _all(table), strict=True)
    ]


def bars(table: Mapping[str, Any]) -> list[Bar]:
    """Measure the rows of a table against the fullest; a hidden one has no length."""
    totals = [total if isinstance(total, int) else 0 for total in table["row_totals"]]
    most = max(totals, default=0)
    return [
        Bar(name, _text(told), round(100 * total / most, 2) if most else 0.0)
        for name, told, total in zip(table["rows"], table["row_totals"], totals, strict=True)
    ]


def in_words(found: Sequence[Bar], by: str) -> str:
    """Say what a picture of bars shows to who does not see it."""
    return f"{by} as bars: " + "; ".join(f"{bar.label}, {bar.shown}" for bar in found) + "."


def status(number: object) -> str:
    if isinstance(number, int):
        return TOLD
    return WITHHELD if number is None else SMALL


def _all(table: Mapping[str, Any]) -> Sequence[Sequence[object]]:
    cells = zip(table["cells"], table["row_totals"], strict=True)
    return [*([*row, total] for row, total in cells), [*table["column_totals"], table["total"]]]


def _text(number: object) -> str:
    return "–" if number is None else str(number)
