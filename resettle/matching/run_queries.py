"""Questions about runs: who was given which place and why. By file number, to who places."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from resettle.core.errors import Conflict, NotFound
from resettle.core.late import np
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.matching import reasons
from resettle.matching.acts import MoreRoom
from resettle.matching.facts import Family
from resettle.matching.freezing import Frozen, thaw
from resettle.matching.problem import UNPLACED, Impossible
from resettle.matching.run_models import MatchHousehold, MatchRun, RunStatus
from resettle.matching.words import CRITERIA, RULES

SORTS: Mapping[str, Sequence[Any]] = {"made": (MatchRun.created_at,)}
NOT_THERE = "There is no such record, or it is not yours to see."
CANNOT = "That cannot be: a rule, a pin or the room stands against it."


def runs(uow: UnitOfWork) -> Select[MatchRun]:
    uow.require(Permission.MATCH_READ)
    return uow.select(MatchRun)


def is_matched(uow: UnitOfWork, household_id: UUID) -> bool:
    """Say whether a household has been in a run that the reader may know of."""
    return uow.count(MatchHousehold, MatchHousehold.household_id == household_id) > 0


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One household of a run, by its file number, with its place; `regret` is beside its best."""

    household_id: UUID
    reference: str
    persons: int
    languages: Sequence[str]
    needs: Sequence[str]
    waits_since: str
    place_id: str
    place: str
    weight: float
    regret: float
    pinned: bool


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One place for one household: why, or why not. `wanted_by` are file numbers."""

    household_id: UUID
    place_id: str
    place: str
    given: bool
    why_not: Sequence[str]
    rules: Sequence[str]
    forbidden: bool
    parts: Mapping[str, float]
    weight: float
    regret: float
    kept_for_later: float
    wanted_by: Sequence[str]


@dataclass(frozen=True, slots=True)
class Move:
    """A household that a change would move: from where to where; empty is no place."""

    household_id: UUID
    reference: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a change would bring: persons and weight more or less, and who would move."""

    persons: int
    weight: float
    moves: Sequence[Move]


@dataclass(frozen=True, slots=True)
class Seen:
    """A run that is done, as one reader may look at it."""

    frozen: Frozen
    references: Mapping[str, str]

    def name(self, place_id: str) -> str:
        return next((s.name for s in self.frozen.setting.spots if s.id == place_id), "")


def look(uow: UnitOfWork, run_id: UUID) -> Seen:
    """Open a run. Households that the reader is kept from count in it, and are not told."""
    run = uow.get(MatchRun, run_id, to=Permission.MATCH_READ)
    frozen = thaw(uow, run)
    known = uow.columns(MatchHousehold, MatchHousehold.household_id).where(
        MatchHousehold.run_id == run.id
    )
    ids = {row.household_id for row in uow.rows(known)}
    return Seen(frozen, _references(uow, ids))


