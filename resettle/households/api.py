"""Households over JSON, under /api/households: who lives together, and how that changes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.reading import Question
from resettle.core.work import UnitOfWork
from resettle.households import acts, queries, schemas, service, shapes
from resettle.households.models import Household, HouseholdMember
from resettle.web.api import Api

api = Api("households_api", __name__, url_prefix="/api/households")
HOUSEHOLD = "/<uuid:household_id>"
MEMBER = "/members/<uuid:member_id>"


@api.lists(
    "",
    permission=Permission.HOUSEHOLD_READ,
    returns=shapes.HouseholdRow(),
    sorts=queries.SORTS,
    filters=schemas.HouseholdFiltersSchema(),
)
def index(uow: UnitOfWork, wanted: queries.HouseholdFilters) -> Select[Any] | Question:
    """List the households that the reader works with, lives in or supports."""
    return queries.households(uow, wanted)


@api.does(
    "POST",
    "",
    permission=Permission.HOUSEHOLD_CREATE,
    body=schemas.OpenHouseholdSchema(),
    returns=shapes.HouseholdShape(),
    status=201,
)
def create(uow: UnitOfWork, command: acts.OpenHousehold) -> Household:
    """Open the file of a household with the people in it."""
    return service.open_household(uow, command)


@api.reads(HOUSEHOLD, permission=Permission.HOUSEHOLD_READ, returns=shapes.HouseholdFileShape())
def show(uow: UnitOfWork, household_id: UUID) -> Household:
    """Show a household with its people and their languages."""
    return queries.household_file(uow, household_id)


@api.does(
    "PATCH",
    HOUSEHOLD,
    permission=Permission.HOUSEHOLD_UPDATE,
    body=schemas.ChangeHouseholdSchema(),
    returns=shapes.HouseholdShape(),
)
def change(uow: UnitOfWork, household_id: UUID, command: acts.ChangeHousehold) -> Household:
    """Correct or complete what is known of a household."""
    return service.change_household(uow, household_id, command)


@api.reads(
    f"{HOUSEHOLD}/members",
    permission=Permission.PERSON_READ,
    returns=shapes.HouseholdMemberShape(),
    many=True,
)
def members(uow: UnitOfWork, household_id: UUID) -> Sequence[HouseholdMember]:
    """List who belongs to a household today."""
    return queries.members(uow, household_id)


@api.does(
    "PUT",
    f"{MEMBER}/guardian",
    permission=Permission.HOUSEHOLD_CHANGE,
    body=schemas.NameGuardianSchema(),
    returns=shapes.HouseholdMemberShape(),
)
def name_guardian(uow: UnitOfWork, member_id: UUID, command: acts.NameGuardian) -> HouseholdMember:
    """Record who is the legal guardian of a child."""
    return service.name_guardian(uow, member_id, command)
