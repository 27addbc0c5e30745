"""What follows from a crisis for each household, whoever looks after it."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.cases.models import Assignment, AssignmentKind
from resettle.core.work import UnitOfWork
from resettle.crises import rules
from resettle.crises.events import HouseholdsStruck
from resettle.crises.models import CrisisHousehold
from resettle.tasks.models import Category, Task


def send_checks(uow: UnitOfWork, event: HouseholdsStruck) -> None:
    """Leave one welfare check for each household that has none yet."""
    there = uow.columns(CrisisHousehold, CrisisHousehold.household_id).where(
        CrisisHousehold.crisis_id == event.crisis_id
    )
    sent = {row.household_id for row in uow.rows(there)}
    missing = [id_ for id_ in event.household_ids if id_ not in sent]
    workers = _workers(uow, missing)
    tasks = {id_: _check(uow, id_, workers.get(id_)) for id_ in missing}
    uow.session.add_all(tasks.values())
    uow.session.flush()
    uow.session.add_all(
        CrisisHousehold(crisis_id=event.crisis_id, household_id=id_, task_id=task.id)
        for id_, task in tasks.items()
    )


def _check(uow: UnitOfWork, household_id: UUID, worker_id: UUID | None) -> Task:
    return Task(
        household_id=household_id,
        title=rules.WELFARE_CHECK,
        category=Category.OTHER,
        due_on=uow.today,
        assignee_id=worker_id,
    )


def _workers(uow: UnitOfWork, household_ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    query: Select[Any] = uow.columns(Assignment, Assignment.household_id, Assignment.user_id).where(
        Assignment.household_id.in_(household_ids),
        Assignment.kind == AssignmentKind.PRIMARY,
        Assignment.live_on(uow.today),
    )
    return {row.household_id: row.user_id for row in uow.rows(query)}
