"""What comes in from the queue, and what of it is shown."""

from marshmallow import fields

from resettle.core.classes import OPS, PLAN, DataClass
from resettle.day import acts
from resettle.day.models import QueueMark, SnoozeReason
from resettle.day.queries import ALL, MINE, QueueFilters
from resettle.day.rules import Group, Source
from resettle.web.fields import Code, Day, Id, Text
from resettle.web.schema import Command, Shape

NOTE = 500


class QueueFiltersSchema(Command[QueueFilters]):
    makes = QueueFilters

    source = fields.Enum(Source, by_value=True)
    group = fields.Enum(Group, by_value=True)
    place = Text(80)
    whose = Code((MINE, ALL))


class SnoozeSchema(Command[acts.Snooze]):
    makes = acts.Snooze

    until_on = Day(required=True)
    reason_code = fields.Enum(SnoozeReason, by_value=True, required=True)
    reason = Text(NOTE)


class GiveSchema(Command[acts.Give]):
    makes = acts.Give

    to_id = Id(required=True)
    reason = Text(NOTE)


class LineShape(Shape):
    """One line of a queue. Who may see the household may see it."""

    household_id = fields.UUID(metadata=dict(OPS))
    source = fields.String(metadata=dict(OPS))
    subject_id = fields.UUID(metadata=dict(OPS))
    way_id = fields.UUID(metadata=dict(OPS))
    version = fields.Integer(metadata=dict(OPS))
    may_be_seen = fields.Boolean(metadata=dict(OPS))
    reference = fields.String(metadata=dict(OPS))
    name = fields.String(metadata={"class": DataClass.IDENT, "item": "name"})
    title = fields.String(metadata=dict(PLAN))
    person = fields.String(metadata={"class": DataClass.IDENT, "item": "name"})
    group = fields.String(metadata=dict(OPS))
    due_on = fields.Date(metadata=dict(PLAN))
    late_days = fields.Integer(metadata=dict(PLAN))
    weight = fields.Integer(metadata=dict(PLAN))
    safety = fields.Boolean(metadata=dict(OPS))
    why = fields.String(metadata=dict(PLAN))
    # Names of people at work, which those who work with them may know.
    whose = fields.String(metadata=dict(OPS))
    why_here = fields.String(metadata=dict(OPS))
    mark_id = fields.UUID(metadata=dict(OPS))
    given_id = fields.UUID(metadata=dict(OPS))
    snoozed_until = fields.Date(metadata=dict(OPS))
    snooze_reason = fields.String(metadata=dict(OPS))
    snooze_note = fields.String(metadata={"class": DataClass.NOTE})


class MarkShape(Shape):
    class Meta:
        model = QueueMark

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    source = fields.String()
    subject_id = fields.UUID()
    kind = fields.String()
    reason_code = fields.String()
    reason = fields.String()
    until_on = fields.Date()
    to_id = fields.UUID()
    from_id = fields.UUID()
    by_id = fields.UUID()
    made_at = fields.DateTime()
    ended_at = fields.DateTime()
