"""What is decided of a change without looking anything up."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from resettle.households.rules import PRINCIPAL

# What a person agreed to with the household they lived in, and is asked anew in another.
ENDS_WITH_HOME = frozenset({"share_with_sponsor", "share_in_household"})

SELF_SUPPORTING, MONEY_ONLY = "SELF_SUPPORTING", "MONEY_ONLY"
TRANSFERRED, NO_FURTHER_SUPPORT = "TRANSFERRED", "NO_FURTHER_SUPPORT"
# How a sponsorship ends with each outcome of a move. Paying goes on, and whoever hands over goes
# on until the next group is confirmed, so these do not end it.
ENDINGS = {
    SELF_SUPPORTING: "COMPLETED_EARLY",
    NO_FURTHER_SUPPORT: "BREAKDOWN",
}
# Why a household leaves the programme with the last of its people. The other reasons for which
# somebody leaves say nothing of the programme.
EXITS = {
    "died": "DECEASED",
    "left_new_zealand": "MOVED_OVERSEAS",
    "joined_other_household": "JOINED_OTHER_HOUSEHOLD",
}


def exit_reason(left: str) -> str:
    """Say with which reason a file is closed when its last member leaves."""
    return EXITS.get(left, "OTHER")


def day_fault(on: date, today: date) -> str | None:
    """Say what is wrong with the day of a change."""
    return "This day is still to come. Record it when it has come." if on > today else None


def undo_fault(recorded_on: date, today: date, days: int) -> str | None:
    """Say that a change is too old to be taken back."""
    last = recorded_on + timedelta(days=days)
    if today > last:
        return f"This could be undone until {last:%-d %B %Y}. Record a new change instead."
    return None


def going_fault(relationships: Sequence[str], staying: int) -> str | None:
    """Say what is wrong with who goes: somebody leads them, and somebody stays."""
    if not relationships:
        return "Say who moves out."
    if relationships.count(PRINCIPAL) != 1:
        return "Name exactly one of those who move out as the principal applicant there."
    if not staying:
        return "Somebody must stay. If everybody moves, record a move instead."
    return None


def coming_fault(relationships: Collection[str]) -> str | None:
    """Say what is wrong with who comes into a household that has its principal applicant."""
    if PRINCIPAL in relationships:
        return "The household has its principal applicant. Say what they are to that person."
    return None


def outcome_fault(outcome: str | None, *, sponsored: bool) -> str | None:
    """Say what is wrong with what becomes of the support after a move."""
    if sponsored and outcome is None:
        return "A sponsor group supports this household. Say what becomes of its support."
    if outcome is not None and not sponsored:
        return "No sponsor group supports this household, so leave this out."
    return None
