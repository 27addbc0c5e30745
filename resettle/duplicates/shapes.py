"""Possible duplicates, as JSON shows them: the other record only to those who may know of it."""

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.duplicates.models import DuplicateCandidate
from resettle.households.shapes import PersonShape
from resettle.web.schema import Shape

OPS = {"class": DataClass.OPS}


class CandidateShape(Shape):
    class Meta:
        model = DuplicateCandidate

    id = fields.UUID()
    person_id = fields.UUID()
    score = fields.Integer()
    reasons = fields.Raw()
    verdict = fields.String()
    decided_at = fields.DateTime()
    decided_by = fields.UUID()
    reason = fields.String()
    version = fields.Integer()


class ComparisonShape(Shape):
    """A candidate with both records, or with the name of whom to ask about the other."""

    candidate = fields.Nested(CandidateShape(), metadata=OPS)
    person = fields.Nested(PersonShape(), metadata=OPS)
    other = fields.Nested(PersonShape(), metadata=OPS)
    contact = fields.String(metadata=OPS)
