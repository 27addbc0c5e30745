"""Updates and the thread over JSON: commands in, shapes out."""

from marshmallow import fields

from resettle.core.classes import OPS, PLAN
from resettle.messages import acts
from resettle.messages.models import Mood, SponsorUpdate, ThreadMessage, ThreadPlace
from resettle.web.fields import Text
from resettle.web.schema import Command, Shape

LINE, LONG = 280, 900


class SendUpdateSchema(Command[acts.SendUpdate]):
    makes = acts.SendUpdate

    text = Text(LINE, required=True)
    mood = fields.Enum(Mood, by_value=True)


class WriteSchema(Command[acts.Write]):
    makes = acts.Write

    text = Text(LONG, required=True)


class ReportSchema(Command[acts.Report]):
    makes = acts.Report

    text = Text(LONG, required=True)


class UpdateShape(Shape):
    class Meta:
        model = SponsorUpdate

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    group_id = fields.UUID()
    author_id = fields.UUID()
    signed = fields.String()
    mood = fields.String()
    text = fields.String()
    sent_at = fields.DateTime()
    read_at = fields.DateTime()


class MessageShape(Shape):
    class Meta:
        model = ThreadMessage

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    group_id = fields.UUID()
    author_id = fields.UUID(metadata=dict(OPS))
    side = fields.String()
    signed = fields.String()
    text = fields.String(attribute="shown_text", metadata=dict(PLAN))
    sent_at = fields.DateTime()
    retracted_at = fields.DateTime()


class PlaceShape(Shape):
    class Meta:
        model = ThreadPlace

    household_id = fields.UUID()
    read_until = fields.DateTime()
