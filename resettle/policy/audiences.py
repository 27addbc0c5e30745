"""Which fields a reader is shown of a row: the relation to the household, times the data class.

An allow-list (access.md 2.1): a new class of data is hidden until somebody shows it here. Sponsors
see what identifies or locates a person only item by item, as that person agreed.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_

from resettle.accounts import models as accounts
from resettle.complaints.models import Complaint
from resettle.core.actor import SPONSORS, Role
from resettle.core.classes import DataClass as D
from resettle.core.policy import NOBODY, Audience
from resettle.core.work import UnitOfWork
from resettle.funds import models as funds
from resettle.households.models import Household, HouseholdMember, Person
from resettle.placements import models as placements
from resettle.policy import books
from resettle.policy.no_household import OF_NO_HOUSEHOLD
from resettle.policy.relations import (
    Relation,
    born_before_grown_up,
    member_born,
    persons_spoken_for,
    relations,
)
from resettle.policy.sharing import shared_items
from resettle.reports import models as reports
from resettle.sponsors import models as sponsors

CASE_FILE = frozenset({D.OPS, D.PROFILE, D.IDENT, D.LOC, D.ORIGIN, D.HEALTH, D.PROT, D.NOTE})

BY_RELATION: Mapping[Relation, frozenset[D]] = {
    Relation.ASSIGNED: CASE_FILE | {D.PLAN, D.FIN, D.VET, D.AUDIT},
    Relation.OFFERED: frozenset({D.OPS, D.PROFILE}),
    Relation.ACTIVE: frozenset({D.OPS, D.PROFILE, D.PLAN}),
    Relation.HOME: frozenset({D.OPS, D.PROFILE, D.PLAN, D.AUDIT}),
    Relation.NONE: frozenset(),
}
# Of oneself, or of a child one speaks for: all but caseworkers' own notes, which are asked for.
SELF = frozenset(
    {D.OPS, D.PROFILE, D.IDENT, D.LOC, D.ORIGIN, D.HEALTH, D.PROT, D.PLAN, D.FIN, D.AUDIT}
)
# Of another adult at home: no more than that they are there, and their name.
OTHER_ADULT = frozenset({D.OPS, D.PROFILE})
OTHER_ADULT_ITEMS = frozenset({"name"})

# What is shown to a role row by row, as somebody agreed: no list is sorted by it.
BY_ITEM: Mapping[Role, frozenset[D]] = dict.fromkeys(SPONSORS, frozenset({D.IDENT, D.LOC}))

# What a role sees of rows that belong to no household.
STATUS_ONLY = frozenset({D.OPS})
BY_ROLE: Mapping[Role, frozenset[D]] = {
    Role.CASEWORKER: frozenset({D.OPS, D.PROFILE, D.PLAN}),
    Role.SPONSOR_MEMBER: frozenset({D.OPS, D.PROFILE, D.PLAN, D.IDENT}),
    Role.SPONSOR_COORDINATOR: frozenset({D.OPS, D.PROFILE, D.PLAN, D.IDENT, D.LOC, D.VET}),
    Role.PROGRAMME_MANAGER: frozenset({D.OPS, D.PROFILE, D.IDENT, D.LOC, D.VET}),
    Role.ADMINISTRATOR: frozenset({D.OPS, D.IDENT, D.LOC}),
    Role.AUDITOR: frozenset({D.OPS, D.AUDIT}),
    Role.EVALUATOR: STATUS_ONLY,
    Role.HOUSEHOLD_PERSON: frozenset({D.OPS, D.PROFILE}),
}
# Of groups, of accounts in the privacy officer's hands, and of houses not yet given to a family.
CASEWORKERS_OF: Mapping[type, frozenset[D]] = {
    accounts.UserAccount: frozenset({D.OPS, D.IDENT}),
    sponsors.SponsorGroup: frozenset({D.OPS, D.PROFILE, D.LOC}),
    sponsors.SponsorMember: frozenset({D.OPS, D.PROFILE, D.IDENT, D.VET}),
    sponsors.Vetting: frozenset({D.OPS, D.VET}),
    placements.Dwelling: frozenset({D.OPS, D.PROFILE, D.LOC, D.FIN}),
}
COMPLAINT = frozenset({D.OPS, D.PROFILE, D.VET})
# The books of a group, whose rows are in the reach of nobody else: names are for the group alone.
BOOKS: Mapping[Role, frozenset[D]] = {
    **dict.fromkeys(SPONSORS, frozenset({D.OPS, D.FIN})),
    Role.PROGRAMME_MANAGER: frozenset({D.OPS}),
}
OF_BOOKS = frozenset({funds.FundEntry, funds.FundReceipt, funds.Pledge, funds.BudgetLine})
# Reports of groups are for managers to read and accept; what the family says is not.
OF_REPORTS = frozenset({reports.GroupReport, reports.ReportComment})
OWN_ACCOUNT = frozenset(D) - {D.SECRET}


def audiences(uow: UnitOfWork, model: type, rows: Sequence[Any]) -> Sequence[Audience]:
    """Tell what the reader may be shown of each row, in a constant number of queries."""
    apart = _apart(uow, model, rows)
    if apart is not None:
        return apart
    if model in OF_NO_HOUSEHOLD or uow.actor.role is Role.AUDITOR:
        return [_of_no_household(uow, model, row) for row in rows]
    persons = [_person(model, row) for row in rows]
    homes = _homes(uow, model, rows, persons)
    found = relations(uow, {home for home in homes if home is not None})
    decide = _decider(uow, {p for p in persons if p is not None}, found)
    return [
        decide(home, person) if home is not None else _without_home(uow, model, person)
        for home, person in zip(homes, persons, strict=True)
    ]


def _apart(uow: UnitOfWork, model: type, rows: Sequence[Any]) -> Sequence[Audience] | None:
    """Tell the audience of what has readers of its own; None for all else."""
    if model is Complaint:
        return [_of_complaint(uow, row) for row in rows]
    if model in OF_REPORTS and uow.actor.role is Role.PROGRAMME_MANAGER:
        return [Audience(frozenset({D.OPS, D.PLAN}), frozenset(), r.household_id) for r in rows]
    if model in OF_BOOKS:
        return [Audience(BOOKS.get(uow.actor.role, frozenset()))] * len(rows)
    return None


def _without_home(uow: UnitOfWork, model: type, person: UUID | None) -> Audience:
    """Show nothing of a person of whose household the reader knows nothing."""
    return Audience(_of_role(uow, model)) if person is None else NOBODY


def _of_complaint(uow: UnitOfWork, row: Complaint) -> Audience:
    """Show managers, and who complained, all of it; who took it down learns that it arrived."""
    whole = {Role.PROGRAMME_MANAGER, Role.HOUSEHOLD_PERSON}
    classes = COMPLAINT if uow.actor.role in whole else STATUS_ONLY
    return Audience(classes, frozenset(), row.household_id, _one(row.person_id))


def _of_no_household(uow: UnitOfWork, model: type, row: Any) -> Audience:
    user_id = row.id if model is accounts.UserAccount else getattr(row, "user_id", None)
    if user_id is not None and user_id == uow.actor.user_id:
        return Audience(OWN_ACCOUNT)
    if uow.actor.role is Role.SPONSOR_MEMBER and model is sponsors.Vetting:
        return Audience(OWN_ACCOUNT)  # the scope gives a member only their own outcome
    if uow.actor.role is Role.SPONSOR_COORDINATOR and not books.leads(uow, row):
        return Audience(BY_ROLE[Role.SPONSOR_MEMBER])
    return Audience(_of_role(uow, model))


def _of_role(uow: UnitOfWork, model: type) -> frozenset[D]:
    if uow.actor.role is Role.CASEWORKER and model in CASEWORKERS_OF:
        return CASEWORKERS_OF[model]
    return BY_ROLE.get(uow.actor.role, frozenset())


def _one(person_id: UUID | None) -> tuple[UUID, ...]:
    return () if person_id is None else (person_id,)


def _person(model: type, row: Any) -> UUID | None:
    found: UUID | None = row.id if model is Person else getattr(row, "person_id", None)
    return found


def _homes(
    uow: UnitOfWork, model: type, rows: Sequence[Any], persons: Sequence[UUID | None]
) -> list[UUID | None]:
    """Name the household of each row: its own column, or where its person belongs."""
    if model is Household:
        return [row.id for row in rows]
    named = [getattr(row, "household_id", None) for row in rows]
    lost = {p for p, home in zip(persons, named, strict=True) if home is None and p is not None}
    belongs = _memberships(uow, lost) if lost else {}
    return [
        home if home is not None or person is None else belongs.get(person)
        for home, person in zip(named, persons, strict=True)
    ]


def _memberships(uow: UnitOfWork, person_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Name the household of each person, the present one before former ones."""
    rows = uow.ask(_homes_of, frozenset(person_ids))
    return {row.person_id: row.household_id for row in rows}


