"""Casework over JSON: commands in, shapes out."""

from marshmallow import fields, validate

from resettle.casework import acts
from resettle.casework.models import Channel, ContactNote, SharedNote, Visibility
from resettle.casework.queries import NoteFilters
from resettle.web.fields import Day, Flag, Many, Name, Text, Whole
from resettle.web.schema import Command, Shape

LONG = 20_000
SHORT = 400
LANGUAGE = 3
MINUTES = 24 * 60
SHARED = 4_000
MARK = 64


class NoteFiltersSchema(Command[NoteFilters]):
    makes = NoteFilters

    amended = Flag()


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
    confidential = Flag()


class AmendNoteSchema(Command[acts.AmendNote]):
    makes = acts.AmendNote

    text = Text(LONG, required=True)
    confidential = Flag()


class ShareNoteSchema(Command[acts.ShareNote]):
    makes = acts.ShareNote

    text = Text(SHARED, required=True)
    reason = Text(SHORT, required=True)
    seen = Text(MARK)


class SharingSchema(Command[acts.Sharing]):
    makes = acts.Sharing

    text = Text(SHARED, required=True)
    reason = Text(SHORT, required=True)
    seen = Text(MARK)
    confirmed = Flag()
    again = Flag()


class UnshareNoteSchema(Command[acts.UnshareNote]):
    makes = acts.UnshareNote

    reason = Text(SHORT, required=True)


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
    confidential = fields.Boolean()


class SharedNoteShape(Shape):
    """What sponsors and families see of it has no way back to the note that it came from."""

    class Meta:
        model = SharedNote

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    group_id = fields.UUID()
    text = fields.String()
    shared_at = fields.DateTime()
    shared_by = fields.UUID()
    reason = fields.String()
    unshared_at = fields.DateTime()
    unshare_reason = fields.String()
