"""Changes as they are sent, and as they are shown."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import fields, post_load, validate

from resettle.changes import acts
from resettle.changes.models import HouseholdChange, Kind
from resettle.changes.providers import TakenOver
from resettle.core.classes import DataClass
from resettle.households.models import Sex
from resettle.households.rules import MARITAL, RELATIONSHIPS
from resettle.households.schemas import NewPersonSchema
from resettle.web.fields import Code, Day, Flag, Id, Many, Name, Text, Whole
from resettle.web.schema import Command, Shape

OPS = {"class": DataClass.OPS}


def relationship(**options: Any) -> Code:
    return Code(sorted(RELATIONSHIPS), **options)


class GoingSchema(Command[acts.Going]):
    makes: ClassVar[type[acts.Going]] = acts.Going

    person_id = Id(required=True)
    relationship = relationship(required=True)


class RecordChangeSchema(Command[acts.Asked]):
    """Any change. Its kind says which of the fields belong to it, and which it needs."""

    makes: ClassVar[type[acts.Asked]] = acts.Asked

    kind = Code([kind.value for kind in acts.MADE], required=True)
    on = Day()
    person_id = Id()
    partner_id = Id()
    partner = fields.Nested(NewPersonSchema())
    relationship = relationship()
    marital_status = Code(MARITAL)
    people = Many(fields.Nested(GoingSchema()), most=40)
    successor_id = Id()
    location = Name(80)
    caseworker_id = Id()
    task_ids = Many(Id(), most=200)
    other_id = Id()
    overseas = Flag()
    dwelling_id = Id()
    outcome = Text(40)
    reasons = Many(Text(40), most=20)
    family_name = Name()
    given_name = Name()
    other_names = Name()
    name_in_script = Name()
    sex = fields.Enum(Sex, by_value=True)
    born_on = Day()
    guardian_id = Id()
    # The version of the household that was seen: if it is another by now, nothing is done.
    version = Whole(1)

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> acts.Asked:
        values = dict(data)
        kind, version = values.pop("kind"), values.pop("version", None)
        return acts.Asked(Kind(kind), values, version)


class ChangeShape(Shape):
    class Meta:
        model = HouseholdChange

    id = fields.UUID()
    household_id = fields.UUID()
    part_of = fields.UUID()
    kind = fields.String()
    happened_on = fields.Date()
    lines = fields.Function(
        lambda row: json.loads(row.lines or "[]"), metadata={"class": DataClass.NOTE}
    )
    created_at = fields.DateTime()
    created_by = fields.UUID()
    undone_at = fields.DateTime()
    undone_by = fields.UUID()
    version = fields.Integer()


class PreviewShape(Shape):
    household_id = fields.UUID(metadata={"class": DataClass.OPS})
    kind = fields.String(metadata={"class": DataClass.NOTE})
    files = fields.Raw(metadata={"class": DataClass.NOTE})


class ChangeProviderSchema(Command[acts.ChangeProvider]):
    makes = acts.ChangeProvider

    locations = Many(Name(80), most=40, required=True, validate=validate.Length(min=1))
    from_provider = Name(120, required=True)
    to_provider = Name(120, required=True)
    on = Day(required=True)
    user_ids = Many(Id(), most=100, required=True, validate=validate.Length(min=1))
    reason = Text(500, required=True)


class TakenOverShape(Shape):
    """File numbers only: whoever hands over many households need not know whose they are."""

    class Meta:
        model = TakenOver

    household_id = fields.UUID(metadata=OPS)
    reference = fields.String(metadata=OPS)
    user_id = fields.UUID(metadata=OPS)
    why_not = fields.String(metadata=OPS)
