"""What people share with a sponsor group, as SQL: the last word of each, to whom it was said."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from resettle.consents.models import ConsentEntry, Purpose, RecipientType
from resettle.consents.rules import Decision
from resettle.core.work import UnitOfWork
from resettle.households.models import HouseholdMember
from resettle.placements.models import Sponsorship
from resettle.placements.seen import supporting


def at_home(uow: UnitOfWork) -> ColumnElement[bool]:
    """Keep who belongs to the household of a sponsorship today."""
    member = HouseholdMember
    return and_(
        member.household_id == Sponsorship.household_id,
        or_(member.left_on.is_(None), member.left_on > uow.today),
    )


def reaches(group_id: Any) -> ColumnElement[bool]:
    """Ask for consent to share with sponsors: this group, or whichever is matched."""
    return and_(
        ConsentEntry.purpose == Purpose.SHARE_WITH_SPONSOR,
        ConsentEntry.recipient_type == RecipientType.SPONSOR_GROUP,
        or_(ConsentEntry.recipient_id.is_(None), ConsentEntry.recipient_id == group_id),
    )


def in_force(uow: UnitOfWork, group_id: Any) -> ColumnElement[bool]:
    """Ask for rows that give, have begun, have not expired and are the last word for a group.

    A later word about this group or about all counts: who takes back what one group may know is
    not overruled by what was once agreed for any.
    """
    later = aliased(ConsentEntry)
    newer = or_(
        later.valid_from > ConsentEntry.valid_from,
        and_(later.valid_from == ConsentEntry.valid_from, later.seq > ConsentEntry.seq),
    )
    superseded = (
        exists()
        .where(
            later.person_id == ConsentEntry.person_id,
            later.purpose == ConsentEntry.purpose,
            later.item == ConsentEntry.item,
            later.recipient_type == ConsentEntry.recipient_type,
            or_(later.recipient_id.is_(None), later.recipient_id == group_id),
            later.valid_from <= uow.now,
            newer,
        )
        .correlate(ConsentEntry, Sponsorship)
    )
    return and_(
        ConsentEntry.decision == Decision.GIVE,
        ConsentEntry.valid_from <= uow.now,
        or_(ConsentEntry.expires_on.is_(None), ConsentEntry.expires_on > uow.today),
        ~superseded,
    )


def shared_items(uow: UnitOfWork, person_ids: Collection[UUID]) -> Mapping[UUID, frozenset[str]]:
    """Tell which items each person shares with the reader's groups at this moment."""
    items: dict[UUID, set[str]] = {}
    # Asked group by group, so that the question is the same however many groups there are.
    for group_id in sorted(uow.actor.group_ids):
        for row in uow.ask(_shared_with, group_id, frozenset(person_ids)):
            items.setdefault(row.person_id, set()).add(row.item.value)
    return {person_id: frozenset(given) for person_id, given in items.items()}


def _shared_with(uow: UnitOfWork, group_id: Any, person_ids: Any) -> Select[Any]:
    """Ask what is shared with a group that supports them: of two, only what was said to that one.

    Who is in two groups is near a household by one, and is not shown what it told the other.
    """
    told: tuple[Any, ...] = (ConsentEntry.person_id, ConsentEntry.item)
    query: Select[Any] = select(*told).where(
        ConsentEntry.person_id.in_(person_ids),
        reaches(group_id),
        in_force(uow, group_id),
        _supports_them(uow, group_id),
    )
    return query.execution_options(covered=frozenset({ConsentEntry, HouseholdMember, Sponsorship}))


def _supports_them(uow: UnitOfWork, group_id: Any) -> Exists:
    """Ask whether the group supports the household of the person of a consent."""
    lives = and_(at_home(uow), HouseholdMember.person_id == ConsentEntry.person_id)
    ours = and_(Sponsorship.group_id == group_id, supporting(uow))
    return exists().where(ours, exists().where(lives).correlate(ConsentEntry, Sponsorship))
