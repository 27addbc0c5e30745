"""Many households at once, invented: what figures of a whole programme are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from resettle.cases.models import ResettlementCase, Source
from resettle.consents.models import ConsentEntry, Item, Method, Purpose, RecipientType
from resettle.consents.rules import Decision
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember, MemberRole, Person, Sex, Stream
from resettle.milestones.models import Milestone, Status

ARRIVED = date(2025, 7, 1)
AGREED = datetime(2025, 7, 2, tzinfo=UTC)
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


def with_region(uow: UnitOfWork, home: Home, region: str) -> None:
    """Say under which region of the quota a household came."""
    case = ResettlementCase(
        household_id=home.household_id,
        source=Source.UNHCR,
        programme_code="rqp",
        programme_version=1,
        stage="SUPPORT",
        stage_since=ARRIVED,
        case_size=len(home.person_ids),
        opened_on=ARRIVED,
    )
    case.region = region
    uow.add(case)


def agrees(uow: UnitOfWork, home: Home) -> None:
    """Let all of a household agree to evaluation."""
    for person_id in home.person_ids:
        _says(uow, person_id, home, Decision.GIVE, seq=1)


def disagrees(uow: UnitOfWork, person_id: UUID, home: Home) -> None:
    """Let somebody who agreed to evaluation take it back now."""
    _says(uow, person_id, home, Decision.WITHDRAW, seq=2, at=uow.now)


def _says(
    uow: UnitOfWork,
    person_id: UUID,
    home: Home,
    decision: Decision,
    *,
    seq: int,
    at: datetime = AGREED,
) -> None:
    uow.session.add(
        ConsentEntry(
            seq=seq,
            person_id=person_id,
            household_id=home.household_id,
            purpose=Purpose.EVALUATION,
            item=Item.ALL,
            recipient_type=RecipientType.EVALUATION,
            decision=decision,
            method=Method.SIGNED,
            language="prs",
            text_version="2026-1",
            recorded_at=at,
            valid_from=at,
        )
    )


def has_met(
    uow: UnitOfWork, home: Home, code: str, met_on: date | None, *, of_household: bool = False
) -> None:
    """Put a milestone on record for each person of a household, or for it as a whole."""
    for person_id in (None,) if of_household else home.person_ids:
        uow.session.add(
            Milestone(
                household_id=home.household_id,
                person_id=person_id,
                code=code,
                domain=code[:3],
                programme_code="rqp",
                programme_version=3,
                due_on=ARRIVED + timedelta(days=14),
                due_rule="placed + 14",
                status=Status.NOT_STARTED if met_on is None else Status.MET,
                met_on=met_on,
            )
        )


def nominated(uow: UnitOfWork, home: Home, on: date) -> None:
    """Say since when a household was on its way."""
    uow.add(
        ResettlementCase(
            household_id=home.household_id,
            source=Source.UNHCR,
            programme_code="rqp",
            programme_version=3,
            stage="SUBMITTED",
            stage_since=on,
            case_size=len(home.person_ids),
            opened_on=on,
            nominated_on=on,
        )
    )
