"""What is decided of many holds at once without looking anything up."""

from collections.abc import Iterable
from datetime import date

OPEN = frozenset({"not_started", "in_progress", "blocked"})
ARRIVED, PLACED = "arrived", "placed"


def new_travel(travel_on: date | None, today: date, until: date) -> date | None:
    """Tell the day to which travel moves that falls into the hold; None if it stays."""
    if travel_on is None or not today <= travel_on < until:
        return None
    return until


def counted_from(due_rule: str) -> str:
    """Name the anchor of a rule such as "arrived + 14 days"."""
    return due_rule.split(" ", 1)[0]


def going_on(steps: Iterable[tuple[str, str]]) -> int:
    """Count the open steps that a hold does not stop: those counted from a day that has been."""
    return sum(status in OPEN and counted_from(rule) == ARRIVED for status, rule in steps)
