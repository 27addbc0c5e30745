"""Reminders: commands in, shapes out."""

from marshmallow import fields

from resettle.core.classes import OPS
from resettle.notifications import acts
from resettle.notifications.models import GroupReminder, Reminder, ReminderChoice
from resettle.notifications.queries import ReminderFilters
from resettle.notifications.rules import Mailing
from resettle.web.fields import Flag
from resettle.web.schema import Command, Shape


def _clock() -> fields.Time:
    told = "Write the time as 07:30."
    return fields.Time(format="%H:%M", required=True, error_messages={"invalid": told})


class ReminderFiltersSchema(Command[ReminderFilters]):
    makes = ReminderFilters

    unread = Flag()


class ChooseSchema(Command[acts.Choose]):
    makes = acts.Choose

    mailing = fields.Enum(Mailing, by_value=True, required=True)
    digest_at = _clock()
    quiet_from = _clock()
    quiet_until = _clock()


class ReminderShape(Shape):
    class Meta:
        model = Reminder

    id = fields.UUID()
    household_id = fields.UUID()
    reference = fields.String(metadata=dict(OPS))
    source = fields.String()
    due_on = fields.Date()
    made_at = fields.DateTime()
    read_at = fields.DateTime()


class GroupReminderShape(Shape):
    class Meta:
        model = GroupReminder

    id = fields.UUID()
    kind = fields.String()
    group_id = fields.UUID()
    household_id = fields.UUID()
    due_on = fields.Date()
    made_at = fields.DateTime()
    read_at = fields.DateTime()


class ChoiceShape(Shape):
    class Meta:
        model = ReminderChoice

    version = fields.Integer()
    mailing = fields.String()
    digest_at = fields.Time(format="%H:%M")
    quiet_from = fields.Time(format="%H:%M")
    quiet_until = fields.Time(format="%H:%M")
