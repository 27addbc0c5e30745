"""Figures as they are shown. They speak of no person, so their class is that of operations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import fields

from resettle.core.classes import OPS
from resettle.evaluation.indicators import NEWEST_FRAMEWORK, IndicatorsWanted
from resettle.evaluation.lacking import CODES
from resettle.evaluation.months import Asked
from resettle.evaluation.standing import Standing
from resettle.households.models import Stream
from resettle.releases.schemas import AUDIENCES, ReleaseShape
from resettle.web.fields import Code, Day, Many, Name, Text, Whole
from resettle.web.schema import Command, Shape


def _some(shape: type[Shape]) -> fields.Field[Any]:
    return fields.Nested(shape(many=True), metadata=dict(OPS))


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
    persons = _open(fields.Integer)
    households = _open(fields.Integer)


class TableShape(Shape):
    code = _open(fields.String)
    title = _open(fields.String)
    as_at = _open(fields.String)
    cells = fields.Nested(TableCellShape(many=True), metadata=dict(OPS))
    total = fields.Nested(TableCellShape(), metadata=dict(OPS))


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
    view = Code(["internal"], load_default="internal")


class IndicatorsWantedSchema(Command[IndicatorsWanted]):
    makes = IndicatorsWanted

    framework = Name(20, load_default=NEWEST_FRAMEWORK)
    by = Name(60, load_default="")
    audience = Code(AUDIENCES, load_default=None)


class ListedShape(Shape):
    """An indicator as it is defined, and what was told of it last."""

    code = _open(fields.String)
    title = _open(fields.String)
    framework = _open(fields.String)
    outcome = _open(fields.String)
    domain = _open(fields.String)
    official = _open(fields.String)
    level = _open(fields.String)
    numerator = _open(fields.String)
    denominator = _open(fields.String)
    window = _open(fields.String)
    unknowns = _open(fields.String)
    release = fields.Nested(ReleaseShape(), metadata=dict(OPS))


@dataclass(frozen=True, slots=True)
class TimingWanted:
    """Which milestone, parted by what, for whom."""

    code: str
    by: str
    audience: str


class TimingWantedSchema(Command[TimingWanted]):
    makes = TimingWanted

    code = Name(60, load_default="EMP-05")
    by = Name(60, load_default="")
    audience = Code(AUDIENCES, load_default="ministry")


@dataclass(frozen=True, slots=True)
class CheckSum:
    """Somebody's table: what each part says, and the total that they state."""

    labels: Sequence[str]
    numbers: Sequence[int]
    stated: int | None = None


class CheckSumSchema(Command[CheckSum]):
    makes = CheckSum

    labels = Many(Name(120), required=True)
    numbers = Many(Whole(0, 100_000_000), required=True)
    stated = Whole(0, 100_000_000, load_default=None, allow_none=True)


class SumShape(Shape):
    total = _open(fields.Integer)
    stated = _open(fields.Integer)
    difference = _open(fields.Integer)
    warning = _open(fields.String)


class AskedSchema(Command[Asked]):
    makes = Asked

    households = Whole(0, 200, load_default=6)
    month = Day(load_default=None)
    stream = Code([*Stream], load_default=Stream.CORS)


class StandingSchema(Command[Standing]):
    makes = Standing

    programme = Name(40, load_default=None)
    stage = Name(60, load_default=None)
    arrived = Day(load_default=None)
    expected = Day(load_default=None)
    lacks = Code(CODES, load_default=None)


class HousesShape(Shape):
    place = _open(fields.String)
    bedrooms = _open(fields.Integer)
    houses = _open(fields.Integer)


class RoomShape(Shape):
    programme_code = _open(fields.String)
    programme = _open(fields.String)
    title = _open(fields.String)
    persons = _open(fields.Integer)
    reserved = _open(fields.Integer)
    used = _open(fields.Integer)
    left = _open(fields.Integer)


class WaitingShape(Shape):
    reference = _open(fields.String)
    programme_code = _open(fields.String)
    programme = _open(fields.String)
    stage_code = _open(fields.String)
    stage = _open(fields.String)
    days = _open(fields.Integer)
    reasons = fields.List(fields.String(), metadata=dict(OPS))


class ReasonShape(Shape):
    programme_code = _open(fields.String)
    programme = _open(fields.String)
    stage_code = _open(fields.String)
    stage = _open(fields.String)
    code = _open(fields.String)
    reason = _open(fields.String)
    households = _open(fields.Integer)


class MonthShape(Shape):
    first = _open(fields.Date)
    households = _open(fields.Integer)
    persons = _open(fields.Integer)


class ResourceShape(Shape):
    code = _open(fields.String)
    title = _open(fields.String)
    free = _open(fields.Integer)


class StrainShape(ResourceShape):
    needed = _open(fields.Integer)
    lacking = _open(fields.Integer)
    breaks_in = _open(fields.Date)


class LeftShape(MonthShape):
    """A month ahead, and what is left of each resource at its end, in the order of resources."""

    left = fields.List(fields.Integer(), metadata=dict(OPS))


class DomainShape(Shape):
    code = _open(fields.String)
    title = _open(fields.String)
    due = _open(fields.Integer)
    in_time = _open(fields.Integer)
    late = _open(fields.Integer)
    still_open = fields.Integer(attribute="open", metadata=dict(OPS))


class GroupStatusShape(Shape):
    status = _open(fields.String)
    title = _open(fields.String)
    groups = _open(fields.Integer)
    persons = _open(fields.Integer)
    most_persons = _open(fields.Integer)


class OverviewShape(Shape):
    """What a programme manager asks first."""

    rooms = _some(RoomShape)
    groups = _some(GroupStatusShape)
    waiting = _some(WaitingShape)
    reasons = _some(ReasonShape)
    arrivals = _some(MonthShape)
    ahead = _some(MonthShape)
    month = _open(fields.Date)
    resources = _some(ResourceShape)
    strains = _some(StrainShape)
    first = fields.Nested(StrainShape(), metadata=dict(OPS))
    left = _some(LeftShape)
    domains = _some(DomainShape)
    late_reports = _open(fields.Integer)
    incidents = _open(fields.Integer)
    severe_incidents = _open(fields.Integer)


@dataclass(frozen=True, slots=True)
class AskFigure:
    """For whom a figure is, by what it is parted, and as at which day."""

    audience: str
    by: str
    as_at: date | None


class AskFigureSchema(Command[AskFigure]):
    makes = AskFigure

    audience = Code(AUDIENCES, required=True)
    by = Name(60, load_default="stream")
    as_at = Day(load_default=None, allow_none=True)
