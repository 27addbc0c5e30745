"""The cards of a board: each household with where it is, why, what else could be, and by how much.

Households stand here by file number and with practical facts alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from resettle.matching import judging, words
from resettle.matching.facts import Family
from resettle.matching.judging import Judged
from resettle.matching.leaves import Leaf, leaf
from resettle.proposals import rules
from resettle.proposals.queries import Board, BoardFilters, Line
from resettle.proposals.rules import Standing

MOST_CARDS, BEST = 20, 3
CHANGED = frozenset({Standing.MOVED, Standing.RULED_OUT, Standing.KEPT})
WHICH: Mapping[str, frozenset[Standing]] = {
    "changed": CHANGED,
    "waiting": frozenset({Standing.WAITING, Standing.RULED_OUT}),
    "open": frozenset(Standing) - {Standing.DECIDED},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A household on the board; `here` and `best` tell of places as _told() writes them.

    Points are of 100 for each person. `regret` is how many of them are lost against the best place
    that is open to the household.
    """

    household_id: UUID
    reference: str
    persons: int
    standing: Standing
    given: str
    place_id: str
    place: str
    points: int
    regret: int
    here: Mapping[str, Any] | None
    best: Sequence[Mapping[str, Any]]
    options: Sequence[Mapping[str, Any]]
    open_places: int
    about: Mapping[str, Any]
    rulings: Sequence[Mapping[str, Any]]
    again_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A place on the board, with the room that the run had and what is taken of it now."""

    place_id: str
    name: str
    location: str
    persons: int
    households: int | None
    taken_persons: int
    taken_households: int
    # What room for one person is worth to those who come later, and how much more than in the place
    # where it is worth least, in points of 100 for each person.
    price: float
    kept_for_later: int

    @property
    def persons_left(self) -> int:
        return self.persons - self.taken_persons

    @property
    def is_over(self) -> bool:
        too_many = self.households is not None and self.taken_households > self.households
        return self.persons_left < 0 or too_many


def columns(board: Board) -> Sequence[Column]:
    """Tell how full each place is after what people ruled, in the order of their names."""
    with_room = (board.prices[id_] for id_, spot in board.spots.items() if spot.persons)
    found, cheapest = [], min(with_room, default=0.0)
    for place_id, spot in sorted(board.spots.items(), key=lambda pair: (pair[1].name, pair[0])):
        there = board.there(place_id)
        found.append(
            Column(
                place_id=place_id,
                name=spot.name,
                location=spot.location,
                persons=spot.persons,
                households=spot.households,
                taken_persons=sum(line.row.persons for line in there),
                taken_households=len(there),
                price=board.prices[place_id],
                kept_for_later=rules.share(max(board.prices[place_id] - cheapest, 0.0), 1),
            )
        )
    return found


def chosen(board: Board, wanted: BoardFilters) -> Leaf[Line]:
    """Keep the households that somebody wants to see, some at a time."""
    return leaf(_by_place(board, _wanted(board, wanted)), wanted.page, MOST_CARDS)


def page_of(board: Board, household_id: UUID) -> int | None:
    """Tell on which leaf of the whole board a household stands; None for the first."""
    every = [line.household_id for line in _by_place(board, board.lines)]
    return (
        every.index(household_id) // MOST_CARDS + 1 if household_id in every[MOST_CARDS:] else None
    )


def _by_place(board: Board, lines: Iterable[Line]) -> Sequence[Line]:
    """Order households by the names of their places, who has none first."""
    return sorted(lines, key=lambda line: (bool(line.at), board.named(line.at), line.at))


def _wanted(board: Board, wanted: BoardFilters) -> Sequence[Line]:
    lines = board.lines
    if wanted.place_id is not None:
        lines = board.there(str(wanted.place_id))
    if wanted.which is not None:
        lines = [line for line in lines if line.standing in WHICH[wanted.which]]
    return lines


def card(board: Board, line: Line, *, best: int = BEST) -> Card:
    """Weigh the places for one household and tell of the one it is in and of the best."""
    family = line.family
    weighed = judging.ranked(family, board.spots.values(), board.measure)
    here = next((each for each in weighed if each.place_id == line.at), None)
    lost = judging.regret(weighed, 0.0 if here is None else here.weight)
    return Card(
        household_id=line.household_id,
        reference=line.reference,
        persons=line.row.persons,
        standing=line.standing,
        given="" if line.row.place_id is None else board.named(str(line.row.place_id)),
        place_id=line.at,
        place=board.named(line.at),
        points=0 if here is None else rules.share(here.weight, family.persons),
        regret=rules.share(lost, family.persons),
        here=None if here is None else _told(board, family, here),
        best=[_told(board, family, each) for each in weighed[:best]],
        options=[_short(board, family, each) for each in weighed],
        open_places=sum(each.is_open for each in weighed),
        about=about(family),
        rulings=[_ruling(board, each) for each in line.rulings],
        again_on=line.again_on,
    )


def _told(board: Board, family: Family, option: Judged) -> Mapping[str, Any]:
    """Write down of one place what it would be for a household, and why not."""
    points = {each: rules.share(value, family.persons) for each, value in option.parts.items()}
    return {
        "place_id": option.place_id,
        "name": board.named(option.place_id),
        "points": rules.share(option.weight, family.persons),
        "parts": [
            {"name": words.CRITERIA[each], "points": value}
            for each, value in points.items()
            if value
        ],
        "why_not": [words.RULES[each] for each in option.why_not],
    }


def _short(board: Board, family: Family, option: Judged) -> Mapping[str, Any]:
    """Tell of a place no more than a list to choose from needs."""
    return {
        "place_id": option.place_id,
        "name": board.named(option.place_id),
        "points": rules.share(option.weight, family.persons),
        "is_open": not option.why_not,
    }


def _ruling(board: Board, ruling: Any) -> Mapping[str, Any]:
    return {
        "id": str(ruling.id),
        "kind": ruling.kind.value,
        "place": board.named(str(ruling.place_id)),
        "reason_code": ruling.reason_code,
        "note": ruling.note,
        "on": ruling.created_at.date().isoformat(),
    }


def about(family: Family) -> Mapping[str, Any]:
    """Tell of a household what matters for a place: practical, and nobody's name."""
    return {
        "languages": [*family.languages],
        "needs": [*family.needs],
        "wants": [*family.wants],
        "wishes": [*family.wishes],
        "ties": [*family.ties],
        "waits_since": family.waits_since,
        "linked": len(family.links) + len(family.near_to),
    }


def wanted_by(board: Board, line: Line, place_id: str) -> int:
    """Count the others of the run that would do better in a place than where they are."""
    others = (
        each
        for each in board.lines
        if each is not line and each.standing is not Standing.DECIDED and each.at != place_id
    )
    spot, measure = board.spots[place_id], board.measure
    return sum(judging.would_rather(each.family, spot, measure, each.row.weight) for each in others)
