"""Makers of families, sponsor groups and what is between them: each says only what matters."""

from collections.abc import Collection
from datetime import date, timedelta
from itertools import count
from uuid import UUID, uuid4

from resettle.cases.models import Assignment, AssignmentKind
from resettle.consents.models import ConsentEntry, Item, Method, Purpose, RecipientType
from resettle.consents.rules import Decision
from resettle.core.actor import Actor, Duty, Role
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember, MemberRole, Person, Sex, Stream
from resettle.placements.models import (
    AnswerMethod,
    CheckStatus,
    Dwelling,
    HouseCheck,
    Sponsorship,
    SponsorshipAnswer,
    SponsorshipStatus,
    Tenure,
)
from resettle.placements.queries import asked_at_home, house_ready_items
from resettle.sponsors import models as sponsors
from resettle.sponsors.models import Deed, SponsorGroup, SponsorMember
from tests.world import a_user

ADULT, CHILD = date(1990, 5, 1), date(2019, 5, 1)
LONG_AGO = date(2020, 1, 1)
_numbers = count(1)


def a_family(
    uow: UnitOfWork,
    *,
    born: Collection[date] = (ADULT, ADULT, CHILD),
    programme: tuple[str, int] = ("cors", 2),
    arrived_on: date | None = None,
    location: str | None = None,
) -> Household:
    """Make a household of people born on these days; the first is the principal applicant."""
    household = uow.add(
        Household(
            reference=f"R-2026-9{next(_numbers):03d}",
            display_name="Haddad",
            stream=Stream.CORS if programme[0] == "cors" else Stream.QUOTA,
            programme_code=programme[0],
            programme_version=programme[1],
            primary_language="ara",
            arrived_on=arrived_on,
            location=location,
        )
    )
    for number, born_on in enumerate(born):
        _a_member(uow, household, born_on, principal=number == 0)
    return household


def _a_member(uow: UnitOfWork, household: Household, born_on: date, *, principal: bool) -> None:
    person = uow.add(Person(family_name="Haddad", given_name="Rana", sex=Sex.F, born_on=born_on))
    role = MemberRole.PRINCIPAL if principal else MemberRole.DEPENDANT
    uow.add(
        HouseholdMember(
            household_id=household.id,
            person_id=person.id,
            relationship_code="PA" if principal else "OTH",
            role=role,
            joined_on=min(born_on, LONG_AGO),
        )
    )


def a_caseworker(uow: UnitOfWork, *households: Household, leads: bool = False) -> Actor:
    """Make a caseworker who looks after these households, and leads a team if told so."""
    user = a_user(uow, Role.CASEWORKER)
    for household in households:
        uow.add(
            Assignment(
                household_id=household.id,
                user_id=user.id,
                kind=AssignmentKind.SECOND,
                from_on=LONG_AGO,
            )
        )
    duties = frozenset({Duty.TEAM_LEADER}) if leads else frozenset()
    return Actor(Role.CASEWORKER, user.id, "Mere", duties)


def a_manager(uow: UnitOfWork) -> Actor:
    return Actor(Role.PROGRAMME_MANAGER, a_user(uow, Role.PROGRAMME_MANAGER).id, "Hemi")


def a_group(
    uow: UnitOfWork,
    *,
    status: str = "READY",
    max_persons: int | None = 20,
    max_households: int | None = 3,
    routes: Collection[str] = ("NOMINATED", "UNHCR_MATCHED"),
    programme: tuple[str, int] = ("cors", 2),
) -> SponsorGroup:
    return uow.add(
        SponsorGroup(
            legal_name=f"Ōtautahi Welcome Trust {next(_numbers)}",
            entity_type="CHARITABLE_TRUST",
            location="CHC",
            programme_code=programme[0],
            programme_version=programme[1],
            status=status,
            status_since=uow.today,
            status_at=uow.now,
            max_persons=max_persons,
            max_households=max_households,
            routes=[*routes],
        )
    )


def a_member(
    uow: UnitOfWork,
    group: SponsorGroup,
    *,
    user_id: UUID | None = None,
    roles: Collection[str] = ("befriender",),
    confirmed: bool = True,
    vetted_until: date | None = date(2028, 1, 1),
) -> SponsorMember:
    """Make a member: confirmed by two others and vetted, unless told otherwise."""
    by = (uuid4(), uuid4()) if confirmed else (None, None)
    return uow.add(
        SponsorMember(
            group_id=group.id,
            user_id=user_id,
            name="Aroha Ngata",
            roles=[*roles],
            joined_on=LONG_AGO,
            confirmed_by_group_by=by[0],
            confirmed_by_manager_by=by[1],
            vetted_until=vetted_until,
        )
    )


