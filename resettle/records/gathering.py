"""Gathering somebody's own record, as that person may see it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from resettle.core.audit import AuditEntry
from resettle.core.errors import NotFound, TooMany
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person
from resettle.households.queries import household_of, people_at_home
from resettle.households.rules import is_child
from resettle.plans.definition import PlanSettings
from resettle.plans.queries import programme_of
from resettle.programmes.catalogue import Catalogue
from resettle.records import rules
from resettle.records.shelves import SHELVES, Shelf
from resettle.records.wording import Words
from resettle.statuses.definition import Statuses

MOST = 2000
NO_HOUSEHOLD = "Your account belongs to no household at the moment."
ENOUGH = "You have taken as many copies as one may in a day. Come back tomorrow."
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A record as it is at one moment: nothing of it is kept."""

    person_id: UUID
    reference: str
    made_at: datetime
    shelves: dict[str, list[Row]]
    words: Words


def gathered(uow: UnitOfWork) -> Gathered:
    """Put together what is held about the reader, and the children that the reader speaks for."""
    uow.require(Permission.RECORD_OWN)
    person_id = uow.actor.person_id
    household_id = None if person_id is None else household_of(uow, person_id)
    if person_id is None or household_id is None:
        raise NotFound(NO_HOUSEHOLD)
    household = uow.get(Household, household_id, to=Permission.RECORD_OWN)
    mine = _spoken_for(uow, household_id, person_id)
    uow.unlock([household_id, *mine])
    return Gathered(
        person_id=person_id,
        reference=household.reference,
        made_at=uow.now,
        shelves={shelf.code: _rows(uow, shelf, mine) for shelf in SHELVES},
        words=Words(
            place=uow.use(Catalogue).place_name,
            domains={domain.code: domain.name for domain in programme_of(uow, household).domains},
            scale=uow.use(PlanSettings).scale,
            statuses=uow.use(Statuses),
        ),
    )


def taken(uow: UnitOfWork) -> Gathered:
    """Put the record together to be taken away; that it was is on record.

    Raises TooMany for more copies than one may take in a day.
    """
    found = gathered(uow)
    if _taken_lately(uow) >= rules.A_DAY_MOST:
        raise TooMany(ENOUGH, 3600)
    uow.acted("Record", found.person_id, change="downloaded")
    return found


def _taken_lately(uow: UnitOfWork) -> int:
    query = select(func.count()).where(
        AuditEntry.actor_ref == uow.actor.user_id,
        AuditEntry.resource == "Record",
        AuditEntry.change == "downloaded",
        AuditEntry.at > uow.now - rules.DAY,
    )
    return uow.session.scalar(query) or 0


def _spoken_for(uow: UnitOfWork, household_id: UUID, me: UUID) -> Collection[UUID]:
    """Name the reader, and the children of whom the reader is guardian and not kept from."""
    at_home = people_at_home(uow, household_id, uow.today)
    wards = {
        stay.person_id
        for stay in at_home
        if stay.guardian_id == me
        and not stay.guardian_withheld
        and is_child(uow.today, stay.born_on)
    }
    return {me, *wards}


def _rows(uow: UnitOfWork, shelf: Shelf, mine: Collection[UUID]) -> list[Row]:
    """Show the rows of one table that are about those people, or about the whole household."""
    model: Any = shelf.model
    query = uow.select(shelf.model)
    if model is Person:
        query = query.where(model.id.in_(mine))
    elif hasattr(model, "person_id"):
        whole = model.person_id.is_(None)
        query = query.where(model.person_id.in_(mine) | whole)
    found = uow.all(query.order_by(model.id).limit(MOST))
    return shelf.shape.many_of(uow, found)