def _references(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[str, str]:
    query: Any = select(Household.id, Household.reference).where(Household.id.in_(ids))
    return {str(row.id): row.reference for row in uow.rows(uow.touching(query, Household))}


def lines(seen: Seen) -> Sequence[MatchLine]:
    """Tell the place of each household, who has none first, then who lost most."""
    frozen = seen.frozen
    problem = frozen.setting.problem
    open_ = np.where(problem.may, problem.weights, 0.0)
    best = open_.max(axis=1, initial=0.0)
    found = [
        _line(seen, family, place, row.weight, max(float(top) - row.weight, 0.0))
        for family, row, place, top in zip(
            frozen.setting.families, frozen.households, frozen.found, best, strict=True
        )
        if family.id in seen.references
    ]
    return sorted(found, key=lambda line: (bool(line.place_id), -line.regret, line.reference))


def _line(seen: Seen, family: Family, place: int, weight: float, regret: float) -> MatchLine:
    spot = None if place == UNPLACED else seen.frozen.setting.spots[place]
    return MatchLine(
        household_id=UUID(family.id),
        reference=seen.references[family.id],
        persons=family.persons,
        languages=family.languages,
        needs=family.needs,
        waits_since=family.waits_since,
        place_id="" if spot is None else spot.id,
        place="" if spot is None else spot.name,
        weight=weight,
        regret=regret,
        pinned=bool(family.pinned),
    )


def options(seen: Seen, household_id: UUID) -> Sequence[OptionLine]:
    """Tell of each place why it was given, or why not. Raises NotFound."""
    row = _row(seen, household_id)
    return [
        _option(seen, household_id, option)
        for option in reasons.options(seen.frozen.setting, seen.frozen.found, row)
    ]


def _row(seen: Seen, household_id: UUID) -> int:
    row = seen.frozen.row_of(household_id)
    if row is None or str(household_id) not in seen.references:
        raise NotFound(NOT_THERE)
    if seen.frozen.run.status is not RunStatus.DONE:
        raise Conflict("This run is not done yet. Wait for it.")
    return row


def _option(seen: Seen, household_id: UUID, option: reasons.Option) -> OptionLine:
    judged = option.judged
    return OptionLine(
        household_id=household_id,
        place_id=judged.place_id,
        place=seen.name(judged.place_id),
        given=bool(option.given),
        why_not=[RULES[rule] for rule in judged.why_not],
        rules=[rule.value for rule in judged.why_not],
        forbidden=judged.forbidden,
        parts={CRITERIA[each]: part for each, part in judged.parts.items()},
        weight=judged.weight,
        regret=option.regret,
        kept_for_later=option.kept_for_later,
        wanted_by=[seen.references[id_] for id_ in option.wanted_by if id_ in seen.references],
    )


def instead(seen: Seen, household_id: UUID, place_id: UUID) -> Change:
    """Tell what it would cost to give a household another place. Raises Conflict, NotFound."""
    row = _row(seen, household_id)
    if not seen.name(str(place_id)):
        raise NotFound(NOT_THERE)
    try:
        found = reasons.instead(seen.frozen.setting, seen.frozen.found, row, str(place_id))
    except Impossible as error:
        raise Conflict(CANNOT) from error
    return _change(seen, found)


def with_more(seen: Seen, command: MoreRoom) -> Change:
    """Tell what more room in a place would bring, all else as it was. Raises NotFound."""
    setting = seen.frozen.setting
    spot = next((each for each in setting.spots if each.id == str(command.place_id)), None)
    if spot is None:
        raise NotFound(NOT_THERE)
    room = reasons.more_room(spot, command.persons, command.households, command.houses)
    try:
        return _change(seen, reasons.with_more(setting, seen.frozen.found, spot.id, room))
    except Impossible as error:
        raise Conflict(CANNOT) from error


def _change(seen: Seen, found: reasons.Difference) -> Change:
    moves = [
        Move(UUID(id_), seen.references[id_], seen.name(before), seen.name(after))
        for id_, before, after in found.moved
        if id_ in seen.references
    ]
    return Change(found.persons, found.weight, moves)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two runs side by side: how much more the second brings, and whom it places elsewhere."""

    first: MatchRun
    second: MatchRun
    moves: Sequence[Move]
    only_first: int
    only_second: int

    @property
    def persons(self) -> int:
        return self.second.placed_persons - self.first.placed_persons

    @property
    def weight(self) -> float:
        return self.second.weight - self.first.weight


def compare(uow: UnitOfWork, first_id: UUID, second_id: UUID) -> Compared:
    """Set two runs side by side, by the households that are in both. Raises NotFound."""
    first, second = look(uow, first_id), look(uow, second_id)
    here = {line.household_id: line for line in lines(first)}
    there = {line.household_id: line for line in lines(second)}
    both = here.keys() & there.keys()
    moves = [
        Move(id_, here[id_].reference, here[id_].place, there[id_].place)
        for id_ in both
        if here[id_].place_id != there[id_].place_id
    ]
    return Compared(
        first.frozen.run,
        second.frozen.run,
        sorted(moves, key=lambda move: move.reference),
        len(here.keys() - both),
        len(there.keys() - both),
    )


def room_left(seen: Seen) -> Sequence[tuple[str, str, int, int]]:
    """Tell of each place how many persons it was given of those that it had room for."""
    setting = seen.frozen.setting
    problem, found = setting.problem, seen.frozen.found
    rows = np.flatnonzero(found != UNPLACED)
    given = np.bincount(found[rows], problem.sizes[rows], len(setting.spots)).astype(int)
    return [
        (spot.id, spot.name, int(given[column]), spot.persons)
        for column, spot in enumerate(setting.spots)
    ]
