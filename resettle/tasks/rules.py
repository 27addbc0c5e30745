"""What is decided of tasks without looking anything up: when one that repeats is due again."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DAYS = {"day": 1, "week": 7}
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many days, weeks or months, counted from a day, until a day if one is named."""

    every: int
    unit: str
    counts_from: date
    until: date | None = None


def next_due(rhythm: Rhythm, after: date) -> date | None:
    """Name the first day of a rhythm that lies after a day, or none if it has ended by then.

    Days that have passed meanwhile are passed over: nobody catches up on three weekly calls. A
    31st falls on the last day of a shorter month, and on the 31st again where there is one.
    """
    if rhythm.unit in DAYS:
        step = rhythm.every * DAYS[rhythm.unit]
        turns = max((after - rhythm.counts_from).days // step + 1, 1)
        found = rhythm.counts_from + timedelta(days=turns * step)
    else:
        found = _next_month(rhythm, after)
    return None if rhythm.until is not None and found > rhythm.until else found


def _next_month(rhythm: Rhythm, after: date) -> date:
    begun = rhythm.counts_from
    apart = (after.year - begun.year) * MONTHS + after.month - begun.month
    turns = max(apart // rhythm.every, 1)
    while (found := _months_on(begun, turns * rhythm.every)) <= after:
        turns += 1
    return found


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def rhythm_faults(
    due_on: date, every: int | None, unit: str | None, until: date | None
) -> dict[str, list[str]]:
    """Tell what is wrong with a rhythm as it was asked for, field by field."""
    faults = {}
    if every is None and (unit is not None or until is not None):
        faults["repeat_every"] = ["Say after how many days, weeks or months it comes again."]
    if every is not None and unit is None:
        faults["repeat_unit"] = ["Say whether these are days, weeks or months."]
    if until is not None and until < due_on:
        faults["repeat_until"] = ["The last day lies before the day on which it is due."]
    return faults
