"""Appointments over JSON: commands in, shapes out."""

from marshmallow import fields

from resettle.appointments import acts
from resettle.appointments.models import Appointment, Gender, Kind, Outcome, Transport
from resettle.appointments.queries import AppointmentFilters, Warned
from resettle.core.classes import OPS
from resettle.web.fields import Day, Flag, Id, Name, Text
from resettle.web.schema import Command, Shape

LONG = 2_000
SHORT = 400
LANGUAGE = 3


class AppointmentFiltersSchema(Command[AppointmentFilters]):
    makes = AppointmentFilters

    first = Day()
    last = Day()
    outcome = fields.Enum(Outcome, by_value=True)


class MakeAppointmentSchema(Command[acts.MakeAppointment]):
    makes = acts.MakeAppointment

    kind = fields.Enum(Kind, by_value=True, required=True)
    starts_at = fields.AwareDateTime(format="iso", required=True)
    ends_at = fields.AwareDateTime(format="iso", required=True)
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


class ChangeAppointmentSchema(Command[acts.ChangeAppointment]):
    makes = acts.ChangeAppointment

    kind = fields.Enum(Kind, by_value=True)
    starts_at = fields.AwareDateTime(format="iso")
    ends_at = fields.AwareDateTime(format="iso")
    person_id = Id(allow_none=True)
    with_whom = Name(SHORT, allow_none=True)
    place = Name(SHORT, allow_none=True)
    interpreter_needed = Flag()
    interpreter_booked = Flag()
    interpreter_language = Text(LANGUAGE, allow_none=True)
    interpreter_gender = fields.Enum(Gender, by_value=True, allow_none=True)
    interpreter = Name(allow_none=True)
    transport = fields.Enum(Transport, by_value=True, allow_none=True)
    driver = Name(allow_none=True)
    pickup = Name(SHORT, allow_none=True)
    companion_id = Id(allow_none=True)
    companion = Name(allow_none=True)


class RecordOutcomeSchema(Command[acts.RecordOutcome]):
    makes = acts.RecordOutcome

    outcome = fields.Enum(Outcome, by_value=True, required=True)
    note = Text(LONG)
    follow_up = Text(SHORT)
    follow_up_due = Day()
    starts_at = fields.AwareDateTime(format="iso")
    ends_at = fields.AwareDateTime(format="iso")


class AppointmentShape(Shape):
    class Meta:
        model = Appointment

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    person_id = fields.UUID()
    kind = fields.String()
    with_whom = fields.String()
    starts_at = fields.DateTime()
    ends_at = fields.DateTime()
    place = fields.String()
    interpreter_needed = fields.Boolean()
    interpreter_booked = fields.Boolean()
    interpreter_language = fields.String()
    interpreter_gender = fields.String()
    interpreter = fields.String()
    transport = fields.String()
    driver = fields.String()
    pickup = fields.String()
    companion_id = fields.UUID()
    companion = fields.String()
    outcome = fields.String()
    outcome_note = fields.String()
    moved_to_id = fields.UUID()


class WarnedShape(Shape):
    class Meta:
        model = Warned

    household_id = fields.UUID(metadata=dict(OPS))
    warnings = fields.Raw(metadata=dict(OPS))
