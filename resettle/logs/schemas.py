"""The log over JSON and in forms: commands in, shapes out."""

from marshmallow import fields, validate

from resettle.logs import acts
from resettle.logs.models import LogEntry
from resettle.web.fields import Day, Flag, Text
from resettle.web.schema import Command, Shape

LONG = 4000
LANGUAGE = 3


class WriteEntrySchema(Command[acts.WriteEntry]):
    makes = acts.WriteEntry

    text = Text(LONG, required=True)
    happened_on = Day(allow_none=True)
    language = Text(LANGUAGE, validate=validate.Length(equal=LANGUAGE), allow_none=True)
    with_family = Flag()
    with_sponsors = Flag()


class LogEntryShape(Shape):
    class Meta:
        model = LogEntry

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    side = fields.String()
    group_id = fields.UUID()
    person_id = fields.UUID()
    author_id = fields.UUID()
    with_family = fields.Boolean()
    happened_on = fields.Date()
    language = fields.String()
    text = fields.String()
    created_at = fields.DateTime()
    taken_back_at = fields.DateTime()
