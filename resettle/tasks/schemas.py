"""Tasks over JSON: commands in, shapes out."""

from marshmallow import fields, validate

from resettle.tasks import acts
from resettle.tasks.models import Category, HandoverLevel, Task, TaskStatus
from resettle.tasks.queries import TaskFilters
from resettle.web.fields import Day, Id, Name, Text
from resettle.web.schema import Command, Shape

LONG = 20_000
SHORT = 400


class TaskFiltersSchema(Command[TaskFilters]):
    makes = TaskFilters

    status = fields.Enum(TaskStatus, by_value=True)
    due_before = Day()
    assignee_id = Id()


class AddTaskSchema(Command[acts.AddTask]):
    makes = acts.AddTask

    title = Name(SHORT, required=True)
    category = fields.Enum(Category, by_value=True, required=True)
    due_on = Day(required=True)
    detail = Text(LONG)
    person_id = Id()
    assignee_id = Id()
    handover = fields.Enum(HandoverLevel, by_value=True)


class ChangeTaskSchema(Command[acts.ChangeTask]):
    makes = acts.ChangeTask

    title = Name(SHORT, validate=validate.Length(min=1))
    detail = Text(LONG, allow_none=True)
    category = fields.Enum(Category, by_value=True)
    due_on = Day()
    assignee_id = Id(allow_none=True)
    handover = fields.Enum(HandoverLevel, by_value=True, allow_none=True)
    status = fields.Enum(TaskStatus, by_value=True)


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
    handover = fields.String()
    status = fields.String()
    done_on = fields.Date()
    created_from = fields.String()
    source_id = fields.UUID()
