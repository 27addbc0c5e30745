"""How groups apply: config/applications.toml, read once at the start."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Criterion:
    code: str
    title: str
    question: str


@dataclass(frozen=True, slots=True)
class ApplicationSettings:
    """What a plan speaks of, which skills are needed, what money is for, what is judged."""

    domains: Mapping[str, str]
    skills: Sequence[str]
    income: Mapping[str, str]
    spending: Mapping[str, str]
    highest: int
    criteria: Sequence[Criterion]

    @property
    def codes(self) -> Sequence[str]:
        return [criterion.code for criterion in self.criteria]


def load(path: Path) -> ApplicationSettings:
    """Read the settings. Raises KeyError or TypeError with what the file lacks."""
    told = tomllib.loads(path.read_text())
    return ApplicationSettings(
        domains=dict(told["plan"]),
        skills=tuple(told["skills"]["needed"]),
        income=dict(told["budget"]["income"]),
        spending=dict(told["budget"]["spending"]),
        highest=int(told["assessment"]["highest"]),
        criteria=tuple(Criterion(**row) for row in told["assessment"]["criterion"]),
    )
