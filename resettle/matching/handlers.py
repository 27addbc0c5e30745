"""What follows when a run is asked for: its facts are frozen, and it is solved now or by a job."""

from resettle.core.work import UnitOfWork
from resettle.matching import freezing, solving
from resettle.matching.events import RunAsked
from resettle.matching.run_models import MatchRun

PRICE = "matching.price"
# As many pairs of household and place are matched while somebody waits for the page.
AT_ONCE = 1500


def freeze(uow: UnitOfWork, event: RunAsked) -> None:
    """Keep the facts of this moment. It runs as the system: they are of all who wait."""
    run = uow.find(MatchRun, event.run_id)
    assert run is not None, "a run is asked for by its id"
    if freezing.freeze(uow, run) > AT_ONCE or not event.waited_for:
        uow.later(PRICE, run_id=str(run.id))
        return
    solving.price(uow, run)
    solving.solve(uow, run)
