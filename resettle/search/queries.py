"""Finding people and households within the reader's reach, with the reason for each hit.

Every statement begins in scope, so what is out of it changes no answer, no order and no time: a
name that only others' households bear is looked for among the same rows as one that nobody bears.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, or_

from resettle.cases.models import ResettlementCase
from resettle.cases.opening import CASE_NUMBER
from resettle.core.crypto import Keyring
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember, Person
from resettle.households.rules import full_name
from resettle.names import rules
from resettle.names.keys import NUMBERS, blinded
from resettle.names.models import NumberKey
from resettle.names.queries import named
from resettle.names.rules import Hit, Why

MOST = 50
Hits = Mapping[UUID, Hit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for; who has left is found too if that is asked."""

    q: str = ""
    location: str | None = None
    left: bool = False


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person who was found, in the household in which they are or were."""

    id: UUID
    household_id: UUID
    name: str
    name_in_script: str | None
    has_left: bool
    reasons: list[str]
    score: int


@dataclass(frozen=True, slots=True)
class FoundHousehold:
    """A household that was found itself, or for its people."""

    id: UUID
    reference: str
    display_name: str
    location: str | None
    has_left: bool
    reasons: list[str]
    score: int
    people: list[FoundPerson] = field(default_factory=list)

    @property
    def best(self) -> int:
        return max([self.score, *(person.score for person in self.people)])


def find(uow: UnitOfWork, asked: Asked) -> list[FoundHousehold]:
    """Find households, the nearest first, each with those of its people who are meant."""
    uow.require(Permission.SEARCH_FIND)
    people = _people(uow, {**named(uow, asked.q), **_by_number(uow, asked.q)}, asked)
    homes = _by_reference(uow, asked.q)
    found = _households(uow, homes, people, asked)
    return sorted(found, key=lambda one: (-one.best, one.reference))[:MOST]


def _by_number(uow: UnitOfWork, typed: str) -> Hits:
    keyring = uow.use(Keyring)
    blinds = {blind: why for why in NUMBERS.values() for blind in blinded(keyring, why, typed)}
    if not blinds:
        return {}
    query = uow.columns(NumberKey, NumberKey.person_id, NumberKey.blind)
    rows = uow.rows(query.where(NumberKey.blind.in_(blinds)))
    return {row.person_id: Hit(rules.SURE, (blinds[row.blind],)) for row in rows}


def _by_reference(uow: UnitOfWork, typed: str) -> Hits:
    endings = rules.references_in(typed)
    alike = [Household.reference.endswith(ending, autoescape=True) for ending in endings]
    by_case = uow.subquery(ResettlementCase, ResettlementCase.household_id).where(
        ResettlementCase.case_number_index == uow.blind(CASE_NUMBER, typed)
    )
    query = uow.columns(Household, Household.id, Household.reference).where(
        or_(Household.id.in_(by_case), *alike)
    )
    ends = tuple(endings)
    return {
        row.id: Hit(
            rules.SURE,
            (Why.REFERENCE if ends and row.reference.endswith(ends) else Why.CASE_NUMBER,),
        )
        for row in uow.rows(uow.touching(query, ResettlementCase))
    }


def _people(uow: UnitOfWork, hits: Hits, asked: Asked) -> dict[UUID, list[FoundPerson]]:
    """Tell who was found, by household: the best first."""
    found: dict[UUID, list[FoundPerson]] = {}
    for row in uow.ask(_members, frozenset(hits), asked.left) if hits else ():
        found.setdefault(row.household_id, []).append(_found(row, hits[row.person_id]))
    return {home: sorted(there, key=_rank) for home, there in found.items()}


def _members(uow: UnitOfWork, person_ids: Any, left: bool) -> Select[Any]:  # noqa: FBT001  # a part of the form
    query = uow.columns(
        HouseholdMember,
        HouseholdMember.household_id,
        HouseholdMember.left_on,
        Person.id.label("person_id"),
        Person.given_name,
        Person.other_names,
        Person.family_name,
        Person.name_in_script,
    ).join(Person, Person.id == HouseholdMember.person_id)
    query = uow.touching(query, Person).where(Person.id.in_(person_ids))
    return query if left else query.where(HouseholdMember.left_on.is_(None))


def _found(row: Row[Any], hit: Hit) -> FoundPerson:
    return FoundPerson(
        id=row.person_id,
        household_id=row.household_id,
        name=full_name(row.given_name, row.other_names, row.family_name),
        name_in_script=row.name_in_script,
        has_left=row.left_on is not None,
        reasons=[why.value for why in hit.reasons],
        score=hit.score,
    )


def _rank(person: FoundPerson) -> Any:
    return -person.score, person.has_left, person.name, person.id


def _households(
    uow: UnitOfWork, homes: Hits, people: Mapping[UUID, Sequence[FoundPerson]], asked: Asked
) -> Iterable[FoundHousehold]:
    ids = frozenset({*homes, *people})
    for row in uow.ask(_homes, ids, asked.left) if ids else ():
        if asked.location not in {None, row.location}:
            continue
        hit = homes.get(row.id, Hit(0, ()))
        yield FoundHousehold(
            id=row.id,
            reference=row.reference,
            display_name=row.display_name,
            location=row.location,
            has_left=row.exited_on is not None,
            reasons=[why.value for why in hit.reasons],
            score=hit.score,
            people=list(people.get(row.id, ())),
        )


def _homes(uow: UnitOfWork, household_ids: Any, left: bool) -> Select[Any]:  # noqa: FBT001  # the same
    query = uow.columns(
        Household,
        Household.id,
        Household.reference,
        Household.display_name,
        Household.location,
        Household.exited_on,
    ).where(Household.id.in_(household_ids))
    return query if left else query.where(Household.exited_on.is_(None))


def places(uow: UnitOfWork) -> list[str]:
    """Name the places of the reader's households, to narrow a search by."""
    uow.require(Permission.SEARCH_FIND)
    query = uow.columns(Household, Household.location).where(Household.location.is_not(None))
    return [row.location for row in uow.rows(query.distinct().order_by(Household.location))]
