"""The quality of records over JSON: file numbers of one's own, and numbers of households."""

from marshmallow import fields

from resettle.core.classes import OPS
from resettle.web.schema import Shape


class TeamShape(Shape):
    location = fields.String(metadata=dict(OPS))
    households = fields.Integer(metadata=dict(OPS))


class FileShape(Shape):
    id = fields.UUID(metadata=dict(OPS))
    reference = fields.String(metadata=dict(OPS))


class FoundShape(Shape):
    code = fields.String(metadata=dict(OPS))
    fault = fields.String(metadata=dict(OPS))
    title = fields.String(metadata=dict(OPS))
    mend = fields.String(metadata=dict(OPS))
    files = fields.Nested(FileShape(many=True), metadata=dict(OPS))
    more = fields.Boolean(metadata=dict(OPS))
    teams = fields.Nested(TeamShape(many=True), metadata=dict(OPS))
