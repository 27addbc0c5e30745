"""Questions about the board: who stands where after what people ruled, and what was decided."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.matching import freezing
from resettle.matching.acts import SAID_NO
from resettle.matching.facts import Family, Measure, Spot
from resettle.matching.models import Ruling, RulingKind
from resettle.matching.run_models import MatchHousehold, MatchPlace, MatchRun, RunStatus
from resettle.placements.rules import cools_off_until
from resettle.proposals import rules
from resettle.proposals.models import BoardStep, PlaceDecision
from resettle.proposals.rules import Ruled, Standing
from resettle.settings import Settings

FIXED = frozenset({RulingKind.PIN, RulingKind.LOCK})
STEPS_SHOWN = 10
SORTS: Mapping[str, Sequence[Any]] = {"decided": (PlaceDecision.decided_at,)}


@dataclass(frozen=True, slots=True)
class BoardFilters:
    """`place_id` keeps to one place; `which` to those that a person has moved, or that wait."""

    place_id: UUID | None = None
    which: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A household of the run, and where the board shows it now.

    `again_on` is the day from which it may be offered that place, where one of the two said no.
    """

    row: MatchHousehold
    reference: str
    at: str
    standing: Standing
    rulings: Sequence[Ruling]
    decision: PlaceDecision | None = None
    again_on: date | None = None

    @property
    def household_id(self) -> UUID:
        return self.row.household_id

    @property
    def family(self) -> Family:
        """What the run knew of it, with the places that people rule out for it now."""
        ruled = _ruled(self.rulings)
        return replace(freezing.family_of(self.row), forbidden=tuple(ruled.forbidden))


@dataclass(frozen=True)
class Board:
    """A run with its places and households, as they stand after what people ruled since."""

    run: MatchRun
    measure: Measure
    spots: Mapping[str, Spot]
    prices: Mapping[str, float]
    lines: Sequence[Line]

    def named(self, place_id: str) -> str:
        return self.spots[place_id].name if place_id in self.spots else ""

    def there(self, place_id: str) -> Sequence[Line]:
        return [line for line in self.lines if line.at == place_id]

    def line_of(self, household_id: UUID) -> Line | None:
        return next((line for line in self.lines if line.household_id == household_id), None)


def newest(uow: UnitOfWork, programme: str | None = None) -> MatchRun | None:
    """Find the last run that is no scenario and was not stopped, of a programme if one is named."""
    query = _of_boards(uow)
    if programme is not None:
        query = query.where(MatchRun.programme_code == programme)
    return uow.first(query)


def before(uow: UnitOfWork, run: MatchRun) -> MatchRun | None:
    """Find the run with which another is compared: that from which it was made, or the last one."""
    if run.base_id is not None:
        return uow.find(MatchRun, run.base_id)
    query = _of_boards(uow).where(
        MatchRun.programme_code == run.programme_code,
        MatchRun.status == RunStatus.DONE,
        MatchRun.created_at <= run.created_at,
        MatchRun.id != run.id,
    )
    return uow.first(query)


def _of_boards(uow: UnitOfWork) -> Select[MatchRun]:
    query = uow.select(MatchRun).where(
        MatchRun.base_id.is_(None), MatchRun.status != RunStatus.STOPPED
    )
    return query.order_by(MatchRun.created_at.desc(), MatchRun.id)


def board(uow: UnitOfWork, run_id: UUID) -> Board:
    """Lay out a run in a constant number of queries, however many households it has."""
    run = uow.get(MatchRun, run_id, to=Permission.MATCH_READ)
    places = uow.all(uow.select(MatchPlace).where(MatchPlace.run_id == run.id))
    rows = uow.all(uow.select(MatchHousehold).where(MatchHousehold.run_id == run.id))
    ids = [row.household_id for row in rows]
    named, ruled = references(uow, ids), rulings_of(uow, ids)
    decided = {each.household_id: each for each in holding(uow, ids)}
    lines = [
        _line(row, named[row.household_id], ruled.get(row.household_id, ()), decided)
        for row in rows
        if row.household_id in named
    ]
    return Board(
        run=run,
        measure=freezing.measure_of_run(run),
        spots={str(row.place_id): freezing.spot_of(row) for row in places},
        prices={str(row.place_id): row.price for row in places},
        lines=_with_days_of_again(uow, sorted(lines, key=lambda line: line.reference)),
    )


