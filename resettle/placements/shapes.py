"""Dwellings, placements and sponsorships, as JSON shows them to each reader."""

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.households.models import Household
from resettle.placements.models import (
    Dwelling,
    HouseCheck,
    HousingNeed,
    Placement,
    Sponsorship,
    SponsorshipAnswer,
)
from resettle.placements.rules import VISA_NOTE
from resettle.web.schema import Shape

OPS = {"class": DataClass.OPS}
PROFILE = {"class": DataClass.PROFILE}
FIN = {"class": DataClass.FIN}
ADDRESS = {"item": "address"}
# What a group must not read off its own match: why it broke down, and who else there is.
NOTE = {"class": DataClass.NOTE}


class DwellingRow(Shape):
    class Meta:
        model = Dwelling

    id = fields.UUID()
    household_id = fields.UUID()
    location = fields.String()
    bedrooms = fields.Integer()
    tenure = fields.String()
    step_free = fields.Boolean()
    healthy_homes_seen = fields.Boolean()
    version = fields.Integer()


class DwellingShape(DwellingRow):
    address = fields.String(metadata=ADDRESS)
    directions = fields.String(metadata=ADDRESS)
    tenancy_from = fields.Date()
    tenancy_to = fields.Date()
    weekly_rent = fields.String()
    bond = fields.String()
    rent_paid_by = fields.String()
    landlord_kind = fields.String()
    landlord = fields.String()
    features = fields.Raw()
    heating = fields.String()


class HousingNeedShape(Shape):
    class Meta:
        model = HousingNeed

    id = fields.UUID()
    household_id = fields.UUID()
    step_free = fields.Boolean()
    features = fields.Raw()
    weekly_income = fields.String()
    told_on = fields.Date()


class HouseFitShape(Shape):
    """How a house suits a household; what the rent is of its income is money, and so for few."""

    class Meta:
        model = Dwelling

    dwelling_id = fields.UUID(metadata=OPS)
    household_id = fields.UUID()
    bedrooms = fields.Integer()
    bedrooms_needed = fields.Integer(metadata=PROFILE)
    crowding = fields.String(metadata=PROFILE)
    room = fields.String(metadata=PROFILE)
    standard = fields.String(metadata=OPS)
    lacks = fields.Raw(metadata=PROFILE)
    rent_share = fields.Integer(metadata=FIN)
    rent_share_most = fields.Integer(metadata=FIN)


class CheckLineShape(Shape):
    class Meta:
        model = HouseCheck

    item_code = fields.String()
    title = fields.String(metadata=OPS)
    status = fields.String()
    note = fields.String()
    checked_at = fields.DateTime()
    checked_by = fields.UUID()
    group_id = fields.UUID()
    waits = fields.Boolean(metadata=OPS)
    version = fields.Integer()


class PlacementShape(Shape):
    class Meta:
        model = Placement

    id = fields.UUID()
    household_id = fields.UUID()
    kind = fields.String()
    dwelling_id = fields.UUID()
    location = fields.String()
    address = fields.String(metadata=ADDRESS)
    start_on = fields.Date()
    end_on = fields.Date()
    provider = fields.String()
    group_id = fields.UUID()
    received_by = fields.String()
    unready = fields.Raw()
    reason = fields.String()
    end_reason = fields.String()
    version = fields.Integer()


class AnchorsShape(Shape):
    class Meta:
        model = Household

    id = fields.UUID()
    arrived_on = fields.Date()
    placed_on = fields.Date()
    support_start_on = fields.Date()
    support_end_on = fields.Date()
    version = fields.Integer()


class SponsorshipRow(Shape):
    class Meta:
        model = Sponsorship

    id = fields.UUID()
    group_id = fields.UUID()
    group_name = fields.String(metadata=OPS)
    household_id = fields.UUID()
    route = fields.String()
    status = fields.String()
    persons = fields.Integer()
    proposed_on = fields.Date()
    confirmed_on = fields.Date()
    ended_on = fields.Date()
    continuity_since = fields.Date()
    version = fields.Integer()


class SponsorshipShape(Shape):
    class Meta:
        model = Sponsorship

    id = fields.UUID()
    group_id = fields.UUID()
    household_id = fields.UUID()
    deed_id = fields.UUID()
    route = fields.String()
    status = fields.String()
    persons = fields.Integer()
    proposed_on = fields.Date()
    answer_by = fields.Date()
    takes_over_from = fields.UUID(metadata=NOTE)
    accepted_on = fields.Date()
    confirmed_on = fields.Date()
    start_on = fields.Date()
    planned_end_on = fields.Date()
    suspended_on = fields.Date()
    suspension_reason = fields.String()
    ended_on = fields.Date()
    decline_reason = fields.String(metadata=NOTE)
    ending_kind = fields.String()
    reasons = fields.Raw(metadata=NOTE)
    ending_note = fields.String()
    continuity_since = fields.Date()
    continuity_due_on = fields.Date()
    continuity_owner = fields.UUID(metadata=NOTE)
    continuity_plan = fields.String()
    visa_note = fields.Function(lambda _row: VISA_NOTE, metadata=OPS)
    version = fields.Integer()


class ReadinessShape(Shape):
    class Meta:
        model = Sponsorship

    household_id = fields.UUID()
    missing = fields.Raw(metadata=OPS)


class AnswerShape(Shape):
    class Meta:
        model = SponsorshipAnswer

    id = fields.UUID()
    person_id = fields.UUID()
    agrees = fields.Boolean()
    method = fields.String()
    language = fields.String()
    interpreter = fields.String()
    answered_on = fields.Date()
