"""What is done with report runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from resettle.runs.tabulating import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRun:
    """A report for an audience, as at a day; without one, the latest that the audience is told.

    `stated` are totals that somebody else gives of its tables, to be compared with what is told.
    """

    report: str
    audience: str
    as_at: date | None = None
    stated: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabulate:
    """Records of somebody's data set to count, under a rule; `stated` are totals they give."""

    records: str
    rule: Rule = Rule.NONE
    stated: Mapping[str, int] = field(default_factory=dict)
