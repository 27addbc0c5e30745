"""Tables of persons and of times, as CSV files that come from elsewhere."""

import csv
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import isfinite
from pathlib import Path

from resettle.core.late import np
from resettle.evaluation.survival import Observed
from resettle.releases.telling import Counted

Strata = Sequence[Mapping[str, Observed]]
EVENTS: Mapping[str, bool] = {"1": True, "0": False, "true": True, "false": False}
Row = Mapping[str, str]


class BadTable(Exception):
    """A file that is not the table that was asked for: the message names line and fault."""


def people(path: Path, rows: str, columns: str) -> Sequence[Counted]:
    """Read persons with their household and two of their columns. Raises BadTable."""
    found: dict[str, Counted] = {}
    for line, row in _rows(path, ["person", "household", rows, columns]):
        person = _given(row, "person", line)
        if person in found:
            raise BadTable(f"Line {line}: this person stands here twice.")
        found[person] = Counted(
            person,
            _given(row, "household", line),
            _given(row, rows, line),
            _given(row, columns, line),
        )
    return [*found.values()]


def observations(path: Path) -> Strata:
    """Read times, whether it was reached, and the group; by stratum, if there is that column.

    Raises BadTable.
    """
    times: dict[str, dict[str, _Times]] = defaultdict(lambda: defaultdict(_Times))
    for line, row in _rows(path, ["time", "event", "group", "stratum"], optional={"stratum"}):
        here = times[row["stratum"]][_given(row, "group", line)]
        here.days.append(_time(row, line))
        here.reached.append(_event(row, line))
    if not times:
        raise BadTable("The table has no rows.")
    return [
        {group: rows.observed for group, rows in sorted(groups.items())}
        for _, groups in sorted(times.items())
    ]


def together(strata: Strata) -> Mapping[str, Observed]:
    """Give the groups without their strata."""
    names = sorted({name for groups in strata for name in groups})
    parts = {name: [groups[name] for groups in strata if name in groups] for name in names}
    return {
        name: Observed(
            np.concatenate([part.times for part in found]),
            np.concatenate([part.reached for part in found]),
        )
        for name, found in parts.items()
    }


def content(path: Path) -> bytes:
    """Read a file whole. Raises BadTable if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadTable(f"The file {path.name} cannot be read.") from error


class _Times:
    """The times of one group, packed: a table of millions fits into little memory."""

    def __init__(self) -> None:
        self.days, self.reached = array("d"), bytearray()

    @property
    def observed(self) -> Observed:
        return Observed(
            np.frombuffer(self.days, dtype=np.float64),
            np.frombuffer(self.reached, dtype=np.bool_),
        )


def _rows(
    path: Path, needed: Sequence[str], optional: AbstractSet[str] = frozenset()
) -> Iterator[tuple[int, Row]]:
    """Give the wanted columns line by line; the file is never held as a whole."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.reader(file, strict=True)
            names = next(reader, [])
            if missing := [name for name in needed if name not in {*names, *optional}]:
                raise BadTable(f"The table has no column “{missing[0]}”.")
            places = [(name, names.index(name) if name in names else -1) for name in needed]
            for values in reader:
                if values:
                    yield reader.line_num, _row(places, values)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadTable("The file cannot be read as a table of comma-separated values.") from error


def _row(places: Sequence[tuple[str, int]], values: Sequence[str]) -> Row:
    return {name: values[at] if 0 <= at < len(values) else "" for name, at in places}


def _given(row: Row, column: str, line: int) -> str:
    value = row[column].strip()
    if not value:
        raise BadTable(f"Line {line}: “{column}” is empty.")
    return value


def _time(row: Row, line: int) -> float:
    try:
        time = float(_given(row, "time", line))
    except ValueError as error:
        raise BadTable(f"Line {line}: “time” is no number.") from error
    if not isfinite(time) or time < 0:
        raise BadTable(f"Line {line}: “time” is no time that can have passed.")
    return time


def _event(row: Row, line: int) -> bool:
    value = _given(row, "event", line).lower()
    if value not in EVENTS:
        raise BadTable(f"Line {line}: “event” is neither 1 nor 0.")
    return EVENTS[value]