def _homes_of(uow: UnitOfWork, person_ids: Any) -> Select[Any]:
    member = HouseholdMember
    query = uow.columns(member, member.person_id, member.household_id)
    return query.where(member.person_id.in_(person_ids)).order_by(
        member.left_on.is_(None), member.left_on
    )


Decider = Callable[[UUID, UUID | None], Audience]


def _decider(uow: UnitOfWork, person_ids: set[UUID], found: Mapping[UUID, Relation]) -> Decider:
    if uow.actor.role in SPONSORS:
        return _for_sponsors(uow, person_ids, found)
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return _for_home(uow, found)
    if uow.actor.role in {Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}:
        return lambda home, person: Audience(STATUS_ONLY, frozenset(), home, _one(person))

    def decide(home: UUID, person: UUID | None) -> Audience:
        classes = BY_RELATION[found.get(home, Relation.NONE)]
        return Audience(classes, frozenset(), home, _one(person))

    return decide


def _for_sponsors(
    uow: UnitOfWork, person_ids: set[UUID], found: Mapping[UUID, Relation]
) -> Decider:
    active = {home for home, relation in found.items() if relation is Relation.ACTIVE}
    adults = _adults(uow, active)
    items = shared_items(uow, person_ids | {p for people in adults.values() for p in people})

    def decide(home: UUID, person: UUID | None) -> Audience:
        relation = found.get(home, Relation.NONE)
        if relation is not Relation.ACTIVE:
            return Audience(BY_RELATION[relation], frozenset(), home, _one(person))
        if person is not None:
            shared = items.get(person, frozenset())
        else:  # what speaks of the whole household, when every adult shares it
            shared = _common([items.get(p, frozenset()) for p in adults.get(home, ())])
        return Audience(BY_RELATION[relation], shared, home, _one(person))

    return decide


