"""Statuses over JSON: commands in, shapes out."""

from marshmallow import fields

from resettle.households.models import Source
from resettle.statuses import acts
from resettle.statuses.models import PersonStatus
from resettle.web.fields import Day, Text
from resettle.web.schema import Command, Shape

CODE, LONG = 40, 1000


class CodedStatusSchema(Command[acts.CorrectStatus]):
    """What a status is, whichever way it comes to be recorded."""

    makes = acts.CorrectStatus

    code = Text(CODE, required=True)
    from_on = Day(required=True)
    known_on = Day()
    source = fields.Enum(Source, by_value=True)
    note = Text(LONG)


class RecordStatusSchema(Command[acts.RecordStatus]):
    makes = acts.RecordStatus

    kind = Text(CODE, required=True)
    code = Text(CODE, required=True)
    from_on = Day(required=True)
    known_on = Day()
    source = fields.Enum(Source, by_value=True)
    note = Text(LONG)


class CorrectStatusSchema(CodedStatusSchema):
    because = Text(LONG)


class TakeBackStatusSchema(Command[acts.TakeBackStatus]):
    makes = acts.TakeBackStatus

    because = Text(LONG, required=True)


class StillSoSchema(Command[acts.StillSo]):
    makes = acts.StillSo

    known_on = Day()


class StatusShape(Shape):
    class Meta:
        model = PersonStatus

    id = fields.UUID()
    version = fields.Integer()
    person_id = fields.UUID()
    kind = fields.String()
    code = fields.String()
    from_on = fields.Date()
    known_on = fields.Date()
    source = fields.String()
    note = fields.String()
    corrects_id = fields.UUID()
    corrected_at = fields.DateTime()
    corrected_because = fields.String()
    created_at = fields.DateTime()
    created_by = fields.UUID()
