"""Pages on which a family says what is right and what is wrong, and on which it is answered."""

from typing import Any
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person
from resettle.households.queries import members
from resettle.households.shapes import HouseholdMemberShape, HouseholdShape
from resettle.settings import Settings
from resettle.voices import queries, schemas, service
from resettle.voices.models import Voice
from resettle.voices.rules import VoiceKind
from resettle.voices.shapes import FEELINGS, OUTCOMES, TOPICS, in_words
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import NothingSchema

pages = Pages("voices", __name__, template_folder="templates")

Shown = dict[str, Any]
COVER = HouseholdShape(only=("id", "reference", "name"))
MEMBERS = HouseholdMemberShape(only=("id", "household_id", "person_id", "person"))
MINE = "my_household.show_mine"


@pages.form(
    "/my-household/right-for-us",
    permission=Permission.VOICE_SPEAK,
    schema=schemas.SayRightSchema(),
    template="voices/right.html",
)
def say_right(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Ask whether the help, the group and the file are still right."""
    if form.command:
        service.say_right(uow, form.command)
        return Go(MINE, message="Thank you. Your caseworker reads what you said.")
    return {"topics": TOPICS, "feelings": FEELINGS}


@pages.form(
    "/my-household/corrections/new",
    permission=Permission.VOICE_SPEAK,
    schema=schemas.AskCorrectionSchema(),
    template="voices/correction.html",
)
def ask_correction(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Ask to have something corrected that is wrong in the file."""
    if form.command:
        made = service.ask_correction(uow, form.command)
        assert made.due_on is not None
        return Go(MINE, message="Thank you. It is read, and you get an answer on this page.")
    return {}


@pages.form(
    "/my-household/notice",
    permission=Permission.VOICE_SPEAK,
    schema=NothingSchema(),
    template="voices/notice.html",
)
def notice(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Tell what is kept of the reader, why, and who may see it."""
    if form.command:
        service.read_notice(uow)
        return Go(".notice", message="It is recorded that you have read this.")
    person_id = uow.actor.person_id
    person = None if person_id is None else uow.find(Person, person_id)
    return {
        "given_on": None if person is None else person.notice_given_on,
        "privacy_officer": uow.use(Settings).privacy_officer,
    }


@pages.page(
    "/households/<uuid:household_id>/voices",
    permission=Permission.VOICE_ANSWER,
    template="voices/voices.html",
)
def of_household(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Tell the caseworkers of a household what its people said, each for themselves."""
    found = queries.of_household(uow, household_id)
    return {
        "household": COVER.one(uow, uow.get(Household, household_id, to=Permission.VOICE_ANSWER)),
        "names": _names(uow, household_id),
        "rows": [in_words(uow, voice) for voice in found],
    }


def _names(uow: UnitOfWork, household_id: UUID) -> dict[UUID, str]:
    rows = MEMBERS.many_of(uow, members(uow, household_id))
    return {row["person_id"]: row["person"]["name"] for row in rows if row["person"].get("name")}


@pages.form(
    "/voices/<uuid:voice_id>/answer",
    permission=Permission.VOICE_ANSWER,
    schema=schemas.AnswerVoiceSchema(),
    template="voices/answer.html",
)
def answer(uow: UnitOfWork, form: Form, voice_id: UUID) -> Shown | Led:
    """Answer what somebody of a household said."""
    if form.command:
        voice = service.answer(uow, voice_id, form.command)
        return Go(".of_household", message="It is answered.", household_id=voice.household_id)
    voice = uow.get(Voice, voice_id, to=Permission.VOICE_ANSWER)
    household = uow.get(Household, voice.household_id, to=Permission.VOICE_ANSWER)
    uow.unlock([household.id])
    is_correction = voice.kind is VoiceKind.CORRECTION
    return {
        "voice": in_words(uow, voice),
        "reference": household.reference,
        "household_id": household.id,
        "outcomes": OUTCOMES[:2] if is_correction else OUTCOMES,
    }
