"""A year of placements as files: size.csv, capacity.csv, compatibility.csv, employment_weight.csv.

The form in which a year of HIAS was published: households by rows and places by columns, and `NA`
where a place was closed. The capacities stand in a file of their own, a row a place.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from resettle.core.late import Wholes, np
from resettle.matching.problem import Problem

FITS, SUITS = "compatibility.csv", "employment_weight.csv"
CLOSED = "NA"
OPEN, SHUT = "1", "0"
MOST_PERSONS = 10_000
Table = list[list[str]]


class CapacityColumn(StrEnum):
    STATED = "stated"
    ACTUAL = "actual"


class BadYear(Exception):
    """A folder that is not a year of placements: the message names file, line and fault."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year as a problem, with the names of its places and what was noticed on reading."""

    problem: Problem
    places: Sequence[str]
    remarks: Sequence[str] = ()

    @property
    def persons(self) -> int:
        return int(self.problem.sizes.sum())


def read(folder: Path, column: CapacityColumn = CapacityColumn.STATED) -> Year:
    """Read a year. Raises BadYear if a file is missing or holds what it should not."""
    fits, suits = _table(folder / FITS), _table(folder / SUITS)
    places, cases = [name.strip() for name in fits[0][1:]], _cases(FITS, fits)
    if [_plain(name) for name in suits[0][1:]] != [_plain(name) for name in places]:
        raise BadYear(f"{SUITS}: its places are not those of {FITS}.")
    sizes, row_of = _sizes(folder / "size.csv"), _cases(SUITS, suits)
    for file, named in (("size.csv", sizes.keys()), (SUITS, row_of.keys())):
        if strange := sorted(named ^ cases.keys()):
            raise BadYear(f"{file}: case {strange[0]} stands only there or only in {FITS}.")
    weights = np.array([[_weight(SUITS, v) for v in row_of[case][1:]] for case in cases])
    may = np.array([[_is_open(v) for v in row[1:]] for row in cases.values()]) & ~np.isnan(weights)
    capacities, remarks = _capacities(folder / "capacity.csv", column, places)
    problem = Problem(
        np.array([sizes[case] for case in cases], dtype=np.int64),
        np.where(may, weights, 0.0),
        may,
        capacities,
    )
    return Year(problem, places, remarks)


def _cases(file: str, table: Table) -> dict[str, list[str]]:
    """Give the row of each case. Raises BadYear if there are none, or one twice, or no place."""
    rows = {row[0]: row for row in table[1:]}
    if len(table[0]) <= 1 or not rows:
        raise BadYear(f"{file} has no {'cases' if len(table[0]) > 1 else 'places'}.")
    if len(rows) < len(table) - 1:
        names = [row[0] for row in table[1:]]
        twice = next(name for name in rows if names.count(name) > 1)
        raise BadYear(f"{file}: case {twice} stands there twice.")
    return rows


def _table(path: Path) -> Table:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = [row for row in csv.reader(file) if any(row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadYear(f"{path.name} cannot be read as a table.") from error
    if not rows:
        raise BadYear(f"{path.name} is empty.")
    for line, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            told = f"{path.name}, line {line}: {len(row)} columns, not {len(rows[0])}."
            raise BadYear(told)
    return rows


def _sizes(path: Path) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for line, row in enumerate(_table(path)[1:], 2):
        if not row[1:]:
            raise BadYear(f"{path.name} has no column of persons.")
        if row[0] in sizes:
            raise BadYear(f"{path.name}, line {line}: case {row[0]} stands here twice.")
        sizes[row[0]] = sum(_whole(path.name, line, value) for value in row[1:])
        if not sizes[row[0]]:
            raise BadYear(f"{path.name}, line {line}: case {row[0]} has no persons.")
    return sizes


def _capacities(
    path: Path, column: CapacityColumn, places: Sequence[str]
) -> tuple[Wholes, Sequence[str]]:
    rows = _table(path)[1:]
    persons = [_capacity(path.name, line, row, column) for line, row in enumerate(rows, 2)]
    names = [row[0] for row in rows]
    order, remarks = paired(names, places)
    return np.array([persons[at] for at in order], dtype=np.int64), remarks


def _capacity(file: str, line: int, row: Sequence[str], column: CapacityColumn) -> int:
    counted = row[1:2] if column is CapacityColumn.STATED else row[2:]
    if not counted:
        raise BadYear(f"{file} has no column of the {column.value} capacity.")
    return sum(_whole(file, line, value) for value in counted)


def paired(names: Sequence[str], places: Sequence[str]) -> tuple[Sequence[int], Sequence[str]]:
    """Say which row of one file is which column of the other, and what is to be said about it.

    By name where both files name the same places, by position where they do not: HIAS's year of
    2017 writes one place in two ways, and its published optimum comes from the position.
    """
    if len(names) != len(places):
        told = f"capacity.csv has {len(names)} places, compatibility.csv {len(places)}."
        raise BadYear(told)
    at = {_plain(name): row for row, name in enumerate(names)}
    strange = [name for name in places if _plain(name) not in at]
    if strange or len(at) != len(names):
        remark = (
            "capacity.csv does not name the places as compatibility.csv does "
            f"({', '.join(strange[:3]) or 'a name stands there twice'}): paired by position."
        )
        return range(len(names)), [remark]
    return [at[_plain(name)] for name in places], []


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _whole(file: str, line: int, value: str) -> int:
    text = value.strip()
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_PERSONS):
        raise BadYear(f"{file}, line {line}: “{value[:40]}” is no number of persons.")
    return int(text)


def _weight(file: str, value: str) -> float:
    text = value.strip()
    try:
        weight = np.nan if text == CLOSED else float(text)
    except ValueError as error:
        raise BadYear(f"{file}: “{value[:40]}” is no weight.") from error
    if np.isinf(weight) or (np.isnan(weight) and text != CLOSED):
        raise BadYear(f"{file}: “{value[:40]}” is no weight.")
    return weight


def _is_open(value: str) -> bool:
    text = value.strip()
    if text not in {OPEN, SHUT, CLOSED}:
        raise BadYear(f"compatibility.csv: “{value[:40]}” is neither 1 nor 0 nor NA.")
    return text == OPEN


def same_places(past: Year, year: Year) -> Problem:
    """Give a past year with its places in the order of this one.

    They are paired by name, since other places come and go and other cases arrived: what is no
    place of this year is left out, and a new place was closed then. Where no name is known but
    there are as many places, they are paired by position. Raises BadYear if nothing pairs them.
    """
    at = {_plain(name): column for column, name in enumerate(past.places)}
    columns = [at.get(_plain(name), -1) for name in year.places]
    if max(columns) < 0:
        if len(past.places) != len(year.places):
            raise BadYear("The past year has none of this year's places.")
        columns = [*range(len(columns))]
    known, found = np.array(columns) >= 0, past.problem
    return Problem(
        found.sizes,
        np.where(known, found.weights[:, columns], 0.0),
        found.may[:, columns] & known,
        year.problem.capacities,
    )
