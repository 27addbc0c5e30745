"""Exports over JSON and in forms."""

from dataclasses import dataclass
from datetime import date

from marshmallow import fields

from resettle.exports.acts import AskExport
from resettle.exports.models import ListExport
from resettle.exports.rules import Format
from resettle.web.fields import Day, Many, Name, Text
from resettle.web.schema import Command, Shape

PURPOSE, CODE, MOST_COLUMNS = 900, 40, 40


class AskExportSchema(Command[AskExport]):
    makes = AskExport

    dataset = Text(CODE, required=True)
    columns = Many(Text(CODE), most=MOST_COLUMNS, required=True)
    purpose = Text(PURPOSE, required=True)
    recipient = Name(required=True)
    format = fields.Enum(Format, by_value=True, load_default=Format.XLSX)
    from_on = Day()
    until_on = Day()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOnPage:
    """What a form sends: all but which list, which stands in its address."""

    purpose: str
    recipient: str
    columns: list[str]
    format: Format
    from_on: date | None = None
    until_on: date | None = None


class AskedOnPageSchema(Command[AskedOnPage]):
    makes = AskedOnPage

    columns = Many(Text(CODE), most=MOST_COLUMNS, load_default=list)
    purpose = Text(PURPOSE, required=True)
    recipient = Name(required=True)
    format = fields.Enum(Format, by_value=True, load_default=Format.XLSX)
    from_on = Day()
    until_on = Day()


class ExportShape(Shape):
    class Meta:
        model = ListExport

    id = fields.UUID()
    version = fields.Integer()
    dataset = fields.String()
    columns = fields.Raw()
    format = fields.String()
    from_on = fields.Date()
    until_on = fields.Date()
    purpose = fields.String()
    recipient = fields.String()
    state = fields.String()
    rows_total = fields.Integer()
    rows_done = fields.Integer()
    created_at = fields.DateTime()
    ready_until = fields.DateTime()
    downloads = fields.Integer()
