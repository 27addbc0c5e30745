"""What is decided of defects and power bills without looking anything up."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

# Dollars in thirty days, from which on somebody goes through the budget with the household.
HIGH_FOR_A_MONTH = Decimal(250)
MONTH = 30
BUDGET_WITHIN = 7
BUDGET_TITLE = "Go through the budget and the power bill with the household"
COLD = "The house is cold, although much power is used."
MENDED_WITHIN: Mapping[str, int] = {"heating": 7, "water": 2, "power": 2, "security": 2, "damp": 14}
USUALLY_WITHIN = 14
MOST_PHOTOS = 10


def is_high(amount: Decimal, days: int) -> bool:
    return amount * MONTH / days > HIGH_FOR_A_MONTH


def mended_by(kind: str, reported_on: date) -> date:
    """Tell by when the landlord should have mended a defect of this kind."""
    return reported_on + timedelta(days=MENDED_WITHIN.get(kind, USUALLY_WITHIN))
