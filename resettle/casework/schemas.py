"""Casework over JSON: commands in, shapes out."""

from marshmallow import fields, validate

from resettle.casework import acts
from resettle.casework.models import (
    Category,
    Channel,
    ContactNote,
    HandoverLevel,
    Task,
    TaskStatus,
    Visibility,
)
from resettle.casework.queries import NoteFilters, TaskFilters
from resettle.web.fields import Day, Flag, Id, Many, Name, Text, Whole
from resettle.web.schema import Command, Shape

LONG = 20_000
SHORT = 400
LANGUAGE = 3
MINUTES = 24 * 60


class NoteFiltersSchema(Command[NoteFilters]):
    makes = NoteFilters

    amended = Flag()


class TaskFiltersSchema(Command[TaskFilters]):
    makes = TaskFilters

    status = fields.Enum(TaskStatus, by_value=True)
    due_before = Day()
    assignee_id = Id()


class WriteNoteSchema(Command[acts.WriteNote]):
    makes = acts.WriteNote

    occurred_at = fields.AwareDateTime(format="iso", required=True)
    channel = fields.Enum(Channel, by_value=True, required=True)
    text = Text(LONG, required=True)
    present = Many(Name(), most=40)
    language = Text(LANGUAGE, validate=validate.Length(equal=LANGUAGE))
    interpreter_used = Flag()
    interpreter = Name()
    minutes = Whole(1, MINUTES)
    domains = Many(Text(10), most=20)
    next_action = Text(SHORT)
    next_due = Day()
    risk = Flag()
    visibility = fields.Enum(Visibility, by_value=True)


class AmendNoteSchema(Command[acts.AmendNote]):
    makes = acts.AmendNote

    text = Text(LONG, required=True)


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


class NoteShape(Shape):
    class Meta:
        model = ContactNote

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    amends_id = fields.UUID()
    author_id = fields.UUID()
    occurred_at = fields.DateTime()
    created_at = fields.DateTime()
    channel = fields.String()
    visibility = fields.String()
    language = fields.String()
    interpreter_used = fields.Boolean()
    interpreter = fields.String()
    minutes = fields.Integer()
    domains = fields.Raw()
    present = fields.String()
    text = fields.String()
    next_action = fields.String()
    next_due = fields.Date()
    risk = fields.String()


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
