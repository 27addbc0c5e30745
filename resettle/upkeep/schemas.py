"""The upkeep of houses over JSON: commands in, shapes out."""

import re

from marshmallow import fields, validate

from resettle.core.classes import DataClass
from resettle.placements.acts import CheckedItem
from resettle.placements.models import CheckStatus, HouseCheck
from resettle.upkeep import acts
from resettle.upkeep.models import (
    DefectKind,
    DefectPhoto,
    HouseDefect,
    HousePhoto,
    HouseRating,
    PowerBill,
)
from resettle.web.fields import Day, Flag, Text, Whole
from resettle.web.schema import Command, Shape

LONG, SHORT, YEAR, BEST = 4000, 400, 366, 5
CODE, MANY = 40, 1_000_000
SOME = validate.Length(1, 60, error="Send 1 to 60 items.")
DOLLARS = validate.Regexp(
    re.compile(r"[0-9]{1,6}(\.[0-9]{2})?\Z"), error="Write dollars, such as 450 or 450.20."
)


class ReportDefectSchema(Command[acts.ReportDefect]):
    makes = acts.ReportDefect

    kind = fields.Enum(DefectKind, by_value=True, required=True)
    text = Text(LONG, required=True)
    reported_on = Day(required=True)
    landlord = Text(SHORT)
    due_on = Day()


class TickedItemSchema(Command[CheckedItem]):
    makes = CheckedItem

    item_code = Text(CODE, required=True)
    status = fields.Enum(CheckStatus, by_value=True, required=True)


class TickHouseSchema(Command[acts.TickHouse]):
    makes = acts.TickHouse

    items = fields.List(fields.Nested(TickedItemSchema()), required=True, validate=SOME)


class SeenItemSchema(Command[acts.SeenItem]):
    makes = acts.SeenItem

    item_code = Text(CODE, required=True)
    version = Whole(1, MANY, required=True)


class ConfirmChecksSchema(Command[acts.ConfirmChecks]):
    makes = acts.ConfirmChecks

    items = fields.List(fields.Nested(SeenItemSchema()), required=True, validate=SOME)


class ReportOursSchema(Command[acts.ReportOurs]):
    makes = acts.ReportOurs

    kind = fields.Enum(DefectKind, by_value=True, required=True)
    said = Text(LONG, required=True)
    due_on = Day()


class FollowSchema(Command[acts.Follow]):
    makes = acts.Follow

    step = fields.Enum(acts.Step, by_value=True, required=True)


class MendDefectSchema(Command[acts.MendDefect]):
    makes = acts.MendDefect

    mended_on = Day(required=True)


class RateHouseSchema(Command[acts.RateHouse]):
    makes = acts.RateHouse

    rated_on = Day(required=True)
    warm = Whole(1, BEST, required=True)
    dry = Whole(1, BEST, required=True)
    safe = Whole(1, BEST, required=True)
    affordable = Whole(1, BEST, required=True)
    enough_space = Whole(1, BEST, required=True)
    note = Text(LONG)


class RecordBillSchema(Command[acts.RecordBill]):
    makes = acts.RecordBill

    amount = Text(12, required=True, validate=DOLLARS)
    days = Whole(1, YEAR, required=True)
    billed_on = Day(required=True)
    cold = Flag()


class DefectShape(Shape):
    class Meta:
        model = HouseDefect

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    dwelling_id = fields.UUID()
    kind = fields.String()
    text = fields.String()
    landlord = fields.String()
    group_id = fields.UUID()
    said = fields.String()
    reported_on = fields.Date()
    due_on = fields.Date()
    landlord_told_on = fields.Date()
    mended_on = fields.Date()


class LookShape(Shape):
    """What was found of one item, without the caseworker's note on it."""

    class Meta:
        model = HouseCheck

    item_code = fields.String()
    title = fields.String(metadata={"class": DataClass.OPS})
    status = fields.String()
    checked_at = fields.DateTime()
    checked_by = fields.UUID()
    group_id = fields.UUID()
    waits = fields.Boolean(metadata={"class": DataClass.OPS})
    version = fields.Integer()


class HousePhotoShape(Shape):
    """What is told of a photo of a house; the picture itself is its own address."""

    class Meta:
        model = HousePhoto

    id = fields.UUID()
    household_id = fields.UUID()
    item_code = fields.String()
    defect_id = fields.UUID()
    added_at = fields.DateTime()


class PhotoShape(Shape):
    """What is told of a photo; the picture itself is its own address."""

    class Meta:
        model = DefectPhoto

    id = fields.UUID()
    household_id = fields.UUID()
    defect_id = fields.UUID()
    media_type = fields.String()
    width = fields.Integer()
    height = fields.Integer()
    added_at = fields.DateTime()


class RatingShape(Shape):
    class Meta:
        model = HouseRating

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    dwelling_id = fields.UUID()
    rated_on = fields.Date()
    warm = fields.Integer()
    dry = fields.Integer()
    safe = fields.Integer()
    affordable = fields.Integer()
    enough_space = fields.Integer()
    note = fields.String()


class BillShape(Shape):
    class Meta:
        model = PowerBill

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    dwelling_id = fields.UUID()
    billed_on = fields.Date()
    days = fields.Integer()
    amount = fields.String()
    cold = fields.Boolean()
