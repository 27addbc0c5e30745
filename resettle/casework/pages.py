"""The page on which a caseworker writes a contact down, in under a minute."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from marshmallow import fields

from resettle.casework import acts, service
from resettle.casework.models import Channel, Visibility
from resettle.casework.schemas import LANGUAGE, LONG, MINUTES, SHORT
from resettle.core.clock import AUCKLAND
from resettle.core.errors import Invalid
from resettle.core.languages import language
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember
from resettle.households.queries import members
from resettle.programmes.catalogue import Catalogue
from resettle.web.fields import Code, Day, Flag, Id, Many, Name, Text, Whole
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command

pages = Pages("casework", __name__, url_prefix="/households", template_folder="templates")

NOON = time(12)
WHENS = {
    "1": "Tomorrow",
    "3": "In three days",
    "7": "In a week",
    "14": "In two weeks",
    "30": "In a month",
    "": "On another day, named below",
}
CHANNELS = [
    (channel.value, plain(channel.value)) for channel in Channel if channel is not Channel.HANDOVER
]
READERS = [
    (Visibility.STAFF.value, "Caseworkers of this household"),
    (Visibility.SAFEGUARDING.value, "Only those who may read protection notes"),
    (Visibility.HEALTH.value, "Only those who may read health notes"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact as the form has it: the day and the time stand in two boxes."""

    on: date
    at: time = NOON
    channel: Channel
    text: str
    present: list[UUID] = field(default_factory=list)
    others: str | None = None
    language: str | None = None
    minutes: int | None = None
    interpreter_used: bool = False
    interpreter: str | None = None
    domains: list[str] = field(default_factory=list)
    next_action: str | None = None
    next_in: str = ""
    next_due: date | None = None
    risk: bool = False
    confidential: bool = False
    visibility: Visibility = Visibility.STAFF

    def due(self, today: date) -> date | None:
        """Give the day by which the next action is due: the one named, or so many days from now."""
        if self.next_due is not None or not (self.next_action and self.next_in):
            return self.next_due
        return today + timedelta(days=int(self.next_in))

    def written(self, present: list[str], today: date) -> acts.WriteNote:
        return acts.WriteNote(
            occurred_at=datetime.combine(self.on, self.at, AUCKLAND),
            channel=self.channel,
            text=self.text,
            present=[*present, *filter(None, [self.others])],
            language=self.language,
            minutes=self.minutes,
            interpreter_used=self.interpreter_used,
            interpreter=self.interpreter,
            domains=self.domains,
            next_action=self.next_action,
            next_due=self.due(today),
            risk=self.risk,
            confidential=self.confidential,
            visibility=self.visibility,
        )


class ContactSchema(Command[Contact]):
    makes = Contact

    on = Day(required=True)
    at = fields.Time(format="%H:%M", error_messages={"invalid": "Write the time as 14:30."})
    channel = fields.Enum(Channel, by_value=True, required=True)
    text = Text(LONG, required=True)
    present = Many(Id(), most=40)
    others = Name()
    language = Text(LANGUAGE)
    minutes = Whole(1, MINUTES)
    interpreter_used = Flag()
    interpreter = Name()
    domains = Many(Text(10), most=20)
    next_action = Text(SHORT)
    next_in = Code([*WHENS])
    next_due = Day()
    risk = Flag()
    confidential = Flag()
    visibility = fields.Enum(Visibility, by_value=True)


@pages.form(
    "/<uuid:household_id>/contact",
    permission=Permission.NOTE_WRITE,
    schema=ContactSchema(),
    template="casework/contact.html",
)
def contact(uow: UnitOfWork, form: Form, household_id: UUID) -> dict[str, Any] | Led:
    """Ask for the least, and offer the rest."""
    if form.command:
        present = _names(uow, household_id, form.command.present)
        note = form.command.written(present, uow.today)
        service.write_note(uow, household_id, note)
        return Go(
            "household_file.show", message="The contact is recorded.", household_id=household_id
        )
    household = uow.get(Household, household_id, to=Permission.NOTE_WRITE)
    programme = uow.use(Catalogue).get(household.programme_code, household.programme_version)
    home = members(uow, household_id)
    return {
        "reference": household.reference,
        "household_id": household.id,
        "people": [(member.person_id, member.person.name) for member in home],
        "channels": CHANNELS,
        "languages": _languages(household, home),
        "language": household.primary_language,
        "interpreter": household.needs_interpreter,
        "whens": [*WHENS.items()],
        "domains": [(domain.code, domain.name) for domain in programme.domains],
        "readers": READERS,
        "day": uow.today,
        "time": f"{uow.now.astimezone(AUCKLAND):%H:%M}",
    }


def _names(uow: UnitOfWork, household_id: UUID, present: list[UUID]) -> list[str]:
    """Name those who were there, as they are called today: the note stays as it was written."""
    known = {m.person_id: m.person.name for m in members(uow, household_id)} if present else {}
    if not known.keys() >= {*present}:
        raise Invalid({"present": ["Choose people of this household."]})
    return [known[person_id] for person_id in present]


def _languages(household: Household, home: Sequence[HouseholdMember]) -> list[tuple[str, str]]:
    """Offer the languages of the household first of all, and English."""
    spoken = [known.language for member in home for known in member.person.languages]
    codes = dict.fromkeys([household.primary_language, *spoken, "eng"])
    return [(code, language(code)) for code in codes]
