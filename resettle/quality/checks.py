"""What is looked for in the records of households: each check is one clause, for rows and counts.

The same clause picks the rows that a caseworker may open and counts those of a whole team, so the
two cannot disagree.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select

from resettle.cases.models import Assignment, AssignmentKind, ResettlementCase
from resettle.casework.models import ContactNote
from resettle.core.db import Entity
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember
from resettle.milestones.models import Milestone, Status

SILENT_DAYS = 30
LATE_DAYS = 30
OPEN = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.BLOCKED)


class Fault(StrEnum):
    MISSING = "missing"
    STALE = "stale"
    CONTRADICTORY = "contradictory"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look for: what is wrong with a household, how it is mended, and where.

    Whoever may not mend it there is led to the file.
    """

    code: str
    fault: Fault
    title: str
    mend: str
    endpoint: str
    permission: Permission
    clause: Callable[[UnitOfWork], ColumnElement[bool]]
    reads: Sequence[type[Entity]] = ()


def _of(model: Any, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(select(model.id).where(model.household_id == Household.id, *where))


def _supported() -> ColumnElement[bool]:
    return and_(Household.placed_on.is_not(None), Household.exited_on.is_(None))


def _no_place(_uow: UnitOfWork) -> ColumnElement[bool]:
    return and_(Household.arrived_on.is_not(None), Household.location.is_(None))


def _nobodys(uow: UnitOfWork) -> ColumnElement[bool]:
    live = (Assignment.kind == AssignmentKind.PRIMARY, Assignment.live_on(uow.today))
    return and_(Household.exited_on.is_(None), ~_of(Assignment, *live))


def _silent(uow: UnitOfWork) -> ColumnElement[bool]:
    since = uow.now - timedelta(days=SILENT_DAYS)
    return and_(_supported(), ~_of(ContactNote, ContactNote.occurred_at >= since))


def _left_open(uow: UnitOfWork) -> ColumnElement[bool]:
    before = uow.today - timedelta(days=LATE_DAYS)
    late = (Milestone.status.in_(OPEN), Milestone.due_on < before)
    return and_(_supported(), _of(Milestone, *late))


def _placed_first(_uow: UnitOfWork) -> ColumnElement[bool]:
    return Household.placed_on < Household.arrived_on


def _open_after_exit(_uow: UnitOfWork) -> ColumnElement[bool]:
    return and_(Household.exited_on.is_not(None), _of(Milestone, Milestone.status.in_(OPEN)))


def _other_size(_uow: UnitOfWork) -> ColumnElement[bool]:
    """Compare what was submitted with who is there: before arrival nobody has joined or left."""
    member = HouseholdMember
    size = (
        select(func.count(member.id))
        .where(member.household_id == ResettlementCase.household_id, member.left_on.is_(None))
        .scalar_subquery()
    )
    differs = _of(ResettlementCase, ResettlementCase.case_size != size)
    return and_(Household.arrived_on.is_(None), Household.exited_on.is_(None), differs)


CHECKS: Sequence[Check] = (
    Check(
        "no-place",
        Fault.MISSING,
        "Arrived, and no settlement location",
        "Say where the household lives.",
        "households.change",
        Permission.HOUSEHOLD_UPDATE,
        _no_place,
    ),
    Check(
        "nobodys",
        Fault.MISSING,
        "Nobody looks after it first",
        "Assign a caseworker.",
        "cases.assign",
        Permission.CASE_ASSIGN,
        _nobodys,
        (Assignment,),
    ),
    Check(
        "silent",
        Fault.STALE,
        f"Supported, and no contact in {SILENT_DAYS} days",
        "Get in touch, or record the contact that was had.",
        "casework.contact",
        Permission.NOTE_WRITE,
        _silent,
        (ContactNote,),
    ),
    Check(
        "left-open",
        Fault.STALE,
        f"A milestone is open {LATE_DAYS} days after it was due",
        "Record that it was met and when, or why it is later.",
        "household_file.milestones",
        Permission.CASE_READ,
        _left_open,
        (Milestone,),
    ),
    Check(
        "placed-first",
        Fault.CONTRADICTORY,
        "Moved in before it arrived",
        "Put the wrong one of the two days right.",
        "milestones.days",
        Permission.ANCHOR_MOVE,
        _placed_first,
    ),
    Check(
        "open-after-exit",
        Fault.CONTRADICTORY,
        "Support has ended, and milestones are open",
        "Close them, or say what is still owed.",
        "household_file.milestones",
        Permission.CASE_READ,
        _open_after_exit,
        (Milestone,),
    ),
    Check(
        "other-size",
        Fault.CONTRADICTORY,
        "The case has another number of persons than the household",
        "Add who is missing, or correct the size of the case.",
        "household_file.people",
        Permission.CASE_READ,
        _other_size,
        (HouseholdMember, ResettlementCase),
    ),
)
