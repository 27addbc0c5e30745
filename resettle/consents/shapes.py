"""Consents, as JSON shows them to each reader."""

from marshmallow import fields

from resettle.consents.models import ConsentEntry
from resettle.core.classes import DataClass
from resettle.web.schema import Shape

OPS = {"class": DataClass.OPS}


class ConsentShape(Shape):
    class Meta:
        model = ConsentEntry

    id = fields.UUID()
    person_id = fields.UUID()
    household_id = fields.UUID()
    seq = fields.Integer()
    purpose = fields.String()
    item = fields.String()
    recipient_type = fields.String()
    recipient_id = fields.UUID()
    recipient_name = fields.String()
    decision = fields.String()
    method = fields.String()
    language = fields.String()
    interpreter = fields.String()
    text_version = fields.String()
    given_by = fields.UUID()
    child_assents = fields.Boolean()
    recorded_by = fields.UUID()
    recorded_at = fields.DateTime()
    valid_from = fields.DateTime()
    expires_on = fields.Date()


class LedgerShape(Shape):
    """What is in force now, and every decision that led there."""

    person_id = fields.UUID(metadata=OPS)
    in_force = fields.Nested(ConsentShape(), many=True, metadata=OPS)
    entries = fields.Nested(ConsentShape(), many=True, metadata=OPS)
