"""The job of the next night, left as soon as there is a household whose support ends one day."""

from datetime import date, datetime, time, timedelta

from resettle.core.clock import AUCKLAND
from resettle.core.work import UnitOfWork

EXITS = "plans:exits"
EARLY = time(0, 45)


def expect_exits(uow: UnitOfWork, day: date) -> None:
    """Leave the job that looks at the supports that end, unless it waits already."""
    after = day + timedelta(days=1)
    at = datetime.combine(after, EARLY, AUCKLAND)
    uow.later(EXITS, key=f"{EXITS}:{after}", at=at)
