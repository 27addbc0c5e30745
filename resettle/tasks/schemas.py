"""Tasks over JSON: commands in, shapes out."""

from marshmallow import fields, validate

from resettle.core.classes import OPS
from resettle.tasks import acts
from resettle.tasks.models import Category, HandoverLevel, RepeatUnit, Task, TaskStatus
from resettle.tasks.queries import STATES, MyTaskFilters, TaskFilters
from resettle.tasks.several import Outcome, Outcomes
from resettle.web.fields import Code, Day, Id, Ids, Many, Name, Text, Whole
from resettle.web.schema import Command, Shape

LONG = 20_000
SHORT = 400
REASON = 500
MOST = 100
LONGEST_PAUSE = 366
WHOSE = ("mine", "all", "nobody")
DUE = ("late", "week")


class TaskFiltersSchema(Command[TaskFilters]):
    makes = TaskFilters

    status = fields.Enum(TaskStatus, by_value=True)
    due_before = Day()
    assignee_id = Id()


class MyTaskFiltersSchema(Command[MyTaskFilters]):
    makes = MyTaskFilters

    state = Code(tuple(STATES))
    whose = Code(WHOSE)
    due = Code(DUE)
    category = fields.Enum(Category, by_value=True)
    homes = Ids(100)


class AddTaskSchema(Command[acts.AddTask]):
    makes = acts.AddTask

    title = Name(SHORT, required=True)
    category = fields.Enum(Category, by_value=True, required=True)
    due_on = Day(required=True)
    detail = Text(LONG)
    person_id = Id()
    assignee_id = Id()
    handover = fields.Enum(HandoverLevel, by_value=True)
    repeat_every = Whole(1, LONGEST_PAUSE)
    repeat_unit = fields.Enum(RepeatUnit, by_value=True)
    repeat_until = Day()


class ChangeTaskSchema(Command[acts.ChangeTask]):
    makes = acts.ChangeTask

    title = Name(SHORT, validate=validate.Length(min=1))
    detail = Text(LONG, allow_none=True)
    category = fields.Enum(Category, by_value=True)
    due_on = Day()
    person_id = Id(allow_none=True)
    assignee_id = Id(allow_none=True)
    handover = fields.Enum(HandoverLevel, by_value=True, allow_none=True)
    repeat_every = Whole(1, LONGEST_PAUSE, allow_none=True)
    repeat_unit = fields.Enum(RepeatUnit, by_value=True, allow_none=True)
    repeat_until = Day(allow_none=True)
    status = fields.Enum(TaskStatus, by_value=True)
    cancel_reason = Text(REASON)


class CancelTaskSchema(Command[acts.CancelTask]):
    makes = acts.CancelTask

    reason = Text(REASON, required=True)


class SeveralSchema(Command[acts.Several]):
    makes = acts.Several

    task_ids = Many(Id(), most=MOST, required=True)


class TaskShape(Shape):
    class Meta:
        model = Task

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    person_id = fields.UUID()
    title = fields.String()
    detail = fields.String()
    category = fields.String()
    due_on = fields.Date()
    assignee_id = fields.UUID()
    group_id = fields.UUID()
    member_id = fields.UUID()
    handover = fields.String()
    status = fields.String()
    done_on = fields.Date()
    cancel_reason = fields.String()
    created_from = fields.String()
    source_id = fields.UUID()
    repeat_every = fields.Integer()
    repeat_unit = fields.String()
    repeat_until = fields.Date()
    follows_id = fields.UUID()


class TaskRow(Shape):
    """A task in a list, with what its household and its doer are called at work."""

    class Meta:
        model = Task

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    person_id = fields.UUID()
    reference = fields.String(metadata=dict(OPS))
    title = fields.String()
    category = fields.String()
    due_on = fields.Date()
    status = fields.String()
    done_on = fields.Date()
    handover = fields.String()
    assignee_id = fields.UUID()
    assignee = fields.String(metadata=dict(OPS))
    repeat_every = fields.Integer()
    repeat_unit = fields.String()


class OutcomeShape(Shape):
    class Meta:
        model = Outcome

    task_id = fields.UUID(metadata=dict(OPS))
    household_id = fields.UUID(metadata=dict(OPS))
    done = fields.Boolean(metadata=dict(OPS))
    why_not = fields.String(metadata=dict(OPS))


class OutcomesShape(Shape):
    class Meta:
        model = Outcomes

    bulk_id = fields.UUID(metadata=dict(OPS))
    count = fields.Integer(metadata=dict(OPS))
    tasks = fields.Nested(OutcomeShape(), many=True, metadata=dict(OPS))
