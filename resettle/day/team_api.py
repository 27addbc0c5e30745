"""Over JSON: the team leader's board, many households put into other hands, and leave."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.cases import acts, assigning, covering
from resettle.cases.absences import Absence
from resettle.cases.assigning import Reassigned
from resettle.cases.covering import Covered
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day import team_shapes as shapes
from resettle.day.board import Board
from resettle.day.board import board as look
from resettle.web.api import Api

api = Api("team_api", __name__, url_prefix="/api")
ABSENCE = "/absences/<uuid:absence_id>"


@api.reads("/team", permission=Permission.TEAM_LEAD, returns=shapes.BoardShape())
def board(uow: UnitOfWork) -> Board:
    """Show who has what: late, silent, put off, and without a caseworker."""
    return look(uow)


@api.does(
    "POST",
    "/assignments",
    permission=Permission.CASE_ASSIGN,
    body=shapes.ReassignSchema(),
    returns=shapes.ReassignedShape(),
    many=True,
)
def reassign(uow: UnitOfWork, command: acts.Reassign) -> Sequence[Reassigned]:
    """Let one caseworker take over several households; each is told by itself."""
    return assigning.reassign(uow, command)


@api.does(
    "POST",
    "/assignments/undo",
    permission=Permission.CASE_ASSIGN,
    body=shapes.TakeBackSchema(),
    returns=shapes.ReassignedShape(),
    many=True,
)
def take_back(uow: UnitOfWork, command: acts.TakeBack) -> Sequence[Reassigned]:
    """Undo assignments that one made within the hour."""
    return assigning.take_back(uow, command)


@api.lists(
    "/absences",
    permission=Permission.ABSENCE_PLAN,
    returns=shapes.AbsenceShape(),
    sorts={"from": (Absence.from_on,)},
)
def absences(uow: UnitOfWork) -> Select[Any]:
    """List one's own leaves that are not over, or the team's."""
    return covering.absences(uow)


@api.does(
    "POST",
    "/absences",
    permission=Permission.ABSENCE_PLAN,
    body=shapes.PlanAbsenceSchema(),
    returns=shapes.AbsenceShape(),
    status=201,
)
def plan(uow: UnitOfWork, command: covering.PlanAbsence) -> Absence:
    """Plan a leave, and who stands in."""
    return covering.plan(uow, command)


@api.reads(
    ABSENCE + "/covers",
    permission=Permission.ABSENCE_PLAN,
    returns=shapes.CoveredShape(),
    many=True,
)
def covers(uow: UnitOfWork, absence_id: UUID) -> Sequence[Covered]:
    """Show who stands in for each household during a leave, and where nobody does."""
    return covering.covered(uow, absence_id)[1]


@api.does(
    "POST",
    ABSENCE + "/covers",
    permission=Permission.ABSENCE_PLAN,
    body=shapes.CoverHouseholdSchema(),
    returns=shapes.AbsenceShape(),
)
def cover(uow: UnitOfWork, absence_id: UUID, command: covering.CoverHousehold) -> Absence:
    """Name who stands in for one household."""
    return covering.cover(uow, absence_id, command)


@api.does(
    "POST",
    ABSENCE + "/end",
    permission=Permission.ABSENCE_PLAN,
    body=shapes.ComeBackSchema(),
    returns=shapes.AbsenceShape(),
)
def come_back(uow: UnitOfWork, absence_id: UUID, command: covering.ComeBack) -> Absence:
    """Come back on another day, or take a leave back."""
    return covering.come_back(uow, absence_id, command)
