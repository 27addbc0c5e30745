"""What the invented family writes and brings itself, in its own language."""

from collections.abc import Mapping
from datetime import date

from resettle.core.actor import Actor
from resettle.demo.moments import Past
from resettle.documents import service as documents
from resettle.documents.acts import BringDocument
from resettle.documents.rules import Kind
from resettle.households.models import Household
from resettle.logs import service as logs
from resettle.logs.acts import WriteEntry

LETTER = "A letter came from the school and we do not understand it. Can you help us?"
SAID: Mapping[str, str] = {
    "ara": "وصلت رسالة من المدرسة ولا نفهمها. هل يمكن أن تساعدونا؟",
    "prs": "یک نامه از مکتب رسید و ما آن را نمی‌فهمیم. می‌توانید کمک کنید؟",
    "spa": "Llegó una carta de la escuela y no la entendemos. ¿Nos pueden ayudar?",
    "mya": "ကျောင်းက စာတစ်စောင် ရောက်လာတယ်။ နားမလည်ပါ။ ကူညီပေးနိုင်မလား။",
}
PAPER = b"An invented letter of a school, for the demonstration.\n"


def say(past: Past, household: Household, herself: Actor, today: date) -> None:
    """Let somebody at home write of a letter, and send it along."""
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