def a_coordinator(uow: UnitOfWork, group: SponsorGroup) -> Actor:
    """Make a coordinator who is confirmed and vetted, so that they may act for the group."""
    user = a_user(uow, Role.SPONSOR_COORDINATOR)
    a_member(uow, group, user_id=user.id, roles=("coordinator",))
    return Actor(Role.SPONSOR_COORDINATOR, user.id, "Aroha", group_ids=frozenset({group.id}))


def a_deed(uow: UnitOfWork, group: SponsorGroup) -> Deed:
    return uow.add(
        Deed(
            group_id=group.id,
            signed_on=LONG_AGO,
            effective_from=LONG_AGO,
            report_days={"REP-014": 14, "REP-365": 365},
        )
    )


def a_match(
    uow: UnitOfWork,
    group: SponsorGroup,
    household: Household,
    *,
    status: SponsorshipStatus = SponsorshipStatus.PROPOSED,
) -> Sponsorship:
    """Make a sponsorship in a status, without taking the group's room."""
    begun = status not in {SponsorshipStatus.PROPOSED, SponsorshipStatus.DECLINED}
    confirmed = status in {SponsorshipStatus.CONFIRMED, SponsorshipStatus.SUSPENDED}
    return uow.add(
        Sponsorship(
            group_id=group.id,
            household_id=household.id,
            route="NOMINATED",
            status=status,
            persons=3,
            proposed_on=uow.today - timedelta(days=30),
            accepted_on=uow.today if begun else None,
            confirmed_on=uow.today - timedelta(days=20) if confirmed else None,
            ended_on=uow.today if status is SponsorshipStatus.DECLINED else None,
        )
    )


def everybody_agrees(uow: UnitOfWork, match: Sponsorship) -> None:
    """Let each adult say yes, and share the name with the group."""
    for person_id in asked_at_home(uow, match.household_id, uow.today):
        uow.add(
            SponsorshipAnswer(
                sponsorship_id=match.id,
                household_id=match.household_id,
                person_id=person_id,
                agrees=True,
                method=AnswerMethod.SIGNED_FORM,
                answered_on=uow.today,
            )
        )
        shares(uow, match.household_id, person_id, match.group_id, Item.NAME)


def shares(
    uow: UnitOfWork, household_id: UUID, person_id: UUID, group_id: UUID, item: Item
) -> None:
    uow.add(
        ConsentEntry(
            seq=next(_numbers),
            person_id=person_id,
            household_id=household_id,
            purpose=Purpose.SHARE_WITH_SPONSOR,
            item=item,
            recipient_type=RecipientType.SPONSOR_GROUP,
            recipient_id=group_id,
            decision=Decision.GIVE,
            method=Method.SIGNED,
            language="ara",
            text_version="1",
            recorded_at=uow.now,
            valid_from=uow.now,
        )
    )


def a_dwelling(
    uow: UnitOfWork, household: Household | None = None, *, location: str = "CHC"
) -> Dwelling:
    return uow.add(
        Dwelling(
            household_id=household.id if household else None,
            location=location,
            address="12 Kōwhai Street",
            bedrooms=3,
            tenure=Tenure.PRIVATE_RENTAL,
        )
    )


def all_in_place(uow: UnitOfWork, dwelling: Dwelling, household: Household, *but: str) -> None:
    """Check every item of the house-ready list as there, except those named."""
    for item in house_ready_items(uow, household):
        status = CheckStatus.MISSING if item.code in but else CheckStatus.OK
        uow.add(
            HouseCheck(
                dwelling_id=dwelling.id,
                household_id=household.id,
                item_code=item.code,
                status=status,
                checked_at=uow.now,
            )
        )


def a_treasurer(uow: UnitOfWork, group: SponsorGroup) -> Actor:
    """Make a member who keeps the group's books."""
    return a_sponsor(uow, group, sponsors.MemberRole.TREASURER)


def a_sponsor(
    uow: UnitOfWork, group: SponsorGroup, role: sponsors.MemberRole = sponsors.MemberRole.BEFRIENDER
) -> Actor:
    """Make a member who is confirmed and vetted, and does something for the group."""
    user = a_user(uow, Role.SPONSOR_MEMBER)
    a_member(uow, group, user_id=user.id, roles=(role,))
    roles = frozenset({(group.id, str(role))})
    group_ids = frozenset({group.id})
    return Actor(Role.SPONSOR_MEMBER, user.id, "Tama", group_ids=group_ids, group_roles=roles)
