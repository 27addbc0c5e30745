"""What a sponsor group sees of a household, or would see: asked as a member of it asks.

There is no second way of telling it. For what would be, the household agrees, the match is
confirmed, the group looks, and all of it is taken back.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from resettle.consents.models import ConsentEntry, Item, Method, Purpose, RecipientType
from resettle.consents.queries import items_in_force, next_seq
from resettle.consents.rules import SHOWN_TO_SPONSORS, Decision
from resettle.core.actor import Actor, Role
from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.rehearsal import rehearsal
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.desk import near
from resettle.households.models import Household
from resettle.households.queries import Stay, people_at_home
from resettle.households.rules import is_child
from resettle.placements import profiles
from resettle.placements import queries as placements
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.sponsors.models import SponsorGroup
from resettle.web.fields import Code, Many, Text
from resettle.web.schema import Command

Told = dict[str, Any]
Chosen = Mapping[UUID, Collection[Item]]
OFFERED, CONFIRMED = "offered", "confirmed"
STAGES = [
    (OFFERED, "While it is asked: an anonymous profile, for which everybody says yes"),
    (CONFIRMED, "Once the match is confirmed"),
]
ITEMS = tuple(item for item in Item if item in SHOWN_TO_SPONSORS)
NOT_LISTED = "Choose from the list."


@dataclass(frozen=True, slots=True)
class LookAhead:
    """What might be agreed to, each as "person:item", and how far the match would have come."""

    stage: str = CONFIRMED
    shares: Sequence[str] = ()


class LookAheadSchema(Command[LookAhead]):
    makes = LookAhead

    stage = Code((OFFERED, CONFIRMED))
    shares = Many(Text(60))


def now(uow: UnitOfWork, household_id: UUID) -> Told | None:
    """Tell what the group of a household sees of it at this moment; None if that is nothing."""
    match = placements.open_sponsorship(uow, household_id)
    if match is None:
        return None
    with _as_member_of(uow, match.group_id):
        return near.seen(uow, household_id)


def ahead(uow: UnitOfWork, household_id: UUID, wanted: LookAhead) -> Told | None:
    """Tell what a group would see if people agreed to what is chosen, and to nothing else."""
    household = uow.get(Household, household_id, to=Permission.HOUSEHOLD_READ)
    mine = choosers(uow, household.id)
    chosen = _chosen(wanted.shares, mine)
    with rehearsal(uow):
        group_id = _matched(uow, household, wanted.stage)
        for person_id, items in chosen.items():
            words = {i: Decision.GIVE if i in items else Decision.WITHDRAW for i in ITEMS}
            _says(uow, (household.id, person_id), group_id, words)
        for person_id in _others(uow, household.id, chosen):
            _says(uow, (household.id, person_id), group_id, {Item.PROFILE: Decision.GIVE})
        with _as_member_of(uow, group_id):
            told = near.seen(uow, household.id)
            own = _needs_of(uow, mine, wanted.stage)
    return _of_oneself(told, mine, own) if uow.actor.role is Role.HOUSEHOLD_PERSON else told


def _needs_of(uow: UnitOfWork, people: Sequence[UUID], stage: str) -> Sequence[str]:
    """Tell what the group would be asked to heed of some people: as the profile says, or later."""
    return profiles.heeded(uow, people) if stage == OFFERED else near.needs(uow, people)


def choosers(uow: UnitOfWork, household_id: UUID) -> Sequence[UUID]:
    """Name those for whom the reader may try: everybody, or oneself and one's wards."""
    at_home = people_at_home(uow, household_id, uow.today)
    everybody = uow.actor.role is not Role.HOUSEHOLD_PERSON
    return [stay.person_id for stay in at_home if everybody or _speaks_for(uow, stay)]


def _speaks_for(uow: UnitOfWork, stay: Stay) -> bool:
    me = uow.actor.person_id
    ward = stay.guardian_id == me and not stay.guardian_withheld
    return stay.person_id == me or (ward and is_child(uow.today, stay.born_on))


