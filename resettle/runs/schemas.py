"""Report runs over JSON and in forms."""

from marshmallow import fields, validate

from resettle.core.classes import OPS
from resettle.runs.acts import AskRun, Tabulate
from resettle.runs.models import ReportRun
from resettle.runs.tabulating import Rule
from resettle.web.fields import Code, Day, Text, Whole
from resettle.web.schema import Command, Shape

CODE, RECORDS = 40, 900_000


class AskRunSchema(Command[AskRun]):
    makes = AskRun

    report = Text(CODE, load_default="quarterly")
    audience = Code(["ministry", "public"], required=True)
    as_at = Day()


class RunRow(Shape):
    class Meta:
        model = ReportRun

    id = fields.UUID()
    version = fields.Integer()
    report = fields.String()
    audience = fields.String()
    as_at = fields.Date()
    state = fields.String()
    title = fields.String()
    asked_at = fields.DateTime()
    made_at = fields.DateTime()
    repeats = fields.UUID()
    is_same = fields.Boolean()
    digest = fields.String()


class RunShape(RunRow):
    told = fields.Raw()


class TabulateSchema(Command[Tabulate]):
    makes = Tabulate

    records = Text(RECORDS, required=True)
    rule = fields.Enum(Rule, by_value=True, load_default=Rule.NONE)
    stated = fields.Dict(
        keys=fields.String(validate=validate.Length(max=CODE)),
        values=Whole(),
        load_default=dict,
        validate=validate.Length(max=50),
    )


class TabulatedShape(Shape):
    """A table counted from somebody's records, as it is told."""

    code = fields.String(metadata=dict(OPS))
    title = fields.String(metadata=dict(OPS))
    rows = fields.Raw(metadata=dict(OPS))
    columns = fields.Raw(metadata=dict(OPS))
    cells = fields.Raw(metadata=dict(OPS))
    total = fields.String(metadata=dict(OPS))
    warning = fields.String(metadata=dict(OPS))
