"""What is sent to the ledger: commands and filters. What it answers is in shapes.py."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields

from resettle.funds import acts, queries, rules
from resettle.funds.rules import Category, Kind, State, Valuation
from resettle.web.fields import Day, Id, Money, Name, Text, Whole
from resettle.web.schema import Command

LONG = 2000
MOST_MONTHS = 60
LARGEST_FAMILY = 20


class KindOf(fields.Enum[Kind]):
    """A kind of entry. A loan is refused with the reason, since people will try."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Kind, by_value=True, **options)

    def _deserialize(self, value: Any, *place: Any, **options: Any) -> Any:
        if value == rules.LOAN:
            raise ValidationError(rules.NO_LOANS)
        return super()._deserialize(value, *place, **options)


class CategoryOf(fields.Enum[Category]):
    def __init__(self, **options: Any) -> None:
        super().__init__(Category, by_value=True, **options)


@dataclass(frozen=True, slots=True)
class OfHousehold:
    """Sums of one household, or of the group as a whole."""

    household: UUID | None = None


class OfHouseholdSchema(Command[OfHousehold]):
    makes = OfHousehold

    household = Id()


class LedgerFiltersSchema(Command[queries.LedgerFilters]):
    makes = queries.LedgerFilters

    household = Id()
    kind = KindOf()
    category = CategoryOf()
    state = fields.Enum(State, by_value=True)


class MakePledgeSchema(Command[acts.MakePledge]):
    makes = acts.MakePledge

    amount = Money(required=True)
    months = Whole(1, MOST_MONTHS)
    pledged_on = Day(required=True)
    first_on = Day(required=True)
    pledger = Name()
    note = Text(LONG)
    household_id = Id()


class ReasonedSchema(Command[acts.Reasoned]):
    makes = acts.Reasoned

    reason = Text(LONG, required=True)


class RecordGiftSchema(Command[acts.RecordGift]):
    makes = acts.RecordGift

    kind = KindOf(required=True)
    amount = Money(required=True)
    happened_on = Day(required=True)
    category = CategoryOf()
    valuation = fields.Enum(Valuation, by_value=True)
    donor = Name()
    note = Text(LONG)
    pledge_id = Id()
    household_id = Id()


class _SpendingSchema(Command[acts.ClaimSpending]):
    amount = Money(required=True)
    category = CategoryOf(required=True)
    happened_on = Day(required=True)
    payee = Name()
    note = Text(LONG)
    no_receipt = Text(LONG)
    household_id = Id()


class ClaimSpendingSchema(_SpendingSchema):
    makes = acts.ClaimSpending


class RecordSpendingSchema(_SpendingSchema):
    makes = acts.RecordSpending

    member_id = Id(required=True)


class RecordRefundSchema(Command[acts.RecordRefund]):
    makes = acts.RecordRefund

    amount = Money(required=True)
    happened_on = Day(required=True)
    note = Text(LONG)


class SetBudgetSchema(Command[acts.SetBudget]):
    makes = acts.SetBudget

    category = CategoryOf(required=True)
    amount = Money(0, required=True)
    household_id = Id()


@dataclass(frozen=True, slots=True)
class FamilySize:
    persons: int


class FamilySizeSchema(Command[FamilySize]):
    makes = FamilySize

    # What an address asks is text, as what a form sends.
    persons = Whole(1, LARGEST_FAMILY, required=True)


@dataclass(frozen=True, slots=True)
class AskedSize:
    persons: int | None = None


class AskedSizeSchema(Command[AskedSize]):
    makes = AskedSize

    persons = Whole(1, LARGEST_FAMILY)
