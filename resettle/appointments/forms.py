"""The forms of appointments: a day, a time and a length as people here write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from marshmallow import fields

from resettle.appointments import acts, rules
from resettle.appointments.models import Gender, Kind, Outcome, Transport
from resettle.appointments.schemas import LANGUAGE, LONG, SHORT
from resettle.core.clock import AUCKLAND
from resettle.core.errors import Invalid
from resettle.web.fields import Day, Flag, Id, Name, Text, Whole
from resettle.web.schema import Command

HOUR, DAY_LONG = 60, 24 * 60
SKIPPED = "There is no such time: the clocks go forward that night. Choose an hour later."


def times(on: date, at: time, minutes: int) -> dict[str, datetime]:
    """Give beginning and end of an appointment at a local time. Raises Invalid if there is none."""
    begins = rules.moment(on, at, AUCKLAND)
    if begins is None:
        raise Invalid({"at": [SKIPPED]})
    return {"starts_at": begins, "ends_at": begins + timedelta(minutes=minutes)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An appointment as the form has it. What is left empty is nothing."""

    kind: Kind
    on: date
    at: time
    minutes: int = HOUR
    person_id: UUID | None = None
    with_whom: str | None = None
    place: str | None = None
    interpreter_needed: bool = False
    interpreter_booked: bool = False
    interpreter_language: str | None = None
    interpreter_gender: Gender | None = None
    interpreter: str | None = None
    transport: Transport | None = None
    driver: str | None = None
    pickup: str | None = None
    companion_id: UUID | None = None
    companion: str | None = None

    def facts(self) -> Mapping[str, Any]:
        plain = {n: getattr(self, n) for n in self.__slots__ if n not in {"on", "at", "minutes"}}
        return {**plain, **times(self.on, self.at, self.minutes)}


class WrittenSchema(Command[Written]):
    makes = Written

    kind = fields.Enum(Kind, by_value=True, required=True)
    on = Day(required=True)
    at = fields.Time(
        format="%H:%M", required=True, error_messages={"invalid": "Write the time as 14:30."}
    )
    minutes = Whole(5, DAY_LONG)
    person_id = Id()
    with_whom = Name(SHORT)
    place = Name(SHORT)
    interpreter_needed = Flag()
    interpreter_booked = Flag()
    interpreter_language = Text(LANGUAGE)
    interpreter_gender = fields.Enum(Gender, by_value=True)
    interpreter = Name()
    transport = fields.Enum(Transport, by_value=True)
    driver = Name()
    pickup = Name(SHORT)
    companion_id = Id()
    companion = Name()


@dataclass(frozen=True, slots=True, kw_only=True)
class CameOf:
    """What came of an appointment, as the form has it."""

    outcome: Outcome
    note: str | None = None
    follow_up: str | None = None
    follow_up_due: date | None = None
    on: date | None = None
    at: time | None = None

    def recorded(self, minutes: int) -> acts.RecordOutcome:
        new = {}
        if self.outcome is Outcome.RESCHEDULED and self.on and self.at:
            new = times(self.on, self.at, minutes)
        return acts.RecordOutcome(
            outcome=self.outcome,
            note=self.note,
            follow_up=self.follow_up,
            follow_up_due=self.follow_up_due,
            **new,
        )


class CameOfSchema(Command[CameOf]):
    makes = CameOf

    outcome = fields.Enum(Outcome, by_value=True, required=True)
    note = Text(LONG)
    follow_up = Text(SHORT)
    follow_up_due = Day()
    on = Day()
    at = fields.Time(format="%H:%M", error_messages={"invalid": "Write the time as 14:30."})
