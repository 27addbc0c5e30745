"""What happens in families meanwhile: here and there a child is born."""

from datetime import date, timedelta
from uuid import UUID

from resettle.changes import service
from resettle.changes.acts import Birth
from resettle.core.actor import Actor
from resettle.core.work import UnitOfWork
from resettle.demo.moments import Past, known
from resettle.households.models import Household, Sex
from resettle.households.rules import Coded

EVERY = 6
LATELY = timedelta(days=4)
NEWBORN = ("Amal", "Noor", "Sami", "Hana", "Idris", "Layla")


def happen(past: Past, caseworker: Actor, household_id: UUID, until: date, number: int) -> None:
    """Let a child be born a few days ago, in one of a few households, so that it can be undone."""
    if number % EVERY:
        return
    with past.on(until - LATELY, caseworker) as uow:
        household = known(uow, Household, household_id)
        if household.placed_on is not None and household.exited_on is None:
            _birth(uow, household, NEWBORN[number // EVERY % len(NEWBORN)])


def _birth(uow: UnitOfWork, household: Household, name: str) -> None:
    child = Birth(
        family_name=household.display_name,
        given_name=name,
        sex=Sex.F,
        born_on=uow.today,
        relationship=Coded("DAU"),
    )
    service.record(uow, household.id, child)