def _common(shared: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset.intersection(*shared) if shared else frozenset()


def _adults(uow: UnitOfWork, homes: Collection[UUID]) -> dict[UUID, list[UUID]]:
    adults: dict[UUID, list[UUID]] = {}
    for row in uow.ask(_adults_in, frozenset(homes)):
        adults.setdefault(row.household_id, []).append(row.person_id)
    return adults


def _adults_in(uow: UnitOfWork, homes: Any) -> Select[Any]:
    member = HouseholdMember
    grown_up = member_born(Person.born_on <= uow.reckoned(born_before_grown_up))
    query = uow.columns(member, member.household_id, member.person_id).where(
        member.household_id.in_(homes),
        or_(member.left_on.is_(None), member.left_on > uow.today),
        grown_up,
    )
    return uow.touching(query, Person)


def _for_home(uow: UnitOfWork, found: Mapping[UUID, Relation]) -> Decider:
    mine = persons_spoken_for(uow)

    def decide(home: UUID, person: UUID | None) -> Audience:
        if found.get(home) is not Relation.HOME:
            return NOBODY
        if person is None:
            return Audience(BY_RELATION[Relation.HOME], OTHER_ADULT_ITEMS, home)
        if person in mine:
            return Audience(SELF, frozenset(), home, (person,))
        return Audience(OTHER_ADULT, OTHER_ADULT_ITEMS, home, (person,))

    return decide
