"""What lies between a household and a sponsor group: read where that very group supports it.

Who is in two groups is near a household by one. What the other had there, or what was said to it
alone, is not read by way of the first.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, tuple_

from resettle.core.work import UnitOfWork
from resettle.placements.models import Sponsorship
from resettle.policy.relations import COVERED, denied_to, supported_by


def with_its_group(uow: UnitOfWork, household_id: Any, group_id: Any) -> ColumnElement[bool]:
    """Keep rows between a household and a group of the reader's that supports it itself."""
    if not uow.actor.group_ids:
        return false()
    return and_(
        group_id.in_(uow.actor.group_ids),
        tuple_(household_id, group_id).in_(_pairs(uow)),
        household_id.not_in(denied_to(uow)),
    )


def supported_with(uow: UnitOfWork) -> frozenset[tuple[UUID, UUID]]:
    """Tell which households the reader's groups support: each with the group that does."""
    rows: Sequence[Any] = uow.remembered("supported with", lambda: uow.ask(_supported_with))
    return frozenset((row.household_id, row.group_id) for row in rows)


def _supported_with(uow: UnitOfWork) -> Select[Any]:
    kept = _pairs(uow).where(Sponsorship.household_id.not_in(denied_to(uow)))
    return kept.execution_options(covered=COVERED)


def _pairs(uow: UnitOfWork) -> Select[Any]:
    columns = (Sponsorship.household_id, Sponsorship.group_id)
    return supported_by(uow).with_only_columns(*columns)  # type: ignore[return-value]
