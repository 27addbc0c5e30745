"""What the desk brings together, over JSON."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from marshmallow import fields

from resettle.core.classes import OPS
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.desk import timeline
from resettle.desk.timeline import (
    Timeline,
    TimelineEntryShape,
    TimelineFilters,
    TimelineFiltersSchema,
)
from resettle.web.api import Api
from resettle.web.schema import Shape

api = Api("desk_api", __name__, url_prefix="/api/households")


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
