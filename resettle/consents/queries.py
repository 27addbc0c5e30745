"""What is in force. Whether somebody is served is never decided by what is answered here."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from resettle.consents.models import ConsentEntry, Item, Purpose
from resettle.consents.rules import is_in_force, last_word
from resettle.core.clock import day_of
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Person
from resettle.households.queries import Stay, people_at_home
from resettle.households.rules import is_adult

Thing = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that one person decided, newest first, and what of it is in force."""

    person_id: UUID
    in_force: Sequence[ConsentEntry]
    entries: Sequence[ConsentEntry]


def ledger(uow: UnitOfWork, person_id: UUID) -> Ledger:
    person = uow.get(Person, person_id, to=Permission.CONSENT_READ)
    query = uow.select(ConsentEntry).where(ConsentEntry.person_id == person.id)
    entries = uow.all(query.order_by(ConsentEntry.valid_from.desc(), ConsentEntry.seq.desc()))
    return Ledger(person.id, in_force(uow, entries), entries)


def in_force(uow: UnitOfWork, entries: Iterable[ConsentEntry]) -> list[ConsentEntry]:
    """Keep of some entries those that count now: one of each thing at most."""
    words = [last_word(about, uow.now) for about in _by(entries, thing)]
    return [word for word in words if word is not None and is_in_force(word, uow.today)]


def _by(
    entries: Iterable[ConsentEntry], key: Callable[[ConsentEntry], Thing]
) -> Iterable[list[ConsentEntry]]:
    found: dict[Thing, list[ConsentEntry]] = {}
    for entry in entries:
        found.setdefault(key(entry), []).append(entry)
    return found.values()


def thing(entry: ConsentEntry) -> Thing:
    """Name what a decision is about: the same person, purpose, item and recipient."""
    return (
        entry.person_id,
        entry.purpose,
        entry.item,
        entry.recipient_type,
        entry.recipient_id,
        entry.recipient_name,
    )


def about_the_same(uow: UnitOfWork, entry: ConsentEntry) -> Sequence[ConsentEntry]:
    query = uow.select(ConsentEntry).where(
        ConsentEntry.person_id == entry.person_id,
        ConsentEntry.purpose == entry.purpose,
        ConsentEntry.item == entry.item,
        ConsentEntry.recipient_type == entry.recipient_type,
        ConsentEntry.recipient_id.is_not_distinct_from(entry.recipient_id),
        ConsentEntry.recipient_name.is_not_distinct_from(entry.recipient_name),
    )
    return uow.all(query)


def items_in_force(
    uow: UnitOfWork, person_ids: Collection[UUID], group_id: UUID | None = None
) -> Mapping[UUID, frozenset[Item]]:
    """Tell what each person shares with a sponsor group now, whoever asks.

    That is what was agreed for this group and for whichever group is matched. Without a group
    it is only the latter. An answer for rules: the entries themselves are shown in scope only.
    """
    found: dict[UUID, set[Item]] = {person_id: set() for person_id in person_ids}
    reaching = [e for e in uow.all(_sharing(uow, person_ids)) if e.recipient_id in {None, group_id}]
    # The last word counts, whether it spoke of this group or of all: who takes back what one
    # group may know is not overruled by what was once agreed for any.
    for about in _by(reaching, lambda entry: (entry.person_id, entry.item)):
        word = last_word(about, uow.now)
        if word is not None and is_in_force(word, uow.today):
            found[word.person_id].add(word.item)
    return {person_id: frozenset(items) for person_id, items in found.items()}


def _sharing(uow: UnitOfWork, person_ids: Collection[UUID]) -> Select[ConsentEntry]:
    query = select(ConsentEntry).where(
        ConsentEntry.person_id.in_(person_ids),
        ConsentEntry.purpose == Purpose.SHARE_WITH_SPONSOR,
    )
    return uow.touching(query, ConsentEntry)


def agreeing(uow: UnitOfWork, person_ids: Collection[UUID], purpose: Purpose) -> frozenset[UUID]:
    """Name who of these agrees to a purpose now, whoever asks. An answer for rules, as above."""
    query: Select[ConsentEntry] = select(ConsentEntry).where(
        ConsentEntry.person_id.in_(person_ids), ConsentEntry.purpose == purpose
    )
    entries = uow.all(uow.touching(query, ConsentEntry))
    return frozenset(entry.person_id for entry in in_force(uow, entries))


def profile_consented(uow: UnitOfWork, household_id: UUID, group_id: UUID | None = None) -> bool:
    """Tell whether every adult at home agrees to show the household's anonymous profile."""
    people = adults(people_at_home(uow, household_id, uow.today), uow.today)
    shared = items_in_force(uow, [person.person_id for person in people], group_id)
    return bool(people) and all(Item.PROFILE in items for items in shared.values())


def adults(people: Iterable[Stay], day: date) -> list[Stay]:
    return [person for person in people if is_adult(day, person.born_on)]


def next_seq(uow: UnitOfWork, person_id: UUID) -> int:
    """Count on. The person's row is locked, so that no other decision gets the same number."""
    query: Select[Any] = select(func.max(ConsentEntry.seq)).where(
        ConsentEntry.person_id == person_id
    )
    last: int | None = uow.session.scalar(uow.touching(query, ConsentEntry))
    return (last or 0) + 1


def agreed_to_evaluation(uow: UnitOfWork, at: datetime) -> frozenset[UUID]:
    """Name everybody who has agreed that their story is counted in evaluations, for whom asks all.

    An answer for the protected path of figures alone, whose readers are told no name.
    """
    query = select(ConsentEntry).where(ConsentEntry.purpose == Purpose.EVALUATION)
    entries = uow.all(uow.touching(query, ConsentEntry))
    words = (last_word(about, at) for about in _by(entries, lambda entry: (entry.person_id,)))
    return frozenset(w.person_id for w in words if w is not None and is_in_force(w, day_of(at)))
