"""What becomes of appointments when somebody leaves a household, or all of it does."""

from uuid import UUID

from sqlalchemy import ColumnElement

from resettle.appointments.events import AppointmentChanged
from resettle.appointments.models import Appointment, Outcome
from resettle.appointments.queries import from_day
from resettle.core.work import UnitOfWork
from resettle.households.events import HouseholdClosed, MemberLeft

LEFT = "Is no longer a member of the household."


def cancel_for_member(uow: UnitOfWork, event: MemberLeft) -> None:
    """Call off what somebody who left would have gone to from that day on."""
    whose = Appointment.person_id == event.person_id
    _cancel(uow, event.household_id, from_day(event.on) & whose, LEFT)


def cancel_for_household(uow: UnitOfWork, event: HouseholdClosed) -> None:
    _cancel(uow, event.household_id, from_day(event.on), event.why)


def _cancel(uow: UnitOfWork, household_id: UUID, which: ColumnElement[bool], reason: str) -> None:
    query = uow.select(Appointment).where(Appointment.household_id == household_id, which)
    for appointment in uow.all(query.order_by(Appointment.id)):
        appointment.outcome, appointment.outcome_note = Outcome.CANCELLED, reason
        uow.emit(AppointmentChanged(appointment.id))
    uow.session.flush()
