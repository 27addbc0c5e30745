"""The calendar over JSON: what is when, in a week or a month."""

from collections.abc import Sequence

from resettle.calendars import entries, schemas
from resettle.calendars.entries import Entry
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.web.api import Api

api = Api("calendars_api", __name__, url_prefix="/api")


@api.reads(
    "/calendar",
    permission=Permission.CALENDAR_READ,
    returns=schemas.EntryShape(),
    many=True,
    filters=schemas.WantedSchema(),
)
def calendar(uow: UnitOfWork, wanted: schemas.Wanted) -> Sequence[Entry]:
    """List appointments, tasks and milestones due in the week or month of a day, day by day."""
    span = wanted.span(uow.today)
    found = entries.between(uow, span.first, span.last, everybodys=wanted.whose == "all")
    return [entry for day in sorted(found.by_day) for entry in found.by_day[day]]
