"""What is done with consents: given and withdrawn. Rows are added, never changed."""

from datetime import date
from uuid import UUID

from resettle.consents import rules
from resettle.consents.acts import RecordConsent, WithdrawConsent
from resettle.consents.events import ConsentWithdrawn
from resettle.consents.models import ConsentEntry, Method, Purpose
from resettle.consents.queries import about_the_same, next_seq
from resettle.consents.rules import Decision, Fault, Speaking
from resettle.core.errors import Conflict, Forbidden, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Person
from resettle.households.queries import household_of, people_at_home

METHOD_FITS = "The method is guardian exactly when a guardian spoke for a child."
REFUSED = frozenset({Fault.NOT_THEIRS, Fault.NOT_GUARDIAN})


def record(uow: UnitOfWork, person_id: UUID, command: RecordConsent) -> ConsentEntry:
    """Record that somebody agreed to one thing.

    Raises Forbidden if another spoke for an adult, Invalid if the days or the manner do not fit.
    """
    person = uow.edit(Person, person_id, to=Permission.CONSENT_RECORD)
    household_id = household_of(uow, person.id)
    if household_id is None or person.deceased_on is not None:
        raise Conflict("This person belongs to no household now, so there is nothing to share.")
    expires_on = command.expires_on or _usual_expiry(uow, command.purpose)
    _check_manner(uow, command, expires_on)
    _check_speaker(uow, person, household_id, command)
    return uow.add(
        ConsentEntry(
            seq=next_seq(uow, person.id),
            person_id=person.id,
            household_id=household_id,
            purpose=command.purpose,
            item=command.item,
            recipient_type=command.recipient_type,
            recipient_id=command.recipient_id,
            recipient_name=command.recipient_name,
            decision=Decision.GIVE,
            method=command.method,
            language=command.language,
            interpreter=command.interpreter,
            text_version=command.text_version,
            given_by=_guardian_speaking(uow, command),
            child_assents=command.child_assents,
            recorded_by=uow.actor.user_id,
            recorded_at=uow.now,
            valid_from=command.valid_from or uow.now,
            expires_on=expires_on,
        )
    )


def _usual_expiry(uow: UnitOfWork, purpose: Purpose) -> date | None:
    """Let what is shared with sponsors end by itself; other consents last until withdrawn."""
    return rules.latest_expiry(uow.today) if purpose is Purpose.SHARE_WITH_SPONSOR else None


def _check_manner(uow: UnitOfWork, command: RecordConsent, expires_on: date | None) -> None:
    faults = {
        "item": rules.item_fault(command.purpose, command.item),
        "valid_from": rules.beginning_fault(uow.now, command.valid_from or uow.now),
        "expires_on": rules.expiry_fault(uow.today, expires_on, command.purpose),
        "interpreter": _interpreter_fault(command),
    }
    told = {field: [fault] for field, fault in faults.items() if fault is not None}
    if told:
        raise Invalid(told)


def _interpreter_fault(command: RecordConsent) -> str | None:
    if command.method is Method.VERBAL_INTERPRETED and not command.interpreter:
        return "Name the interpreter, or give the interpreter’s number."
    return None


def _check_speaker(
    uow: UnitOfWork, person: Person, household_id: UUID, command: RecordConsent
) -> None:
    # Whoever is signed in as a person of a household speaks, whatever the command says.
    speaker_id = uow.actor.person_id or command.given_by or person.id
    speaking = Speaking(
        about_born_on=person.born_on,
        speaker_is_person=speaker_id == person.id,
        speaker_is_guardian=speaker_id == _guardian_of(uow, person, household_id),
        child_assents=command.child_assents,
    )
    fault = rules.speaking_fault(uow.today, speaking)
    if fault in REFUSED:
        raise Forbidden(fault)
    if fault is not None:
        raise Invalid({"given_by": [fault]})
    if (command.method is Method.GUARDIAN) is speaking.speaker_is_person:
        raise Invalid({"method": [METHOD_FITS]})


def _guardian_speaking(uow: UnitOfWork, command: RecordConsent) -> UUID | None:
    """Name who speaks for a child: who is signed in, if it is somebody of the family."""
    by_guardian = command.method is Method.GUARDIAN
    return uow.actor.person_id or command.given_by if by_guardian else command.given_by


def _guardian_of(uow: UnitOfWork, person: Person, household_id: UUID) -> UUID | None:
    """Name who speaks for the person: nobody, where the child is kept from its guardian."""
    at_home = people_at_home(uow, household_id, uow.today)
    stay = next((each for each in at_home if each.person_id == person.id), None)
    return None if stay is None or stay.guardian_withheld else stay.guardian_id


def withdraw(uow: UnitOfWork, entry_id: UUID, command: WithdrawConsent) -> ConsentEntry:
    """Take a consent back, from the next look on. What is taken back already stays so."""
    entry = uow.get(ConsentEntry, entry_id, to=Permission.CONSENT_WITHDRAW)
    person = uow.edit(Person, entry.person_id, to=Permission.CONSENT_WITHDRAW)
    last = rules.last_word(about_the_same(uow, entry), uow.now)
    if last is not None and last.decision is Decision.WITHDRAW:
        return last
    uow.emit(
        ConsentWithdrawn(
            entry.household_id, person.id, entry.purpose, entry.item, entry.recipient_id
        )
    )
    return uow.add(
        ConsentEntry(
            seq=next_seq(uow, person.id),
            person_id=person.id,
            household_id=entry.household_id,
            purpose=entry.purpose,
            item=entry.item,
            recipient_type=entry.recipient_type,
            recipient_id=entry.recipient_id,
            recipient_name=entry.recipient_name,
            decision=Decision.WITHDRAW,
            method=command.method,
            language=command.language or entry.language,
            interpreter=command.interpreter,
            text_version=entry.text_version,
            recorded_by=uow.actor.user_id,
            recorded_at=uow.now,
            valid_from=uow.now,
        )
    )
