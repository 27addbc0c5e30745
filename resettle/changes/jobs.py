"""What waits for the day on which a provider takes over."""

from typing import Any
from uuid import UUID

from resettle.changes.providers import take_effect
from resettle.core.work import UnitOfWork
from resettle.households.models import Household


def take_over(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Let the provider have the households that were handed over for today."""
    ids = [UUID(id_) for id_ in payload["household_ids"]]
    query = uow.select(Household).where(Household.id.in_(ids), Household.exited_on.is_(None))
    for household in uow.all(query.order_by(Household.id)):
        take_effect(uow, household, payload["provider"])
