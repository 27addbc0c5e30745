"""Whether the places of a programme hold one more family, counted in persons, said in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from resettle.programmes.blocks import Cap
from resettle.programmes.definition import Programme


@dataclass(frozen=True, slots=True)
class CapAnswer:
    """`over` is by how many persons the cap itself is passed so that the family stays whole."""

    cap: Cap
    fits: bool
    left: int
    over: int
    explanation: str


def caps_for(programme: Programme, subcategory: str | None, day: date) -> Iterator[Cap]:
    """Find the caps that a case counts against: of all places, and of its subcategory.

    A case counts with all its persons, in the subcategory of its principal applicant.
    """
    for cap in programme.caps:
        if cap.effective.covers(day) and (
            not cap.subcategories or subcategory in cap.subcategories
        ):
            yield cap


def cap_answer(cap: Cap, taken: int, family: int) -> CapAnswer:
    """Tell whether a family fits, with so many persons' places taken or reserved already.

    The overflow keeps together a family that has begun within the cap; it is no place of its own.
    """
    left = cap.persons - taken
    over = max(0, taken + family - cap.persons)
    fits = cap.at_least or over == 0 or (left > 0 and over <= cap.overflow)
    return CapAnswer(cap, fits, max(0, left), over, _explained(cap, taken, family, over, fits=fits))


def _explained(cap: Cap, taken: int, family: int, over: int, *, fits: bool) -> str:
    begun = f"{cap.title}: {taken} of {cap.persons} are taken"
    people = "1 person" if family == 1 else f"{family} people"
    if cap.at_least:
        return f"{begun}; this is a target, which refuses nobody."
    if fits and not over:
        return f"{begun}, and a family of {people} fits."
    if fits:
        return (
            f"{begun}; a family of {people} passes the cap by {over}, which is allowed"
            f" (up to {cap.persons + cap.overflow}) so that the family stays together."
        )
    most = f", {cap.persons + cap.overflow} at most with a family kept together"
    return f"{begun}{most if cap.overflow else ''}; a family of {people} does not fit."
