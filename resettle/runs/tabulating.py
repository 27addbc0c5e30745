"""Tables counted from records of somebody's data set, told under a rule of theirs. Pure.

This is for data that comes from elsewhere, such as the ministry's own statistics; what is counted
of our people leaves by the release path alone. Totals are counted, never summed from what is told.
"""

import csv
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO

from resettle.releases.rules import reconcile

BASE, LEAST = 3, 5
ALL = "All"
UNIT = "record"


class Rule(StrEnum):
    """How small numbers are told: as they are, as INZ withholds them, as MSD rounds them."""

    NONE = "none"
    WITHHELD = "withheld"
    MSD = "msd"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """What a table counts: records of a source, by one or two of their columns, once a unit."""

    code: str
    title: str
    where: Mapping[str, str]
    rows: str
    columns: str = ""
    unit: str = UNIT
    shares: bool = False


@dataclass(frozen=True, slots=True)
class Tabulated:
    """A table as it is told. `warning` says that its parts do not add up to what was stated."""

    code: str
    title: str
    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[str]]
    total: str
    warning: str | None
    shares: Sequence[Sequence[str]] = ()


class BadRecords(Exception):
    """A data set that cannot be counted: the message names what it lacks."""


Record = Mapping[str, str]


def records(text: str) -> Sequence[Record]:
    """Read records from comma-separated values. Raises BadRecords."""
    try:
        found = [*csv.DictReader(StringIO(text), strict=True)]
    except csv.Error as error:
        raise BadRecords("This cannot be read as a table of comma-separated values.") from error
    if not found:
        raise BadRecords("The table has no rows.")
    return found


def tabulate(
    spec: TableSpec, rows: Sequence[Record], rule: Rule, stated: int | None = None
) -> Tabulated | None:
    """Count one table; None if the data set has no record of its source.

    A record may be listed with `zero` in place of its unit: then its cell is there, and empty.
    Raises BadRecords if a column is missing.
    """
    here = [row for row in rows if all(row.get(k) == v for k, v in spec.where.items())]
    if not here:
        return None
    counted = _counted(spec, here)
    names = [*dict.fromkeys(row for row, _ in counted)]
    columns = [*dict.fromkeys(column for _, column in counted)]
    cells = [
        [
            tell(len(counted.get((row, column), ())), rule, f"{spec.code}|{row}|{column}")
            for column in columns
        ]
        for row in names
    ]
    whole = {unit for units in counted.values() for unit in units}
    parts = {f"{row}|{column}": len(units) for (row, column), units in counted.items()}
    warning = None if stated is None else reconcile(parts, stated).warning
    total = tell(len(whole), rule, spec.code)
    shares = _shares(spec, rule, counted, names, columns) if spec.shares else ()
    return Tabulated(spec.code, spec.title, names, columns, cells, total, warning, shares)


def _shares(
    spec: TableSpec,
    rule: Rule,
    counted: Mapping[tuple[str, str], set[str]],
    names: Sequence[str],
    columns: Sequence[str],
) -> Sequence[Sequence[str]]:
    """Give percent as they are published: of the table, or of a row where it has columns.

    Under a rule that hides small numbers none is told, since a share gives its number away.
    """
    if rule is not Rule.NONE:
        return ()
    counts = [[len(counted.get((row, column), ())) for column in columns] for row in names]
    whole = sum(map(sum, counts))
    return [[_percent(n, sum(row) if spec.columns else whole) for n in row] for row in counts]


def _percent(count: int, whole: int) -> str:
    """Write whole percent, and hundredths of what is less than one."""
    part = 100 * count / whole if whole else 0
    return f"{part:.2f}" if 0 < part < 1 else f"{part:.0f}"


def _counted(spec: TableSpec, here: Sequence[Record]) -> dict[tuple[str, str], set[str]]:
    """Gather which units stand in each cell."""
    wanted = [spec.rows, *([spec.columns] if spec.columns else [])]
    counted: dict[tuple[str, str], set[str]] = {}
    for place, row in enumerate(here):
        if missing := [name for name in wanted if not row.get(name)]:
            raise BadRecords(f"A record of {spec.code} has nothing under “{missing[0]}”.")
        cell = (row[spec.rows], row[spec.columns] if spec.columns else ALL)
        units = counted.setdefault(cell, set())
        unit = str(place) if spec.unit == UNIT else row.get(spec.unit, "")
        if row.get(UNIT) != "zero":
            units.add(unit)
    return counted


def tell(count: int, rule: Rule, cell: str) -> str:
    """Tell a count under a rule; zero is always told as zero."""
    match rule:
        case Rule.WITHHELD if 0 < count < LEAST:
            return f"<{LEAST}"
        case Rule.MSD if count:
            return str(_rounded(count, cell))
        case _:
            return str(count)


def _rounded(count: int, cell: str) -> int:
    """Round to base 3: 1 and 2 become 3, the rest at random, but always alike in the same cell."""
    rest = count % BASE
    if rest == 0 or count < BASE:
        return max(count, BASE)
    draw = hmac.new(cell.encode(), str(count).encode(), hashlib.sha256).digest()[0] % BASE
    up = draw == 0 if rest == 1 else draw != 0
    return count - rest + (BASE if up else 0)
