"""Report runs over JSON and in forms."""

from collections.abc import Iterator
from typing import Any

from marshmallow import ValidationError, fields, validate

from resettle.core.classes import OPS
from resettle.runs.acts import AskRun, Tabulate
from resettle.runs.models import ReportRun
from resettle.runs.tabulating import Rule
from resettle.web.fields import Code, Day, Text, Whole
from resettle.web.schema import Command, Shape

CODE, RECORDS = 40, 1_000_000
LONG, MOST_TOTALS, HIGHEST = 4_000, 50, 1_000_000_000
TOTALS = "Write a table and its total on each line, such as: arrivals-by-age-and-sex 8039"


class Totals(fields.Field[dict[str, int]]):
    """Totals by table: an object, or lines such as `T4 1020` as a form sends them."""

    def __init__(self) -> None:
        super().__init__(load_default=dict)

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> dict[str, int]:
        given = value.items() if isinstance(value, dict) else _lines(value)
        try:
            found = {str(code): int(str(number).replace(",", "")) for code, number in given}
        except ValueError:
            raise ValidationError(TOTALS) from None
        if len(found) > MOST_TOTALS or any(not 0 <= number < HIGHEST for number in found.values()):
            raise ValidationError(TOTALS)
        return found


def _lines(value: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(value, str) or len(value) > LONG:
        raise ValidationError(TOTALS)
    for line in value.splitlines():
        if line.strip():
            code, _, number = line.strip().rpartition(" ")
            yield code.strip(), number


class AskRunSchema(Command[AskRun]):
    makes = AskRun

    report = Text(CODE, load_default="quarterly")
    audience = Code(["ministry", "public"], required=True)
    as_at = Day()
    stated = Totals()


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
    confirmed_at = fields.DateTime()
    repeats = fields.UUID()
    is_same = fields.Boolean()
    digest = fields.String()


class RunShape(RunRow):
    stated = fields.Raw()
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
    shares = fields.Raw(metadata=dict(OPS))
    warning = fields.String(metadata=dict(OPS))
