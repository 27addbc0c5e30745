"""How a house suits a household: its bedrooms, the way in, and the rent against the income."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember, MemberRole, Person
from resettle.households.rules import age_on
from resettle.placements import crowding, rules
from resettle.placements.crowding import Crowding, Occupant
from resettle.placements.models import Dwelling, HousingNeed
from resettle.settings import Settings

COUPLE = frozenset({MemberRole.PRINCIPAL, MemberRole.PARTNER})


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseFit:
    """`lacks` is in words; `rent_share` in percent, None where rent or income is not known."""

    dwelling_id: UUID
    household_id: UUID
    bedrooms: int
    bedrooms_needed: int
    crowding: Crowding
    room: str
    standard: str
    lacks: Sequence[str]
    rent_share: int | None
    rent_share_most: int


def fit(uow: UnitOfWork, dwelling: Dwelling, household: Household) -> HouseFit:
    """Tell how a house suits the people who belong to a household today."""
    uow.require(Permission.DWELLING_READ, household)
    needed = crowding.bedrooms_needed(occupants(uow, household.id))
    need = need_of(uow, household.id)
    income = None if need is None else need.weekly_income
    return HouseFit(
        dwelling_id=dwelling.id,
        household_id=household.id,
        bedrooms=dwelling.bedrooms,
        bedrooms_needed=needed,
        crowding=crowding.crowding(needed, dwelling.bedrooms),
        room=crowding.in_words(needed, dwelling.bedrooms),
        standard=crowding.STANDARD,
        lacks=[] if need is None else _lacks(dwelling, need),
        rent_share=rules.rent_share(dwelling.weekly_rent, income),
        rent_share_most=uow.use(Settings).rent_share_most,
    )


def _lacks(dwelling: Dwelling, need: HousingNeed) -> Sequence[str]:
    return rules.unmet(
        need.features,
        dwelling.features,
        wants_level=need.step_free,
        is_level=dwelling.step_free,
    )


def need_of(uow: UnitOfWork, household_id: UUID) -> HousingNeed | None:
    """Give what a household last told of the house that it needs."""
    return uow.first(_needs(uow, household_id))


def needs_of(uow: UnitOfWork, household_id: UUID) -> Sequence[HousingNeed]:
    household = uow.get(Household, household_id, to=Permission.DWELLING_READ)
    return uow.all(_needs(uow, household.id).limit(50))


def _needs(uow: UnitOfWork, household_id: UUID) -> Select[HousingNeed]:
    need = HousingNeed
    query = uow.select(need).where(need.household_id == household_id)
    return query.order_by(need.told_on.desc(), need.recorded_at.desc(), need.id)


def occupants(uow: UnitOfWork, household_id: UUID) -> Sequence[Occupant]:
    """Tell who is to sleep in a household's house: everybody who belongs to it today."""
    member = HouseholdMember
    query = uow.columns(member, member.role, Person.born_on, Person.sex).join(
        Person, Person.id == member.person_id
    )
    rows = uow.rows(
        uow.along(query, Person).where(
            member.household_id == household_id,
            member.left_on.is_(None),
            Person.deceased_on.is_(None),
        )
    )
    together = {row.role for row in rows} >= COUPLE
    return [
        Occupant(age_on(uow.today, row.born_on), row.sex.value, together and row.role in COUPLE)
        for row in rows
    ]
