"""What is decided of complaints without looking anything up: the clock, and who is named."""

from dataclasses import dataclass
from datetime import date

from resettle.core.wording import Phrase

ACKNOWLEDGED_WITHIN = 5  # working days
# Says nothing of the complaint: more people read tasks.
TELL_TITLE = "Tell the household that what they said has arrived"


@dataclass(frozen=True, slots=True)
class Clock:
    """By when a complaint is acknowledged, and how that stands."""

    due_on: date
    acknowledged_on: date | None

    def late_days(self, today: date) -> int:
        """Count the days past the last one, until it was acknowledged or until today."""
        return max(0, ((self.acknowledged_on or today) - self.due_on).days)

    def words(self, today: date) -> str:
        late = self.late_days(today)
        if self.acknowledged_on is not None:
            told = Phrase("Acknowledged %(days)s days late", days=late)
            return told if late else "Acknowledged in time"
        if late:
            return Phrase("%(days)s days late", days=late) if late > 1 else "1 day late"
        left = (self.due_on - today).days
        ahead = Phrase("To acknowledge in %(days)s days", days=left)
        return ahead if left else "To acknowledge today"


def about_fault(about: str, *, names_somebody: bool, has_group: bool) -> dict[str, list[str]]:
    """Tell what does not fit together in whom a complaint is about."""
    if names_somebody and about != "staff":
        return {"about_user_id": ["Name somebody only if it is about a person who works here."]}
    if about == "sponsor_group" and not has_group:
        return {"about": ["This household has no sponsor group."]}
    return {}
