"""What counts instead of money when it is given in kind: config/in_kind.toml, read at the start."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from resettle.core.money import CENTS


@dataclass(frozen=True, slots=True)
class InKindTable:
    """Sums in cents by what is given, for a family of one person, of two, and so on."""

    programme: str
    table: str
    basis: str
    sums: Mapping[str, Sequence[int]]

    def for_size(self, persons: int) -> Mapping[str, int]:
        """Tell what each thing counts for a family of that size; the last sum goes on."""
        return {what: row[min(persons, len(row)) - 1] for what, row in self.sums.items()}


@dataclass(frozen=True, slots=True)
class InKind:
    tables: Sequence[InKindTable]

    def of(self, programme: str, table: str, persons: int) -> Mapping[str, int]:
        """Give what may be taken off the sums of a cost table; nothing where none is published."""
        found = (t for t in self.tables if (t.programme, t.table) == (programme, table))
        return next((each.for_size(persons) for each in found), {})


def load(path: Path) -> InKind:
    """Read the tables. Raises KeyError or ValueError with what the file lacks."""
    told = tomllib.loads(path.read_text())
    return InKind([_table(path, each) for each in told["table"]])


def _table(path: Path, told: Mapping[str, object]) -> InKindTable:
    sums = told["sums"]
    if not isinstance(sums, dict) or not all(sums.values()):
        raise ValueError(f"{path}: each thing that is given has at least one sum.")
    return InKindTable(
        programme=str(told["programme"]),
        table=str(told["table"]),
        basis=str(told["basis"]),
        sums={str(what): [int(sum_) * CENTS for sum_ in row] for what, row in sums.items()},
    )
