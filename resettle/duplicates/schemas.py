"""What is sent about possible duplicates: a filter and the decision."""

from marshmallow import fields

from resettle.duplicates import acts
from resettle.duplicates.models import Verdict
from resettle.duplicates.queries import DuplicateFilters
from resettle.web.fields import Text
from resettle.web.schema import Command


class DuplicateFiltersSchema(Command[DuplicateFilters]):
    makes = DuplicateFilters

    verdict = fields.Enum(Verdict, by_value=True)


class DecideDuplicateSchema(Command[acts.DecideDuplicate]):
    makes = acts.DecideDuplicate

    verdict = fields.Enum(Verdict, by_value=True, required=True)
    reason = Text(1000, required=True)
