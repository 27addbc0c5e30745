"""Which days of the calendar are asked for, and how its entries are told over JSON."""

from dataclasses import dataclass
from datetime import date

from marshmallow import fields

from resettle.calendars import rules
from resettle.calendars.entries import Entry
from resettle.core.classes import OPS, PLAN
from resettle.web.fields import Code, Day
from resettle.web.schema import Command, Shape

VIEWS = {"week": "Week", "month": "Month"}
WHOSE = {"mine": "My tasks", "all": "Everybody’s tasks"}
EARLIEST, LATEST = date(1901, 1, 1), date(2100, 10, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which days are wanted, and whose tasks."""

    view: str = "week"
    day: date | None = None
    whose: str = "mine"

    def around(self, today: date) -> date:
        """Give the day whose week or month is wanted, within what a calendar can hold."""
        return min(max(self.day or today, EARLIEST), LATEST)

    def span(self, today: date) -> rules.Span:
        day = self.around(today)
        return rules.month(day) if self.view == "month" else rules.week(day)


class WantedSchema(Command[Wanted]):
    makes = Wanted

    view = Code(tuple(VIEWS))
    day = Day()
    whose = Code(tuple(WHOSE))


class EntryShape(Shape):
    class Meta:
        model = Entry

    kind = fields.String(metadata=OPS)
    id = fields.UUID(metadata=OPS)
    household_id = fields.UUID(metadata=OPS)
    reference = fields.String(metadata=OPS)
    title = fields.String(metadata=PLAN)
    on = fields.Date(metadata=PLAN)
    at = fields.String(metadata=PLAN)
    until = fields.String(metadata=PLAN)
    state = fields.String(metadata=PLAN)
    late = fields.Boolean(metadata=OPS)
    warnings = fields.Raw(metadata=PLAN)
