"""How a reader stands to a household or a person: the relations of access.md 1, as SQL.

Lists, single rows and fields are all decided by these clauses, so they cannot disagree.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, false, or_, select

from resettle.cases.models import Assignment
from resettle.consents.models import ConsentEntry, Item
from resettle.core.actor import SPONSORS, Role
from resettle.core.reading import Reading
from resettle.core.work import UnitOfWork
from resettle.households.models import DenyListed, HouseholdMember, Person
from resettle.households.rules import ADULT_AGE, ASKED_AGE, birthday
from resettle.placements.models import Sponsorship
from resettle.placements.seen import supporting, waiting
from resettle.policy.sharing import at_home, in_force, reaches
from resettle.sponsors.models import SponsorGroup
from resettle.sponsors.rules import OPEN_STAGES

Build = TypeVar("Build", bound=Callable[[UnitOfWork], Any])

FAR = 2_000  # households: above it, fifty are sooner found in the order of a country of 100,000


class Relation(StrEnum):
    ASSIGNED = "assigned"
    OFFERED = "offered"
    ACTIVE = "active"
    HOME = "home"  # a person of this very household; who exactly is asked per person
    NONE = "none"


def _once(build: Build) -> Build:
    """Build a clause once in a unit of work that only reads: most tables' scopes share a few."""

    @wraps(build)
    def built(uow: UnitOfWork) -> Any:
        return uow.remembered(build, lambda: build(uow))

    return built  # type: ignore[return-value]


def born_before_grown_up(unit: Reading) -> date:
    """Name the last birthday of those who are of age today."""
    return birthday(unit.today, -ADULT_AGE)


def _born_before_asked(unit: Reading) -> date:
    return birthday(unit.today, -ASKED_AGE)


def member_born(*when: ColumnElement[bool]) -> Exists:
    """Ask it of the member's own row of persons.

    "Is one of all who were born then" would have SQLite gather half of the country for each
    question.
    """
    own = Person.id == HouseholdMember.person_id
    return exists().where(own, *when).correlate(HouseholdMember)


@_once
def assigned_to(uow: UnitOfWork) -> Select[UUID]:
    """Households that the caseworker looks after today, as primary, second or cover."""
    return select(Assignment.household_id).where(
        Assignment.user_id == uow.actor.user_id, Assignment.live_on(uow.today)
    )


@_once
def denied_to(uow: UnitOfWork) -> Select[UUID]:
    """Households that are kept from this user, whatever else would allow them."""
    return select(DenyListed.household_id).where(DenyListed.user_id == uow.actor.user_id)


@_once
def home_of(uow: UnitOfWork) -> Select[UUID]:
    """Households that the reader belongs to today."""
    return select(HouseholdMember.household_id).where(
        HouseholdMember.person_id == uow.actor.person_id,
        or_(HouseholdMember.left_on.is_(None), HouseholdMember.left_on > uow.today),
    )


@_once
def spoken_for(uow: UnitOfWork) -> Select[UUID]:
    """Name the reader, and the children whose recorded guardian the reader is."""
    member = HouseholdMember
    guarded = and_(member.guardian_id == uow.actor.person_id, member.guardian_withheld.is_(False))
    grown_up = uow.reckoned(born_before_grown_up)
    child = member_born(Person.born_on > grown_up)
    return select(member.person_id).where(
        or_(member.person_id == uow.actor.person_id, and_(guarded, child)),
        or_(member.left_on.is_(None), member.left_on > uow.today),
    )


def persons_spoken_for(uow: UnitOfWork) -> frozenset[UUID]:
    """Tell whom the reader speaks for: themselves, and the children they are guardian of."""
    query = spoken_for(uow).execution_options(covered=COVERED)
    return frozenset(uow.session.scalars(query))


@_once
def groups_met(uow: UnitOfWork) -> Select[UUID]:
    """Sponsor groups that are matched with a household of the reader's."""
    near = within(uow, Sponsorship.household_id, visible_households(uow))
    return select(Sponsorship.group_id).where(near, Sponsorship.ended_on.is_(None))


def groups_met_by(uow: UnitOfWork) -> frozenset[UUID]:
    return frozenset(uow.session.scalars(groups_met(uow).execution_options(covered=COVERED)))


@_once
def supported_by(uow: UnitOfWork) -> Select[UUID]:
    """Households that the reader's groups support: confirmed, running, and still agreed to.

    The actor's groups are those where the membership is confirmed and the vetting clear and
    unexpired. If nobody at home shares anything with the group any more, it has ended.
    """
    shares = and_(
        ConsentEntry.person_id == HouseholdMember.person_id,
        reaches(Sponsorship.group_id),
        in_force(uow, Sponsorship.group_id),
    )
    return select(Sponsorship.household_id).where(
        Sponsorship.group_id.in_(uow.actor.group_ids),
        supporting(uow),
        exists().where(at_home(uow), _any_of_them(shares)),
    )


