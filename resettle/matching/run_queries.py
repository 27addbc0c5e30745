"""Questions about runs and what was decided: for the placement officer, by file number alone."""

from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.matching.run_models import MatchHousehold


def is_matched(uow: UnitOfWork, household_id: UUID) -> bool:
    """Say whether a household has been in a run that the reader may know of."""
    return uow.count(MatchHousehold, MatchHousehold.household_id == household_id) > 0
