"""Looking for records that may be of one person, across all households."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, or_, select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.duplicates import rules
from resettle.duplicates.models import (
    ONE_RECORD,
    DuplicateCandidate,
    MergeStatus,
    PersonMerge,
    Verdict,
)
from resettle.duplicates.rules import Compared
from resettle.households.models import Person
from resettle.households.queries import household_of, stays
from resettle.names import folding

NEAR = timedelta(days=731)
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


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Another record that may be of the same person, for rules; shown only as a candidate."""

    person_id: UUID
    score: int
    reasons: list[str]


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
    uow.require(Permission.DUPLICATE_READ)
    mine = _facts(uow, Person.id == person.id)[0]
    return _alike(uow, mine, _at_home(uow, person))


def alike_to(uow: UnitOfWork, told: Told) -> list[PossibleDuplicate]:
    """Find the records that may be of somebody who is about to be entered, whoever asks."""
    uow.require(Permission.DUPLICATE_READ)
    return _alike(uow, told, [])


def _alike(uow: UnitOfWork, mine: Any, others_than: Sequence[UUID]) -> list[PossibleDuplicate]:
    near = Person.born_on.between(mine.born_on - NEAR, mine.born_on + NEAR)
    same_number = Person.unhcr_id_index == mine.unhcr_id_index
    others = _facts(uow, Person.id.not_in(others_than), ~_is_gone(), or_(near, same_number))
    spelled = [*_spellings(mine)]
    found = [_compared(mine, spelled, other) for other in others]
    return sorted(
        (pair for pair in found if pair.score >= rules.LISTED),
        key=lambda pair: (-pair.score, pair.person_id),
    )


def _is_gone() -> ColumnElement[bool]:
    """Tell of records that another one has taken over."""
    merged = select(PersonMerge.id).where(
        PersonMerge.gone_id == Person.id, PersonMerge.status.in_(ONE_RECORD)
    )
    return merged.exists()


def _facts(uow: UnitOfWork, *where: ColumnElement[bool]) -> Sequence[Row[Any]]:
    columns: tuple[Any, ...] = COMPARED
    query: Select[Any] = select(*columns).where(*where)
    return uow.rows(uow.touching(query, Person, PersonMerge))


def _at_home(uow: UnitOfWork, person: Person) -> list[UUID]:
    """Name the person and those of the same household: twins are two."""
    household_id = household_of(uow, person.id)
    if household_id is None:
        return [person.id]
    return [person.id, *(stay.person_id for stay in stays(uow, [household_id])[household_id])]


def _compared(mine: Any, spelled: Sequence[folding.Folded], other: Row[Any]) -> PossibleDuplicate:
    found = rules.reasons(
        Compared(
            same_unhcr_number=(
                mine.unhcr_id_index is not None and mine.unhcr_id_index == other.unhcr_id_index
            ),
            names=_likeness(spelled, other),
            born_on=mine.born_on,
            other_born_on=other.born_on,
            estimated=mine.born_is_estimate or other.born_is_estimate,
            same_sex=mine.sex == other.sex or "U" in {mine.sex, other.sex},
        )
    )
    return PossibleDuplicate(other.id, rules.score(found), [reason.words for reason in found])


def _likeness(mine: Sequence[folding.Folded], other: Row[Any]) -> int:
    """Compare every spelling of one with every spelling of the other."""
    return max(folding.likeness(one, another) for another in _spellings(other) for one in mine)


def _spellings(facts: Any) -> Iterable[folding.Folded]:
    yield folding.folded(facts.given_name, facts.other_names, facts.family_name)
    if facts.name_in_script:
        yield folding.folded(facts.name_in_script)


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
