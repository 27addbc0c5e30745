"""Incidents over JSON: commands in, shapes out."""

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.incidents import acts
from resettle.incidents.models import Incident, IncidentKind, IncidentStatus
from resettle.incidents.queries import IncidentFilters
from resettle.web.fields import Day, Id, Many, Name, Text, Whole
from resettle.web.schema import Command, Shape

LONG = 20_000
SHORT = 400
MOST_SEVERE = 4


class IncidentFiltersSchema(Command[IncidentFilters]):
    makes = IncidentFilters

    status = fields.Enum(IncidentStatus, by_value=True)


class TellAgencySchema(Command[acts.TellAgency]):
    makes = acts.TellAgency

    agency = Name(required=True)
    at = fields.AwareDateTime(format="iso", required=True)


class ReportIncidentSchema(Command[acts.ReportIncident]):
    makes = acts.ReportIncident

    kind = fields.Enum(IncidentKind, by_value=True, required=True)
    severity = Whole(1, MOST_SEVERE, required=True)
    happened_on = Day(required=True)
    text = Text(LONG, required=True)
    immediate_safety = Text(LONG)
    notified = Many(fields.Nested(TellAgencySchema()), most=20)


class ChangeIncidentSchema(Command[acts.ChangeIncident]):
    makes = acts.ChangeIncident

    severity = Whole(1, MOST_SEVERE)
    owner_id = Id()
    immediate_safety = Text(LONG, allow_none=True)


class FollowUpSchema(Command[acts.FollowUp]):
    makes = acts.FollowUp

    title = Name(SHORT, required=True)
    due_on = Day(required=True)
    detail = Text(LONG)
    assignee_id = Id()


class CloseIncidentSchema(Command[acts.CloseIncident]):
    makes = acts.CloseIncident

    outcome = Text(LONG, required=True)
    closed_on = Day(required=True)


class ReceiptShape(Shape):
    """What a reporter is given, whether or not they may read on: nothing of what they wrote."""

    class Meta:
        model = Incident

    id = fields.UUID()
    household_id = fields.UUID()
    reported_at = fields.DateTime()


class IncidentShape(Shape):
    class Meta:
        model = Incident

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    kind = fields.String()
    safeguarding = fields.Boolean()
    severity = fields.Integer()
    status = fields.String()
    happened_on = fields.Date()
    reported_at = fields.DateTime()
    reported_by = fields.UUID()
    owner_id = fields.UUID()
    text = fields.String()
    immediate_safety = fields.String()
    notified = fields.Raw(attribute="notices", metadata={"class": DataClass.PROT})
    outcome = fields.String()
    closed_on = fields.Date()
