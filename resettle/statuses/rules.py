"""What somebody's status was at a point in time, as far as it is known. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Spell:
    """A status from a day on; it is known to have held until `known_on`, or until the next."""

    code: str
    from_on: date
    known_on: date


def last_days(spells: Sequence[Spell]) -> list[date]:
    """Say until when each of some spells, in order, is known to have held.

    What came after a status says that it lasted until then.
    """
    following = [spell.from_on - timedelta(days=1) for spell in spells[1:]]
    ends = [*following, *(spell.known_on for spell in spells[-1:])]
    return [max(spell.from_on, end) for spell, end in zip(spells, ends, strict=True)]


def at(spells: Sequence[Spell], point: date, window: timedelta) -> str | None:
    """Give the last status that is known to have held within so many days of a point.

    The spells are in the order in which they began (domain.md 7.3, window rule).
    """
    lasts = last_days(spells)
    within = [
        spell.code
        for spell, last in zip(spells, lasts, strict=True)
        if spell.from_on <= point + window and last >= point - window
    ]
    return within[-1] if within else None
