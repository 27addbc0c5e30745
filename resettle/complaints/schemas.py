"""Complaints over JSON: commands in, shapes out."""

from marshmallow import fields, validate

from resettle.complaints import acts
from resettle.complaints.models import (
    About,
    Complainant,
    Complaint,
    ComplaintChannel,
    ComplaintStatus,
    Outcome,
)
from resettle.complaints.queries import ComplaintFilters
from resettle.web.fields import Day, Id, Text
from resettle.web.schema import Command, Shape

LONG = 20_000
LANGUAGE = 3


class ComplaintFiltersSchema(Command[ComplaintFilters]):
    makes = ComplaintFilters

    status = fields.Enum(ComplaintStatus, by_value=True)


class ComplainSchema(Command[acts.Complain]):
    makes = acts.Complain

    about = fields.Enum(About, by_value=True, required=True)
    text = Text(LONG, required=True)
    language = Text(LANGUAGE, required=True, validate=validate.Length(equal=LANGUAGE))
    channel = fields.Enum(ComplaintChannel, by_value=True)
    complainant = fields.Enum(Complainant, by_value=True)
    person_id = Id()
    about_user_id = Id()
    in_english = Text(LONG)
    wanted = Text(LONG)
    received_on = Day()


class AcknowledgeSchema(Command[acts.Acknowledge]):
    makes = acts.Acknowledge

    acknowledged_on = Day(required=True)


class ResolveSchema(Command[acts.Resolve]):
    makes = acts.Resolve

    resolved_on = Day(required=True)
    outcome = fields.Enum(Outcome, by_value=True, required=True)
    answer = Text(LONG, required=True)


class ReceiptShape(Shape):
    """What whoever took a complaint down is given: by when it will be acknowledged."""

    class Meta:
        model = Complaint

    id = fields.UUID()
    household_id = fields.UUID()
    received_on = fields.Date()
    due_on = fields.Date()


class ComplaintShape(Shape):
    class Meta:
        model = Complaint

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    person_id = fields.UUID()
    complainant = fields.String()
    channel = fields.String()
    language = fields.String()
    about = fields.String()
    about_group_id = fields.UUID()
    about_user_id = fields.UUID()
    text = fields.String()
    in_english = fields.String()
    wanted = fields.String()
    status = fields.String()
    received_on = fields.Date()
    due_on = fields.Date()
    acknowledged_on = fields.Date()
    resolved_on = fields.Date()
    outcome = fields.String()
    answer = fields.String()
