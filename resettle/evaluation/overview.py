"""What a programme manager asks first: places, groups, waiting, arrivals, capacity, what is late.

The team's own view: counts of operational facts, for programme managers alone. Whatever is told
by age, language, disability or outcome of people goes by way of `releases`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func

from resettle.cases import places
from resettle.cases.models import ResettlementCase
from resettle.cases.rules import Room
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evaluation import months, waiting
from resettle.evaluation.capacity import Left, Month, Resource, Strain
from resettle.evaluation.months import Asked
from resettle.evaluation.standing import Standing, standing
from resettle.evaluation.waiting import Reason
from resettle.incidents.models import Incident, IncidentStatus
from resettle.milestones.models import Milestone, Status
from resettle.programmes.catalogue import Catalogue, UnknownProgramme
from resettle.programmes.definition import Programme
from resettle.sponsors.models import ReportDue, SponsorGroup
from resettle.sponsors.queries import stages

READ = Permission.PIPELINE_READ
OLDEST = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """A household that waits, by its reference, since when it stands at its stage, and why."""

    household_id: UUID
    reference: str
    programme_code: str
    programme: str
    stage_code: str
    stage: str
    days: int
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Domain:
    """Steps of one domain: due so far, met in time, met late, not met and late."""

    code: str
    title: str
    due: int
    in_time: int
    late: int
    open: int


@dataclass(frozen=True, slots=True)
class GroupStatus:
    status: str
    title: str
    groups: int
    persons: int
    most_persons: int


def rooms(uow: UnitOfWork) -> Sequence[tuple[Programme, Room]]:
    """Measure the caps that hold today against the places that are taken, in persons."""
    uow.require(READ)
    catalogue = uow.use(Catalogue)
    found = []
    for code in _in_use(uow):
        try:
            programme = catalogue.in_force(code, uow.today)
        except UnknownProgramme:
            continue
        found += [(programme, room) for room in places.rooms(uow, programme, uow.today)]
    return found


def _in_use(uow: UnitOfWork) -> Sequence[str]:
    case = ResettlementCase
    query = uow.figures(READ, case.programme_code, func.count(case.id), over=[case])
    rows = uow.rows(query.group_by(case.programme_code).order_by(case.programme_code))
    return [row.programme_code for row in rows]


def groups(uow: UnitOfWork) -> Sequence[GroupStatus]:
    """Count sponsor groups by where they stand, and the places that they have."""
    group = SponsorGroup
    query = uow.figures(
        READ,
        group.status,
        func.count(group.id).label("groups"),
        func.sum(group.persons_now).label("persons"),
        func.coalesce(func.sum(group.max_persons), 0).label("most"),
        over=[group],
    )
    rows = uow.rows(
        query.group_by(group.status).order_by(func.count(group.id).desc(), group.status)
    )
    known = stages(uow)
    return [
        GroupStatus(r.status, known[r.status].title, r.groups, int(r.persons or 0), int(r.most))
        for r in rows
    ]


def longest(uow: UnitOfWork) -> Sequence[Waiting]:
    """Name the households that have stood longest at a stage that is no end, by reference."""
    case = ResettlementCase
    query = standing(uow, Standing()).where(case.stage.not_in(waiting.finals(uow.use(Catalogue))))
    return told(uow, uow.rows(query.order_by(case.stage_since, case.id).limit(OLDEST)))


def told(uow: UnitOfWork, rows: Sequence[Any]) -> Sequence[Waiting]:
    """Tell of rows of `standing` what their households wait for."""
    uow.require(READ)
    found = zip(rows, waiting.of_cases(uow, rows), strict=True)
    return [_waits(uow, row, reasons) for row, reasons in found]


def _waits(uow: UnitOfWork, row: Any, reasons: Sequence[str]) -> Waiting:
    programme = uow.use(Catalogue).versions(row.programme_code)[-1]
    titles = {stage.code: stage.title for stage in programme.stages}
    return Waiting(
        row.household_id,
        row.reference,
        programme.code,
        programme.title,
        row.stage,
        titles.get(row.stage, row.stage),
        (uow.today - row.stage_since).days,
        reasons,
    )


def domains(uow: UnitOfWork) -> Sequence[Domain]:
    """Count the steps that are due by domain: met in time, met late, late and not met."""
    step = Milestone
    met = step.status == Status.MET
    due = step.deadline & (step.due_on <= uow.today)
    due &= step.status.not_in([Status.NOT_APPLICABLE, Status.WAIVED])
    query = uow.figures(
        READ,
        step.domain,
        func.count(step.id).label("due"),
        func.count(step.id).filter(met, step.met_on <= step.due_on).label("in_time"),
        func.count(step.id).filter(met, step.met_on > step.due_on).label("late"),
        func.count(step.id).filter(~met).label("open"),
        over=[step],
    ).where(due)
    names = _domain_names(uow)
    rows = uow.rows(query.group_by(step.domain).order_by(step.domain))
    return [
        Domain(r.domain, names.get(r.domain, r.domain), r.due, r.in_time, r.late, r.open)
        for r in rows
    ]


def _domain_names(uow: UnitOfWork) -> Mapping[str, str]:
    programmes = uow.use(Catalogue).programmes.values()
    return {domain.code: domain.name for p in programmes for domain in p.domains}


def incidents(uow: UnitOfWork) -> Mapping[int, int]:
    """Count the incidents that are open, by how severe they are."""
    one = Incident
    query = uow.figures(READ, one.severity, func.count(one.id).label("many"), over=[one])
    query = query.where(one.status != IncidentStatus.CLOSED)
    rows = uow.rows(query.group_by(one.severity).order_by(one.severity.desc()))
    return {row.severity: row.many for row in rows}


def late_reports(uow: UnitOfWork) -> int:
    """Count the reports of groups that were due and are not there."""
    report = ReportDue
    query = uow.figures(READ, func.count(report.id).label("many"), over=[report]).where(
        report.due_on < uow.today,
        report.submitted_on.is_(None),
        report.cancelled_on.is_(None),
    )
    return int(uow.rows(query)[0].many)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All of it, for one page."""

    rooms: Sequence["RoomLine"]
    groups: Sequence[GroupStatus]
    waiting: Sequence[Waiting]
    reasons: Sequence[Reason]
    arrivals: Sequence[Month]
    ahead: Sequence[Month]
    month: date
    resources: Sequence[Resource]
    strains: Sequence[Strain]
    first: Strain | None
    left: Sequence[Left]
    domains: Sequence[Domain]
    late_reports: int
    incidents: int
    severe_incidents: int


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A cap of a programme against what is taken of it, in persons."""

    programme_code: str
    programme: str
    title: str
    persons: int
    reserved: int
    used: int
    left: int


SEVERE = 3


def overview(uow: UnitOfWork, asked: Asked) -> Overview:
    """Ask everything that a programme manager asks first."""
    uow.require(READ)
    found = months.outlook(uow, asked)
    open_now = incidents(uow)
    return Overview(
        rooms=[
            RoomLine(p.code, p.title, r.title, r.persons, r.reserved, r.used, r.left)
            for p, r in rooms(uow)
        ],
        groups=groups(uow),
        waiting=longest(uow),
        reasons=waiting.reasons(uow),
        arrivals=months.arrivals(uow),
        ahead=months.ahead(uow),
        month=found.month,
        resources=found.resources,
        strains=found.strains,
        first=found.first,
        left=found.left,
        domains=domains(uow),
        late_reports=late_reports(uow),
        incidents=sum(open_now.values()),
        severe_incidents=sum(n for severity, n in open_now.items() if severity >= SEVERE),
    )
