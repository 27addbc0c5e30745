"""Questions about reports: what is owed and how it stands, its editions, the family's word."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_

from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.definition import Programme
from resettle.reports import rules
from resettle.reports.models import FamilySection, GroupReport, ReportComment
from resettle.reports.rules import DOMAINS, Stage
from resettle.sponsors.models import ReportDue
from resettle.sponsors.reports import open_to

MOST = 200
ASKED_BEFORE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Owed:
    """One report that is owed or was given, and how it stands."""

    id: UUID
    group_id: UUID
    household_id: UUID
    code: str
    due_on: date
    standing: str
    edition: int


def owed(uow: UnitOfWork, household_id: UUID | None = None) -> Sequence[Owed]:
    """List the reports that the reader may know of, what waits longest first."""
    uow.require(Permission.REPORT_OPEN)
    query = uow.select(ReportDue).where(ReportDue.cancelled_on.is_(None))
    if household_id is not None:
        query = query.where(ReportDue.household_id == household_id)
    query = uow.along(query.join(Household, Household.id == ReportDue.household_id), Household)
    order = (_is_done(uow), ReportDue.due_on, ReportDue.id)
    dues = uow.all(uow.touching(query, GroupReport).order_by(*order).limit(MOST))
    dues = [due for due in dues if open_to(uow, due.household_id, due.group_id)]
    latest = _latest(uow, [due.id for due in dues])
    return [_owed(uow, due, latest.get(due.id)) for due in dues]


def household_of(
    uow: UnitOfWork, due: ReportDue, to: Permission = Permission.REPORT_OPEN
) -> Household:
    """Fetch the household of a report; NotFound where the group that owes it is gone from there."""
    household = uow.get(Household, due.household_id, to=to)
    if not open_to(uow, household.id, due.group_id, to):
        raise NotFound("There is no such record, or it is not yours to see.")
    return household


def _is_done(uow: UnitOfWork) -> ColumnElement[bool]:
    """Say whether nobody waits for anything: it was accepted, or it came on paper."""
    read = uow.subquery(GroupReport, GroupReport.report_due_id)
    came = ReportDue.id.in_(read.where(GroupReport.stage == Stage.SUBMITTED))
    return or_(ReportDue.accepted_on.is_not(None), and_(ReportDue.submitted_on.is_not(None), ~came))


def on_paper_on(due: ReportDue, latest: Stage | None) -> date | None:
    """Tell when a report came on paper: it was given, and no edition of it is on record."""
    return due.submitted_on if rules.may_submit(latest) else None


def _owed(uow: UnitOfWork, due: ReportDue, latest: tuple[int, Stage] | None) -> Owed:
    edition, stage = latest or (0, None)
    word = rules.standing(stage, due.due_on, uow.today, on_paper=due.submitted_on is not None)
    return Owed(due.id, due.group_id, due.household_id, due.code, due.due_on, word, edition)


def _latest(uow: UnitOfWork, ids: Sequence[UUID]) -> Mapping[UUID, tuple[int, Stage]]:
    query = uow.columns(
        GroupReport, GroupReport.report_due_id, GroupReport.edition, GroupReport.stage
    ).where(GroupReport.report_due_id.in_(ids))
    rows = uow.rows(query.order_by(GroupReport.edition))
    return {row.report_due_id: (row.edition, row.stage) for row in rows}


def asked_of_family(uow: UnitOfWork, household_id: UUID) -> UUID | None:
    """Name the report on which the family may have its say now: the one that is due next."""
    uow.require(Permission.REPORT_FAMILY)
    query = uow.select(ReportDue).where(
        ReportDue.household_id == household_id,
        ReportDue.cancelled_on.is_(None),
        ReportDue.accepted_on.is_(None),
        ReportDue.due_on <= uow.today + ASKED_BEFORE,
    )
    due = uow.first(query.order_by(ReportDue.due_on.desc(), ReportDue.id))
    return None if due is None else due.id


def editions(uow: UnitOfWork, due: ReportDue) -> Sequence[GroupReport]:
    """Give what was submitted, the newest edition first."""
    uow.unlock([due.household_id])
    query = uow.select(GroupReport).where(GroupReport.report_due_id == due.id)
    return uow.all(query.order_by(GroupReport.edition.desc()))


def latest(uow: UnitOfWork, due: ReportDue) -> GroupReport | None:
    return next(iter(editions(uow, due)), None)


def said_before(uow: UnitOfWork, due: ReportDue) -> GroupReport | None:
    """Find what the group said last of this household: in this report, or else in another one."""
    query = uow.select(GroupReport).where(
        GroupReport.household_id == due.household_id, GroupReport.group_id == due.group_id
    )
    of_another = GroupReport.report_due_id != due.id
    order = (of_another, GroupReport.submitted_on.desc(), GroupReport.edition.desc())
    return uow.first(query.order_by(*order))


def comments(uow: UnitOfWork, report_ids: Sequence[UUID]) -> Sequence[ReportComment]:
    query = uow.select(ReportComment).where(ReportComment.group_report_id.in_(report_ids))
    return uow.all(query.order_by(ReportComment.line, ReportComment.id))


def sections(uow: UnitOfWork, due: ReportDue) -> Sequence[FamilySection]:
    """Give what the family said, as far as the reader may know of it."""
    query = uow.select(FamilySection).where(FamilySection.report_due_id == due.id)
    found = uow.all(query.order_by(FamilySection.said_on, FamilySection.id))
    uow.unlock([section.person_id for section in found])
    return found


def programme_of(uow: UnitOfWork, household: Household) -> Programme:
    return uow.use(Catalogue).get(household.programme_code, household.programme_version)


def domains_of(programme: Programme) -> Sequence[tuple[str, str]]:
    """Name the domains of which a report tells, in the order in which it does."""
    named = {domain.code: domain.name for domain in programme.domains}
    return [(code, named[code]) for code in DOMAINS if code in named]


def title_of(programme: Programme, code: str) -> str:
    return next((r.title for r in programme.reports if r.code == code), code)


@dataclass(frozen=True, slots=True)
class Submitted:
    """The facts of one accepted report, as evaluation counts them: numbers and codes alone."""

    household_id: UUID
    code: str
    from_on: date
    submitted_on: date
    days_late: int
    statuses: Mapping[str, str]
    milestones_met: int
    minutes: int
    contacts: int
    spent_cents: int


def submitted_facts(uow: UnitOfWork, first: date, last: date) -> Sequence[Submitted]:
    """Give the facts of the reports that were accepted, and submitted between two days."""
    columns: tuple[Any, ...] = (
        *(GroupReport.household_id, GroupReport.from_on, GroupReport.submitted_on),
        *(GroupReport.statuses, GroupReport.milestones_met, GroupReport.minutes),
        *(GroupReport.contacts, GroupReport.spent_cents, ReportDue.code, ReportDue.due_on),
    )
    query = (
        uow.columns(GroupReport, *columns)
        .join(ReportDue, ReportDue.id == GroupReport.report_due_id)
        .where(
            GroupReport.stage == Stage.ACCEPTED,
            GroupReport.submitted_on >= first,
            GroupReport.submitted_on <= last,
        )
        .order_by(GroupReport.submitted_on, GroupReport.id)
    )
    return [_submitted(row) for row in uow.rows(uow.along(query, ReportDue))]


def _submitted(row: Any) -> Submitted:
    return Submitted(
        row.household_id,
        row.code,
        row.from_on,
        row.submitted_on,
        max(0, (row.submitted_on - row.due_on).days),
        row.statuses,
        row.milestones_met,
        row.minutes,
        row.contacts,
        row.spent_cents,
    )


def read(text: str | None) -> dict[str, Any]:
    """Read what was frozen as JSON."""
    found: dict[str, Any] = json.loads(text) if text else {}
    return found
