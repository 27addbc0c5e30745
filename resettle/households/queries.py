"""Questions about households and the people in them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, func, or_, select
from sqlalchemy.orm import selectinload

from resettle.core.actor import SPONSORS
from resettle.core.among import among
from resettle.core.permissions import Permission
from resettle.core.reading import Question, Sorts
from resettle.core.work import UnitOfWork
from resettle.households.models import (
    LEADER_FIRST,
    Household,
    HouseholdMember,
    MemberRole,
    Person,
    Stream,
)

NOT_YET = date(9999, 12, 31)
ARRIVED = func.coalesce(Household.arrived_on, NOT_YET)
SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "reference": (Household.reference.expression,),
    "name": (Household.display_name.expression,),
    "arrived": (ARRIVED,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFilters:
    q: str | None = None
    location: str | None = None
    stream: Stream | None = None


def households(uow: UnitOfWork, wanted: HouseholdFilters) -> Select[Any] | Question:
    """List the households that the reader may know of."""
    if wanted == HouseholdFilters():
        return Question(_all, _sorts, _chosen)
    return _filtered(uow, _all(uow), wanted)


def _sorts(_uow: UnitOfWork) -> Sorts:
    return SORTS


def _chosen(uow: UnitOfWork) -> Select[Any]:
    return uow.columns(Household, Household.id.label("id"))


def _all(uow: UnitOfWork) -> Select[Any]:
    size = uow.subquery(HouseholdMember, func.count()).where(
        HouseholdMember.household_id == Household.id, HouseholdMember.left_on.is_(None)
    )
    query = uow.columns(
        Household,
        Household.id.label("id"),
        Household.reference.label("reference"),
        Household.display_name.label("display_name"),
        Household.stream.label("stream"),
        Household.programme_code.label("programme_code"),
        Household.programme_version.label("programme_version"),
        Household.location.label("location"),
        Household.primary_language.label("primary_language"),
        Household.needs_interpreter.label("needs_interpreter"),
        Household.arrived_on.label("arrived_on"),
        Household.placed_on.label("placed_on"),
        size.scalar_subquery().label("size"),
    )
    return uow.touching(query, HouseholdMember)


def _filtered(uow: UnitOfWork, query: Select[Any], wanted: HouseholdFilters) -> Select[Any]:
    if wanted.location is not None:
        query = query.where(Household.location == wanted.location)
    if wanted.stream is not None:
        query = query.where(Household.stream == wanted.stream)
    if wanted.q is None:
        return query
    starts = Household.reference.istartswith(wanted.q, autoescape=True)
    if uow.actor.role in SPONSORS:
        # A search by name would tell a name that the person has not agreed to share.
        return query.where(starts)
    named = Household.id.in_(_households_named(uow, wanted.q))
    return uow.touching(query.where(or_(starts, named)), HouseholdMember, Person)


def _households_named(uow: UnitOfWork, text: str) -> Select[Any]:
    names = (
        Person.family_name,
        Person.given_name,
        Person.other_names,
        Person.preferred_name,
        Person.name_in_script,
    )
    alike = or_(*(name.icontains(text, autoescape=True) for name in names))
    people = uow.subquery(Person, Person.id).where(alike)
    return uow.subquery(HouseholdMember, HouseholdMember.household_id).where(
        HouseholdMember.person_id.in_(people), HouseholdMember.left_on.is_(None)
    )


WITH_LANGUAGES = selectinload(HouseholdMember.person).selectinload(Person.languages)
WITH_MEMBERS = selectinload(Household.members).options(WITH_LANGUAGES)


def household_file(uow: UnitOfWork, household_id: UUID) -> Household:
    """Fetch a household with its people of today and their languages."""
    household = uow.get(Household, household_id, to=Permission.HOUSEHOLD_READ)
    uow.ask(_with_members, household_id)
    uow.unlock([household_id, *(member.person_id for member in household.members)])
    return household


def _with_members(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    query = uow.select(Household).where(Household.id == household_id).options(WITH_MEMBERS)
    return query.execution_options(populate_existing=True)


def members(uow: UnitOfWork, household_id: UUID) -> Sequence[HouseholdMember]:
    """List who belongs to a household today, whoever leads it first."""
    household = uow.get(Household, household_id, to=Permission.PERSON_READ)
    query = _current(uow, household.id).options(WITH_LANGUAGES)
    found = uow.session.scalars(query).all()
    uow.unlock(member.person_id for member in found)
    return found


def _current(uow: UnitOfWork, household_id: UUID) -> Select[HouseholdMember]:
    return (
        uow.select(HouseholdMember)
        .where(HouseholdMember.household_id == household_id, HouseholdMember.left_on.is_(None))
        .order_by(LEADER_FIRST, HouseholdMember.joined_on, HouseholdMember.id)
    )


def current_members(uow: UnitOfWork, household_id: UUID) -> Sequence[HouseholdMember]:
    return uow.session.scalars(_current(uow, household_id)).all()


def principal_of(uow: UnitOfWork, household_id: UUID) -> HouseholdMember | None:
    query = _current(uow, household_id).where(HouseholdMember.role == MemberRole.PRINCIPAL)
    return uow.session.scalars(query).first()


def household_of(uow: UnitOfWork, person_id: UUID) -> UUID | None:
    """Name the household that a person belongs to now, whoever asks."""
    query: Select[Any] = select(HouseholdMember.household_id).where(
        HouseholdMember.person_id == person_id, HouseholdMember.left_on.is_(None)
    )
    found: UUID | None = uow.session.scalar(uow.touching(query, HouseholdMember))
    return found


def households_of(uow: UnitOfWork, person_ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    """Name the household that each of several people belongs to now, whoever asks."""
    member = HouseholdMember
    columns: tuple[Any, ...] = (member.person_id, member.household_id)
    now = member.person_id.in_(among("people", Uuid())), member.left_on.is_(None)
    query = uow.touching(select(*columns).where(*now), member)
    return {row.person_id: row.household_id for row in uow.rows(query.params(people=person_ids))}


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's stay in a household, as far as rules need it."""

    person_id: UUID
    born_on: date
    joined_on: date
    left_on: date | None
    role: MemberRole
    guardian_id: UUID | None
    guardian_withheld: bool


