"""What a family says, what it is answered, and that it has read how its data is kept."""

from datetime import date
from uuid import UUID

from resettle.core.errors import Conflict, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person
from resettle.households.queries import household_of
from resettle.programmes.catalogue import Catalogue
from resettle.voices import rules
from resettle.voices.acts import AnswerVoice, AskCorrection, SayRight
from resettle.voices.events import FamilyAnswered, FamilySpoke
from resettle.voices.models import Topic, Voice
from resettle.voices.rules import Said, VoiceKind

NO_HOUSEHOLD = "Your account belongs to no household at the moment."
ANSWERED = "This was answered already."
NOTICE_VERSION = "2026-1"


def say_right(uow: UnitOfWork, command: SayRight) -> Voice:
    """Say whether something is still right. Somebody looks at it unless all is well."""
    voice = _spoken(uow, VoiceKind.RIGHT_FOR_US, command.topic, command.text)
    voice.feeling = command.feeling
    return _told(uow, voice)


def ask_correction(uow: UnitOfWork, command: AskCorrection) -> Voice:
    """Ask to have something corrected. Until it is, these words stand beside the file."""
    voice = _spoken(uow, VoiceKind.CORRECTION, Topic.DATA, command.text)
    voice.should_be = command.should_be
    return _told(uow, voice)


def _spoken(uow: UnitOfWork, kind: VoiceKind, topic: Topic, text: str | None) -> Voice:
    uow.require(Permission.VOICE_SPEAK)
    person_id = uow.actor.person_id
    household_id = None if person_id is None else household_of(uow, person_id)
    if person_id is None or household_id is None:
        raise NotFound(NO_HOUSEHOLD)
    return Voice(
        household_id=household_id,
        person_id=person_id,
        kind=kind,
        topic=topic,
        language=uow.actor.language or "en",
        text=text if text and text.strip() else None,
        said_at=uow.now,
        by_link=uow.actor.by_link,
    )


def _told(uow: UnitOfWork, voice: Voice) -> Voice:
    if rules.wants_answer(Said(voice.kind, voice.feeling, voice.text is not None)):
        voice.due_on = _due(uow, voice)
    uow.add(voice)
    uow.emit(FamilySpoke(voice.id))
    return voice


def _due(uow: UnitOfWork, voice: Voice) -> date:
    """Count working days by the holidays of the place where the household lives."""
    catalogue = uow.use(Catalogue)
    household = uow.get(Household, voice.household_id, to=Permission.VOICE_SPEAK)
    place = catalogue.locations.get(household.location or "")
    region = None if place is None else place.region
    return catalogue.working_days.add_working_days(uow.today, rules.DAYS[voice.kind], region)


def answer(uow: UnitOfWork, voice_id: UUID, command: AnswerVoice) -> Voice:
    """Answer what somebody said; they read it on their page."""
    voice = uow.edit(Voice, voice_id, to=Permission.VOICE_ANSWER)
    if voice.outcome is not None:
        raise Conflict(ANSWERED)
    if faults := rules.outcome_fault(voice.kind, command.outcome):
        raise Invalid(faults)
    voice.outcome, voice.answer = command.outcome, command.answer
    voice.answered_on, voice.answered_by = uow.today, uow.actor.user_id
    uow.emit(FamilyAnswered(voice.id))
    return voice


def read_notice(uow: UnitOfWork) -> Person:
    """Put on record that the reader has read how their data is kept, and in which language."""
    if uow.actor.person_id is None:
        raise NotFound(NO_HOUSEHOLD)
    person = uow.edit(Person, uow.actor.person_id, to=Permission.VOICE_SPEAK)
    person.notice_given_on = uow.today
    person.notice_language = uow.actor.language or "en"
    person.notice_text_version = NOTICE_VERSION
    return person