@_once
def offered_to(uow: UnitOfWork) -> Select[UUID]:
    """Households proposed to the reader's groups, whose profile everybody agreed to show.

    Everybody who is asked themselves: from 16 years on. A group that is suspended or ended is
    shown nothing.
    """
    shows = and_(
        ConsentEntry.person_id == HouseholdMember.person_id,
        ConsentEntry.item == Item.PROFILE,
        reaches(Sponsorship.group_id),
        in_force(uow, Sponsorship.group_id),
    )
    of_age = member_born(Person.born_on <= uow.reckoned(_born_before_asked))
    asked = and_(at_home(uow), of_age)
    is_open = and_(SponsorGroup.id == Sponsorship.group_id, SponsorGroup.status.in_(OPEN_STAGES))
    return select(Sponsorship.household_id).where(
        Sponsorship.group_id.in_(uow.actor.group_ids),
        waiting(),
        exists().where(is_open),
        exists().where(asked),
        ~exists().where(asked, ~_any_of_them(shows)),
    )


def _any_of_them(consents: ColumnElement[bool]) -> Exists:
    """Ask whether there is such a consent of that very person for that very match.

    A nested select takes by itself only what stands right around it for the same row: of the match,
    two steps out, it would read any, and so heed what was said to quite another group.
    """
    return exists().where(consents).correlate(HouseholdMember, Sponsorship)


@_once
def visible_households(uow: UnitOfWork) -> Select[UUID] | None:
    """Households that the reader may know of; None where there can be none."""
    actor = uow.actor
    if actor.role is Role.CASEWORKER:
        return assigned_to(uow)
    if actor.role in SPONSORS and actor.group_ids:
        return supported_by(uow).union_all(offered_to(uow))  # type: ignore[return-value]
    if actor.role is Role.HOUSEHOLD_PERSON and actor.person_id is not None:
        return home_of(uow)
    return None


def near_households(uow: UnitOfWork) -> Select[UUID] | None:
    """Households whose people, plan and daily life the reader may know of: not merely offered."""
    if uow.actor.role in SPONSORS:
        return supported_by(uow) if uow.actor.group_ids else None
    return visible_households(uow)


def within(uow: UnitOfWork, column: Any, households: Select[UUID] | None) -> ColumnElement[bool]:
    """Turn a select of household ids into a WHERE clause; the deny-list beats everything."""
    if households is None:
        return false()
    return and_(one_of(uow, column, households), column.not_in(denied_to(uow)))


def one_of(uow: UnitOfWork, column: Any, ids: Select[UUID]) -> ColumnElement[bool]:
    """Ask whether an id is among those of a select.

    A list is found by way of the select. Where a question names its rows by their ids, each is
    looked up in it: SQLite would gather all the thousands of an agency for every such question.
    What sponsors and families reach is little, and theirs are unions and chains: as it is.
    """
    own = ids.selected_columns[0]
    looked_up = (
        uow.one_by_one and uow.actor.role is Role.CASEWORKER and own.table is not column.table
    )
    if not looked_up:
        return column.in_(ids)  # type: ignore[no-any-return]
    return ids.where(own == column).correlate_except(own.table).exists()


def reaches_far(uow: Reading) -> bool:
    """Say whether a list is sooner read in its order, each row looked up, than by way of reach.

    PostgreSQL weighs that itself; SQLite never does where it is asked for what is among a reach.
    """
    if uow.actor.role is not Role.CASEWORKER or uow.session.get_bind().dialect.name != "sqlite":
        return False
    return bool(uow.ask(_far_down))


def _far_down(uow: UnitOfWork) -> Select[Any]:
    """Look that far down the index of who was ever looked after: near enough to choose a way."""
    ever = select(Assignment.household_id).where(Assignment.user_id == uow.actor.user_id)
    return ever.offset(FAR).limit(1).execution_options(covered=COVERED)


COVERED = frozenset(
    {Assignment, DenyListed, HouseholdMember, Person, Sponsorship, SponsorGroup, ConsentEntry}
)


def relations(uow: UnitOfWork, household_ids: Collection[UUID]) -> Mapping[UUID, Relation]:
    """Tell how the reader stands to each of these households; what is not in it is NONE."""
    found: dict[UUID, Relation] = uow.remembered("relations", dict)
    wanted = frozenset({*household_ids} - found.keys())
    if not wanted:
        return found
    found |= dict.fromkeys(wanted, Relation.NONE)
    for relation in ASKED.get(uow.actor.role, ()):
        rows = uow.ask(_standing_so, relation, wanted)
        found |= dict.fromkeys((row[0] for row in rows), relation)
    return found


def _standing_so(uow: UnitOfWork, relation: Relation, wanted: Any) -> Select[Any]:
    ids = BY_RELATION[relation](uow)
    column = ids.selected_columns[0]
    kept = ids.where(column.in_(wanted), column.not_in(denied_to(uow)))
    return kept.execution_options(covered=COVERED)


BY_RELATION: Mapping[Relation, Callable[[UnitOfWork], Select[UUID]]] = {
    Relation.ASSIGNED: assigned_to,
    Relation.OFFERED: offered_to,
    Relation.ACTIVE: supported_by,
    Relation.HOME: home_of,
}
ASKED: Mapping[Role, Sequence[Relation]] = {
    Role.CASEWORKER: (Relation.ASSIGNED,),
    **dict.fromkeys(SPONSORS, (Relation.OFFERED, Relation.ACTIVE)),
    Role.HOUSEHOLD_PERSON: (Relation.HOME,),
}
