"""What the invented family writes and brings itself, in its own language."""

from collections.abc import Mapping
from datetime import date, timedelta

from resettle.accounts.models import LinkPurpose
from resettle.consents import service as consents
from resettle.consents.acts import RecordConsent, WithdrawConsent
from resettle.consents.models import Item, Method, Purpose, RecipientType
from resettle.core.actor import Actor
from resettle.demo.moments import Past
from resettle.documents import service as documents
from resettle.documents.acts import BringDocument
from resettle.documents.rules import Kind
from resettle.households.models import Household
from resettle.links import service as links
from resettle.links.acts import MakeLink
from resettle.logs import service as logs
from resettle.logs.acts import WriteEntry
from resettle.voices import service as voices
from resettle.voices.acts import AnswerVoice, AskCorrection, SayRight
from resettle.voices.models import Topic
from resettle.voices.rules import Feeling, Outcome

LETTER = "A letter came from the school and we do not understand it. Can you help us?"
SAID: Mapping[str, str] = {
    "ara": "وصلت رسالة من المدرسة ولا نفهمها. هل يمكن أن تساعدونا؟",
    "prs": "یک نامه از مکتب رسید و ما آن را نمی‌فهمیم. می‌توانید کمک کنید؟",
    "spa": "Llegó una carta de la escuela y no la entendemos. ¿Nos pueden ayudar?",
    "mya": "ကျောင်းက စာတစ်စောင် ရောက်လာတယ်။ နားမလည်ပါ။ ကူညီပေးနိုင်မလား။",
}
UNSURE: Mapping[str, str] = {
    "ara": "أريد أن أذهب إلى الطبيب وحدي، بدون المجموعة.",
    "prs": "می‌خواهم خودم تنها نزد داکتر بروم، بدون گروه.",
    "spa": "Quiero ir sola al médico, sin el grupo.",
    "mya": "ဆရာဝန်ဆီကို အဖွဲ့မပါဘဲ ကိုယ့်ဘာသာ သွားချင်ပါတယ်။",
}
ALONE = "I want to see the doctor by myself, without the group."
CORRECTION = "My birthday is the 12th, not the 21st."
PAPER = b"An invented letter of a school, for the demonstration.\n"


def say(past: Past, household: Household, herself: Actor, worker: Actor, today: date) -> None:
    """Let somebody at home write of a letter and send it along, and say what is not right."""
    assert herself.person_id is not None
    language = household.primary_language
    command = WriteEntry(
        text=SAID.get(language, LETTER),
        language=language if language in SAID else "eng",
        with_family=True,
        with_sponsors=True,
    )
    with past.on(today, herself) as uow:
        logs.write(uow, household.id, command)
        documents.bring(uow, herself.person_id, PAPER, BringDocument(kind=Kind.SCHOOL_REPORT))
        unsure = UNSURE.get(language, ALONE)
        voices.say_right(uow, SayRight(topic=Topic.SUPPORT, feeling=Feeling.UNSURE, text=unsure))
    _share_and_take_back(past, herself, language, today)
    _hand_links(past, herself, worker, today)
    with past.on(today - timedelta(days=6), herself) as uow:
        asked = voices.ask_correction(uow, AskCorrection(text=CORRECTION, should_be="12")).id
    with past.on(today - timedelta(days=4), worker) as uow:
        answer = AnswerVoice(
            outcome=Outcome.CHANGED, answer="You are right, and so is your card. It is corrected."
        )
        voices.answer(uow, asked, answer)


def _share_and_take_back(past: Past, herself: Actor, language: str, today: date) -> None:
    """Let her agree that the group sees her photo, and think better of it."""
    assert herself.person_id is not None
    agreed = RecordConsent(
        purpose=Purpose.SHARE_WITH_SPONSOR,
        item=Item.PHOTO,
        recipient_type=RecipientType.SPONSOR_GROUP,
        method=Method.OWN_ACCOUNT,
        language=language,
        text_version="1",
    )
    with past.on(today - timedelta(days=5), herself) as uow:
        given = consents.record(uow, herself.person_id, agreed).id
    with past.on(today - timedelta(days=2), herself) as uow:
        consents.withdraw(uow, given, WithdrawConsent(method=Method.OWN_ACCOUNT))


def _hand_links(past: Past, herself: Actor, worker: Actor, today: date) -> None:
    """Let her caseworker have handed her a link that ran out, and one that waits."""
    assert herself.person_id is not None
    for days in (9, 1):
        with past.on(today - timedelta(days=days), worker) as uow:
            links.make(uow, herself.person_id, MakeLink(purpose=LinkPurpose.PAGE, language="en"))
