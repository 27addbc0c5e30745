"""Looking for records that may be of one person, across all households."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, String, Uuid, or_, select

from resettle.core.among import among
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.duplicates.models import (
    ONE_RECORD,
    DuplicateCandidate,
    MergeStatus,
    PersonMerge,
    Verdict,
)
from resettle.duplicates.register import (
    NEAR,
    PossibleDuplicate,
    Register,
    likeliest_first,
    spellings,
)
from resettle.households.models import Person
from resettle.households.queries import household_of, households_of, stays

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "score": (DuplicateCandidate.score.expression,),
}
COMPARED = (
    Person.id,
    Person.family_name,
    Person.given_name,
    Person.other_names,
    Person.name_in_script,
    Person.sex,
    Person.born_on,
    Person.born_is_estimate,
    Person.unhcr_id_index,
)


@dataclass(frozen=True, slots=True)
class Workers:
    """Who looks after a household, by name: told by the chapter of cases, which stands above."""

    of: Callable[[UnitOfWork, UUID], str | None] = lambda _uow, _household_id: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of somebody who is on no record yet, as far as the comparison asks."""

    family_name: str
    given_name: str = ""
    other_names: str = ""
    name_in_script: str | None = None
    sex: str = "U"
    born_on: date
    born_is_estimate: bool = False
    unhcr_id_index: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateFilters:
    verdict: Verdict = Verdict.OPEN


def possible_duplicates(uow: UnitOfWork, person: Person) -> list[PossibleDuplicate]:
    """Find the records that may be of this person, likeliest first, whoever asks."""
    return possible_duplicates_of_all(uow, [person.id])[person.id]


def alike_to(uow: UnitOfWork, told: Told) -> list[PossibleDuplicate]:
    """Find the records that may be of somebody who is about to be entered, whoever asks."""
    uow.require(Permission.DUPLICATE_READ)
    near = Person.born_on.between(told.born_on - NEAR, told.born_on + NEAR)
    same_number = Person.unhcr_id_index == told.unhcr_id_index
    others = Register(_facts(uow, ~_is_gone(), or_(near, same_number)))
    return likeliest_first(others.alike(told, spellings(told), frozenset()))


def possible_duplicates_of_all(
    uow: UnitOfWork, person_ids: Sequence[UUID]
) -> Mapping[UUID, list[PossibleDuplicate]]:
    """Do the same for several people, each of whom may also be one of the others.

    They are taken by age, so that only records of about that age are held in memory.
    """
    uow.require(Permission.DUPLICATE_READ)
    people = _facts(uow, Person.id.in_(among("ids", Uuid())), ids=person_ids)
    numbers = [each.unhcr_id_index for each in people if each.unhcr_id_index is not None]
    same = Person.unhcr_id_index.in_(among("numbers", String()))
    numbered = Register(_facts(uow, ~_is_gone(), same, numbers=numbers))
    homes = _at_home(uow, person_ids)
    years: dict[int, Register] = {}
    found: dict[UUID, list[PossibleDuplicate]] = {}
    for mine in sorted(people, key=lambda each: each.born_on):
        _keep_years(uow, years, mine.born_on)
        spelled = spellings(mine)
        pairs = {
            pair.person_id: pair
            for register in (numbered, *years.values())
            for pair in register.alike(mine, spelled, homes[mine.id])
        }
        found[mine.id] = likeliest_first(pairs.values())
    return found


def _keep_years(uow: UnitOfWork, years: dict[int, Register], born_on: date) -> None:
    """Hold the records of those years of birth in which somebody of about this age was born."""
    wanted = range((born_on - NEAR).year, (born_on + NEAR).year + 1)
    for year in [*years.keys() - {*wanted}]:
        del years[year]
    for year in [*{*wanted} - years.keys()]:
        that_year = Person.born_on.between(date(year, 1, 1), date(year, 12, 31))
        years[year] = Register(_facts(uow, ~_is_gone(), that_year))


