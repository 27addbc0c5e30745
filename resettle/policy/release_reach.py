"""Who may know of which figures."""

from sqlalchemy import ColumnElement, and_, false, true

from resettle.core.actor import Duty, Role
from resettle.core.work import UnitOfWork
from resettle.releases.models import Release, ReleaseStatus
from resettle.runs.models import ReportRun

ALL_REPORTS = frozenset({Role.AUDITOR, Role.EVALUATOR})
READERS = frozenset({Role.CASEWORKER, Role.AUDITOR, Role.EVALUATOR})


def release_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Figures that were let go; before that, those who make them and let them go."""
    out = Release.status == ReleaseStatus.RELEASED
    if uow.actor.role is Role.PROGRAMME_MANAGER or Duty.PRIVACY_OFFICER in uow.actor.duties:
        return true()
    if uow.actor.role in READERS:
        return out
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return and_(out, Release.audience == "public")
    return false()


def run_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show reports that were let go; before that, those who make them and let them go."""
    if uow.actor.role is Role.PROGRAMME_MANAGER or Duty.PRIVACY_OFFICER in uow.actor.duties:
        return true()
    if uow.actor.role in ALL_REPORTS:
        return ReportRun.confirmed_at.is_not(None)
    return false()


def nobody(_uow: UnitOfWork) -> ColumnElement[bool]:
    """Rows that only the system reads."""
    return false()