STAY = (
    HouseholdMember.person_id,
    Person.born_on,
    HouseholdMember.joined_on,
    HouseholdMember.left_on,
    HouseholdMember.role,
    HouseholdMember.guardian_id,
    HouseholdMember.guardian_withheld,
)


def stays(uow: UnitOfWork, household_ids: Collection[UUID]) -> Mapping[UUID, list[Stay]]:
    """Tell who has lived in these households and since when, whoever asks.

    For rules, which must count everybody; it is never shown.
    """
    columns: tuple[Any, ...] = (*STAY, HouseholdMember.household_id)
    query = (
        select(*columns)
        .join(Person, Person.id == HouseholdMember.person_id)
        .where(HouseholdMember.household_id.in_(household_ids))
        .order_by(LEADER_FIRST, Person.born_on, HouseholdMember.id)
    )
    found: dict[UUID, list[Stay]] = {household_id: [] for household_id in household_ids}
    for row in uow.rows(uow.touching(query, HouseholdMember, Person)):
        found[row.household_id].append(Stay(*row[: len(STAY)]))
    return found


def people_at_home(uow: UnitOfWork, household_id: UUID, day: date) -> list[Stay]:
    """Tell who belongs to a household on a day, whoever asks."""
    return at_home(stays(uow, [household_id])[household_id], day)


def at_home(everybody: Sequence[Stay], day: date) -> list[Stay]:
    """Choose those who live in a household on a day."""
    return [s for s in everybody if s.joined_on <= day and (s.left_on is None or day < s.left_on)]
