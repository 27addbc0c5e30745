"""Crises over JSON: commands in, shapes out."""

from marshmallow import fields, validate

from resettle.core.classes import DataClass
from resettle.crises import acts
from resettle.crises.models import Crisis
from resettle.crises.queries import ReachWanted
from resettle.households.models import Household
from resettle.web.fields import Day, Id, Many, Text, Whole
from resettle.web.schema import Command, Shape

SHORT = 400
PLACE = 80
CODE = 3
OPS = {"class": DataClass.OPS}
NAME = {"class": DataClass.IDENT, "item": "name"}
THREE = validate.Length(equal=CODE, error="Three letters, such as ara or SYR.")


class ReachSchema(Command[ReachWanted]):
    makes = ReachWanted

    location = Text(PLACE)
    language = Text(CODE, validate=THREE)
    nationality = Text(CODE, validate=THREE)


class RaiseFlagSchema(Command[acts.RaiseFlag]):
    makes = acts.RaiseFlag

    reason = Text(SHORT, required=True)
    ends_on = Day(required=True)
    location = Text(PLACE)
    language = Text(CODE, validate=THREE)
    nationality = Text(CODE, validate=THREE)
    household_ids = Many(Id(), most=500)
    number = Whole(0, 100_000)


class CloseFlagSchema(Command[acts.CloseFlag]):
    makes = acts.CloseFlag

    note = Text(SHORT, required=True)


class AffectedRow(Shape):
    class Meta:
        model = Household

    id = fields.UUID()
    reference = fields.String()
    display_name = fields.String(metadata=NAME)
    location = fields.String()
    # The name of a colleague, which those who work on the same household may know.
    caseworker = fields.String(metadata=OPS)


class AffectedShape(Shape):
    number = fields.Integer(metadata=OPS)
    others = fields.Integer(metadata=OPS)
    own = fields.Nested(AffectedRow(), many=True, metadata=OPS)


class CrisisShape(Shape):
    class Meta:
        model = Crisis

    id = fields.UUID()
    version = fields.Integer()
    reason = fields.String()
    location = fields.String()
    language = fields.String()
    nationality = fields.String()
    raised_at = fields.DateTime()
    ends_on = fields.Date()
    closed_at = fields.DateTime()
    closing_note = fields.String()


class CountShape(Shape):
    number = fields.Integer(metadata=OPS)
    done = fields.Integer(metadata=OPS)
    open = fields.Integer(metadata=OPS)


class CheckRow(Shape):
    """How the check of one household stands, for those who look after it."""

    id = fields.UUID(metadata=OPS)
    household_id = fields.UUID(metadata=OPS)
    reference = fields.String(metadata=OPS)
    caseworker = fields.String(metadata=OPS)
    status = fields.String(metadata={"class": DataClass.PLAN})
    done_on = fields.Date(metadata={"class": DataClass.PLAN})
