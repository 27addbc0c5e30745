"""How far a reader's knowledge of what went wrong, is said or planned reaches."""

from sqlalchemy import ColumnElement, and_, false, or_, true

from resettle.appointments.models import Appointment
from resettle.complaints.models import Complaint
from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.incidents.models import Incident
from resettle.policy import reach, relations
from resettle.voices.models import Voice


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


def appointment_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show appointments to caseworkers; at home those of all, one's own, and one's children's."""
    if uow.actor.role is not Role.HOUSEHOLD_PERSON:
        return reach.for_caseworkers(Appointment.household_id)(uow)
    near = reach.of_household(Appointment.household_id)(uow)
    mine = Appointment.person_id.in_(relations.spoken_for(uow))
    return and_(near, or_(Appointment.person_id.is_(None), mine))


def voice_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show what somebody said to them and to their caseworkers; not to others at home."""
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return Voice.person_id == uow.actor.person_id
    return reach.for_caseworkers(Voice.household_id)(uow)
