"""What is known of a household and of a place when they are matched: plain, practical, frozen.

Pure. Everything here can be written down as JSON and read again, so that a run stays what it was.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from resettle.programmes.placement import Criterion, Linked, PlacementRules, Rule

T = TypeVar("T")
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A household that waits. Places are named by their ids, towns by their codes.

    `links` are households of the same run with which it wants to live; `near_to` are the towns of
    those that are placed already. `closed` holds the places that are not open to it, whatever the
    reason; `pinned` and `forbidden` are what a person ruled.
    """

    id: str
    persons: int
    languages: Texts = ()
    work: Texts = ()
    needs: Texts = ()
    wants: Texts = ()
    wishes: Texts = ()
    ties: Texts = ()
    facets: Texts = ()
    links: Texts = ()
    near_to: Texts = ()
    waits_since: str = ""
    pinned: str = ""
    forbidden: Texts = ()
    closed: Texts = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a day, with what is left of it. `allowed`: the programme settles there."""

    id: str
    name: str
    location: str
    persons: int
    households: int | None = None
    most_persons: int | None = None
    near: Texts = ()
    languages: Texts = ()
    interpreters: Texts = ()
    services: Texts = ()
    work: Texts = ()
    prefers: Texts = ()
    houses: int = 0
    step_free: int = 0
    wait_days: int = 0
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Measure:
    """By what a run judges: the rules that are hard, and how much each criterion weighs."""

    version: str
    rules: Texts
    weights: Mapping[str, int]
    linked: str
    longest_wait_days: int

    @property
    def whole(self) -> int:
        return sum(self.weights.values())

    def asks(self, rule: Rule) -> bool:
        return rule.value in self.rules


def measure_of(rules: PlacementRules) -> Measure:
    """Take from a programme's rules what is needed to judge."""
    return Measure(
        version=rules.label,
        rules=tuple(row.code.value for row in rules.rules),
        weights={row.code.value: row.weight for row in rules.criteria if row.weight},
        linked=rules.linked.value,
        longest_wait_days=rules.longest_wait_days,
    )


def kept(fact: Family | Spot | Measure) -> dict[str, Any]:
    """Write a fact down as JSON holds it."""
    return {
        key: [*value] if isinstance(value, tuple) else value for key, value in asdict(fact).items()
    }


def read(made: type[T], written: Mapping[str, Any]) -> T:
    """Read a fact as it was written down; what a later version adds takes its default."""
    names = {each.name for each in fields(made)}  # type: ignore[arg-type]  # a dataclass
    return made(
        **{k: tuple(v) if isinstance(v, list) else v for k, v in written.items() if k in names}
    )


def criteria(measure: Measure) -> tuple[Criterion, ...]:
    return tuple(each for each in Criterion if measure.weights.get(each.value))


def is_linked(measure: Measure) -> bool:
    return measure.asks(Rule.LINKED) and measure.linked != Linked.FREE.value
