"""A sponsor group in the middle of its week: a household that it supports, and who does what."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from resettle.consents.models import Item
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.clock import AUCKLAND
from resettle.core.work import Transactions, UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import current_members
from resettle.placements.models import SponsorshipStatus
from resettle.placements.queries import adults_at_home
from resettle.roster.models import Shift, ShiftKind
from resettle.sponsors.models import SponsorGroup, SponsorMember
from tests import groups
from tests.world import a_user

TODAY = date(2026, 3, 2)
LATER = date(2028, 1, 1)


@dataclass(frozen=True, slots=True)
class Company:
    """A group with its household: who leads, who helps, who looks after the family, the family."""

    household: Household
    group: SponsorGroup
    lead: Actor
    helper: Actor
    worker: Actor
    person: Actor
    lead_member: SponsorMember
    helper_member: SponsorMember


def a_company(uow: UnitOfWork, **car: Any) -> Company:
    """Make a couple with a child of six, supported by a group; the helper has this car."""
    household = groups.a_family(uow, born=(groups.ADULT, groups.ADULT, date(2019, 5, 1)))
    group = groups.a_group(uow, status="ACTIVE")
    match = groups.a_match(uow, group, household, status=SponsorshipStatus.CONFIRMED)
    for person_id in adults_at_home(uow, household.id, uow.today):
        groups.shares(uow, household.id, person_id, match.group_id, Item.NAME)
    lead, lead_member = _joined(uow, group, Role.SPONSOR_COORDINATOR, "Ruth Ellison")
    helper, helper_member = _joined(uow, group, Role.SPONSOR_MEMBER, "Tom Fraser", **car)
    first = current_members(uow, household.id)[0].person_id
    user = a_user(uow, Role.HOUSEHOLD_PERSON, person_id=first)
    person = Actor(Role.HOUSEHOLD_PERSON, user_id=user.id, person_id=first)
    worker = groups.a_caseworker(uow, household)
    return Company(household, group, lead, helper, worker, person, lead_member, helper_member)


def _joined(
    uow: UnitOfWork, group: SponsorGroup, role: Role, name: str, **car: Any
) -> tuple[Actor, SponsorMember]:
    user = a_user(uow, role, name=name)
    member = groups.a_member(uow, group, user_id=user.id)
    member.name = name
    for field, value in car.items():
        setattr(member, field, value)
    return Actor(role, user.id, name, group_ids=frozenset({group.id})), member


def company(transactions: Transactions, **car: Any) -> Company:
    with transactions.begin(SYSTEM, "arrange") as uow:
        return a_company(uow, **car)


def at(hour: int, day: date = TODAY, minute: int = 0) -> datetime:
    """Give a time of the clock in New Zealand."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AUCKLAND)


def a_shift(uow: UnitOfWork, made: Company, **facts: Any) -> Shift:
    """Make an open visit of an hour, beginning at ten today."""
    begins = facts.pop("starts_at", at(10))
    usual = {
        "household_id": made.household.id,
        "group_id": made.group.id,
        "kind": ShiftKind.VISIT,
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=1),
    }
    return uow.add(Shift(**usual | facts))
