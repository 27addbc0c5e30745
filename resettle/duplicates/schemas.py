"""What is sent about possible duplicates: a filter and the decision."""

from marshmallow import fields

from resettle.duplicates import acts
from resettle.duplicates.facts import CHOICES
from resettle.duplicates.models import MergeStatus, Verdict
from resettle.duplicates.queries import DuplicateFilters, MergeFilters
from resettle.web.fields import Many, Text
from resettle.web.schema import Command


class DuplicateFiltersSchema(Command[DuplicateFilters]):
    makes = DuplicateFilters

    verdict = fields.Enum(Verdict, by_value=True)


class DecideDuplicateSchema(Command[acts.DecideDuplicate]):
    makes = acts.DecideDuplicate

    verdict = fields.Enum(Verdict, by_value=True, required=True)
    reason = Text(1000, required=True)


class MergeFiltersSchema(Command[MergeFilters]):
    makes = MergeFilters

    status = fields.Enum(MergeStatus, by_value=True)


class ProposeMergeSchema(Command[acts.ProposeMerge]):
    makes = acts.ProposeMerge

    keep = fields.Enum(acts.Side, by_value=True, required=True)
    take = Many(Text(40), most=len(CHOICES) + 1)
    reason = Text(1000, required=True)


class ProposePartingSchema(Command[acts.ProposeParting]):
    makes = acts.ProposeParting

    reason = Text(1000, required=True)