def _is_gone() -> ColumnElement[bool]:
    """Tell of records that another one has taken over."""
    merged = select(PersonMerge.id).where(
        PersonMerge.gone_id == Person.id, PersonMerge.status.in_(ONE_RECORD)
    )
    return merged.exists()


def _facts(uow: UnitOfWork, *where: ColumnElement[bool], **values: Any) -> Sequence[Row[Any]]:
    columns: tuple[Any, ...] = COMPARED
    query: Select[Any] = select(*columns).where(*where)
    return uow.rows(uow.touching(query, Person, PersonMerge).params(**values))


def _at_home(uow: UnitOfWork, person_ids: Sequence[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Name for each person who is of the same household, themselves included: twins are two."""
    home_by_person = households_of(uow, person_ids)
    homes = stays(uow, {*home_by_person.values()})
    people = {id_: frozenset(stay.person_id for stay in home) for id_, home in homes.items()}
    alone = {id_: frozenset({id_}) for id_ in person_ids}
    return alone | {id_: alone[id_] | people[home] for id_, home in home_by_person.items()}


def pairs_of_all(
    uow: UnitOfWork, person_ids: Sequence[UUID]
) -> dict[tuple[UUID, UUID], DuplicateCandidate]:
    """Fetch the pairs that are on the list of these people already, whatever was decided."""
    those = DuplicateCandidate.person_id.in_(among("people", Uuid()))
    query = uow.select(DuplicateCandidate).where(those).params(people=person_ids)
    return {(pair.person_id, pair.other_id): pair for pair in uow.all(query)}


def candidates(uow: UnitOfWork, wanted: DuplicateFilters) -> Select[DuplicateCandidate]:
    return uow.select(DuplicateCandidate).where(DuplicateCandidate.verdict == wanted.verdict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A candidate and what the asker is told of the records: these, or whom to ask."""

    candidate: DuplicateCandidate
    person: Person
    other: Person | None
    contact: str | None

    @property
    def person_id(self) -> UUID:
        return self.candidate.person_id


def compare(uow: UnitOfWork, candidate_id: UUID) -> Comparison:
    """Show both records to those who may know of them; else name whom to ask, and nothing else."""
    candidate = uow.get(DuplicateCandidate, candidate_id, to=Permission.DUPLICATE_READ)
    person = uow.get(Person, candidate.person_id, to=Permission.PERSON_READ)
    other = uow.find(Person, candidate.other_id)
    contact = None if other is not None else contact_of(uow, candidate.other_id)
    return Comparison(candidate, person, other, contact)


def contact_of(uow: UnitOfWork, person_id: UUID) -> str:
    household_id = household_of(uow, person_id)
    worker = None if household_id is None else uow.use(Workers).of(uow, household_id)
    return f"Contact {worker or 'your team leader'} about this record."


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeFilters:
    status: MergeStatus = MergeStatus.PROPOSED


MERGE_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "created": (PersonMerge.created_at.expression,),
}


def merges(uow: UnitOfWork, wanted: MergeFilters) -> Select[PersonMerge]:
    return uow.select(PersonMerge).where(PersonMerge.status == wanted.status)


def merge(uow: UnitOfWork, merge_id: UUID) -> PersonMerge:
    return uow.get(PersonMerge, merge_id, to=Permission.PERSON_MERGE)


def waiting(uow: UnitOfWork, most: int) -> Sequence[DuplicateCandidate]:
    """List the pairs that nobody has decided, the likeliest first."""
    uow.require(Permission.DUPLICATE_READ)
    query = candidates(uow, DuplicateFilters())
    order = DuplicateCandidate.score.desc(), DuplicateCandidate.id
    return uow.all(query.order_by(*order).limit(most))


def unconfirmed(uow: UnitOfWork, most: int) -> Sequence[PersonMerge]:
    """List what waits for a second person."""
    uow.require(Permission.PERSON_MERGE)
    asked = PersonMerge.status.in_((MergeStatus.PROPOSED, MergeStatus.PARTING))
    query = uow.select(PersonMerge).where(asked)
    return uow.all(query.order_by(PersonMerge.created_at, PersonMerge.id).limit(most))
