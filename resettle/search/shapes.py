"""What was found, as JSON and the page show it."""

from marshmallow import fields

from resettle.core.classes import IDENT, OPS
from resettle.households.models import Household, Person
from resettle.web.schema import Shape

NAME = {**IDENT, "item": "name"}


class FoundPersonShape(Shape):
    class Meta:
        model = Person

    id = fields.UUID()
    name = fields.String(metadata=NAME)
    name_in_script = fields.String(metadata=NAME)
    has_left = fields.Boolean(metadata=dict(OPS))
    # That a number or a name led here tells of it, so it is shown to whom the name is.
    reasons = fields.Raw(metadata=NAME)
    score = fields.Integer(metadata=NAME)


class FoundHouseholdShape(Shape):
    class Meta:
        model = Household

    id = fields.UUID()
    reference = fields.String()
    name = fields.String(attribute="display_name", metadata=NAME)
    location = fields.String()
    has_left = fields.Boolean(metadata=dict(OPS))
    reasons = fields.Raw(metadata=NAME)
    score = fields.Integer(metadata=NAME)
    people = fields.Nested(FoundPersonShape(), many=True, metadata=dict(OPS))
