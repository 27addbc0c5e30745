"""The reports that a group owes on a household: due from the deed's schedule and the arrival."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.sponsors import rules
from resettle.sponsors.models import Deed, ReportDue


@dataclass(frozen=True, slots=True)
class Between:
    """A household and a group, of whom is asked whether this very group supports it."""

    household_id: UUID
    group_id: UUID


def open_to(
    uow: UnitOfWork,
    household_id: UUID,
    group_id: UUID,
    to: Permission = Permission.REPORT_OPEN,
) -> bool:
    """Say whether a group that owes reports on a household may still know of it.

    Its members may be near the household by another group of theirs, which owes other reports.
    """
    return uow.allows(to, Between(household_id, group_id))


def owe(uow: UnitOfWork, deed: Deed, household_id: UUID, arrived_on: date, *, since: date) -> None:
    """Put down what falls due from an arrival; if the day has moved, move what is still owed.

    A group owes nothing for the time before `since`, when it took the household on.
    """
    owed = {report.code: report for report in owed_on(uow, deed.group_id, household_id)}
    for code, due_on in rules.report_due_on(arrived_on, deed.report_days).items():
        if code not in owed:
            if due_on < since:
                continue
            report = ReportDue(
                group_id=deed.group_id,
                household_id=household_id,
                deed_id=deed.id,
                code=code,
                due_on=due_on,
            )
            uow.session.add(report)
        elif owed[code].submitted_on is None:
            owed[code].due_on, owed[code].cancelled_on = due_on, None
    uow.session.flush()


def reschedule(uow: UnitOfWork, deed: Deed, before: Mapping[str, int]) -> None:
    """Move what is still owed under a deed to the days of its new schedule."""
    live = uow.select(ReportDue).where(
        ReportDue.deed_id == deed.id,
        ReportDue.submitted_on.is_(None),
        ReportDue.cancelled_on.is_(None),
    )
    owed = [report for report in uow.all(live) if report.code in before]
    arrivals = {r.household_id: r.due_on - timedelta(days=before[r.code]) for r in owed}
    for report in owed:
        if report.code not in deed.report_days:
            report.cancelled_on = uow.today
    for household_id, arrived_on in arrivals.items():
        owe(uow, deed, household_id, arrived_on, since=uow.today)


def cancel(uow: UnitOfWork, group_id: UUID, household_id: UUID, ended_on: date) -> None:
    """Ask no more of a group for a household that it does not support any longer."""
    for report in owed_on(uow, group_id, household_id):
        if report.submitted_on is None and report.due_on > ended_on:
            report.cancelled_on = ended_on


def owed_on(uow: UnitOfWork, group_id: UUID, household_id: UUID) -> list[ReportDue]:
    query = uow.select(ReportDue).where(
        ReportDue.group_id == group_id, ReportDue.household_id == household_id
    )
    return [*uow.all(query)]
