"""Figures as they are shown. They speak of no person, so their class is that of operations."""

from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from resettle.core.classes import OPS
from resettle.web.fields import Code, Text
from resettle.web.schema import Command, Shape


def _open(kind: type[fields.Field[Any]]) -> fields.Field[Any]:
    return kind(metadata=dict(OPS))


class StageFiguresShape(Shape):
    code = _open(fields.String)
    title = _open(fields.String)
    households = _open(fields.Integer)
    persons = _open(fields.Integer)
    median_days = _open(fields.Integer)
    longest_days = _open(fields.Integer)


class ProgrammeFiguresShape(Shape):
    code = _open(fields.String)
    title = _open(fields.String)
    households = _open(fields.Integer)
    persons = _open(fields.Integer)
    stages = fields.Nested(StageFiguresShape(many=True), metadata=dict(OPS))


class TableCellShape(Shape):
    label = _open(fields.String)
    persons = _open(fields.String)
    households = _open(fields.String)


class TableShape(Shape):
    code = _open(fields.String)
    title = _open(fields.String)
    view = _open(fields.String)
    as_at = _open(fields.String)
    cells = fields.Nested(TableCellShape(many=True), metadata=dict(OPS))
    total = fields.Nested(TableCellShape(), metadata=dict(OPS))
    footer = _open(fields.String)


class StreamShareShape(Shape):
    stream = _open(fields.String)
    numerator = _open(fields.Integer)
    denominator = _open(fields.Integer)
    unknowns = fields.Integer(attribute="unknown", data_key="unknown", metadata=dict(OPS))
    percent = _open(fields.Integer)


class IndicatorShape(Shape):
    code = _open(fields.String)
    title = _open(fields.String)
    as_at = _open(fields.String)
    by_stream = fields.Nested(StreamShareShape(many=True), metadata=dict(OPS))
    warning = _open(fields.String)


@dataclass(frozen=True, slots=True)
class TableWanted:
    programme: str
    view: str


class TableWantedSchema(Command[TableWanted]):
    makes = TableWanted

    programme = Text(40, load_default="cors")
    view = Code(["internal", "ministry", "public"], load_default="public")
