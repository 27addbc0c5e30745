"""A group's money as JSON shows it: amounts are text, since a float is no amount."""

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.funds.models import BudgetLine, FundEntry, FundReceipt, Pledge
from resettle.sponsors.models import SponsorGroup
from resettle.web.fields import Dollars
from resettle.web.schema import Shape

OPS = {"class": DataClass.OPS}


class EntryShape(Shape):
    class Meta:
        model = FundEntry

    id = fields.UUID()
    version = fields.Integer()
    group_id = fields.UUID()
    household_id = fields.UUID()
    kind = fields.String()
    category = fields.String()
    happened_on = fields.Date()
    amount = Dollars(attribute="cents")
    valuation = fields.String()
    party = fields.String()
    note = fields.String()
    pledge_id = fields.UUID()
    member_id = fields.UUID()
    no_receipt = fields.String()
    reverses_id = fields.UUID()
    refunds_id = fields.UUID()
    state = fields.String()
    decided_at = fields.DateTime()
    reason = fields.String()


class PledgeShape(Shape):
    class Meta:
        model = Pledge

    id = fields.UUID()
    version = fields.Integer()
    group_id = fields.UUID()
    household_id = fields.UUID()
    pledger = fields.String()
    amount = Dollars(attribute="cents")
    months = fields.Integer()
    total = Dollars(metadata=OPS)
    pledged_on = fields.Date()
    first_on = fields.Date()
    note = fields.String()
    withdrawn_on = fields.Date()
    reason = fields.String()


class ReceiptShape(Shape):
    class Meta:
        model = FundReceipt

    id = fields.UUID()
    entry_id = fields.UUID()
    state = fields.String()
    media_type = fields.String()
    size = fields.Integer()


class BudgetLineShape(Shape):
    class Meta:
        model = BudgetLine

    id = fields.UUID()
    version = fields.Integer()
    group_id = fields.UUID()
    household_id = fields.UUID()
    category = fields.String()
    amount = Dollars(attribute="cents")


class OfGroup(Shape):
    """Sums of a group's money: of no person and no household, for all of its members."""

    class Meta:
        model = SponsorGroup


class AgainstShape(OfGroup):
    category = fields.String(metadata=OPS)
    budget = Dollars(metadata=OPS)
    actual = Dollars(metadata=OPS)
    left = Dollars(metadata=OPS)


class AheadShape(OfGroup):
    month = fields.Date(metadata=OPS)
    left = Dollars(metadata=OPS)
    left_with_pledges = Dollars(metadata=OPS)


class ForecastShape(OfGroup):
    pace = Dollars(metadata=OPS)
    runs_out = fields.Date(metadata=OPS)
    runs_out_with_pledges = fields.Date(metadata=OPS)
    until = fields.Date(metadata=OPS)
    shortfall = Dollars(metadata=OPS)
    months = fields.Nested(AheadShape, many=True, metadata=OPS)


class BalancesShape(OfGroup):
    pledged = Dollars(metadata=OPS)
    outstanding = Dollars(metadata=OPS)
    received = Dollars(metadata=OPS)
    in_kind = Dollars(metadata=OPS)
    spent = Dollars(metadata=OPS)
    waiting = Dollars(metadata=OPS)
    at_hand = Dollars(metadata=OPS)


class StandingShape(OfGroup):
    balances = fields.Nested(BalancesShape, metadata=OPS)
    budget = fields.Nested(AgainstShape, many=True, metadata=OPS)
    forecast = fields.Nested(ForecastShape, metadata=OPS)


class CostShape(OfGroup):
    """What a programme's table expects a sponsor to find for a family."""

    code = fields.String(metadata=OPS)
    title = fields.String(metadata=OPS)
    currency = fields.String(metadata=OPS)
    income = Dollars(metadata=OPS)
    start_up = Dollars(metadata=OPS)
    total = Dollars(metadata=OPS)
    basis = fields.String(metadata=OPS)
    note = fields.String(metadata=OPS)
    in_kind = fields.Dict(values=Dollars(), metadata=OPS)
    least_in_money = Dollars(metadata=OPS)
