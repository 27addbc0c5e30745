"""Working on days gone by, so that the demonstration has a history and not only a today."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import TypeVar
from uuid import UUID

from resettle.core.actor import SYSTEM, Actor
from resettle.core.db import Entity
from resettle.core.work import Transactions, UnitOfWork

E = TypeVar("E", bound=Entity)

NEARLY_NOON = time(0, 5)
"""In UTC: about noon of the same day in New Zealand."""


@dataclasses.dataclass(frozen=True, slots=True)
class Past:
    """Opens units of work as at a day gone by."""

    transactions: Transactions

    @contextmanager
    def on(self, day: date, actor: Actor = SYSTEM) -> Iterator[UnitOfWork]:
        moment = datetime.combine(day, NEARLY_NOON, UTC)
        then = dataclasses.replace(self.transactions, clock=lambda: moment)
        with then.begin(actor, "demo:load") as uow:
            yield uow


def known(uow: UnitOfWork, model: type[E], id_: UUID) -> E:
    """Fetch a row that the story itself has made."""
    found = uow.find(model, id_)
    assert found is not None
    return found
