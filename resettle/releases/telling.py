"""What a figure may say, and to whom: numbers, hidden numbers, policies. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# What is counted: such as population supported, stream quota, location Levin. Margins name less.
Definition = frozenset[tuple[str, str]]
# The persons of a cell, as keys that name nobody, each with the key of their household.
Members = Mapping[str, str]
Bounds = tuple[int, int]


class Hidden(StrEnum):
    """Why a number is not told: few persons or households, or others could be worked out from it.

    Which of few persons and few households it is, is not said of a cell.
    """

    SMALL = "S"
    WITHHELD = "-"


Number = int | Hidden


@dataclass(frozen=True, slots=True)
class Policy:
    """What is hidden from one audience; the defaults are those of access.md 6.6, ours."""

    name: str
    least_persons: int
    least_households: int
    floor_persons: int
    floor_households: int
    rounded: bool
    show_zero: bool

    @property
    def small(self) -> Bounds:
        """What a small number can be."""
        return (1 if self.show_zero else 0, self.least_persons - 1)


PUBLIC = Policy("public", 6, 3, 30, 10, rounded=True, show_zero=False)
# As the ministry publishes itself: below 5 withheld, zero shown, nothing rounded (S53).
MINISTRY = Policy("ministry", 5, 3, 30, 10, rounded=False, show_zero=True)
POLICIES: Mapping[str, Policy] = {policy.name: policy for policy in (PUBLIC, MINISTRY)}


@dataclass(frozen=True, slots=True)
class Counted:
    """One person of the population: where it is counted, and with whom it lives."""

    person: str
    household: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Told:
    """One number that was told, or kept back: what it counts, who was in it, what was said."""

    definition: Definition
    members: Members
    number: Number


class Refused(Exception):
    """The table may not be told at all; the message says why."""


def number_of(said: int | str) -> Number:
    """Read a number as it was kept."""
    return said if isinstance(said, int) else Hidden(said)
