"""Questions about the quality of records: what is wrong, by team and in one's own files."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.quality.checks import CHECKS, Check

MOST = 50
NOWHERE = "-"


@dataclass(frozen=True, slots=True)
class Team:
    """How many households of a place have a fault: a number, and no file."""

    location: str
    households: int


@dataclass(frozen=True, slots=True)
class File:
    """A household of the reader's own that has a fault."""

    id: UUID
    household_id: UUID
    reference: str


@dataclass(frozen=True, slots=True)
class Found:
    """What one check found. `files` are the reader's own; `teams` for who leads teams."""

    code: str
    fault: str
    title: str
    mend: str
    endpoint: str
    files: Sequence[File]
    more: bool
    teams: Sequence[Team]


def found(uow: UnitOfWork) -> Sequence[Found]:
    """Look for every fault: in the reader's own files, and by team for who leads one."""
    uow.require(Permission.QUALITY_READ)
    opens, leads = uow.allows(Permission.CASE_READ), uow.allows(Permission.TEAM_LEAD)
    return [
        _found(check, _files(uow, check) if opens else [], _teams(uow, check) if leads else [])
        for check in CHECKS
    ]


def _found(check: Check, files: Sequence[File], teams: Sequence[Team]) -> Found:
    return Found(
        code=check.code,
        fault=check.fault.value,
        title=check.title,
        mend=check.mend,
        endpoint=check.endpoint,
        files=files[:MOST],
        more=len(files) > MOST,
        teams=teams,
    )


def _files(uow: UnitOfWork, check: Check) -> list[File]:
    query = uow.columns(Household, Household.id, Household.reference).where(check.clause(uow))
    ordered = uow.touching(query, *check.reads).order_by(Household.reference).limit(MOST + 1)
    return [File(row.id, row.id, row.reference) for row in uow.rows(ordered)]


def _teams(uow: UnitOfWork, check: Check) -> list[Team]:
    query = uow.figures(
        Permission.QUALITY_READ,
        Household.location,
        func.count(Household.id).label("households"),
        over=[Household, *check.reads],
    ).where(check.clause(uow))
    rows = uow.rows(query.group_by(Household.location).order_by(Household.location))
    return [Team(row.location or NOWHERE, row.households) for row in rows]
