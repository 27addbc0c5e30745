"""Which tables leave the team, and for whom: config/releases.toml, read once at the start."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from resettle.releases.telling import POLICIES, Policy


@dataclass(frozen=True, slots=True)
class Dimension:
    """What people are counted by, and with which care (config/releases.toml says what each is)."""

    code: str
    title: str
    consent: bool = False
    sensitive: bool = False
    roll_up: int = 0
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Audience:
    code: str
    title: str
    policy: Policy
    dimensions: frozenset[str]
    quarters: bool


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """A table of the catalogue: who is counted, by what, and who may be told."""

    code: str
    title: str
    population: str
    rows: str
    columns: str
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReleaseCatalogue:
    audiences: Mapping[str, Audience]
    dimensions: Mapping[str, Dimension]
    never: tuple[frozenset[str], ...]
    tables: Mapping[str, TableDefinition]

    def allows(self, audience: str, dimensions: Collection[str]) -> bool:
        """Say whether an audience may be told people by these dimensions beside each other."""
        known = self.audiences[audience].dimensions
        beside = {*dimensions}
        return beside <= known and not any(pair <= beside for pair in self.never)


class BadCatalogue(ValueError):
    """The file names what is not there, or a table that its audience may not be told."""


def load(path: Path) -> ReleaseCatalogue:
    """Read the catalogue. Raises KeyError or BadCatalogue with what is wrong in the file."""
    told = tomllib.loads(path.read_text())
    catalogue = ReleaseCatalogue(
        audiences={
            code: Audience(
                code,
                made["title"],
                POLICIES[made["policy"]],
                frozenset(made["dimensions"]),
                made["quarters"],
            )
            for code, made in told["audience"].items()
        },
        dimensions={code: Dimension(code, **made) for code, made in told["dimension"].items()},
        never=tuple(frozenset(made["together"]) for made in told["never"]),
        tables={
            code: TableDefinition(code, **{**made, "audiences": tuple(made["audiences"])})
            for code, made in told["table"].items()
        },
    )
    _check(catalogue)
    return catalogue


def _check(catalogue: ReleaseCatalogue) -> None:
    for table in catalogue.tables.values():
        for audience in table.audiences:
            if not catalogue.allows(audience, (table.rows, table.columns)):
                raise BadCatalogue(f"{table.code} may not be told to {audience}.")
    known = {*catalogue.dimensions}
    named = {name for each in catalogue.audiences.values() for name in each.dimensions}
    named |= {name for pair in catalogue.never for name in pair}
    if named - known:
        raise BadCatalogue(f"There is no dimension {min(named - known)}.")
