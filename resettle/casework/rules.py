"""What is decided of notes without looking anything up."""

from datetime import date, datetime


def follow_up_title(channel: str, day: date) -> str:
    """Name a task after the contact that it came from, and say nothing of what was told there."""
    return f"Next action after the {channel} contact of {day:%-d %B %Y}"


def contact_faults(
    occurred_at: datetime, now: datetime, next_action: str | None, next_due: date | None
) -> dict[str, list[str]]:
    """Tell what is wrong with a contact as it was written down, field by field."""
    faults = {}
    if occurred_at > now:
        faults["occurred_at"] = ["This moment has not come yet."]
    if next_action and next_due is None:
        faults["next_due"] = ["Say by when the next action is due."]
    if next_due is not None and not next_action:
        faults["next_action"] = ["Say what is to be done by then."]
    return faults
