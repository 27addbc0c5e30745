"""Leave, and who stands in: planned ahead, changed household by household, over by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select

from resettle.accounts.models import UserAccount
from resettle.cases import assigning
from resettle.cases.absences import Absence
from resettle.cases.acts import AssignCaseworker
from resettle.cases.models import Assignment, AssignmentKind
from resettle.core.errors import Conflict, Forbidden, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household

STANDS_IN = "Stands in during a leave."
NOBODY = "Nobody stands in: it is the team leader’s meanwhile."


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAbsence:
    """A leave: the first day, and the day on which somebody is back.

    Without a cover nobody stands in until somebody is named household by household; without a
    user it is one's own.
    """

    from_on: date
    back_on: date
    cover_id: UUID | None = None
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverHousehold:
    household_id: UUID
    cover_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ComeBack:
    back_on: date


@dataclass(frozen=True, slots=True)
class Covered:
    """One household of somebody who is away: who stands in, and what is wrong with that."""

    household_id: UUID
    reference: str
    cover_id: UUID | None
    cover: str
    problem: str


def plan(uow: UnitOfWork, command: PlanAbsence) -> Absence:
    """Plan a leave. Whoever is named stands in for each household that they may know."""
    uow.require(Permission.ABSENCE_PLAN)
    user_id = _of_whom(uow, command.user_id)
    if faults := _faults(uow, command, user_id):
        raise Invalid(faults)
    absence = uow.add(Absence(user_id=user_id, from_on=command.from_on, until_on=command.back_on))
    if command.cover_id is not None:
        for household_id in _households(uow, absence):
            _try(uow, absence, household_id, command.cover_id)
    return absence


def _of_whom(uow: UnitOfWork, user_id: UUID | None) -> UUID:
    """Plan one's own leave; who leads a team plans a caseworker's too."""
    wanted = user_id or uow.actor.user_id
    if wanted != uow.actor.user_id:
        uow.require(Permission.TEAM_LEAD)
    if wanted is None or not assigning.is_caseworker(uow, wanted):
        raise Invalid({"user_id": ["Only a caseworker’s leave is planned here."]})
    return wanted


def _faults(uow: UnitOfWork, command: PlanAbsence, user_id: UUID) -> dict[str, list[str]]:
    if command.back_on <= max(command.from_on, uow.today):
        return {"back_on": ["Name a later day: the first on which they are here again."]}
    cover_id = command.cover_id
    if cover_id is not None and (cover_id == user_id or not assigning.is_caseworker(uow, cover_id)):
        return {"cover_id": ["Choose another caseworker."]}
    if _away(uow, user_id, command.from_on, command.back_on):
        return {"from_on": ["A leave is planned for some of these days already."]}
    return {}


def _away(uow: UnitOfWork, user_id: UUID, from_on: date, back_on: date) -> bool:
    """Say whether somebody is away on any of the days, whoever asks; not when else."""
    query = select(Absence.id).where(
        Absence.user_id == user_id, Absence.from_on < back_on, Absence.until_on > from_on
    )
    return bool(uow.rows(uow.touching(query, Absence)))


def _households(uow: UnitOfWork, absence: Absence) -> Sequence[UUID]:
    """Name the households that somebody is the primary caseworker of in these days."""
    query = select(Assignment.household_id).where(
        Assignment.user_id == absence.user_id,
        Assignment.kind == AssignmentKind.PRIMARY,
        Assignment.from_on < absence.until_on,
        or_(Assignment.until_on.is_(None), Assignment.until_on > absence.from_on),
    )
    covered = uow.touching(query.order_by(Assignment.household_id), Assignment)
    return uow.session.scalars(covered).all()


def _try(uow: UnitOfWork, absence: Absence, household_id: UUID, cover_id: UUID) -> None:
    """Let somebody stand in, where they may know the household: where not, the plan says so."""
    household = assigning.to_assign(uow, household_id)
    if household is None:
        return
    try:
        _stand_in(uow, absence, household, cover_id)
    except Invalid:
        return


def _stand_in(
    uow: UnitOfWork, absence: Absence, household: Household, cover_id: UUID
) -> Assignment:
    made = assigning.put(
        uow,
        household,
        AssignCaseworker(
            user_id=cover_id,
            kind=AssignmentKind.COVER,
            from_on=max(absence.from_on, uow.today),
            until_on=absence.until_on,
            reason=STANDS_IN,
        ),
    )
    made.absence_id = absence.id
    return made


def cover(uow: UnitOfWork, absence_id: UUID, command: CoverHousehold) -> Absence:
    """Name who stands in for one household, in place of whoever did."""
    absence = _mine(uow, uow.edit(Absence, absence_id, to=Permission.ABSENCE_PLAN))
    if command.cover_id == absence.user_id:
        raise Invalid({"cover_id": ["Somebody else stands in."]})
    if command.household_id not in _households(uow, absence):
        raise NotFound("This household is not among those that somebody has to stand in for.")
    household = assigning.to_assign(uow, command.household_id)
    if household is None:
        raise NotFound(assigning.NOT_YOURS)
    made = _stand_in(uow, absence, household, command.cover_id)
    for earlier in _covers(uow, absence):
        if earlier.household_id == household.id and earlier.id != made.id:
            earlier.until_on = max(earlier.from_on, uow.today)
    return absence


def come_back(uow: UnitOfWork, absence_id: UUID, command: ComeBack) -> Absence:
    """Come back on another day than was planned: who stands in does so until then.

    A day at or before the first takes the whole leave back.
    """
    absence = _mine(uow, uow.edit(Absence, absence_id, to=Permission.ABSENCE_PLAN))
    if absence.until_on <= uow.today:
        raise Conflict("This leave is over.")
    absence.until_on = max(command.back_on, absence.from_on)
    for each in _covers(uow, absence):
        each.until_on = max(absence.until_on, each.from_on)
    return absence


def _mine(uow: UnitOfWork, absence: Absence) -> Absence:
    if absence.user_id != uow.actor.user_id and not uow.allows(Permission.TEAM_LEAD):
        raise Forbidden("Only they themselves and their team leader change a leave.")
    return absence


def _covers(uow: UnitOfWork, absence: Absence) -> Sequence[Assignment]:
    """Give the assignments of a leave that are not over, whoever sees the households meanwhile."""
    query = select(Assignment).where(
        Assignment.absence_id == absence.id,
        Assignment.until_on > uow.today,
        Assignment.until_on > Assignment.from_on,
    )
    return uow.all(uow.touching(query, Assignment).order_by(Assignment.from_on, Assignment.id))


def absences(uow: UnitOfWork) -> Select[Absence]:
    """List the leaves that are not over: one's own, or the team's."""
    uow.require(Permission.ABSENCE_PLAN)
    return uow.select(Absence).where(
        Absence.until_on > uow.today, Absence.until_on > Absence.from_on
    )


def covered(uow: UnitOfWork, absence_id: UUID) -> tuple[Absence, Sequence[Covered]]:
    """Tell of a leave who stands in for each household, and where nobody does or can."""
    absence = uow.get(Absence, absence_id, to=Permission.ABSENCE_PLAN)
    stands = {each.household_id: each for each in _covers(uow, absence)}
    ids = _households(uow, absence)
    names = names_of(uow, [absence.user_id, *(each.user_id for each in stands.values())])
    columns: tuple[Any, ...] = (Household.id, Household.reference)
    query: Select[Any] = select(*columns).where(Household.id.in_(ids))
    rows = uow.rows(uow.touching(query.order_by(Household.reference), Household))
    return absence, [_covered(uow, absence, row, stands.get(row.id), names) for row in rows]


def _covered(
    uow: UnitOfWork,
    absence: Absence,
    row: Any,
    stand: Assignment | None,
    names: Mapping[UUID, str],
) -> Covered:
    if stand is None:
        return Covered(row.id, row.reference, None, "", NOBODY)
    name = names.get(stand.user_id, "")
    away = _away(uow, stand.user_id, absence.from_on, absence.until_on)
    problem = f"{name} is away on some of these days too." if away else ""
    return Covered(row.id, row.reference, stand.user_id, name, problem)


def names_of(uow: UnitOfWork, user_ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """Name colleagues by their ids: nothing else of their accounts."""
    columns: tuple[Any, ...] = (UserAccount.id, UserAccount.name)
    query: Select[Any] = select(*columns).where(UserAccount.id.in_(user_ids))
    return {row.id: row.name for row in uow.rows(uow.touching(query, UserAccount))}
