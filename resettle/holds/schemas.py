"""Many holds over JSON: commands in, shapes out."""

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.holds import acts
from resettle.holds.models import HoldResult
from resettle.web.fields import Day, Flag, Id, Many, Text
from resettle.web.schema import Command, Shape

CODE, PLACE, LONG = 40, 80, 2000
OPS = {"class": DataClass.OPS}
LOC = {"class": DataClass.LOC}


class ChosenSchema(Command[acts.Chosen]):
    makes = acts.Chosen

    way = fields.Enum(acts.Way, by_value=True)
    stage = Text(CODE)
    location = Text(PLACE)
    review_on = Day()
    moves_travel = Flag()


class DoManySchema(Command[acts.DoMany]):
    makes = acts.DoMany

    way = fields.Enum(acts.Way, by_value=True, required=True)
    case_ids = Many(Id(), most=500, required=True)
    reason = Text(CODE)
    note = Text(LONG)
    review_on = Day()
    moves_travel = Flag()


class ChangeShape(Shape):
    case_id = fields.UUID(metadata=OPS)
    household_id = fields.UUID(metadata=OPS)
    reference = fields.String(metadata=OPS)
    stage = fields.String(metadata=OPS)
    held_until = fields.Date(metadata=OPS)
    travel_on = fields.Date(metadata=LOC)
    travel_to = fields.Date(metadata=LOC)
    moving = fields.Integer(metadata=OPS)
    staying = fields.Integer(metadata=OPS)
    going_on = fields.Integer(metadata=OPS)
    unplanned = fields.Boolean(metadata=OPS)
    fault = fields.String(metadata=OPS)


class ResultShape(Shape):
    case_id = fields.UUID(metadata=OPS)
    done = fields.Boolean(metadata=OPS)
    words = fields.String(metadata=OPS)
    batch_id = fields.UUID(metadata=OPS)


class BatchShape(Shape):
    batch_id = fields.UUID(metadata=OPS)
    way = fields.Enum(acts.Way, by_value=True, metadata=OPS)
    done_at = fields.DateTime(metadata=OPS)
    number = fields.Integer(metadata=OPS)
    done = fields.Integer(metadata=OPS)


class HoldResultShape(Shape):
    """What came of one case, as it is looked at again."""

    class Meta:
        model = HoldResult

    id = fields.UUID()
    batch_id = fields.UUID()
    household_id = fields.UUID()
    case_id = fields.UUID()
    way = fields.String()
    review_on = fields.Date()
    done = fields.Boolean()
    done_at = fields.DateTime()
    words = fields.String()
