"""What is done with changes: seen before they happen, recorded, and undone within a window."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm.attributes import flag_modified

from resettle.changes import acts, couples, life, relocation, rules, splitting
from resettle.changes.events import ChangeTakenBack
from resettle.changes.models import ELSEWHERE, HouseholdChange, Kind
from resettle.changes.settled import settle
from resettle.changes.telling import Line, told, touched_by
from resettle.core.clock import day_of
from resettle.core.errors import Conflict, Invalid
from resettle.core.journal import Journal, keeping
from resettle.core.permissions import Permission
from resettle.core.rehearsal import rehearsal
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, LeaveReason
from resettle.settings import Settings

# Gives the other household that the change concerns, if it concerns one.
Does = Callable[[UnitOfWork, Household, Any], Household | None]
DOES: Mapping[type, tuple[Kind, Does]] = {
    acts.Birth: (Kind.BIRTH, life.birth),
    acts.Newcomer: (Kind.NEWCOMER, life.newcomer),
    acts.Departure: (Kind.DEPARTURE, life.departure),
    acts.Death: (Kind.DEATH, life.death),
    acts.Marriage: (Kind.MARRIAGE, couples.marriage),
    acts.Separation: (Kind.SEPARATION, couples.separation),
    acts.Split: (Kind.SPLIT, splitting.split),
    acts.Join: (Kind.JOIN, splitting.join),
    acts.Move: (Kind.MOVE, relocation.move),
}
# Where the day of a change stands that has a word of its own for it.
DAYS: Mapping[Kind, str] = {
    Kind.BIRTH: "born_on",
    Kind.NEWCOMER: "joined_on",
    Kind.DEPARTURE: "left_on",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do to a household, told without doing it."""

    household_id: UUID
    kind: str
    files: Sequence[Mapping[str, Any]]


def preview_asked(uow: UnitOfWork, household_id: UUID, asked: acts.Asked) -> Preview:
    """Tell what a change would do that was asked for in the words of the API."""
    uow.get(Household, household_id, to=Permission.HOUSEHOLD_CHANGE)
    uow.expected_version = asked.version
    return preview(uow, household_id, asked.act())


def record_asked(uow: UnitOfWork, household_id: UUID, asked: acts.Asked) -> HouseholdChange:
    """Record a change that was asked for in the words of the API."""
    uow.get(Household, household_id, to=Permission.HOUSEHOLD_CHANGE)
    uow.expected_version = asked.version
    return record(uow, household_id, asked.act())


def preview(uow: UnitOfWork, household_id: UUID, act: acts.Act | acts.Apart) -> Preview:
    """Tell what a change would do. It is done and taken back at once, so nothing is left of it."""
    uow.require(Permission.HOUSEHOLD_CHANGE)
    with rehearsal(uow):
        change = record(uow, household_id, act)
        return Preview(household_id, str(change.kind), _files(uow, change))


def _files(uow: UnitOfWork, change: HouseholdChange) -> list[dict[str, Any]]:
    """Give what a change does, file by file, the one from which it is recorded first.

    Whoever hands a file to a colleague with it is told all the same, though it is theirs then.
    """
    part: Select[Any] = select(HouseholdChange).where(HouseholdChange.part_of == change.id)
    parts = uow.session.scalars(uow.touching(part, HouseholdChange))
    found = {each.household_id: each.lines for each in [change, *parts]}
    name: Any = select(Household.id, Household.reference).where(Household.id.in_(found))
    names = {row.id: row.reference for row in uow.rows(uow.touching(name, Household))}
    return [
        {"reference": names[id_], "lines": json.loads(lines or "[]")}
        for id_, lines in found.items()
    ]


