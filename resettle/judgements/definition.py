"""The criteria with their rubric: config/criteria.toml, read once at the start."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from resettle.judgements.rules import HIGHEST, LOWEST, Confidence


@dataclass(frozen=True, slots=True)
class Criterion:
    code: str
    title: str
    asks: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Criteria:
    ratings: Mapping[int, str]
    confidence: Mapping[str, str]
    by_code: Mapping[str, Criterion]


class BadCriteria(ValueError):
    """The file of criteria has a fault."""


def load(path: Path) -> Criteria:
    """Read the criteria. Raises KeyError, TypeError or BadCriteria with what is wrong."""
    told = tomllib.loads(path.read_text())
    ratings = {int(rating): words for rating, words in told["ratings"].items()}
    if {*ratings} != {*range(LOWEST, HIGHEST + 1)} or {*told["confidence"]} != {*Confidence}:
        raise BadCriteria(f"{path.name}: each rating and each confidence has its words")
    made = [Criterion(**each) for each in told["criterion"]]
    return Criteria(ratings, told["confidence"], {each.code: each for each in made})
