"""Questions about complaints."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select

from resettle.complaints.models import Complaint, ComplaintStatus
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household

MOST_SHOWN = 5
SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {"due": (Complaint.due_on.expression,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintFilters:
    status: ComplaintStatus | None = None


def complaints(uow: UnitOfWork, wanted: ComplaintFilters) -> Select[Any]:
    """List the complaints that the reader may read: managers all but those about themselves."""
    uow.require(Permission.COMPLAINT_READ)
    query = uow.select(Complaint)
    return query if wanted.status is None else query.where(Complaint.status == wanted.status)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits of the complaints that the reader may read, those first that are due first."""

    to_acknowledge: int
    late: int
    to_decide: int
    first: Sequence[Complaint]


def waiting(uow: UnitOfWork) -> Waiting:
    """Tell what waits: nothing of it is about the reader, since that is out of their scope."""
    uow.require(Permission.COMPLAINT_DECIDE)
    unanswered = Complaint.status == ComplaintStatus.RECEIVED
    query = uow.select(Complaint).where(unanswered)
    return Waiting(
        to_acknowledge=uow.count(Complaint, unanswered),
        late=uow.count(Complaint, unanswered, Complaint.due_on < uow.today),
        to_decide=uow.count(Complaint, Complaint.status == ComplaintStatus.ACKNOWLEDGED),
        first=uow.all(query.order_by(Complaint.due_on, Complaint.id).limit(MOST_SHOWN)),
    )


def references(uow: UnitOfWork, household_ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = uow.columns(Household, Household.id, Household.reference).where(
        Household.id.in_(household_ids)
    )
    return {row.id: row.reference for row in uow.rows(query)}