def record(uow: UnitOfWork, household_id: UUID, act: acts.Act | acts.Apart) -> HouseholdChange:
    """Let a change happen, with all that follows, and write down what it did.

    Of two changes made at once on what both have seen, the second raises Stale.
    """
    if isinstance(act, acts.Join):
        _lock(uow, {household_id, act.other_id})
    household = uow.edit(Household, household_id, to=Permission.HOUSEHOLD_CHANGE)
    kind, does = DOES[type(act)]
    if fault := rules.day_fault(_day(act), uow.today):
        raise Invalid({DAYS.get(kind, "on"): [fault]})
    _renew(household)
    with keeping(uow.session) as journal:
        other = does(uow, household, act)
        uow.settle()
        uow.session.flush()
        settle(uow, touched_by(journal))
    return _write(uow, kind, _day(act), [household, other], journal)


def _renew(household: Household) -> None:
    """Give the file a new version, whatever else changes: who saw the old has not seen this."""
    flag_modified(household, "display_name")


def _lock(uow: UnitOfWork, household_ids: set[UUID]) -> None:
    """Lock two files in one order, so that two who join them either way wait for each other."""
    query = uow.select(Household).where(Household.id.in_(household_ids))
    uow.session.scalars(query.order_by(Household.id).with_for_update(key_share=True)).all()


def _day(act: acts.Act | acts.Apart) -> date:
    match act:
        case acts.Birth():
            return act.born_on
        case acts.Newcomer():
            return act.joined_on
        case acts.Departure():
            return act.left.left_on
        case _:
            return act.on


def _write(
    uow: UnitOfWork,
    kind: Kind,
    on: date,
    concerned: Sequence[Household | None],
    journal: Journal,
) -> HouseholdChange:
    """Tell the change in each file that it concerns, and keep its journal with the first."""
    household, other = concerned
    assert household is not None
    lines = told(uow, journal)
    theirs = [] if other is None else [x for x in lines if x.household_id == other.id]
    change = _told_in(household.id, kind, on, [x for x in lines if x not in theirs])
    change.journal = json.dumps(journal.rows(), ensure_ascii=False)
    uow.add(change)
    if other is not None:
        part = _told_in(other.id, kind, on, theirs)
        part.part_of = change.id
        uow.add(part)
    return change


def _told_in(household_id: UUID, kind: Kind, on: date, lines: Sequence[Line]) -> HouseholdChange:
    words = [{"area": line.area, "text": line.text} for line in lines]
    change = HouseholdChange(household_id=household_id, happened_on=on)
    change.kind, change.lines = kind.value, json.dumps(words, ensure_ascii=False)
    return change


def close_emptied(uow: UnitOfWork, household: Household) -> HouseholdChange:
    """Close the file in which a merge has left nobody, as when the last one leaves."""
    uow.require(Permission.HOUSEHOLD_CHANGE)
    _renew(household)
    with keeping(uow.session) as journal:
        life.close(uow, household, uow.today, LeaveReason.JOINED_OTHER_HOUSEHOLD)
        uow.settle()
        uow.session.flush()
        settle(uow, touched_by(journal))
    return _write(uow, Kind.EMPTIED, uow.today, [household, None], journal)


def undo(uow: UnitOfWork, change_id: UUID) -> HouseholdChange:
    """Take a change back with all that it did, if it is young enough and nothing depends on it.

    Raises Conflict with what stands in the way.
    """
    change = uow.edit(HouseholdChange, change_id, to=Permission.HOUSEHOLD_CHANGE)
    _renew(uow.edit(Household, change.household_id, to=Permission.HOUSEHOLD_CHANGE))
    if change.part_of is not None:
        raise Conflict("This began in another household’s file. Undo it there.")
    if change.kind in ELSEWHERE:
        raise Conflict(ELSEWHERE[Kind(change.kind)])
    if change.undone_at is not None:
        raise Conflict("This has been undone already.")
    days = uow.use(Settings).undo_days
    if fault := rules.undo_fault(day_of(change.created_at), uow.today, days):
        raise Conflict(fault)
    change.undone_at, change.undone_by = uow.now, uow.actor.user_id
    uow.session.flush()
    # The rows of other roles, such as a group's, are put back too: so the system does it.
    uow.emit(ChangeTakenBack(change.id))
    uow.settle()
    return change
