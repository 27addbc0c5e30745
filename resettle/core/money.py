"""Money: New Zealand dollars as whole cents, read and written without a float in between."""

import re

AMOUNT = re.compile(r"[0-9]{1,7}(\.[0-9]{2})?")
MOST = 1_000_000_00
CENTS = 100


def cents_of(text: str) -> int | None:
    """Read dollars such as 450 or 1000.50; None for what is written in any other way."""
    if not AMOUNT.fullmatch(text):
        return None
    dollars, _, cents = text.partition(".")
    return int(dollars) * CENTS + int(cents or 0)


def plainly(cents: int) -> str:
    """Write an amount as it is read again: 1000.50, or -1000.50."""
    dollars, rest = divmod(abs(cents), CENTS)
    return f"{'-' if cents < 0 else ''}{dollars}.{rest:02}"


def written(cents: int) -> str:
    """Write an amount for people, such as $1,000.50; with a true minus below nothing."""
    dollars, rest = divmod(abs(cents), CENTS)
    return f"{'−' if cents < 0 else ''}${dollars:,}.{rest:02}"  # noqa: RUF001  # a true minus
