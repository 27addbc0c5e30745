"""How likely two records are of one person, with reasons in words. Pure, never a verdict."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

LISTED = 60
NAMES_CLOSE = 85
SURE = 100
NAME_WEIGHT = 0.6
YEAR = 366


@dataclass(frozen=True, slots=True)
class Compared:
    """What two records have in common, as far as the score asks."""

    same_unhcr_number: bool
    names: int
    born_on: date
    other_born_on: date
    estimated: bool
    same_sex: bool


@dataclass(frozen=True, slots=True)
class Reason:
    points: int
    words: str


def reasons(pair: Compared) -> list[Reason]:
    """List what speaks for one person, and what against."""
    if pair.same_unhcr_number:
        return [Reason(SURE, "The UNHCR number is the same."), *_names(pair), *_births(pair)]
    found = [*_names(pair), *_births(pair)]
    if not pair.same_sex:
        found.append(Reason(-30, "The sex on record differs."))
    return found


def score(found: list[Reason]) -> int:
    return max(0, min(SURE, sum(reason.points for reason in found)))


def _names(pair: Compared) -> Iterator[Reason]:
    if pair.names == SURE:
        yield Reason(60, "The names are the same.")
    elif pair.names >= NAMES_CLOSE:
        points = round(pair.names * NAME_WEIGHT) - 5
        yield Reason(points, "The names are alike, as the same name is spelled by two offices.")


def _births(pair: Compared) -> Iterator[Reason]:
    apart = abs((pair.born_on - pair.other_born_on).days)
    if apart == 0 and (pair.born_on.month, pair.born_on.day) == (1, 1):
        yield Reason(12, "Both were born on 1 January of one year, as many records say.")
    elif apart == 0:
        yield Reason(35, "The birth day is the same.")
    elif _turned_around(pair.born_on, pair.other_born_on):
        yield Reason(25, "Day and month of birth are exchanged.")
    elif apart <= YEAR and pair.estimated:
        yield Reason(12, "The birth days are within a year, and one is an estimate.")
    elif pair.born_on.year == pair.other_born_on.year:
        yield Reason(8, "The year of birth is the same.")


def _turned_around(one: date, other: date) -> bool:
    return (one.year, one.month, one.day) == (other.year, other.day, other.month)
