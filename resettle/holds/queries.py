"""Questions before many cases are held: which they are, and what would change for each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import case, func, or_

from resettle.cases.models import Hold, ResettlementCase
from resettle.cases.queries import next_moves, open_hold, programme_of
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.holds import rules
from resettle.holds.acts import Chosen, Way
from resettle.holds.models import HoldResult
from resettle.households.models import Household
from resettle.milestones.planning import look
from resettle.programmes.catalogue import Catalogue

MOST = 500
MOST_BATCHES = 20
HOLD_REASONS = "hold_reason"


@dataclass(frozen=True, slots=True)
class Change:
    """What would change for one case. `fault` says why nothing can be done with it."""

    case_id: UUID
    household_id: UUID
    reference: str
    stage: str
    held_until: date | None
    travel_on: date | None
    travel_to: date | None
    moving: int
    staying: int
    going_on: int
    unplanned: bool
    fault: str | None


def changes(uow: UnitOfWork, wanted: Chosen) -> Sequence[Change]:
    """Tell for each case of a selection what would change, before anything is done."""
    uow.require(Permission.CASE_HOLD_MANY)
    case = ResettlementCase
    query = uow.select(case).join(Household, Household.id == case.household_id)
    query = uow.along(query, Household).where(Household.exited_on.is_(None))
    if wanted.stage:
        query = query.where(or_(case.stage == wanted.stage, case.left_stage == wanted.stage))
    if wanted.location:
        query = query.where(Household.location == wanted.location)
    found = uow.all(query.order_by(Household.reference, case.id).limit(MOST))
    told = [_change(uow, each, wanted) for each in found]
    held = wanted.way is not Way.HOLD
    return [change for change in told if (change.held_until is not None) is held]


def _change(uow: UnitOfWork, case: ResettlementCase, wanted: Chosen) -> Change:
    household = uow.get(Household, case.household_id, to=Permission.CASE_HOLD_MANY)
    hold = open_hold(uow, case.id)
    travel_on = date.fromisoformat(case.travel_on) if case.travel_on else None
    travel_to = _travel_to(uow, wanted, travel_on)
    made = look(uow, household, travels_on=travel_to)
    steps = [(row.status.value, row.due_rule) for row in made.rows.values()]
    return Change(
        case_id=case.id,
        household_id=household.id,
        reference=household.reference,
        stage=programme_of(uow, case).stage(case.left_stage or case.stage).title,
        held_until=hold.review_on if hold else None,
        travel_on=travel_on,
        travel_to=travel_to,
        moving=len(made.changes.moved) if travel_to else 0,
        staying=len(made.changes.stays) if travel_to else 0,
        going_on=rules.going_on(steps),
        unplanned=household.placed_on is None,
        fault=_fault(uow, case, wanted, hold),
    )


def _travel_to(uow: UnitOfWork, wanted: Chosen, travel_on: date | None) -> date | None:
    if not wanted.moves_travel or wanted.review_on is None:
        return None
    return rules.new_travel(travel_on, uow.today, wanted.review_on)


def _fault(
    uow: UnitOfWork, case: ResettlementCase, wanted: Chosen, hold: Hold | None
) -> str | None:
    if wanted.way is Way.HOLD:
        ways = [move.reasons for move in next_moves(uow, case)]
        return None if HOLD_REASONS in ways else "From where it stands it is not put on hold."
    late = hold is not None and wanted.review_on is not None and wanted.review_on <= hold.review_on
    return "It is on hold for longer already." if late and wanted.way is Way.EXTEND else None


def households(uow: UnitOfWork, case_ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    case = ResettlementCase
    query = uow.columns(case, case.id, case.household_id).where(case.id.in_(case_ids))
    return {row.id: row.household_id for row in uow.rows(query)}


@dataclass(frozen=True, slots=True)
class Batch:
    """One act upon many cases, counted over those that the reader looks after."""

    batch_id: UUID
    way: Way
    done_at: datetime
    number: int
    done: int


def batches(uow: UnitOfWork) -> Sequence[Batch]:
    """List what was done with many cases, the newest first."""
    uow.require(Permission.CASE_HOLD_MANY)
    row = HoldResult
    query = uow.columns(
        row,
        row.batch_id,
        row.way,
        row.done_at,
        func.count().label("number"),
        func.sum(case((row.done, 1), else_=0)).label("done"),
    ).group_by(row.batch_id, row.way, row.done_at)
    newest = query.order_by(row.done_at.desc(), row.batch_id).limit(MOST_BATCHES)
    return [Batch(r.batch_id, r.way, r.done_at, r.number, int(r.done)) for r in uow.rows(newest)]


def results(uow: UnitOfWork, batch_id: UUID) -> Sequence[HoldResult]:
    """Tell what came of each case of an act, what was refused first. Raises NotFound."""
    uow.require(Permission.CASE_HOLD_MANY)
    query = uow.select(HoldResult).where(HoldResult.batch_id == batch_id)
    found = uow.all(query.order_by(HoldResult.done, HoldResult.id).limit(MOST))
    if not found:
        raise NotFound("There is no such record, or it is not yours to see.")
    uow.unlock(row.household_id for row in found)
    return found


def references(uow: UnitOfWork, case_ids: Collection[UUID]) -> Mapping[UUID, str]:
    case = ResettlementCase
    query = uow.columns(case, case.id, Household.reference).join(
        Household, Household.id == case.household_id
    )
    return {
        row.id: row.reference
        for row in uow.rows(uow.along(query, Household).where(case.id.in_(case_ids)))
    }


def stages(uow: UnitOfWork) -> list[tuple[str, str]]:
    """Name the stages in which cases of the reader stand now, or stood before a hold."""
    case = ResettlementCase
    stage = func.coalesce(case.left_stage, case.stage)
    query = uow.columns(case, case.programme_code, case.programme_version, stage.label("stage"))
    found = {}
    for row in uow.rows(query.distinct()):
        programme = uow.use(Catalogue).get(row.programme_code, row.programme_version)
        found[row.stage] = programme.stage(row.stage).title
    return sorted(found.items(), key=lambda item: item[1])
