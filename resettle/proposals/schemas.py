"""The board over JSON and in forms: what comes in, made into commands."""

from marshmallow import fields

from resettle.matching.acts import RELEASE_REASONS, RULING_REASONS
from resettle.matching.schemas import MOST_LEAVES
from resettle.proposals import acts
from resettle.proposals.cards import WHICH
from resettle.proposals.models import StepKind
from resettle.proposals.queries import BoardFilters
from resettle.web.fields import Code, Id, Text, Whole
from resettle.web.schema import Command

LONGEST_NOTE = 400


class BoardFiltersSchema(Command[BoardFilters]):
    makes = BoardFilters

    place_id = Id()
    which = Code(WHICH)
    page = Whole(1, MOST_LEAVES)


class TakeStepSchema(Command[acts.TakeStep]):
    makes = acts.TakeStep

    household_id = Id(required=True)
    kind = fields.Enum(StepKind, by_value=True, required=True)
    place_id = Id()
    reason_code = Code(RULING_REASONS)
    note = Text(LONGEST_NOTE)


class DecideSchema(Command[acts.Decide]):
    makes = acts.Decide

    household_id = Id(required=True)
    place_id = Id(required=True)
    reason_code = Code(RULING_REASONS)
    note = Text(LONGEST_NOTE)


class DeclineSchema(Command[acts.Decline]):
    makes = acts.Decline

    reason = Code(RELEASE_REASONS, required=True)
