"""What becomes of a person's consents when they die, or live with others: they end, or go along.

The ledger is only added to. Nobody's word is changed here: what ends may be given anew.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from resettle.consents.models import ConsentEntry, Method
from resettle.consents.queries import in_force, next_seq
from resettle.consents.rules import Decision
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Person

KEPT = (
    "person_id",
    "household_id",
    "purpose",
    "item",
    "recipient_type",
    "recipient_id",
    "recipient_name",
    "method",
    "language",
    "interpreter",
    "text_version",
    "given_by",
    "child_assents",
    "expires_on",
)


def standing_of(uow: UnitOfWork, person_id: UUID) -> Sequence[ConsentEntry]:
    """Tell what of a person is in force now."""
    query = uow.select(ConsentEntry).where(ConsentEntry.person_id == person_id)
    return in_force(uow, uow.all(query.order_by(ConsentEntry.seq)))


def end(uow: UnitOfWork, entry: ConsentEntry) -> ConsentEntry:
    """Let a consent end with the household in which it was given, or with the person's life."""
    ended = {"decision": Decision.WITHDRAW, "method": Method.HOUSEHOLD_CHANGE, "expires_on": None}
    return _add(uow, entry, **ended)


def go_along(uow: UnitOfWork, entry: ConsentEntry, household_id: UUID) -> ConsentEntry:
    """Let a consent count in the household to which the person has gone."""
    return _add(uow, entry, household_id=household_id)


def give_again(uow: UnitOfWork, entry: ConsentEntry) -> ConsentEntry:
    """Let a consent count again as it did before it ended or went along."""
    return _add(uow, entry)


def _add(uow: UnitOfWork, entry: ConsentEntry, **other: Any) -> ConsentEntry:
    person = uow.edit(Person, entry.person_id, to=Permission.CONSENT_RECORD)
    kept = {name: getattr(entry, name) for name in KEPT}
    return uow.add(
        ConsentEntry(
            **{"decision": Decision.GIVE, **kept, **other},
            seq=next_seq(uow, person.id),
            recorded_by=uow.origin_actor.user_id,
            recorded_at=uow.now,
            valid_from=uow.now,
        )
    )
