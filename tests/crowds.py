"""Many households at once, invented: what figures of a whole programme are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember, MemberRole, Person, Sex, Stream

ARRIVED = date(2025, 7, 1)
BORN = (date(1988, 2, 1), date(1990, 5, 17), date(2016, 9, 3), date(2018, 9, 3), date(2023, 1, 5))
ROLES = (MemberRole.PRINCIPAL, MemberRole.PARTNER)
_numbers = count(1)


@dataclass(frozen=True)
class Home:
    """One household of a crowd, and who lives in it."""

    household_id: UUID
    person_ids: Sequence[UUID]


def a_crowd(uow: UnitOfWork, homes: int, *, size: int = 4, **facts: Any) -> list[Home]:
    """Make households alike: a couple and children, of both sexes, settled in Palmerston North."""
    return [a_home(uow, size, number, **facts) for number in range(homes)]


def a_home(uow: UnitOfWork, size: int = 4, turn: int = 0, **facts: Any) -> Home:
    usual = {
        "reference": f"R-2024-{next(_numbers):05d}",
        "display_name": "Haidari",
        "stream": Stream.QUOTA,
        "programme_code": "rqp",
        "programme_version": 3,
        "primary_language": "prs",
        "location": "PMR",
        "arrived_on": ARRIVED,
        "placed_on": ARRIVED,
    }
    household = Household(**usual | facts)
    uow.session.add(household)
    persons = [
        Person(
            family_name="Haidari",
            sex=Sex.F if (place + turn) % 2 else Sex.M,
            born_on=BORN[place % len(BORN)],
        )
        for place in range(size)
    ]
    uow.session.add_all(persons)
    uow.session.flush()
    for place, person in enumerate(persons):
        uow.session.add(
            HouseholdMember(
                household_id=household.id,
                person_id=person.id,
                relationship_code="PA" if place == 0 else "WIF" if place == 1 else "SON",
                role=ROLES[place] if place < len(ROLES) else MemberRole.DEPENDANT,
                joined_on=household.arrived_on or ARRIVED,
            )
        )
    return Home(household.id, [person.id for person in persons])
