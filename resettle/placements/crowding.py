"""How many bedrooms a household needs, by the Canadian National Occupancy Standard. Pure.

It is the standard by which Stats NZ measures crowding; the sentences below are its own ("Crowding /
Occupancy Rate", archive.stats.govt.nz, housing quality tables), and what counts as crowded and
severely crowded is that of the 2023 Census (datainfoplus.stats.govt.nz, household crowding index):

* no more than two people share a bedroom;
* parents or couples share a bedroom;
* children under 5, of the same or of opposite sex, may share a bedroom;
* children under 18 of the same sex may share a bedroom;
* a child from 5 to 17 does not share a bedroom with a child under 5 of the opposite sex;
* single people of 18 and over, and children who are left without a pair, need one of their own.

A household that lacks one bedroom is crowded, one that lacks two or more is severely crowded. Of
couples only the principal applicant and partner are known; any other is counted as single people,
who need more, so that no house is called large enough that is not. A sex that is not recorded as
female or male is nobody's same and nobody's opposite: from 5 years on it counts as apart.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

STANDARD = "Canadian National Occupancy Standard"
SMALL_UNTIL, CHILD_UNTIL = 5, 18
FEMALE, MALE = "F", "M"
SEVERELY = 2


@dataclass(frozen=True, slots=True)
class Occupant:
    """Somebody who is to sleep in the house; `paired` with the other one of the couple."""

    age: int
    sex: str
    paired: bool = False


class Crowding(StrEnum):
    SPARE = "spare"
    ENOUGH = "enough"
    CROWDED = "crowded"
    SEVERE = "severe"


def bedrooms_needed(people: Iterable[Occupant]) -> int:
    """Count the bedrooms that these people need at least."""
    everybody = [*people]
    paired = sum(person.paired for person in everybody)
    alone = [person for person in everybody if not person.paired]
    grown = sum(person.age >= CHILD_UNTIL for person in alone)
    return (paired + 1) // 2 + grown + _for_children([p for p in alone if p.age < CHILD_UNTIL])


def _for_children(children: list[Occupant]) -> int:
    """Pair off children of one sex from 5 years on, then who is left with a small one, then those.

    No other order needs fewer: an older child left alone can only share with a small one of its
    sex, and small ones share with whoever of them is left.
    """
    older = Counter(child.sex for child in children if child.age >= SMALL_UNTIL)
    small = Counter(child.sex for child in children if child.age < SMALL_UNTIL)
    rooms = sum(count for sex, count in older.items() if sex not in {FEMALE, MALE})
    for sex in (FEMALE, MALE):
        rooms += (older[sex] + 1) // 2
        if older[sex] % 2 and small[sex]:
            small[sex] -= 1
    return rooms + (small.total() + 1) // 2


def crowding(needed: int, bedrooms: int) -> Crowding:
    lacking = needed - bedrooms
    if lacking >= SEVERELY:
        return Crowding.SEVERE
    if lacking == 1:
        return Crowding.CROWDED
    return Crowding.ENOUGH if lacking == 0 else Crowding.SPARE


def in_words(needed: int, bedrooms: int) -> str:
    """Say how the bedrooms of a house stand to those that a household needs."""
    needs = "1 bedroom" if needed == 1 else f"{needed} bedrooms"
    match crowding(needed, bedrooms):
        case Crowding.SEVERE:
            return f"Severely crowded: the household needs {needs}, the house has {bedrooms}."
        case Crowding.CROWDED:
            return f"Crowded: the household needs {needs}, the house has {bedrooms}."
        case _:
            return f"Enough room: the household needs {needs}, the house has {bedrooms}."
