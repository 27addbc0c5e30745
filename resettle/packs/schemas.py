"""Packs over JSON and in forms."""

from marshmallow import fields

from resettle.packs import acts
from resettle.packs.models import Pack
from resettle.web.fields import Name, Text
from resettle.web.schema import Command, Shape

PURPOSE = 1000


class AskPackSchema(Command[acts.AskPack]):
    makes = acts.AskPack

    purpose = Text(PURPOSE, required=True)
    recipient = Name(required=True)


class OpenPackSchema(Command[acts.OpenPack]):
    makes = acts.OpenPack


class PackShape(Shape):
    class Meta:
        model = Pack

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    state = fields.String()
    purpose = fields.String()
    recipient = fields.String()
    created_at = fields.DateTime()
    ready_until = fields.DateTime()
    downloads = fields.Integer()
