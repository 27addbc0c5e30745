"""Questions about appointments: whose, when, and with what they clash."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select

from resettle.appointments import rules
from resettle.appointments.models import Appointment, Outcome
from resettle.appointments.rules import Slot
from resettle.core.clock import AUCKLAND
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "starts": (Appointment.starts_at.expression,)
}
SAME_PEOPLE = "The same people have another appointment at that time."
SAME_COMPANION = "Whoever goes along has another appointment at that time."
NO_INTERPRETER = "No interpreter is booked yet."


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentFilters:
    first: date | None = None
    last: date | None = None
    outcome: Outcome | None = None


def of_household(
    uow: UnitOfWork, household_id: UUID, wanted: AppointmentFilters
) -> Select[Appointment]:
    household = uow.get(Household, household_id, to=Permission.APPOINTMENT_READ)
    return _narrowed(uow, wanted).where(Appointment.household_id == household.id)


def mine(uow: UnitOfWork, wanted: AppointmentFilters) -> Select[Appointment]:
    """List the appointments of all the reader's households."""
    uow.require(Permission.APPOINTMENT_READ)
    return _narrowed(uow, wanted)


def _narrowed(uow: UnitOfWork, wanted: AppointmentFilters) -> Select[Appointment]:
    query = uow.select(Appointment)
    if wanted.first is not None:
        begins, _ = rules.midnights(wanted.first, wanted.first, AUCKLAND)
        query = query.where(Appointment.starts_at >= begins)
    if wanted.last is not None:
        _, ends = rules.midnights(wanted.last, wanted.last, AUCKLAND)
        query = query.where(Appointment.starts_at < ends)
    if wanted.outcome is not None:
        query = query.where(Appointment.outcome == wanted.outcome)
    return query


def from_day(on: date) -> ColumnElement[bool]:
    """Pick what is planned from a day on: of what was before, somebody can still say what came."""
    return (Appointment.outcome == Outcome.PLANNED) & (
        Appointment.starts_at >= rules.midnights(on, on, AUCKLAND)[0]
    )


def slot(row: Appointment | Row[Any]) -> Slot:
    return Slot(
        row.id, row.household_id, row.person_id, row.companion_id, row.starts_at, row.ends_at
    )


def warnings(uow: UnitOfWork, rows: Sequence[Appointment]) -> Mapping[UUID, tuple[str, ...]]:
    """Warn of each appointment that is still to come, in a constant number of queries.

    That a companion is taken is told though the other household may not be the reader's: nothing
    of it but that there is something at that time.
    """
    planned = [row for row in rows if row.outcome is Outcome.PLANNED]
    if not planned:
        return {}
    begins = min(row.starts_at for row in planned)
    ends = max(row.ends_at for row in planned)
    others = [slot(row) for row in uow.all(_planned_between(uow, begins, ends))]
    taken = _taken(uow, planned, begins, ends)
    return {row.id: tuple(_of(row, others, taken)) for row in planned}


def _of(row: Appointment, others: Iterable[Slot], taken: Sequence[Slot]) -> Iterable[str]:
    needed, booked = row.interpreter_needed, row.interpreter_booked
    if rules.lacks_interpreter(row.outcome.value, needed=needed, booked=booked):
        yield NO_INTERPRETER
    met = rules.clashes(slot(row), others)
    if any(clash.of_people for clash in met):
        yield SAME_PEOPLE
    if any(rules.overlap(slot(row), each) for each in _of_companion(row, taken)):
        yield SAME_COMPANION


def _of_companion(row: Appointment, taken: Sequence[Slot]) -> Iterable[Slot]:
    return (s for s in taken if s.id != row.id and rules.same_companion(slot(row), s))


def _planned_between(uow: UnitOfWork, begins: datetime, ends: datetime) -> Select[Appointment]:
    return uow.select(Appointment).where(
        Appointment.outcome == Outcome.PLANNED,
        Appointment.starts_at < ends,
        Appointment.ends_at > begins,
    )


def _taken(
    uow: UnitOfWork, rows: Sequence[Appointment], begins: datetime, ends: datetime
) -> list[Slot]:
    """Tell when companions are taken, whoever asks: their time, and nothing that is shown."""
    columns: tuple[Any, ...] = (
        Appointment.id,
        Appointment.household_id,
        Appointment.person_id,
        Appointment.companion_id,
        Appointment.starts_at,
        Appointment.ends_at,
    )
    query: Select[Any] = select(*columns).where(
        Appointment.companion_id.in_({row.companion_id for row in rows if row.companion_id}),
        Appointment.outcome == Outcome.PLANNED,
        Appointment.starts_at < ends,
        Appointment.ends_at > begins,
    )
    return [slot(row) for row in uow.rows(uow.touching(query, Appointment))]


@dataclass(frozen=True, slots=True)
class Warned:
    """What to think of before an appointment, in sentences."""

    household_id: UUID
    warnings: tuple[str, ...]


def warned(uow: UnitOfWork, appointment_id: UUID) -> Warned:
    row = uow.get(Appointment, appointment_id, to=Permission.APPOINTMENT_READ)
    return Warned(row.household_id, warnings(uow, [row]).get(row.id, ()))
