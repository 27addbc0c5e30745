"""What is decided of notes and incidents without looking anything up."""

from datetime import date, datetime

SAFEGUARDING = frozenset(
    {"safeguarding_child", "family_violence", "self_harm", "exploitation_work"}
)
UNREADY_SEVERITY = 3


def is_safeguarding(kind: str) -> bool:
    """Tell whether only those who may read protection notes see an incident of this kind."""
    return kind in SAFEGUARDING


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


def unready_text(missing: tuple[str, ...]) -> str:
    return "The household was placed before the house was ready. Missing: " + "; ".join(missing)
