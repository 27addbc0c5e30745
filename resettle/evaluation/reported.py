"""What reports of groups tell, read by the system for figures: in time, all well, as families say.

Like outcomes.py, called by makers of figures alone, within the protected path.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func

from resettle.core.crypto import Keyring
from resettle.core.work import UnitOfWork
from resettle.evaluation.definition import IndicatorDefinition
from resettle.evaluation.outcomes import MET, NOT_MET, Outcome
from resettle.releases.keys import ReleaseKeys
from resettle.reports.models import FamilySection, GroupReport
from resettle.reports.queries import submitted_facts
from resettle.reports.rules import Status
from resettle.sponsors.models import ReportDue

WELL = frozenset({Status.ON_TRACK.value, Status.DONE.value})


def in_time(uow: UnitOfWork, definition: IndicatorDefinition, as_at: date) -> Sequence[Outcome]:
    """Say which reports came first within so many days of their day, of those that were due."""
    keys, due = ReleaseKeys.of(uow.use(Keyring)), ReportDue
    grace = timedelta(days=definition.grace_days)
    query = uow.columns(due, due.id, due.household_id, due.due_on, due.submitted_on).where(
        due.due_on <= as_at - grace, due.cancelled_on.is_(None)
    )
    rows, editions = uow.rows(query.order_by(due.id)), _first_editions(uow)
    # What came on paper has no edition.
    came = {row.id: editions.get(row.id, row.submitted_on) for row in rows}
    return [
        Outcome(
            keys.name(row.id),
            "",
            keys.name(row.household_id),
            MET if came[row.id] and came[row.id] <= row.due_on + grace else NOT_MET,
        )
        for row in rows
    ]


def _first_editions(uow: UnitOfWork) -> Mapping[UUID, date]:
    report = GroupReport
    first = func.min(report.submitted_on).label("first")
    query = uow.columns(report, report.report_due_id, first).group_by(report.report_due_id)
    return {row.report_due_id: row.first for row in uow.rows(query)}


def all_well(uow: UnitOfWork, definition: IndicatorDefinition, as_at: date) -> Sequence[Outcome]:
    """Say of which households the last accepted report has every domain on track or done."""
    keys = ReleaseKeys.of(uow.use(Keyring))
    since = as_at - timedelta(days=definition.within_days - 1)
    last = {each.household_id: each for each in submitted_facts(uow, since, as_at)}
    return [
        Outcome(name, "", name, MET if WELL.issuperset(told.statuses.values()) else NOT_MET)
        for name, told in ((keys.name(id_), told) for id_, told in last.items())
    ]


def families(uow: UnitOfWork, definition: IndicatorDefinition, as_at: date) -> Sequence[Outcome]:
    """Say which adults rated their support well when a report last asked them."""
    keys, said = ReleaseKeys.of(uow.use(Keyring)), FamilySection
    since = as_at - timedelta(days=definition.within_days - 1)
    query = uow.columns(said, said.person_id, said.household_id, said.rating).where(
        said.said_on >= since, said.said_on <= as_at
    )
    last = {row.person_id: row for row in uow.rows(query.order_by(said.said_on, said.id))}
    return [
        Outcome(
            keys.name(id_),
            keys.name(id_),
            keys.name(row.household_id),
            MET if row.rating >= definition.least else NOT_MET,
        )
        for id_, row in last.items()
    ]
