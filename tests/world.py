"""Makers of what a test needs: each says only what the test cares about."""

from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from resettle.accounts import entrance, service
from resettle.accounts.credentials import Passwords
from resettle.accounts.queries import Account
from resettle.accounts.service import GrantDuty, InviteUser
from resettle.cases.models import Assignment, AssignmentKind
from resettle.consents.models import ConsentEntry, Item, Method, Purpose, RecipientType
from resettle.consents.rules import Decision
from resettle.core.actor import Actor, Duty, Role
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember, MemberRole, Person, Sex, Stream
from resettle.households.rules import role_of
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.settings import Settings
from resettle.sponsors.models import SponsorGroup

PASSWORD = "kererū over the harbour"

# A long run counts beyond four digits, and nothing may rest on there being four.
_numbers = count(10_000)


def a_user(
    uow: UnitOfWork,
    role: Role = Role.CASEWORKER,
    *,
    email: str = "",
    name: str = "Mere Tamihana",
    password: str = PASSWORD,
    duties: tuple[Duty, ...] = (),
    locations: tuple[str, ...] = (),
    person_id: UUID | None = None,
) -> Account:
    """Make somebody who can sign in."""
    email = email or f"user{next(_numbers)}@example.org.nz"
    user = service.invite(uow, InviteUser(email, name, role, locations, person_id))
    for duty in duties:
        service.grant_duty(uow, user.id, GrantDuty(duty, "arranged"))
    entrance.activate(uow, user.id, Passwords.of(uow.use(Settings)).hash(password))
    return user


def a_household(uow: UnitOfWork, **facts: Any) -> Household:
    """Make the file of a household that nobody belongs to yet."""
    usual = {
        "reference": f"R-2025-{next(_numbers):04d}",
        "display_name": "Haidari",
        "stream": Stream.CORS,
        "programme_code": "cors",
        "programme_version": 2,
        "primary_language": "prs",
    }
    return uow.add(Household(**usual | facts))


def a_person(uow: UnitOfWork, **facts: Any) -> Person:
    usual = {
        "family_name": "Haidari",
        "given_name": "Zahra",
        "sex": Sex.F,
        "born_on": date(1990, 5, 17),
    }
    return uow.add(Person(**usual | facts))


def a_member(
    uow: UnitOfWork,
    household: Household,
    relationship: str = "PA",
    *,
    joined_on: date = date(2025, 7, 1),
    guardian_id: UUID | None = None,
    **facts: Any,
) -> Person:
    """Make a person who belongs to the household."""
    person = a_person(uow, **facts)
    uow.add(
        HouseholdMember(
            household_id=household.id,
            person_id=person.id,
            relationship_code=relationship,
            role=MemberRole(role_of(relationship)),
            joined_on=joined_on,
            guardian_id=guardian_id,
        )
    )
    return person


def a_caseworker(
    uow: UnitOfWork, *households: Household, kind: AssignmentKind = AssignmentKind.PRIMARY
) -> Actor:
    """Make a caseworker who looks after these households."""
    user = a_user(uow)
    for household in households:
        uow.add(
            Assignment(
                household_id=household.id,
                user_id=user.id,
                kind=kind,
                from_on=date(2025, 1, 1),
            )
        )
    return Actor(Role.CASEWORKER, user_id=user.id, name="Mere Tamihana")


def a_person_signed_in(uow: UnitOfWork, person: Person) -> Actor:
    user = a_user(uow, Role.HOUSEHOLD_PERSON)
    return Actor(Role.HOUSEHOLD_PERSON, user_id=user.id, person_id=person.id)


def a_sponsor_of(uow: UnitOfWork, household: Household) -> Actor:
    """Make a sponsor whose group is confirmed for the household. What it sees is for consents."""
    number = next(_numbers)
    group = uow.add(
        SponsorGroup(
            legal_name=f"Kōwhai Neighbours {number}",
            entity_type="INCORPORATED_SOCIETY",
            location="Whangārei",
            programme_code="cors",
            programme_version=2,
            status="ACTIVE",
            status_since=date(2025, 1, 1),
            status_at=uow.now,
        )
    )
    uow.add(
        Sponsorship(
            group_id=group.id,
            household_id=household.id,
            route="NOMINATED",
            status=SponsorshipStatus.CONFIRMED,
            persons=1,
            proposed_on=date(2025, 6, 1),
        )
    )
    user = a_user(uow, Role.SPONSOR_MEMBER)
    return Actor(Role.SPONSOR_MEMBER, user_id=user.id, group_ids=frozenset({group.id}))


def a_consent(
    uow: UnitOfWork,
    household: Household,
    person: Person,
    item: Item,
    *,
    seq: int,
    purpose: Purpose = Purpose.SHARE_WITH_SPONSOR,
    recipient_type: RecipientType = RecipientType.SPONSOR_GROUP,
    decision: Decision = Decision.GIVE,
    valid_from: datetime | None = None,
    expires_on: date | None = None,
    recipient_id: UUID | None = None,
) -> ConsentEntry:
    """Make a row of the ledger, about sharing with sponsors unless said, as it would lie there."""
    return uow.add(
        ConsentEntry(
            seq=seq,
            person_id=person.id,
            household_id=household.id,
            purpose=purpose,
            item=item,
            recipient_type=recipient_type,
            recipient_id=recipient_id,
            decision=decision,
            method=Method.SIGNED,
            language="prs",
            text_version="2026-1",
            recorded_at=uow.now,
            valid_from=valid_from or uow.now,
            expires_on=expires_on,
        )
    )
