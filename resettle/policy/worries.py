"""How far a reader's knowledge of what went wrong reaches: incidents, complaints, crises."""

from sqlalchemy import ColumnElement, and_, false, or_, true

from resettle.complaints.models import Complaint
from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.incidents.models import Incident
from resettle.policy import reach


def incident_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Keep what is of safeguarding from who may not read it: not even that it is there is told."""
    known = reach.for_caseworkers(Incident.household_id)(uow)
    if uow.allows(Permission.PROTECTION_READ):
        return known
    return and_(known, Incident.safeguarding.is_(False))


def complaint_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Let managers read all but what is about themselves, and who complained their own."""
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return Complaint.person_id == uow.actor.person_id
    if uow.actor.role is not Role.PROGRAMME_MANAGER:
        return false()
    whom = Complaint.about_user_id
    return or_(whom.is_(None), whom != uow.actor.user_id)


def crisis_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show flags to all caseworkers and managers: they name places and communities, nobody."""
    staff = {Role.CASEWORKER, Role.PROGRAMME_MANAGER}
    return true() if uow.actor.role in staff else false()
