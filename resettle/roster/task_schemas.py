"""The tasks of a sponsor group over JSON and in forms."""

from marshmallow import fields

from resettle.core.classes import PLAN
from resettle.roster import acts
from resettle.roster.group_tasks import Trend
from resettle.tasks.models import Category, HandoverLevel, Task
from resettle.web.fields import Day, Id, Name
from resettle.web.schema import Command, Shape

SHORT = 200


class AddGroupTaskSchema(Command[acts.AddGroupTask]):
    makes = acts.AddGroupTask

    title = Name(SHORT, required=True)
    category = fields.Enum(Category, by_value=True, required=True)
    due_on = Day(required=True)
    handover = fields.Enum(HandoverLevel, by_value=True)
    member_id = Id()


class ChangeGroupTaskSchema(Command[acts.ChangeGroupTask]):
    makes = acts.ChangeGroupTask

    member_id = Id()
    handover = fields.Enum(HandoverLevel, by_value=True)


class GroupTaskShape(Shape):
    class Meta:
        model = Task

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    group_id = fields.UUID()
    member_id = fields.UUID()
    title = fields.String()
    category = fields.String()
    due_on = fields.Date()
    handover = fields.String()
    status = fields.String()
    done_on = fields.Date()


class TrendShape(Shape):
    class Meta:
        model = Trend

    household_id = fields.UUID(metadata=dict(PLAN))
    category = fields.String(metadata=dict(PLAN))
    levels = fields.Raw(metadata=dict(PLAN))
    next = fields.String(metadata=dict(PLAN))
