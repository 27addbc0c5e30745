"""What a household may be known by before anybody has a name: its anonymous profile."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember, Person, PersonLanguage
from resettle.households.queries import Stay, people_at_home
from resettle.households.rules import age_band, is_adult, value_of
from resettle.people.models import SpecificNeed
from resettle.placements import queries, rules

SPONSORS = "sponsor"


@dataclass(frozen=True, slots=True)
class Profile:
    """How many there are, about how old, what they speak, what helps: nothing that names one."""

    household_id: UUID
    people: int
    ages: Mapping[str, int]
    sexes: Mapping[str, int]
    languages: Sequence[str]
    english: str
    needs_interpreter: bool
    location: str | None
    needs: Sequence[str]
    nationality: str | None


def profile(uow: UnitOfWork, household_id: UUID) -> Profile:
    """Tell whoever may know of a household what its profile says."""
    household = uow.get(Household, household_id, to=Permission.SPONSORSHIP_READ)
    at_home = people_at_home(uow, household.id, uow.today)
    persons = _persons(uow, [stay.person_id for stay in at_home])
    return Profile(
        household_id=household.id,
        people=len(at_home),
        ages=_banded(uow, at_home),
        sexes=Counter(person.sex.value for person in persons),
        languages=_languages(uow, household, persons),
        english=rules.english_band(
            p.english_level for p in persons if is_adult(uow.today, p.born_on)
        ),
        needs_interpreter=household.needs_interpreter,
        location=household.location,
        needs=heeded(uow, [person.id for person in persons]),
        nationality=_nationality(uow, household, persons),
    )


def _banded(uow: UnitOfWork, at_home: Sequence[Stay]) -> Mapping[str, int]:
    """Count the people of each age band, the youngest first."""
    counted = Counter(age_band(uow.today, stay.born_on) for stay in at_home)
    return dict(sorted(counted.items(), key=lambda band: _from(band[0])))


def _from(band: str) -> int:
    return int(band.partition("-")[0].rstrip("+"))


def _persons(uow: UnitOfWork, ids: Sequence[UUID]) -> Sequence[Person]:
    """Fetch people for what is counted of them, whoever asks; none of them is shown."""
    query = select(Person).where(Person.id.in_(ids)).order_by(Person.id)
    return uow.all(uow.touching(query, Person))


def _languages(uow: UnitOfWork, household: Household, persons: Sequence[Person]) -> Sequence[str]:
    query: Select[Any] = (
        select(PersonLanguage.language)
        .where(PersonLanguage.person_id.in_([person.id for person in persons]))
        .distinct()
    )
    others = set(uow.session.scalars(uow.touching(query, PersonLanguage)))
    return [household.primary_language, *sorted(others - {household.primary_language})]


def heeded(uow: UnitOfWork, person_ids: Collection[UUID]) -> Sequence[str]:
    """Tell what to heed in practice, as it was written for sponsors: never whose, never why."""
    need = SpecificNeed
    query: Select[Any] = select(need.practical_support).where(
        need.person_id.in_(person_ids),
        need.practical_support.is_not(None),
        need.restricted.is_(False),
        need.active.is_(True),
    )
    return sorted(set(uow.session.scalars(uow.touching(query, need))))


def _nationality(uow: UnitOfWork, household: Household, persons: Sequence[Person]) -> str | None:
    """Name the nationality that all share, where so many others have it that it names nobody."""
    uow.unlock(person.id for person in persons)
    found = {value_of(person.nationality) for person in persons} - {None}
    (nationality,) = found if len(found) == 1 else (None,)
    if nationality is None:
        return None
    homes = [
        home
        for home, value in _nationalities(uow, household.programme_code)
        if value == nationality
    ]
    listed = queries.programme_of(uow, household).small_counts
    least = max((count.threshold for count in listed if count.view == SPONSORS), default=0)
    return nationality if rules.names_nobody(len(homes), len(set(homes)), least) else None


def _nationalities(uow: UnitOfWork, programme_code: str) -> Sequence[tuple[UUID, str | None]]:
    """Tell of everybody in a programme's households what only sums are made of."""
    columns: tuple[Any, ...] = (HouseholdMember.household_id, Person)
    query = (
        select(*columns)
        .join(Person, Person.id == HouseholdMember.person_id)
        .join(Household, Household.id == HouseholdMember.household_id)
        .where(Household.programme_code == programme_code, HouseholdMember.left_on.is_(None))
    )
    rows = uow.rows(uow.touching(query, Household, HouseholdMember, Person))
    uow.unlock({row.Person.id for row in rows})
    return [(row.household_id, value_of(row.Person.nationality)) for row in rows]
