"""Papers of applications: what is sent, and how they are listed."""

from marshmallow import fields

from resettle.evidence.acts import FileEvidence
from resettle.evidence.models import Evidence
from resettle.evidence.rules import Kind
from resettle.web.fields import Flag
from resettle.web.schema import Command, Shape


class FileEvidenceSchema(Command[FileEvidence]):
    makes = FileEvidence

    kind = fields.Enum(Kind, by_value=True, required=True)
    nothing_of_police = Flag()


class EvidenceShape(Shape):
    class Meta:
        model = Evidence

    id = fields.UUID()
    application_id = fields.UUID()
    kind = fields.String()
    state = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    created_at = fields.DateTime()
    version = fields.Integer()
