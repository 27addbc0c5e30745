"""The job of the next day's birthdays, left as soon as there is a household to look at."""

from datetime import date, datetime, time, timedelta

from resettle.core.clock import AUCKLAND
from resettle.core.work import UnitOfWork

BIRTHDAYS = "milestones:birthdays"
EARLY = time(0, 30)


def expect_birthdays(uow: UnitOfWork, day: date) -> None:
    """Leave the job that looks at the birthdays of the day after, unless it waits already."""
    after = day + timedelta(days=1)
    at = datetime.combine(after, EARLY, AUCKLAND)
    uow.later(BIRTHDAYS, key=f"{BIRTHDAYS}:{after}", at=at, day=after.isoformat())
