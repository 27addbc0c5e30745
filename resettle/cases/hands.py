"""In whose hands households are, as told to those who assign them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from resettle.accounts.models import UserAccount
from resettle.cases.models import Assignment, AssignmentKind
from resettle.core.work import UnitOfWork
from resettle.households.models import Household


def who_has(uow: UnitOfWork, household_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Name the primary caseworker of each of these households that the reader may know of."""
    query = (
        uow.columns(Assignment, Assignment.household_id, UserAccount.name)
        .join(UserAccount, UserAccount.id == Assignment.user_id)
        .where(
            Assignment.household_id.in_(household_ids),
            Assignment.kind == AssignmentKind.PRIMARY,
            Assignment.live_on(uow.today),
        )
    )
    return {row.household_id: row.name for row in uow.rows(uow.touching(query, UserAccount))}


def households_held(uow: UnitOfWork, user_id: UUID) -> int:
    """Count the households under way that somebody is the primary caseworker of, whoever asks."""
    query = (
        select(Assignment.household_id)
        .join(Household, Household.id == Assignment.household_id)
        .where(
            Assignment.user_id == user_id,
            Assignment.kind == AssignmentKind.PRIMARY,
            Assignment.until_on.is_(None),
            Household.exited_on.is_(None),
        )
    )
    return len(uow.rows(uow.touching(query, Assignment, Household)))
