"""Figures over JSON and in forms."""

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.releases.acts import AskRelease
from resettle.releases.models import Release
from resettle.releases.queries import ReleaseFilters
from resettle.web.fields import Code, Day, Name
from resettle.web.schema import Command, Shape

CODE = 60
OPS = {"class": DataClass.OPS}
AUDIENCES = ("public", "ministry")
KINDS = ("table", "indicator", "survival", "survey")


class AskReleaseSchema(Command[AskRelease]):
    makes = AskRelease

    code = Name(CODE, required=True)
    audience = Code(AUDIENCES, required=True)
    kind = Code(KINDS, load_default="table")
    by = Name(CODE, load_default="")
    as_at = Day(load_default=None, allow_none=True)


class ReleaseFiltersSchema(Command[ReleaseFilters]):
    makes = ReleaseFilters

    kind = Code(KINDS, load_default=None)
    code = Name(CODE, load_default=None)
    audience = Code(AUDIENCES, load_default=None)


class ReleaseShape(Shape):
    """Figures as they were told. `figures` has S for what is small, null for what is withheld."""

    class Meta:
        model = Release

    id = fields.UUID()
    kind = fields.String()
    code = fields.String()
    by = fields.String()
    audience = fields.String()
    as_at = fields.Date()
    status = fields.String()
    title = fields.String()
    definition = fields.Raw()
    figures = fields.Raw()
    refusal = fields.String()
    snapshot_id = fields.UUID()
    data_hash = fields.String()
    asked_at = fields.DateTime()
    confirmed_at = fields.DateTime()
    version = fields.Integer()


class CatalogueShape(Shape):
    """Which tables there are, and for whom. They are the same for every reader."""

    code = fields.String(metadata=OPS)
    title = fields.String(metadata=OPS)
    population = fields.String(metadata=OPS)
    rows = fields.String(metadata=OPS)
    columns = fields.String(metadata=OPS)
    audiences = fields.List(fields.String(), metadata=OPS)
