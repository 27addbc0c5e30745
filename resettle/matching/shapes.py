"""Places over JSON and in pages: what goes out."""

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.matching.models import Allocation, Place, PlaceOffer, Ruling
from resettle.matching.queries import PlaceLine
from resettle.web.schema import Shape

OPS = {"class": DataClass.OPS}
PROFILE = {"class": DataClass.PROFILE}


class PlaceShape(Shape):
    class Meta:
        model = Place

    id = fields.UUID()
    version = fields.Integer()
    kind = fields.String()
    name = fields.String()
    location = fields.String()
    group_id = fields.UUID()
    programmes = fields.Raw()
    near = fields.Raw()
    opens_on = fields.Date()
    closes_on = fields.Date()
    updated_at = fields.DateTime()


class OfferShape(Shape):
    class Meta:
        model = PlaceOffer

    id = fields.UUID()
    version = fields.Integer()
    place_id = fields.UUID()
    from_on = fields.Date()
    to_on = fields.Date()
    persons = fields.Integer()
    households = fields.Integer()
    most_persons = fields.Integer()
    languages = fields.Raw()
    interpreters = fields.Raw()
    services = fields.Raw()
    work = fields.Raw()
    prefers = fields.Raw()
    houses = fields.Integer()
    step_free = fields.Integer()
    wait_days = fields.Integer()
    basis = fields.String()
    updated_at = fields.DateTime()


class PlaceLineShape(Shape):
    """A place with what it offers today and what is left of it; of nobody in particular."""

    class Meta:
        model = PlaceLine

    id = fields.UUID(metadata=OPS)
    version = fields.Integer(metadata=OPS)
    kind = fields.String(metadata=OPS)
    name = fields.String(metadata=OPS)
    location = fields.String(metadata=OPS)
    group_id = fields.UUID(metadata=OPS)
    opens_on = fields.Date(metadata=OPS)
    closes_on = fields.Date(metadata=OPS)
    persons = fields.Integer(metadata=OPS)
    persons_left = fields.Integer(metadata=OPS)
    households = fields.Integer(metadata=OPS)
    households_left = fields.Integer(metadata=OPS)
    wait_days = fields.Integer(metadata=OPS)


class RulingShape(Shape):
    class Meta:
        model = Ruling

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    place_id = fields.UUID()
    kind = fields.String()
    reason_code = fields.String()
    note = fields.String()
    lifted_on = fields.Date()


class AllocationShape(Shape):
    class Meta:
        model = Allocation

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    place_id = fields.UUID()
    persons = fields.Integer()
    for_on = fields.Date()
    run_id = fields.UUID()
    released_on = fields.Date()
    release_reason = fields.String()
