"""What is known of one person, as JSON shows it to each reader."""

import json
from typing import Any

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.households.models import Person
from resettle.people.models import Photo, Relative, SpecificNeed
from resettle.web.schema import Shape

ORIGIN = {"class": DataClass.ORIGIN}


def coded(name: str, data_class: DataClass) -> fields.Function:
    """Show a coded fact with the code that it came from."""

    def read(row: Any) -> Any:
        text = getattr(row, name)
        return None if text is None else json.loads(text)

    return fields.Function(read, metadata={"class": data_class})


def flag(name: str, data_class: DataClass) -> fields.Function:
    """Show a sealed yes or no."""

    def read(row: Any) -> bool | None:
        text = getattr(row, name)
        return None if text is None else text == "true"

    return fields.Function(read, metadata={"class": data_class})


class ContactShape(Shape):
    class Meta:
        model = Person

    id = fields.UUID()
    phone = fields.String(metadata={"class": DataClass.LOC, "item": "phone"})
    email = fields.String()
    address = fields.String(metadata={"class": DataClass.LOC, "item": "address"})
    contact_confirmed_on = fields.Date()
    version = fields.Integer()


class OriginShape(Shape):
    class Meta:
        model = Person

    id = fields.UUID()
    nationality = coded("nationality", DataClass.ORIGIN)
    stateless = flag("stateless", DataClass.ORIGIN)
    birth_country = coded("birth_country", DataClass.ORIGIN)
    birth_place = fields.String()
    origin_country = coded("origin_country", DataClass.ORIGIN)
    asylum_country = coded("asylum_country", DataClass.ORIGIN)
    asylum_arrived_on = fields.String()
    registered_on = fields.String()
    ethnicity = coded("ethnicity", DataClass.ORIGIN)
    religion = coded("religion", DataClass.ORIGIN)
    immigration_status = fields.String()
    unhcr_individual_id = fields.String()
    inz_client_no = fields.String()
    version = fields.Integer()


class NeedShape(Shape):
    """A need as most see it: what helps. Its code is for those who may know of the kind."""

    class Meta:
        model = SpecificNeed

    id = fields.UUID()
    person_id = fields.UUID()
    practical_support = fields.String()
    identified_on = fields.Date()
    active = fields.Boolean()
    restricted = fields.Boolean()
    health_code = coded("health_code", DataClass.HEALTH)
    protection_code = coded("protection_code", DataClass.PROT)
    severity = fields.String()
    source = fields.String()
    version = fields.Integer()


class RelativeShape(Shape):
    class Meta:
        model = Relative

    id = fields.UUID()
    person_id = fields.UUID()
    name = fields.String(metadata=ORIGIN)
    relationship = coded("relationship_code", DataClass.ORIGIN)
    sex = fields.String()
    born_on = fields.String()
    nationality = coded("nationality", DataClass.ORIGIN)
    residence_country = coded("residence_country", DataClass.ORIGIN)
    deceased = flag("deceased", DataClass.ORIGIN)
    wants_reunification = flag("wants_reunification", DataClass.ORIGIN)
    rfsc_status = fields.String()
    source = fields.String()
    version = fields.Integer()


class PhotoShape(Shape):
    """What is told of a photo; the picture itself is its own address."""

    class Meta:
        model = Photo

    id = fields.UUID()
    person_id = fields.UUID()
    width = fields.Integer()
    height = fields.Integer()
    media_type = fields.String()
    taken_on = fields.Date()
    version = fields.Integer()
