"""People who come and go over JSON, under the addresses of households: each is a change."""

from uuid import UUID

from resettle.changes import members, service
from resettle.changes.schemas import PreviewShape
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households import acts, schemas
from resettle.households.models import HouseholdMember
from resettle.households.shapes import HouseholdMemberShape
from resettle.web.api import Api

api = Api("members_api", __name__, url_prefix="/api/households")
HOUSEHOLD = "/<uuid:household_id>"


@api.does(
    "POST",
    f"{HOUSEHOLD}/members",
    permission=Permission.HOUSEHOLD_CHANGE,
    body=schemas.JoinHouseholdSchema(),
    returns=HouseholdMemberShape(),
    status=201,
)
def join(uow: UnitOfWork, household_id: UUID, command: acts.JoinHousehold) -> HouseholdMember:
    """Let somebody join a household."""
    return members.take_in(uow, household_id, command)


# Asked by POST, since names and birth days have no place in an address. It leaves nothing behind.
@api.does(
    "POST",
    f"{HOUSEHOLD}/members/preview",
    permission=Permission.HOUSEHOLD_CHANGE,
    body=schemas.JoinHouseholdSchema(),
    returns=PreviewShape(),
    replayed=False,
)
def preview_joining(
    uow: UnitOfWork, household_id: UUID, command: acts.JoinHousehold
) -> service.Preview:
    """Tell in words everything that would follow if somebody joined."""
    return service.preview(uow, household_id, command)


@api.does(
    "POST",
    f"{HOUSEHOLD}/births",
    permission=Permission.HOUSEHOLD_CHANGE,
    body=schemas.RecordBirthSchema(),
    returns=HouseholdMemberShape(),
    status=201,
)
def bear(uow: UnitOfWork, household_id: UUID, command: acts.RecordBirth) -> HouseholdMember:
    """Record a birth in a household."""
    return members.take_in(uow, household_id, command)


@api.does(
    "POST",
    "/members/<uuid:member_id>/departure",
    permission=Permission.HOUSEHOLD_CHANGE,
    body=schemas.RecordDepartureSchema(),
    returns=HouseholdMemberShape(),
)
def depart(uow: UnitOfWork, member_id: UUID, command: acts.RecordDeparture) -> HouseholdMember:
    """Record that a member has left the household, or has died."""
    return members.let_go(uow, member_id, command)


@api.does(
    "POST",
    "/members/<uuid:member_id>/departure/preview",
    permission=Permission.HOUSEHOLD_CHANGE,
    body=schemas.RecordDepartureSchema(),
    returns=PreviewShape(),
    replayed=False,
)
def preview_departure(
    uow: UnitOfWork, member_id: UUID, command: acts.RecordDeparture
) -> service.Preview:
    """Tell in words everything that would follow if a member left, or had died."""
    return members.preview_departure(uow, member_id, command)
