"""Contact cards over JSON and in forms."""

from marshmallow import fields

from resettle.cards import acts
from resettle.cards.models import CardTopic
from resettle.web.fields import Name, Phone, Text
from resettle.web.schema import Command, Shape

SHORT, CODE = 120, 40


class WriteTopicSchema(Command[acts.WriteTopic]):
    makes = acts.WriteTopic

    topic = Text(CODE, required=True)
    family_calls = Name(SHORT)
    family_phone = Phone()
    group_calls = Name(SHORT)
    group_phone = Phone()


class CardTopicShape(Shape):
    class Meta:
        model = CardTopic

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    group_id = fields.UUID()
    topic = fields.String()
    family_calls = fields.String()
    family_phone = fields.String()
    group_calls = fields.String()
    group_phone = fields.String()
