"""The trail, its verification and the jobs over JSON."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.chain import Verdict
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.operations import queries
from resettle.operations.queries import JobFilters, TrailFilters
from resettle.operations.schemas import (
    JobFiltersSchema,
    JobShape,
    LookShape,
    TrailEntryShape,
    TrailFiltersSchema,
    VerdictShape,
)
from resettle.web.api import Api

api = Api("operations_api", __name__, url_prefix="/api")


@api.lists(
    "/households/<uuid:household_id>/looks",
    permission=Permission.WHO_SAW,
    returns=LookShape(),
    sorts=queries.TRAIL_SORTS,
)
def who_saw(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List who looked at or changed a household's file."""
    return queries.who_saw(uow, household_id)


@api.lists(
    "/audit",
    permission=Permission.AUDIT_SEARCH,
    returns=TrailEntryShape(),
    sorts=queries.TRAIL_SORTS,
    filters=TrailFiltersSchema(),
)
def search(uow: UnitOfWork, wanted: TrailFilters) -> Select[Any]:
    """Search the audit trail."""
    return queries.search(uow, wanted)


@api.reads("/audit/verification", permission=Permission.AUDIT_VERIFY, returns=VerdictShape())
def verify(uow: UnitOfWork) -> Verdict:
    """Compute the audit trail again and say whether it is sound."""
    return queries.verdict(uow)


@api.lists(
    "/jobs",
    permission=Permission.JOB_READ,
    returns=JobShape(),
    sorts=queries.JOB_SORTS,
    filters=JobFiltersSchema(),
)
def jobs(uow: UnitOfWork, wanted: JobFilters) -> Select[Any]:
    """List jobs that wait or have failed for good."""
    return queries.jobs(uow, wanted)
