"""What is done with cases: opened, changed, moved from stage to stage, held and released."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.cases import places, queries, rules
from resettle.cases.acts import (
    ChangeCase,
    HoldCase,
    LinkCase,
    MoveCase,
    OpenCase,
    ReleaseCase,
)
from resettle.cases.events import StageMoved, TravelPlanned
from resettle.cases.models import CaseLink, Hold, ResettlementCase, StageEntry
from resettle.cases.opening import new_cases
from resettle.core.errors import Blocked, Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.acts import given
from resettle.households.models import Household
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.definition import Programme
from resettle.programmes.facts import Fact
from resettle.programmes.workflow import Move, Side, Stage

HOLD_REASONS = "hold_reason"


def open_case(uow: UnitOfWork, household_id: UUID, command: OpenCase) -> ResettlementCase:
    """Open a case for a household, in the programme version in force on the day."""
    return open_cases(uow, {household_id: command})[0]


def open_cases(uow: UnitOfWork, told: Mapping[UUID, OpenCase]) -> list[ResettlementCase]:
    """Open a case for each of several households at once, in the order in which they are told."""
    households = uow.get_all(Household, told, to=Permission.CASE_OPEN)
    cases = new_cases(uow, [(households[id_], command) for id_, command in told.items()])
    _enter(uow, [Entered(c, None, MoveCase(to=c.stage, on=c.opened_on)) for c in cases])
    return cases


def change_case(uow: UnitOfWork, case_id: UUID, command: ChangeCase) -> ResettlementCase:
    """Record what has become known of a case."""
    case = uow.edit(ResettlementCase, case_id, to=Permission.CASE_MOVE)
    values = given(command)
    if faults := _faults(uow, case, values):
        raise Invalid(faults)
    for name, value in values.items():
        setattr(case, name, value.isoformat() if name == "travel_on" and value else value)
    if "subcategory" in values:
        case.cap_group = values["subcategory"]
    if "travel_on" in values:
        uow.emit(TravelPlanned(case.household_id, values["travel_on"]))
    return case


def _faults(
    uow: UnitOfWork, case: ResettlementCase, values: dict[str, object]
) -> dict[str, list[str]]:
    programme = queries.programme_of(uow, case)
    known = programme.subcategories.codes if programme.subcategories else ()
    faults: dict[str, list[str]] = {}
    if values.get("subcategory") and values["subcategory"] not in known:
        faults["subcategory"] = ["This programme has no such subcategory."]
    outcomes = uow.use(Catalogue).lists["relocation_outcome"].codes
    if values.get("relocation_outcome") and values["relocation_outcome"] not in outcomes:
        faults["relocation_outcome"] = [f"Choose one of: {', '.join(outcomes)}."]
    return faults


def move(uow: UnitOfWork, case_id: UUID, command: MoveCase) -> ResettlementCase:
    """Move a case on, if every fact that the move needs holds or may be and is overridden.

    Raises Blocked with the sentence of each missing fact, Conflict if there is no such move.
    """
    case = uow.edit(ResettlementCase, case_id, to=Permission.CASE_MOVE)
    return _go(uow, case, command)


def hold(uow: UnitOfWork, case_id: UUID, command: HoldCase) -> ResettlementCase:
    """Put a case on hold, with a day on which it is looked at again."""
    case = uow.edit(ResettlementCase, case_id, to=Permission.CASE_HOLD)
    side = _hold_side(queries.programme_of(uow, case))
    return _go(
        uow,
        case,
        MoveCase(
            to=side.code,
            on=command.on,
            reason=command.reason,
            note=command.note,
            review_on=command.review_on,
        ),
    )


def release(uow: UnitOfWork, case_id: UUID, command: ReleaseCase) -> ResettlementCase:
    """Let a held case go on in the stage that it had left."""
    case = uow.edit(ResettlementCase, case_id, to=Permission.CASE_HOLD)
    held = queries.open_hold(uow, case.id)
    if held is None:
        raise Conflict("This case is not on hold.")
    return _go(uow, case, MoveCase(to=held.left_stage, on=command.on))


def _hold_side(programme: Programme) -> Side:
    sides = (side for side in programme.household.sides if side.reasons == HOLD_REASONS)
    side = next(sides, None)
    if side is None:
        raise Conflict("Cases of this programme are not put on hold.")
    return side


def link(uow: UnitOfWork, case_id: UUID, command: LinkCase) -> CaseLink:
    """Record that another case belongs to this one, ours or known by its number only."""
    return link_all(uow, [(case_id, command)])[0]


def link_all(uow: UnitOfWork, told: Sequence[tuple[UUID, LinkCase]]) -> list[CaseLink]:
    """Record of several cases at once which others belong to them."""
    cases = uow.get_all(ResettlementCase, {id_ for id_, _ in told}, to=Permission.CASE_MOVE)
    others = {command.linked_case_id for _, command in told if command.linked_case_id}
    uow.get_all(ResettlementCase, others, to=Permission.CASE_READ)
    return uow.add_all(_link(cases[id_], command) for id_, command in told)


def _link(case: ResettlementCase, command: LinkCase) -> CaseLink:
    if (command.linked_case_id is None) == (command.linked_number is None):
        raise Invalid({"linked_number": ["Name the other case either by its id or its number."]})
    return CaseLink(
        case_id=case.id,
        household_id=case.household_id,
        linked_case_id=command.linked_case_id,
        linked_number=command.linked_number,
        kind=command.kind,
    )


def _go(uow: UnitOfWork, case: ResettlementCase, command: MoveCase) -> ResettlementCase:
    programme = queries.programme_of(uow, case)
    wanted = programme.household.move(case.stage, command.to, case.left_stage)
    source = programme.stage(case.stage)
    if wanted is None:
        raise Conflict(f"From “{source.title}” there is no such move.")
    if fault := rules.day_fault(command.on, case.stage_since, uow.today):
        raise Invalid({"on": [fault]})
    target = programme.stage(command.to)
    _check_asked(uow, target, command)
    overridden = _pass(uow, case, wanted, command.override_reason)
    _leave(uow, case, source, command.on)
    _arrive(uow, case, target, command)
    _enter(uow, [Entered(case, source.code, command, overridden)])
    return case


def _check_asked(uow: UnitOfWork, target: Stage, command: MoveCase) -> None:
    asked = rules.asked(target)
    codes = uow.use(Catalogue).lists[asked.reasons].codes if asked.reasons else ()
    given_fields = {
        "reason": command.reason if asked.reasons else command.note,
        "review_on": command.review_on,
        "location": command.location,
    }
    faults = {name: ["This is needed."] for name in asked.fields if not given_fields[name]}
    if codes and command.reason and command.reason not in codes:
        faults["reason"] = [f"Choose one of: {', '.join(codes)}."]
    if command.review_on is not None and command.review_on <= command.on:
        faults["review_on"] = ["Look at it again on a later day."]
    if faults:
        raise Invalid(faults)


def _pass(
    uow: UnitOfWork, case: ResettlementCase, wanted: Move, reason: str | None
) -> tuple[Fact, ...]:
    """Check that nothing is missing, or that what is may be overridden, and by this actor."""
    if Fact.CAP in wanted.needs:
        places.lock(uow, case.programme_code)
    missing = wanted.missing(queries.facts(uow, case, wanted.needs))
    if not missing:
        return ()
    if reason is None:
        raise _blocked(missing)
    uow.require(Permission.CASE_OVERRIDE, case)
    if len(reason.strip()) < rules.SHORTEST_REASON:
        raise Invalid({"override_reason": ["Say in a sentence why this goes on all the same."]})
    if fixed := tuple(fact for fact in missing if fact not in wanted.may_override):
        raise _blocked(fixed)
    return missing


def _blocked(missing: tuple[Fact, ...]) -> Blocked:
    told = {fact.value: fact.missing for fact in missing}
    return Blocked("Something is still missing: " + " ".join(told.values()), told)


def _leave(uow: UnitOfWork, case: ResettlementCase, source: Stage, on: date) -> None:
    case.left_stage = rules.left_by(source, case.left_stage)
    held = queries.open_hold(uow, case.id)
    if held is not None:
        held.released_on = on


def _arrive(uow: UnitOfWork, case: ResettlementCase, target: Stage, command: MoveCase) -> None:
    """Write down what the stage brings with it: a hold, another location, an end."""
    asked = rules.asked(target)
    household = uow.get(Household, case.household_id, to=Permission.CASE_MOVE)
    if asked.reasons == HOLD_REASONS and command.review_on is not None:
        uow.add(_new_hold(case, command, command.review_on))
    if "location" in asked.fields:
        household.location = command.location
    if asked.reasons == rules.EXIT_REASONS:
        household.exited_on, household.exit_reason = command.on, command.reason
    elif not target.final:
        household.exited_on = household.exit_reason = None


def _new_hold(case: ResettlementCase, command: MoveCase, review_on: date) -> Hold:
    return Hold(
        case_id=case.id,
        household_id=case.household_id,
        reason_code=command.reason,
        note=command.note,
        held_on=command.on,
        review_on=review_on,
        left_stage=case.left_stage or case.stage,
    )


@dataclass(frozen=True, slots=True)
class Entered:
    """A case that comes into a stage: from which, by what command, with what overridden."""

    case: ResettlementCase
    source: str | None
    command: MoveCase
    overridden: tuple[Fact, ...] = ()


def _enter(uow: UnitOfWork, entered: Sequence[Entered]) -> None:
    before = queries.count_of_entries(uow, [each.case.id for each in entered])
    uow.add_all(_entry(uow, each, before.get(each.case.id, 0)) for each in entered)
    for each in entered:
        case, command = each.case, each.command
        case.stage, case.stage_since = command.to, command.on
        told = (each.source, command.to, command.on, command.reason)
        uow.emit(StageMoved(case.id, case.household_id, *told))


def _entry(uow: UnitOfWork, entered: Entered, before: int) -> StageEntry:
    case, command, overridden = entered.case, entered.command, entered.overridden
    return StageEntry(
        case_id=case.id,
        household_id=case.household_id,
        seq=1 + before,
        from_stage=entered.source,
        to_stage=command.to,
        moved_on=command.on,
        moved_at=uow.now,
        moved_by=uow.actor.user_id,
        overridden=bool(overridden),
        missing=[fact.value for fact in overridden],
        reason_code=command.reason,
        reason=command.override_reason if overridden else command.note,
    )
