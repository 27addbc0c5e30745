"""The roster over JSON and in forms: commands in, shapes out."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from marshmallow import fields

from resettle.core.classes import OPS
from resettle.roster import acts
from resettle.roster.models import Shift, ShiftKind, ShiftStatus
from resettle.roster.queries import Hours, ShiftFilters
from resettle.web.fields import Day, Flag, Id, Many, Name, Text, Whole
from resettle.web.schema import Command, Shape

LINE = 300
SHORT = 200
REASON = 300
DAY_LONG = 24 * 60
MOST_RIDERS = 30
MOST_SEATS = 20


class ShiftFiltersSchema(Command[ShiftFilters]):
    makes = ShiftFilters

    first = Day()
    last = Day()
    status = fields.Enum(ShiftStatus, by_value=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days of which hours are counted."""

    first: date
    last: date


class SpanSchema(Command[Span]):
    makes = Span

    first = Day(required=True)
    last = Day(required=True)


class AddShiftSchema(Command[acts.AddShift]):
    makes = acts.AddShift

    kind = fields.Enum(ShiftKind, by_value=True, required=True)
    starts_at = fields.AwareDateTime(format="iso", required=True)
    ends_at = fields.AwareDateTime(format="iso", required=True)
    words = Name(SHORT)
    place = Name(SHORT)
    rider_ids = Many(Id(), most=MOST_RIDERS)
    member_id = Id()
    every_weeks = Whole(1, 8)
    until = Day()


class ChangeShiftSchema(Command[acts.ChangeShift]):
    makes = acts.ChangeShift

    starts_at = fields.AwareDateTime(format="iso")
    ends_at = fields.AwareDateTime(format="iso")
    words = Name(SHORT, allow_none=True)
    place = Name(SHORT, allow_none=True)


class AssignShiftSchema(Command[acts.AssignShift]):
    makes = acts.AssignShift

    member_id = Id(required=True)


class CancelShiftSchema(Command[acts.CancelShift]):
    makes = acts.CancelShift

    reason = Text(REASON, required=True)
    following = Flag()


class LeaveShiftSchema(Command[acts.LeaveShift]):
    makes = acts.LeaveShift

    went = Text(LINE, required=True)
    minutes = Whole(5, DAY_LONG)


class AskForLiftSchema(Command[acts.AskForLift]):
    makes = acts.AskForLift

    words = Name(SHORT)
    place = Name(SHORT)


class NoteCarSchema(Command[acts.NoteCar]):
    makes = acts.NoteCar

    licence_until = Day()
    vehicle_seats = Whole(0, MOST_SEATS)
    child_seats = Whole(0, MOST_SEATS)


# As forms have it: a day, a time and a length, as people here write them.


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A shift as the form has it. What is left empty is nothing."""

    on: date
    at: time
    minutes: int = 60
    kind: ShiftKind = ShiftKind.VISIT
    words: str | None = None
    place: str | None = None
    rider_ids: tuple[UUID, ...] = ()
    member_id: UUID | None = None
    every_weeks: int | None = None
    until: date | None = None


class TimesSchema(Command[Written]):
    makes = Written

    on = Day(required=True)
    at = fields.Time(
        format="%H:%M", required=True, error_messages={"invalid": "Write the time as 14:30."}
    )
    minutes = Whole(5, DAY_LONG)
    words = Name(SHORT)
    place = Name(SHORT)


class WrittenSchema(TimesSchema):
    kind = fields.Enum(ShiftKind, by_value=True, required=True)
    rider_ids = Many(Id(), most=MOST_RIDERS)
    member_id = Id()
    every_weeks = Whole(1, 8)
    until = Day()


class ShiftShape(Shape):
    class Meta:
        model = Shift

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    group_id = fields.UUID()
    member_id = fields.UUID()
    series_id = fields.UUID()
    kind = fields.String()
    words = fields.String()
    place = fields.String(metadata={"item": "address"})
    starts_at = fields.DateTime()
    ends_at = fields.DateTime()
    riders = fields.Raw()
    status = fields.String()
    offered_at = fields.DateTime()
    arrived_at = fields.DateTime()
    left_at = fields.DateTime()
    minutes = fields.Integer()
    went = fields.String()
    cancel_reason = fields.String()


class HoursShape(Shape):
    class Meta:
        model = Hours

    household_id = fields.UUID(metadata=dict(OPS))
    first = fields.Date(metadata=dict(OPS))
    last = fields.Date(metadata=dict(OPS))
    minutes = fields.Integer(metadata=dict(OPS))
    shifts = fields.Integer(metadata=dict(OPS))
    missed = fields.Integer(metadata=dict(OPS))
    by_kind = fields.Raw(metadata=dict(OPS))
