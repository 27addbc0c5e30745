"""Over JSON, what cases do for a household: opening one, who looks after it; caps."""

from collections.abc import Sequence
from uuid import UUID

from resettle.cases import acts, assigning, queries, rules, schemas, service, shapes
from resettle.cases.models import Assignment, ResettlementCase
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.web.api import Api

api = Api("cases_of_households_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>"


@api.does(
    "POST",
    HOUSEHOLD + "/cases",
    permission=Permission.CASE_OPEN,
    body=schemas.OpenCaseSchema(),
    returns=shapes.CaseShape(),
    status=201,
)
def open_case(uow: UnitOfWork, household_id: UUID, command: acts.OpenCase) -> ResettlementCase:
    """Open a case for a household."""
    return service.open_case(uow, household_id, command)


@api.reads(
    HOUSEHOLD + "/assignments",
    permission=Permission.CASE_ASSIGN,
    returns=shapes.AssignmentShape(),
    many=True,
)
def assignments(uow: UnitOfWork, household_id: UUID) -> Sequence[Assignment]:
    """Show who looks after a household, and who did."""
    household = uow.get(Household, household_id, to=Permission.CASE_ASSIGN)
    return queries.assignments(uow, household.id)


@api.does(
    "POST",
    HOUSEHOLD + "/assignments",
    permission=Permission.CASE_ASSIGN,
    body=schemas.AssignCaseworkerSchema(),
    returns=shapes.AssignmentShape(),
    status=201,
)
def assign(uow: UnitOfWork, household_id: UUID, command: acts.AssignCaseworker) -> Assignment:
    """Assign a caseworker, hand a household over, or arrange cover."""
    return assigning.assign(uow, household_id, command)


@api.does(
    "POST",
    "/assignments/<uuid:assignment_id>/end",
    permission=Permission.CASE_ASSIGN,
    body=schemas.EndAssignmentSchema(),
    returns=shapes.AssignmentShape(),
)
def end_assignment(uow: UnitOfWork, assignment_id: UUID, command: acts.EndAssignment) -> Assignment:
    """End the stay of a second caseworker, or a cover before its time."""
    return assigning.end(uow, assignment_id, command)


@api.reads(
    "/programmes/<string:code>/caps",
    permission=Permission.PROGRAMME_READ,
    returns=shapes.RoomShape(),
    many=True,
    filters=schemas.CapFiltersSchema(),
)
def caps(uow: UnitOfWork, code: str, wanted: queries.CapFilters) -> Sequence[rules.Room]:
    """Show how many places of a programme are reserved, used and left, in persons."""
    return queries.caps(uow, code, wanted.on)
