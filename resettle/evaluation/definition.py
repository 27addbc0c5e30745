"""Which tables and indicators there are: config/evaluation.toml, read once at the start."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Dimension(StrEnum):
    LOCATION = "location"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class TableDefinition:
    code: str
    title: str
    dimension: Dimension


@dataclass(frozen=True, slots=True)
class IndicatorDefinition:
    """How many of those for whom a milestone was due met it within so many days of moving in."""

    code: str
    title: str
    level: str
    milestone: str
    within_days: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    least_households: int
    tables: Mapping[str, TableDefinition]
    indicators: Mapping[str, IndicatorDefinition]


def load(path: Path) -> Evaluation:
    """Read the definitions. Raises KeyError or ValueError with what the file lacks."""
    told = tomllib.loads(path.read_text())
    return Evaluation(
        least_households=int(told["floors"]["households"]),
        tables={
            code: TableDefinition(code, made["title"], Dimension(made["dimension"]))
            for code, made in told["table"].items()
        },
        indicators={
            code: IndicatorDefinition(code=code, **made) for code, made in told["indicator"].items()
        },
    )
