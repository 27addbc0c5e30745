"""What the desk brings together, over JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import fields
from sqlalchemy import Select

from resettle.core.classes import OPS
from resettle.core.permissions import Permission
from resettle.core.reading import Question
from resettle.core.work import UnitOfWork
from resettle.desk import caseload, timeline, whole
from resettle.desk.timeline import (
    Timeline,
    TimelineEntryShape,
    TimelineFilters,
    TimelineFiltersSchema,
)
from resettle.web.api import Api
from resettle.web.schema import Shape

api = Api("desk_api", __name__, url_prefix="/api/households")
caseload_api = Api("caseload_api", __name__, url_prefix="/api/caseload")


@dataclass(frozen=True, slots=True)
class OfHousehold:
    """A timeline with the household that it tells of."""

    household_id: UUID
    found: Timeline

    @property
    def entries(self) -> list[timeline.Entry]:
        return [*self.found.entries]

    @property
    def earlier(self) -> date | None:
        return self.found.earlier


class TimelineShape(Shape):
    """Entries, the newest first, and the day before which there are more."""

    entries = fields.Nested(TimelineEntryShape(), many=True, metadata=dict(OPS))
    earlier = fields.Date(metadata=dict(OPS))


@api.reads(
    "/<uuid:household_id>/timeline",
    permission=Permission.TIMELINE_READ,
    returns=TimelineShape(),
    filters=TimelineFiltersSchema(),
)
def show(uow: UnitOfWork, household_id: UUID, wanted: TimelineFilters) -> OfHousehold:
    """Show all that happened in a household's file."""
    return OfHousehold(household_id, timeline.timeline(uow, household_id, wanted))


@api.reads(
    "/<uuid:household_id>/file",
    permission=Permission.CASE_READ,
    returns=whole.WholeFileShape(),
)
def file(uow: UnitOfWork, household_id: UUID) -> whole.WholeFile:
    """Show a household's file in one answer: people, case, home, steps and the last notes."""
    return whole.whole_file(uow, household_id)


@caseload_api.lists(
    "",
    permission=Permission.CASE_READ,
    returns=caseload.CaseloadRow(),
    sorts=caseload.BY_COLUMN,
    filters=caseload.CaseloadFiltersSchema(),
)
def index(uow: UnitOfWork, wanted: caseload.CaseloadFilters) -> Select[Any] | Question:
    """List the reader's households that have not left, with what is due next and what is late."""
    return caseload.caseload(uow, wanted)
