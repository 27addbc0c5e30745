"""Incidents over JSON: commands in, shapes out."""

from marshmallow import fields

from resettle.incidents import acts
from resettle.incidents.models import Incident, IncidentKind
from resettle.web.fields import Day, Id, Text, Whole
from resettle.web.schema import Command, Shape

LONG = 20_000


class ReportIncidentSchema(Command[acts.ReportIncident]):
    makes = acts.ReportIncident

    kind = fields.Enum(IncidentKind, by_value=True, required=True)
    severity = Whole(1, 4, required=True)
    happened_on = Day(required=True)
    text = Text(LONG, required=True)
    immediate_safety = Text(LONG)
    notified = Text(LONG)
    owner_id = Id()


class CloseIncidentSchema(Command[acts.CloseIncident]):
    makes = acts.CloseIncident

    outcome = Text(LONG, required=True)
    closed_on = Day(required=True)


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
    notified = fields.String()
    outcome = fields.String()
    closed_on = fields.Date()
