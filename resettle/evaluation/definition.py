"""Which tables and indicators there are: config/evaluation.toml, read once at the start."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Dimension(StrEnum):
    LOCATION = "location"
    PROGRAMME = "programme"


class Measure(StrEnum):
    """How an indicator is worked out."""

    MILESTONE = "milestone"
    ON_TIME = "on_time"
    BREAKDOWN = "breakdown"
    DAYS = "days"
    ANSWERS = "answers"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"
    STATUS = "status"
    HOME_STATUS = "home_status"
    GAIN = "gain"
    LEAVING = "leaving"
    RATINGS = "ratings"
    RENT = "rent"
    HOURS = "hours"
    COST = "cost"
    INCIDENTS = "incidents"
    REPORTS = "reports"
    WELL = "well"
    FAMILIES = "families"
    PLACES = "places"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class TableDefinition:
    code: str
    title: str
    dimension: Dimension


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDefinition:
    """What is counted of whom and when, and of whom nothing is known.

    `official` is the strategy's own measure that it answers to; `outcome` is a domain of the plan,
    which each framework has its own name for.
    """

    code: str
    title: str
    outcome: str
    level: str
    measure: Measure
    numerator: str
    denominator: str
    unknowns: str
    window: str = ""
    official: str = ""
    milestone: str = ""
    codes: tuple[str, ...] = ()
    anchor: str = "placed"
    within_days: int = 0
    grace_days: int = 0
    since: str = ""
    question: str = ""
    point_days: int = 0
    # A status counts that is known to have held within so many days of the point.
    window_days: int = 45
    kind: str = ""
    youngest: int = 0
    oldest: int = 150
    # The least mark of a rating, or the most percent of an income, that meets it.
    least: int = 0
    most: int = 0
    # Means are told in steps of so much, as medians are told in steps of five days.
    in_steps: int = 1
    of_each: int = 1

    @property
    def is_whole(self) -> bool:
        """Say whether all there is was counted, so that chance has no part in it."""
        return self.measure in {Measure.PLACES, Measure.RECORDS}

    @property
    def when(self) -> str:
        """Say the window in words, where the file leaves it to the numbers."""
        if self.window:
            return self.window
        return f"{self.within_days} days after {ANCHORS[self.anchor]}"


ANCHORS: Mapping[str, str] = {"placed": "moving in", "arrived": "arrival"}


@dataclass(frozen=True, slots=True)
class Ahead:
    """The step that is planned for everybody who is expected, and so many days before arrival."""

    milestone: str
    days: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    least_households: int
    consent_needed: bool
    tables: Mapping[str, TableDefinition]
    indicators: Mapping[str, IndicatorDefinition]
    ahead: Ahead
    households_each: int


def load(path: Path) -> Evaluation:
    """Read the definitions. Raises KeyError, TypeError or ValueError with what the file lacks."""
    told = tomllib.loads(path.read_text())
    return Evaluation(
        least_households=int(told["floors"]["households"]),
        consent_needed=bool(told["consent"]["needed"]),
        tables={
            code: TableDefinition(code, made["title"], Dimension(made["dimension"]))
            for code, made in told["table"].items()
        },
        indicators={
            code: _indicator(code, {"unknowns": told["unknowns"][made["measure"]], **made})
            for code, made in told["indicator"].items()
        },
        ahead=Ahead(**told["capacity"]["ahead"]),
        households_each=int(told["capacity"]["households_each"]),
    )


def _indicator(code: str, made: Mapping[str, object]) -> IndicatorDefinition:
    facts: dict[str, object] = {**made, "measure": Measure(str(made["measure"]))}
    if "from" in facts:
        facts["since"] = facts.pop("from")
    if "codes" in facts:
        facts["codes"] = tuple(facts["codes"])  # type: ignore[arg-type]  # a list of texts
    return IndicatorDefinition(code=code, **facts)  # type: ignore[arg-type]  # checked by its names
