"""Who arrived and who is expected, month by month, and how far what is there for them reaches.

Like overview.py, the team's own view: counts of operational facts, for programme managers alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, func, literal, or_, select

from resettle.accounts.models import RoleGrant, UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.cases.models import Assignment, AssignmentKind, ResettlementCase
from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evaluation.capacity import (
    Counts,
    Left,
    Month,
    Resource,
    Strain,
    and_more,
    by_month,
    first_to_break,
    later,
    left_by_month,
    month_of,
    strains,
    until,
)
from resettle.evaluation.definition import Evaluation
from resettle.evaluation.lacking import Clause
from resettle.evaluation.waiting import finals
from resettle.households.models import Household, Stream
from resettle.milestones.models import Milestone, Status
from resettle.placements.models import Dwelling
from resettle.programmes.catalogue import Catalogue
from resettle.sponsors.models import SponsorGroup

READ = Permission.PIPELINE_READ
BACK, AHEAD, FARTHEST = 12, 12, 36
OPEN_GROUPS = ("READY", "ACTIVE")
SPONSORED = frozenset({Stream.CORS})


@dataclass(frozen=True, slots=True)
class Asked:
    """What if so many more households of a stream came in that month."""

    households: int = 6
    month: date | None = None
    stream: str = Stream.CORS


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The months ahead against what there is, with those who are asked about on top."""

    month: date
    resources: Sequence[Resource]
    strains: Sequence[Strain]
    first: Strain | None
    left: Sequence[Left]


def arrivals(uow: UnitOfWork) -> Sequence[Month]:
    """Count who arrived in the last twelve months."""
    first = later(month_of(uow.today), 1 - BACK)
    return by_month(_arrived(uow, first), first, BACK)


def _arrived(uow: UnitOfWork, first: date) -> Counts:
    case, household = ResettlementCase, Household
    query = (
        uow.figures(
            READ,
            household.arrived_on,
            household.stream,
            func.count(case.id).label("households"),
            func.sum(case.case_size).label("persons"),
            over=[case, household],
        )
        .select_from(case)
        .join(household, household.id == case.household_id)
        .where(household.arrived_on >= first, household.arrived_on <= uow.today)
        .group_by(household.arrived_on, household.stream)
    )
    return {
        (row.arrived_on, row.stream): (row.households, int(row.persons)) for row in uow.rows(query)
    }


def ahead(uow: UnitOfWork, months: int = AHEAD) -> Sequence[Month]:
    """Count who is expected in the months to come, by the steps that are planned before arrival.

    Who was expected earlier and has not come is expected still: this month.
    """
    settings = uow.use(Evaluation).ahead
    step, case = Milestone, ResettlementCase
    query = (
        uow.figures(
            READ,
            step.due_on,
            Household.stream,
            func.count(step.id).label("households"),
            func.sum(case.case_size).label("persons"),
            over=[step, case, Household],
        )
        .select_from(step)
        .join(case, case.household_id == step.household_id)
        .join(Household, Household.id == step.household_id)
        .where(*_expected(uow))
        .group_by(step.due_on, Household.stream)
    )
    days = timedelta(days=settings.days)
    this = month_of(uow.today)
    counts: dict[tuple[date, str], tuple[int, int]] = {}
    for row in uow.rows(query):
        key = (max(row.due_on + days, this), row.stream)
        households, persons = counts.get(key, (0, 0))
        counts[key] = (households + row.households, persons + int(row.persons))
    return by_month(counts, this, months)


def _expected(uow: UnitOfWork) -> list[Clause]:
    """Say that a household has not come, and that a step before its arrival is planned."""
    step = Milestone
    return [
        step.code == uow.use(Evaluation).ahead.milestone,
        step.status != Status.NOT_APPLICABLE,
        Household.arrived_on.is_(None),
        ResettlementCase.stage.not_in(finals(uow.use(Catalogue))),
    ]


def expected_in(uow: UnitOfWork, month: date) -> Clause:
    """Say that a household is among those whom `ahead` expects in a month."""
    step, days = Milestone, timedelta(days=uow.use(Evaluation).ahead.days)
    first, this = month_of(month), month_of(uow.today)
    since = step.due_on >= first - days if first > this else step.due_on.is_not(None)
    found = exists(select(1).select_from(step)).where(
        step.household_id == Household.id, since, step.due_on < later(first, 1) - days
    )
    return found.where(*_expected(uow)).correlate_except(step) & literal(first >= this)


def resources(uow: UnitOfWork) -> Sequence[Resource]:
    """Count what households who come will need: houses, time of caseworkers, sponsor groups."""
    return [
        Resource("housing", "Houses at hand", _houses(uow)),
        Resource("caseworkers", "Households that caseworkers have time for", _time(uow)),
        Resource("sponsors", "Households that groups can support", _support(uow), SPONSORED),
    ]


def _houses(uow: UnitOfWork) -> int:
    return sum(row.houses for row in houses(uow))


@dataclass(frozen=True, slots=True)
class Houses:
    """How many houses of so many bedrooms are at hand in a place."""

    place: str
    bedrooms: int
    houses: int


def houses(uow: UnitOfWork) -> Sequence[Houses]:
    """Count the houses in which nobody lives and that may be had, by place; no address is told."""
    uow.require(READ)
    house, places = Dwelling, uow.use(Catalogue)
    many = func.count(house.id).label("houses")
    query = uow.figures(READ, house.location, house.bedrooms, many, over=[house]).where(
        house.household_id.is_(None),
        or_(house.tenancy_to.is_(None), house.tenancy_to > uow.today),
    )
    query = query.group_by(house.location, house.bedrooms)
    found = [Houses(places.place_name(r.location), r.bedrooms, r.houses) for r in uow.rows(query)]
    return sorted(found, key=lambda row: (row.place, row.bedrooms))


def _time(uow: UnitOfWork) -> int:
    user, has, held = UserAccount, RoleGrant, Assignment
    people = uow.figures(READ, func.count(user.id).label("many"), over=[user, has])
    people = people.select_from(user).join(has, has.user_id == user.id)
    people = people.where(
        has.role == Role.CASEWORKER,
        has.until_at.is_(None),
        user.status == AccountStatus.ACTIVE,
    )
    busy = uow.figures(
        READ, func.count(held.household_id.distinct()).label("many"), over=[held]
    ).where(held.live_on(uow.today), held.kind == AssignmentKind.PRIMARY)
    room = int(uow.rows(people)[0].many) * uow.use(Evaluation).households_each
    return max(room - int(uow.rows(busy)[0].many), 0)


def _support(uow: UnitOfWork) -> int:
    group = SponsorGroup
    query = uow.figures(
        READ,
        func.coalesce(func.sum(group.max_households - group.households_now), 0).label("many"),
        over=[group],
    ).where(group.status.in_(OPEN_GROUPS), group.max_households > group.households_now)
    return int(uow.rows(query)[0].many)


def outlook(uow: UnitOfWork, asked: Asked) -> Outlook:
    """Say how far houses, caseworkers and groups reach if more households come in a month."""
    this = month_of(uow.today)
    month = min(max(month_of(asked.month or later(this, 1)), this), later(this, FARTHEST - 1))
    there = resources(uow)
    far = max(AHEAD, until(this, month) + 1)
    coming = and_more(ahead(uow, far), month, asked.households, asked.stream)
    found = strains(there, coming, month)
    return Outlook(
        month=month,
        resources=there,
        strains=found,
        first=first_to_break(found),
        left=left_by_month(there, coming),
    )
