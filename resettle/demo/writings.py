"""What caseworkers wrote for families and their sponsors, and what they have not finished."""

from datetime import date
from uuid import UUID

from resettle.casework import sharing
from resettle.casework.acts import ShareNote
from resettle.casework.models import ContactNote, Visibility
from resettle.casework.queries import readers
from resettle.core.actor import Actor
from resettle.core.drafts import Place, Ticket
from resettle.core.work import UnitOfWork
from resettle.demo.moments import Past
from resettle.drafts import service as drafts

SHARED = (
    ("Lifts to the clinic on Tuesday mornings would help for the next month.", "They drive"),
    ("The children would like to join the football club; training is on Saturdays.", "They coach"),
    (
        "Please keep Thursday evenings free: the English class has moved there.",
        "They plan the week",
    ),
)
UNFINISHED = (
    "Went through the letter from the landlord together. The bond is lodged, but",
    "Rang the school about the bus. They will",
)
EVERY = 4


def write(past: Past, caseworker: Actor, household_id: UUID, today: date, number: int) -> None:
    """Share a text with a supported household, and leave a note of some others half written."""
    with past.on(today, caseworker) as uow:
        _share(uow, household_id, number)
        if number % EVERY == 0:
            _begin(uow, household_id, UNFINISHED[number // EVERY % len(UNFINISHED)])


def _share(uow: UnitOfWork, household_id: UUID, number: int) -> None:
    note = uow.first(
        uow.select(ContactNote)
        .where(ContactNote.household_id == household_id, ContactNote.visibility == Visibility.STAFF)
        .order_by(ContactNote.occurred_at.desc(), ContactNote.id)
    )
    if note is None or readers(uow, household_id) is None:
        return
    text, reason = SHARED[number % len(SHARED)]
    sharing.share(uow, note.id, ShareNote(text=text, reason=reason))


def _begin(uow: UnitOfWork, household_id: UUID, text: str) -> None:
    """Leave a contact half written, as when the telephone rings."""
    assert uow.actor.user_id is not None
    path = f"/households/{household_id}/contact"
    place = Place("casework.contact", path, household_id)
    ticket = Ticket(uow.actor.user_id, place, "Record contact", household_id.hex)
    values = {"channel": "phone", "text": text}
    drafts.keep(uow, ticket, {"values": values, "was": {}, "version": None})
