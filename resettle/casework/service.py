"""What is done in casework: contacts are written down, and become tasks."""

import json
from uuid import UUID

from resettle.casework import rules
from resettle.casework.acts import AmendNote, WriteNote
from resettle.casework.models import ContactNote
from resettle.casework.queries import NEEDS, shared_now
from resettle.core.clock import day_of
from resettle.core.errors import Conflict, Forbidden, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.programmes.catalogue import Catalogue
from resettle.tasks.models import Category, Task, TaskOrigin

COPIED = (
    "household_id",
    "occurred_at",
    "channel",
    "visibility",
    "language",
    "interpreter_used",
    "minutes",
    "domains",
    "present",
    "interpreter",
    "next_action",
    "next_due",
    "risk",
)


def write_note(uow: UnitOfWork, household_id: UUID, command: WriteNote) -> ContactNote:
    """Write a contact down. Its next action becomes a task of the author."""
    household = uow.get(Household, household_id, to=Permission.NOTE_WRITE)
    if command.visibility in NEEDS:
        uow.require(NEEDS[command.visibility], household)
    faults = rules.contact_faults(
        command.occurred_at, uow.now, command.next_action, command.next_due
    )
    if faults := faults | _domain_faults(uow, household, command.domains):
        raise Invalid(faults)
    note = uow.add(_note(uow, household.id, command))
    _follow_up(uow, note)
    return note


def _domain_faults(
    uow: UnitOfWork, household: Household, domains: list[str]
) -> dict[str, list[str]]:
    programme = uow.use(Catalogue).get(household.programme_code, household.programme_version)
    known = [domain.code for domain in programme.domains]
    if set(domains) <= set(known):
        return {}
    return {"domains": [f"Choose from: {', '.join(known)}."]}


def _note(uow: UnitOfWork, household_id: UUID, command: WriteNote) -> ContactNote:
    return ContactNote(
        household_id=household_id,
        author_id=uow.actor.user_id,
        occurred_at=command.occurred_at,
        channel=command.channel,
        visibility=command.visibility,
        language=command.language,
        interpreter_used=command.interpreter_used,
        interpreter=command.interpreter,
        minutes=command.minutes,
        domains=command.domains,
        present=json.dumps(command.present, ensure_ascii=False) if command.present else None,
        text=command.text,
        next_action=command.next_action,
        next_due=command.next_due,
        risk="yes" if command.risk else None,
        confidential=command.confidential,
    )


def _follow_up(uow: UnitOfWork, note: ContactNote) -> None:
    if note.next_action is None or note.next_due is None:
        return
    uow.add(
        Task(
            household_id=note.household_id,
            title=rules.follow_up_title(note.channel.value, day_of(note.occurred_at)),
            detail=note.next_action,
            category=Category.OTHER,
            due_on=note.next_due,
            assignee_id=note.author_id,
            created_from=TaskOrigin.NOTE,
            source_id=note.id,
        )
    )


def amend_note(uow: UnitOfWork, note_id: UUID, command: AmendNote) -> ContactNote:
    """Write a note anew; the old one stays as it was, and the new one points to it."""
    note = amendable(uow, note_id)
    if uow.count(ContactNote, ContactNote.amends_id == note.id):
        raise Conflict("This note has been amended already. Amend the newest one.")
    confidential = note.confidential if command.confidential is None else command.confidential
    if confidential and shared_now(uow, note) is not None:
        raise Conflict("This note is shared. Take that back before you keep it in confidence.")
    copied = {name: getattr(note, name) for name in COPIED}
    return uow.add(
        ContactNote(
            **copied,
            author_id=note.author_id,
            amends_id=note.id,
            text=command.text,
            confidential=confidential,
        )
    )


def amendable(uow: UnitOfWork, note_id: UUID) -> ContactNote:
    """Fetch a note to write it anew. Raises Forbidden if somebody else wrote it."""
    note = uow.get(ContactNote, note_id, to=Permission.NOTE_AMEND)
    if note.visibility in NEEDS:
        household = uow.get(Household, note.household_id, to=Permission.NOTE_READ)
        uow.require(NEEDS[note.visibility], household)
    if note.author_id != uow.actor.user_id:
        raise Forbidden("A note is amended by whoever wrote it. Write one of your own.")
    return note
