"""Questions about the changes of a household."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import joinedload

from resettle.changes.models import ELSEWHERE, HouseholdChange
from resettle.core.clock import day_of
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember
from resettle.names import rules
from resettle.names.queries import named
from resettle.settings import Settings
from resettle.tasks.models import Task, TaskStatus

MOST_TASKS = 200
MOST_PEOPLE = 20
SORTS: Mapping[str, tuple[ColumnElement[date], ...]] = {
    "happened": (HouseholdChange.happened_on.expression,)
}
TITLES: Mapping[str, str] = {
    "birth": "Birth",
    "newcomer": "Somebody joined",
    "departure": "Somebody left",
    "death": "Death",
    "marriage": "Marriage",
    "separation": "Separation",
    "split": "Household split in two",
    "join": "Two households joined",
    "move": "Move",
    "provider": "Another provider",
    "emptied": "Closed, since nobody is left",
}


def of_household(uow: UnitOfWork, household_id: UUID) -> Select[HouseholdChange]:
    household = uow.get(Household, household_id, to=Permission.TIMELINE_READ)
    return uow.select(HouseholdChange).where(HouseholdChange.household_id == household.id)


def undo_until(uow: UnitOfWork, changes: Sequence[HouseholdChange]) -> Mapping[UUID, date]:
    """Tell of each change that can still be undone the last day on which it can."""
    window = timedelta(days=uow.use(Settings).undo_days)
    last = {change.id: day_of(change.created_at) + window for change in changes}
    undone = {
        change.id
        for change in changes
        if change.undone_at or change.part_of or change.kind in ELSEWHERE
    }
    return {id_: day for id_, day in last.items() if id_ not in undone and uow.today <= day}


def at_home_elsewhere(
    uow: UnitOfWork, household_id: UUID, typed: str, chosen: str
) -> Sequence[HouseholdMember]:
    """Find by name who lives in the reader’s other households, the nearest first.

    Who was chosen before, by id, is found whatever the name is now.
    """
    hits = named(uow, typed)
    known = {*hits, *_id_in(chosen)}
    if not known:
        return []
    member = HouseholdMember
    query = uow.along(
        uow.select(member).join(Household, Household.id == member.household_id), Household
    ).where(
        member.household_id != household_id,
        member.person_id.in_(known),
        member.left_on.is_(None),
        Household.exited_on.is_(None),
    )
    found = uow.all(query.order_by(Household.reference, member.id), joinedload(member.person))
    scores = {id_: hit.score for id_, hit in hits.items()}
    near = sorted(found, key=lambda stay: -scores.get(stay.person_id, rules.SURE))[:MOST_PEOPLE]
    uow.unlock(stay.person_id for stay in near)
    return near


def _id_in(chosen: str) -> list[UUID]:
    try:
        return [UUID(chosen)]
    except ValueError:
        return []


def references(uow: UnitOfWork, household_ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = uow.columns(Household, Household.id, Household.reference)
    return {row.id: row.reference for row in uow.rows(query.where(Household.id.in_(household_ids)))}


def open_tasks(uow: UnitOfWork, household_id: UUID) -> Sequence[Task]:
    """List what is still to be done for the whole household, and so stays or goes as is said."""
    query = uow.select(Task).where(
        Task.household_id == household_id,
        Task.person_id.is_(None),
        Task.status.in_([TaskStatus.OPEN, TaskStatus.DOING]),
    )
    return uow.all(query.order_by(Task.due_on, Task.id).limit(MOST_TASKS))
