"""Questions about complaints."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select

from resettle.complaints.models import Complaint, ComplaintStatus
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {"due": (Complaint.due_on.expression,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintFilters:
    status: ComplaintStatus | None = None


def complaints(uow: UnitOfWork, wanted: ComplaintFilters) -> Select[Any]:
    """List the complaints that the reader may read: managers all but those about themselves."""
    uow.require(Permission.COMPLAINT_READ)
    query = uow.select(Complaint)
    return query if wanted.status is None else query.where(Complaint.status == wanted.status)


def references(uow: UnitOfWork, household_ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = uow.columns(Household, Household.id, Household.reference).where(
        Household.id.in_(household_ids)
    )
    return {row.id: row.reference for row in uow.rows(query)}
