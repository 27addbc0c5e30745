"""Sources of the queue whose day others set: appointments, and papers that run out."""

from collections.abc import Iterable
from datetime import timedelta

from resettle.appointments.models import Appointment, Outcome
from resettle.core.clock import day_of
from resettle.core.wording import within
from resettle.day.looks import Found, Look
from resettle.day.rules import Source
from resettle.documents.quarantine import TOO_LARGE
from resettle.documents.queries import to_file_anew
from resettle.documents.rules import State

AHEAD = timedelta(days=30)


def appointments(look: Look) -> Iterable[Found]:
    """Give those that are to come, and those of which nobody has said what became of them."""
    query = look.columns(
        Appointment,
        Appointment.id,
        Appointment.household_id,
        Appointment.person_id,
        Appointment.starts_at,
        Appointment.interpreter_needed,
        Appointment.interpreter_booked,
        Appointment.companion_id,
    ).where(Appointment.outcome == Outcome.PLANNED, Appointment.starts_at <= look.uow.now + AHEAD)
    for row in look.rows(query):
        past = row.starts_at < look.uow.now
        unbooked = row.interpreter_needed and not row.interpreter_booked and not past
        yield Found(
            source=Source.APPOINTMENT,
            subject_id=row.id,
            household_id=row.household_id,
            title="Record what became of the appointment" if past else "Appointment",
            due_on=day_of(row.starts_at),
            why="No interpreter is booked yet." if unbooked else "",
            owner_id=row.companion_id,
            person_id=row.person_id,
            way_id=row.id,
        )


def documents(look: Look) -> Iterable[Found]:
    """Give the papers to be filed anew: they run out within the month, or cannot be opened."""
    for document in to_file_anew(look.uow, look.today + AHEAD):
        if document.household_id in look.homes:
            held = document.state is State.TOO_LARGE
            what = within(document.kind)
            yield Found(
                source=Source.DOCUMENT,
                subject_id=document.id,
                household_id=document.household_id,
                title=f"Send a smaller file: {what}" if held else f"Renew: {what}",
                due_on=day_of(document.created_at) if held else document.expires_on,
                why=TOO_LARGE if held else "It runs out on that day.",
                way_id=document.id,
                person_id=document.person_id,
            )
