"""Questions about crises: whom one strikes, what is up, and how far the checks are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select

from resettle.accounts.models import UserAccount
from resettle.cases.models import Assignment, AssignmentKind
from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.crises.models import Crisis, CrisisHousehold
from resettle.crises.rules import Reach
from resettle.households.models import Household, HouseholdMember, Person
from resettle.households.rules import value_of
from resettle.tasks.models import Task, TaskStatus

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {"raised": (Crisis.raised_at.expression,)}
FINISHED = (TaskStatus.DONE, TaskStatus.CANCELLED)
MOST = 500
MOST_UP = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachWanted:
    """A place or a community that is looked at before a flag is raised."""

    location: str | None = None
    language: str | None = None
    nationality: str | None = None

    @property
    def reach(self) -> Reach:
        return Reach(self.location, self.language, self.nationality)


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom a flag would concern: the reader's own households by row, all others by number."""

    number: int
    own: Sequence[Any]

    @property
    def others(self) -> int:
        return self.number - len(self.own)


def affected(uow: UnitOfWork, reach: Reach) -> Affected:
    uow.require(Permission.CRISIS_RAISE)
    ids = struck(uow, reach)
    return Affected(len(ids), own_rows(uow, ids))


def struck(uow: UnitOfWork, reach: Reach) -> tuple[UUID, ...]:
    """Find all households that a crisis concerns, also those that the reader may not know of.

    So it gives ids alone: they become a number for the reader, and tasks for their caseworkers.
    """
    if reach.household_ids:
        query = uow.columns(Household, Household.id).where(Household.id.in_(reach.household_ids))
        return tuple(row.id for row in uow.rows(query))
    here: Select[Any] = select(Household.id).where(
        Household.exited_on.is_(None), Household.arrived_on <= uow.today
    )
    for column, value in (
        (Household.location, reach.location),
        (Household.primary_language, reach.language),
    ):
        if value is not None:
            here = here.where(column == value)
    ids = tuple(row.id for row in uow.rows(uow.touching(here, Household)))
    return ids if reach.nationality is None else _of_nationality(uow, ids, reach.nationality)


def _of_nationality(uow: UnitOfWork, ids: Sequence[UUID], nationality: str) -> tuple[UUID, ...]:
    """Keep the households of whose members somebody has this nationality; it is sealed."""
    columns: tuple[Any, ...] = (HouseholdMember.household_id, Person)
    member: Select[Any] = (
        select(*columns)
        .join(Person, Person.id == HouseholdMember.person_id)
        .where(HouseholdMember.household_id.in_(ids), HouseholdMember.left_on.is_(None))
    )
    rows = uow.rows(uow.touching(member, HouseholdMember, Person))
    uow.unlock({row.Person.id for row in rows})
    found = {row.household_id for row in rows if value_of(row.Person.nationality) == nationality}
    return tuple(id_ for id_ in ids if id_ in found)


def own_rows(uow: UnitOfWork, ids: Sequence[UUID]) -> Sequence[Any]:
    """Tell of those households that the reader looks after, with their caseworker."""
    if uow.actor.role is not Role.CASEWORKER:
        return ()
    query = uow.columns(
        Household,
        Household.id.label("id"),
        Household.reference.label("reference"),
        Household.display_name.label("display_name"),
        Household.location.label("location"),
        _caseworker().label("caseworker"),
    ).where(Household.id.in_(ids))
    return uow.rows(uow.touching(query, Assignment, UserAccount).order_by(Household.reference))


def _caseworker() -> Any:
    return (
        select(UserAccount.name)
        .join(Assignment, Assignment.user_id == UserAccount.id)
        .where(
            Assignment.household_id == Household.id,
            Assignment.kind == AssignmentKind.PRIMARY,
            Assignment.until_on.is_(None),
        )
        .limit(1)
        .scalar_subquery()
    )


def crises(uow: UnitOfWork) -> Select[Crisis]:
    uow.require(Permission.CRISIS_READ)
    return uow.select(Crisis)


def on_file(uow: UnitOfWork, household_id: UUID) -> Sequence[Crisis]:
    """Tell which flags are up on a household's file."""
    here = uow.columns(CrisisHousehold, CrisisHousehold.crisis_id).where(
        CrisisHousehold.household_id == household_id
    )
    ids = [row.crisis_id for row in uow.rows(here)]
    query = uow.select(Crisis).where(
        Crisis.closed_at.is_(None),
        Crisis.ends_on >= uow.today,
        Crisis.id.in_(ids),
    )
    return uow.all(query.order_by(Crisis.raised_at, Crisis.id))


@dataclass(frozen=True, slots=True)
class Count:
    """How many households a crisis concerns, and how many checks are done."""

    number: int
    done: int

    @property
    def open(self) -> int:
        return self.number - self.done


def counts(uow: UnitOfWork, crisis_ids: Sequence[UUID]) -> Mapping[UUID, Count]:
    """Count the checks of each crisis, over all households whoever looks after them."""
    link = CrisisHousehold
    columns = (
        link.crisis_id.label("crisis_id"),
        func.count().label("number"),
        func.sum(case((Task.status.in_(FINISHED), 1), else_=0)).label("done"),
    )
    query = (
        uow.figures(Permission.CRISIS_READ, *columns, over=[link, Task])
        .join(Task, Task.id == link.task_id)
        .where(link.crisis_id.in_(crisis_ids))
        .group_by(link.crisis_id)
    )
    return {row.crisis_id: Count(row.number, int(row.done)) for row in uow.rows(query)}


def up(uow: UnitOfWork) -> Sequence[tuple[Crisis, Count]]:
    """Tell of each flag that is up how many of its checks are done, what began last first."""
    query = crises(uow).where(Crisis.closed_at.is_(None), Crisis.ends_on >= uow.today)
    found = uow.all(query.order_by(Crisis.raised_at.desc(), Crisis.id).limit(MOST_UP))
    known = counts(uow, [crisis.id for crisis in found])
    return [(crisis, known.get(crisis.id, Count(0, 0))) for crisis in found]


def checks(uow: UnitOfWork, crisis: Crisis) -> Sequence[Any]:
    """Tell of each household that the reader looks after how its check stands."""
    if uow.actor.role is not Role.CASEWORKER:
        return ()
    link = CrisisHousehold
    query = (
        uow.columns(
            link,
            link.id.label("id"),
            Household.id.label("household_id"),
            Household.reference.label("reference"),
            _caseworker().label("caseworker"),
            Task.status.label("status"),
            Task.done_on.label("done_on"),
        )
        .join(Household, Household.id == link.household_id)
        .join(Task, Task.id == link.task_id)
        .where(link.crisis_id == crisis.id)
    )
    scoped = uow.touching(uow.along(query, Household), Task, Assignment, UserAccount)
    return uow.rows(scoped.order_by(Task.done_on.is_not(None), Household.reference).limit(MOST))