def _line(
    row: MatchHousehold,
    reference: str,
    rulings: Sequence[Ruling],
    decided: Mapping[UUID, PlaceDecision],
) -> Line:
    given = "" if row.place_id is None else str(row.place_id)
    decision = decided.get(row.household_id)
    if decision is not None:
        given = str(decision.place_id)
    at, standing = rules.stands(given, _ruled(rulings), decided=decision is not None)
    return Line(row, reference, at, standing, rulings, decision)


def _with_days_of_again(uow: UnitOfWork, lines: Sequence[Line]) -> Sequence[Line]:
    """Tell of each household from which day on its place may be offered, after a no."""
    query = uow.select(PlaceDecision).where(
        PlaceDecision.household_id.in_([line.household_id for line in lines]),
        PlaceDecision.decline_reason.in_(SAID_NO),
    )
    said_no = {
        (each.household_id, str(each.place_id)): each.declined_on
        for each in uow.all(query.order_by(PlaceDecision.declined_on, PlaceDecision.id))
    }
    days = uow.use(Settings).decline_cool_off_days
    return [
        replace(line, again_on=cools_off_until(said_no.get(_offer(line)), uow.today, days))
        if _offer(line) in said_no and line.decision is None
        else line
        for line in lines
    ]


def _offer(line: Line) -> tuple[UUID, str]:
    return line.household_id, line.at


def _ruled(rulings: Iterable[Ruling]) -> Ruled:
    fixed = next((str(each.place_id) for each in rulings if each.kind in FIXED), "")
    forbidden = {str(each.place_id) for each in rulings if each.kind is RulingKind.FORBID}
    return Ruled(fixed, forbidden)


def references(uow: UnitOfWork, household_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Name households by their file numbers, which is all that the board knows them by."""
    query: Any = select(Household.id, Household.reference).where(Household.id.in_(household_ids))
    return {row.id: row.reference for row in uow.rows(uow.touching(query, Household))}


def rulings_of(uow: UnitOfWork, household_ids: Collection[UUID]) -> Mapping[UUID, list[Ruling]]:
    """Tell what people ruled for these households that holds now."""
    query = uow.select(Ruling).where(
        Ruling.household_id.in_(household_ids), Ruling.lifted_on.is_(None)
    )
    found: dict[UUID, list[Ruling]] = {}
    for ruling in uow.all(query.order_by(Ruling.created_at, Ruling.id)):
        found.setdefault(ruling.household_id, []).append(ruling)
    return found


def holding(uow: UnitOfWork, household_ids: Collection[UUID]) -> Sequence[PlaceDecision]:
    """Tell what is decided of these households and was not declined."""
    query = uow.select(PlaceDecision).where(
        PlaceDecision.household_id.in_(household_ids), PlaceDecision.declined_on.is_(None)
    )
    return uow.all(query)


def decisions(uow: UnitOfWork) -> Select[PlaceDecision]:
    """List what was decided, of the households that the reader may know of."""
    uow.require(Permission.PLACE_DECISION_READ)
    return uow.select(PlaceDecision)


def decisions_about(uow: UnitOfWork, household_id: UUID) -> Sequence[PlaceDecision]:
    query = decisions(uow).where(PlaceDecision.household_id == household_id)
    return uow.all(query.order_by(PlaceDecision.decided_at.desc(), PlaceDecision.id).limit(50))


def said_no_on(uow: UnitOfWork, household_id: UUID, place_id: UUID) -> date | None:
    """Tell when a household last said no to a place, or the place to it."""
    query = uow.select(PlaceDecision).where(
        PlaceDecision.household_id == household_id,
        PlaceDecision.place_id == place_id,
        PlaceDecision.decline_reason.in_(SAID_NO),
    )
    last = uow.first(query.order_by(PlaceDecision.declined_on.desc()))
    return None if last is None else last.declined_on


def steps(uow: UnitOfWork, run_id: UUID) -> Sequence[BoardStep]:
    """Tell the last steps on the board of a run, the newest first."""
    query = uow.select(BoardStep).where(BoardStep.run_id == run_id)
    order = (BoardStep.taken_at.desc(), BoardStep.id.desc())
    return uow.all(query.order_by(*order).limit(STEPS_SHOWN))


def later_steps(uow: UnitOfWork, step: BoardStep) -> int:
    """Count the steps for a household that came after one and still stand."""
    return uow.count(
        BoardStep,
        BoardStep.household_id == step.household_id,
        BoardStep.undone_at.is_(None),
        BoardStep.id != step.id,
        BoardStep.taken_at > step.taken_at,
    )
