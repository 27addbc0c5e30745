"""What is sent about dwellings, placements and sponsorships. What they answer is in shapes.py."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from resettle.placements import acts, queries, rules
from resettle.placements.models import (
    AnswerMethod,
    CheckStatus,
    Feature,
    LandlordKind,
    PlacementKind,
    RentPaidBy,
    SponsorshipStatus,
    Tenure,
)
from resettle.placements.service import ARRIVED, PLACED
from resettle.web.fields import Code, Day, Flag, Id, Many, Name, Text, Whole
from resettle.web.schema import Command

LONGEST_NOTE = 2000
LONGEST_LANDLORD = 200
MOST_BEDROOMS = 40


class Money(Text):
    """An amount in dollars and cents, kept as it was written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(20, **options)

    def _deserialize(self, value: Any, *place: Any, **options: Any) -> str:
        amount = rules.money(super()._deserialize(value, *place, **options))
        if amount is None:
            raise ValidationError("Write an amount in dollars, such as 450.00.")
        return f"{amount:.2f}"


class DwellingFiltersSchema(Command[queries.DwellingFilters]):
    makes = queries.DwellingFilters

    location = Text(80)
    household_id = Id()


class SponsorshipFiltersSchema(Command[queries.SponsorshipFilters]):
    makes = queries.SponsorshipFilters

    status = fields.Enum(SponsorshipStatus, by_value=True)
    group_id = Id()


class RecordDwellingSchema(Command[acts.RecordDwelling]):
    makes = acts.RecordDwelling

    location = Name(80, required=True)
    address = Text(300, required=True)
    bedrooms = Whole(0, MOST_BEDROOMS, required=True)
    tenure = fields.Enum(Tenure, by_value=True, required=True)
    household_id = Id()
    directions = Text(LONGEST_NOTE)
    tenancy_from = Day()
    tenancy_to = Day()
    weekly_rent = Money()
    bond = Money()
    rent_paid_by = fields.Enum(RentPaidBy, by_value=True)
    landlord_kind = fields.Enum(LandlordKind, by_value=True)
    landlord = Text(LONGEST_LANDLORD)
    step_free = Flag()
    features = Many(fields.Enum(Feature, by_value=True))
    healthy_homes_seen = Flag()
    heating = Text(200)


class ChangeDwellingSchema(Command[acts.ChangeDwelling]):
    makes = acts.ChangeDwelling

    no_end = Flag()
    household_id = Id()
    address = Text(300)
    directions = Text(LONGEST_NOTE)
    bedrooms = Whole(0, MOST_BEDROOMS)
    tenure = fields.Enum(Tenure, by_value=True)
    tenancy_from = Day()
    tenancy_to = Day()
    weekly_rent = Money()
    bond = Money()
    rent_paid_by = fields.Enum(RentPaidBy, by_value=True)
    landlord_kind = fields.Enum(LandlordKind, by_value=True)
    landlord = Text(LONGEST_LANDLORD)
    step_free = Flag()
    features = Many(fields.Enum(Feature, by_value=True))
    healthy_homes_seen = Flag()
    heating = Text(200)


class TellNeedSchema(Command[acts.TellNeed]):
    makes = acts.TellNeed

    told_on = Day(required=True)
    step_free = Flag()
    features = Many(fields.Enum(Feature, by_value=True))
    weekly_income = Money()


class CheckedItemSchema(Command[acts.CheckedItem]):
    makes = acts.CheckedItem

    item_code = Text(40, required=True)
    status = fields.Enum(CheckStatus, by_value=True, required=True)
    note = Text(500)


class CheckHouseSchema(Command[acts.CheckHouse]):
    makes = acts.CheckHouse

    items = fields.List(
        fields.Nested(CheckedItemSchema()),
        required=True,
        validate=validate.Length(1, 60, error="Send 1 to 60 items."),
    )


class MakePlacementSchema(Command[acts.MakePlacement]):
    makes = acts.MakePlacement

    kind = fields.Enum(PlacementKind, by_value=True, required=True)
    start_on = Day(required=True)
    location = Name(80)
    dwelling_id = Id()
    end_on = Day()
    provider = Name(120)
    group_id = Id()
    received_by = Name(120)
    reason = Text(LONGEST_NOTE)
    ends_current = Flag()
    override = Flag()


class EndPlacementSchema(Command[acts.EndPlacement]):
    makes = acts.EndPlacement

    end_on = Day(required=True)
    reason = Text(LONGEST_NOTE)


class RecordArrivalSchema(Command[acts.RecordArrival]):
    makes = acts.RecordArrival

    arrived_on = Day(required=True)


class MoveAnchorSchema(Command[acts.MoveAnchor]):
    makes = acts.MoveAnchor

    anchor = Code((ARRIVED, PLACED), required=True)
    to = Day(required=True)


class ProposeSponsorshipSchema(Command[acts.ProposeSponsorship]):
    makes = acts.ProposeSponsorship

    group_id = Id(required=True)
    route = Text(40, required=True)


class AnswerProposalSchema(Command[acts.AnswerProposal]):
    makes = acts.AnswerProposal

    person_id = Id(required=True)
    agrees = Flag(required=True)
    method = fields.Enum(AnswerMethod, by_value=True, required=True)
    answered_on = Day(required=True)
    language = Text(40)
    interpreter = Name(120)


class DeclineProposalSchema(Command[acts.DeclineProposal]):
    makes = acts.DeclineProposal

    reason = Text(40, required=True)
    note = Text(LONGEST_NOTE)


class GiveReasonSchema(Command[acts.GiveReason]):
    makes = acts.GiveReason

    reason = Text(LONGEST_NOTE, required=True)


class EndSponsorshipSchema(Command[acts.EndSponsorship]):
    makes = acts.EndSponsorship

    ending_kind = Text(40, required=True)
    ended_on = Day(required=True)
    reasons = Many(Text(40))
    note = Text(LONGEST_NOTE)
