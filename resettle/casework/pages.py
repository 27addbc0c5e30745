"""The page on which a caseworker writes a contact down, in under a minute."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from marshmallow import fields

from resettle.casework import acts, service
from resettle.casework.models import Channel, Visibility
from resettle.casework.schemas import LONG, MINUTES, SHORT
from resettle.core.clock import AUCKLAND
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.programmes.catalogue import Catalogue
from resettle.web.fields import Day, Flag, Many, Name, Text, Whole
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command

pages = Pages("casework", __name__, url_prefix="/households", template_folder="templates")

NOON = time(12)
CHANNELS = [(channel.value, plain(channel.value)) for channel in Channel]
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
    minutes: int | None = None
    interpreter_used: bool = False
    interpreter: str | None = None
    domains: list[str] = field(default_factory=list)
    next_action: str | None = None
    next_due: date | None = None
    risk: bool = False
    visibility: Visibility = Visibility.STAFF

    @property
    def written(self) -> acts.WriteNote:
        return acts.WriteNote(
            occurred_at=datetime.combine(self.on, self.at, AUCKLAND),
            channel=self.channel,
            text=self.text,
            minutes=self.minutes,
            interpreter_used=self.interpreter_used,
            interpreter=self.interpreter,
            domains=self.domains,
            next_action=self.next_action,
            next_due=self.next_due,
            risk=self.risk,
            visibility=self.visibility,
        )


class ContactSchema(Command[Contact]):
    makes = Contact

    on = Day(required=True)
    at = fields.Time(format="%H:%M", error_messages={"invalid": "Write the time as 14:30."})
    channel = fields.Enum(Channel, by_value=True, required=True)
    text = Text(LONG, required=True)
    minutes = Whole(1, MINUTES)
    interpreter_used = Flag()
    interpreter = Name()
    domains = Many(Text(10), most=20)
    next_action = Text(SHORT)
    next_due = Day()
    risk = Flag()
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
        service.write_note(uow, household_id, form.command.written)
        return Go(
            "household_file.show", message="The contact is recorded.", household_id=household_id
        )
    household = uow.get(Household, household_id, to=Permission.NOTE_WRITE)
    programme = uow.use(Catalogue).get(household.programme_code, household.programme_version)
    return {
        "reference": household.reference,
        "household_id": household.id,
        "channels": CHANNELS,
        "domains": [(domain.code, domain.name) for domain in programme.domains],
        "readers": READERS,
        "day": uow.today,
        "time": f"{uow.now.astimezone(AUCKLAND):%H:%M}",
    }