def choices(
    uow: UnitOfWork, household_id: UUID, names: Mapping[UUID, str]
) -> list[tuple[str, list[tuple[str, str]], list[str]]]:
    """Give for each person what may be chosen, and what of it is in force now."""
    people = choosers(uow, household_id)
    match = placements.open_sponsorship(uow, household_id)
    given = items_in_force(uow, people, None if match is None else match.group_id)
    return [
        (
            names.get(person, ""),
            [(f"{person}:{item}", plain(item)) for item in ITEMS],
            [f"{person}:{item}" for item in ITEMS if item in given[person]],
        )
        for person in people
    ]


def _chosen(shares: Sequence[str], people: Sequence[UUID]) -> Chosen:
    offered = {f"{person}:{item}": (person, item) for person in people for item in ITEMS}
    if set(shares) - offered.keys():
        raise Invalid({"shares": [NOT_LISTED]})
    picked = [offered[share] for share in shares]
    return {person: [item for whose, item in picked if whose == person] for person in people}


@contextmanager
def _as_member_of(uow: UnitOfWork, group_id: UUID) -> Iterator[None]:
    """Let what is asked be answered as to a member of a group; the trail still names who asks."""
    before = uow.actor
    uow.actor = Actor(Role.SPONSOR_MEMBER, group_ids=frozenset({group_id}))
    try:
        yield
    finally:
        uow.actor = before


def _matched(uow: UnitOfWork, household: Household, stage: str) -> UUID:
    """Let the household be as far with its group as is supposed, or with one that is made up."""
    match = placements.open_sponsorship(uow, household.id)
    if match is None:
        match = Sponsorship(
            group_id=_a_group(uow, household),
            household_id=household.id,
            route="NOMINATED",
            persons=0,
            proposed_on=uow.today,
        )
        uow.session.add(match)
    confirmed = stage == CONFIRMED
    match.status = SponsorshipStatus.CONFIRMED if confirmed else SponsorshipStatus.PROPOSED
    match.confirmed_on = uow.today if confirmed else None
    uow.session.flush()
    return match.group_id


def _a_group(uow: UnitOfWork, household: Household) -> UUID:
    group = SponsorGroup(
        legal_name="Your group",
        entity_type="CHARITABLE_TRUST",
        location=household.location or "",
        programme_code=household.programme_code,
        programme_version=household.programme_version,
        status="READY",
        status_since=uow.today,
        status_at=uow.now,
    )
    uow.session.add(group)
    uow.session.flush()
    return group.id


def _says(
    uow: UnitOfWork, at_home: tuple[UUID, UUID], group_id: UUID, words: Mapping[Item, Decision]
) -> None:
    """Put down what one person of the household, given as (household, person), would say."""
    household_id, person_id = at_home
    first = next_seq(uow, person_id)
    for seq, (item, decision) in enumerate(words.items(), start=first):
        word = ConsentEntry(
            seq=seq,
            person_id=person_id,
            household_id=household_id,
            purpose=Purpose.SHARE_WITH_SPONSOR,
            item=item,
            recipient_type=RecipientType.SPONSOR_GROUP,
            recipient_id=group_id,
            decision=decision,
            method=Method.SIGNED,
            language="",
            text_version="",
            recorded_at=uow.now,
            valid_from=uow.now,
        )
        uow.session.add(word)
    uow.session.flush()


def _others(uow: UnitOfWork, household_id: UUID, chosen: Chosen) -> Sequence[UUID]:
    """Name who else is at home: of them it is supposed that they show their profile.

    So nobody reads off here who does not.
    """
    if uow.actor.role is not Role.HOUSEHOLD_PERSON:
        return []
    at_home = people_at_home(uow, household_id, uow.today)
    return [stay.person_id for stay in at_home if stay.person_id not in chosen]


def _of_oneself(told: Told | None, mine: Sequence[UUID], needs: Sequence[str]) -> Told | None:
    """Keep what is said of the reader: what others share is theirs, and not told here either."""
    if told is None:
        return None
    kept = {**told, "profile": {**told["profile"], "needs": needs}, "needs": needs}
    kept["household"] = {k: v for k, v in told["household"].items() if k != "name"}
    # The steps and plans of a household speak of others too; their own page shows people theirs.
    kept |= {part: [] for part in ("due", "coming", "plans", "shared")}
    kept["members"] = [m for m in told.get("members", []) if m["person_id"] in mine]
    return kept
