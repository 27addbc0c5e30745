"""The night's look at which supports end soon, so that no exit plan is begun too late."""

from datetime import timedelta
from typing import Any

from resettle.core.work import UnitOfWork
from resettle.plans.definition import PlanSettings
from resettle.plans.exits import begin_if_due
from resettle.plans.nights import expect_exits
from resettle.plans.queries import near_the_end

FAR = timedelta(days=31)


def begin_exits(uow: UnitOfWork, _payload: dict[str, Any]) -> None:
    """Begin the exit plan of every household whose support ends soon and that has none yet."""
    months = uow.use(PlanSettings).most_exit_months
    for household in near_the_end(uow, uow.today + FAR * (months + 1)):
        begin_if_due(uow, household)
    expect_exits(uow, uow.today)
