"""Evidence, notes and messages over JSON: commands in, shapes out."""

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.strain import acts
from resettle.strain.models import GroupMessage, GroupMessageReading, SupervisionNote
from resettle.web.fields import Text
from resettle.web.schema import Command, Shape

LONG, SHORT, CODE = 4000, 1000, 80
OPS = {"class": DataClass.OPS}


class WriteNoteSchema(Command[acts.WriteNote]):
    makes = acts.WriteNote

    text = Text(LONG, required=True)


class SendToGroupsSchema(Command[acts.SendToGroups]):
    makes = acts.SendToGroups

    text = Text(SHORT, required=True)
    location = Text(CODE)


class LineShape(Shape):
    """A line of evidence. Of money `number` and `against` are cents."""

    sign = fields.String(metadata=OPS)
    number = fields.Integer(metadata=OPS)
    against = fields.Integer(metadata=OPS)
    since = fields.Date(metadata=OPS)
    worth_a_look = fields.Boolean(metadata=OPS)
    household_id = fields.UUID(metadata=OPS)
    reference = fields.String(metadata=OPS)
    question = fields.String(metadata=OPS)
    spread = fields.Raw(metadata=OPS)


class NoteShape(Shape):
    class Meta:
        model = SupervisionNote

    id = fields.UUID()
    group_id = fields.UUID()
    text = fields.String()
    author_id = fields.UUID()
    written_at = fields.DateTime()


class GroupMessageShape(Shape):
    class Meta:
        model = GroupMessage

    id = fields.UUID()
    text = fields.String()
    location = fields.String()
    sent_at = fields.DateTime()


class ReadingShape(Shape):
    class Meta:
        model = GroupMessageReading

    group_message_id = fields.UUID()
    read_at = fields.DateTime()
