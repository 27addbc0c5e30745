"""Tables of persons and of times, as CSV files that come from elsewhere."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
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
    times: dict[str, dict[str, list[tuple[float, bool]]]] = defaultdict(lambda: defaultdict(list))
    for line, row in _rows(path, ["time", "event", "group"]):
        stratum, group = row.get("stratum", ""), _given(row, "group", line)
        times[stratum][group].append((_time(row, line), _event(row, line)))
    if not times:
        raise BadTable("The table has no rows.")
    return [
        {group: _observed(rows) for group, rows in sorted(groups.items())}
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


def _rows(path: Path, needed: Sequence[str]) -> Sequence[tuple[int, Row]]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, strict=True)
            found = [(reader.line_num, row) for row in reader]
            names = reader.fieldnames or []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadTable("The file cannot be read as a table of comma-separated values.") from error
    if missing := [name for name in needed if name not in names]:
        raise BadTable(f"The table has no column “{missing[0]}”.")
    return found


def _given(row: Row, column: str, line: int) -> str:
    value = (row[column] or "").strip()
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


def _observed(rows: Sequence[tuple[float, bool]]) -> Observed:
    times, reached = zip(*rows, strict=True)
    return Observed(np.array(times, dtype=float), np.array(reached, dtype=bool))
