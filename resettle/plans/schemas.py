"""Plans over JSON and in forms: commands and filters in."""

from marshmallow import fields

from resettle.plans import acts
from resettle.plans.models import (
    GoalStatus,
    Owner,
    PlanKind,
    PlanStatus,
    ReferralStatus,
    StepStatus,
)
from resettle.plans.queries import PlanFilters
from resettle.tasks.models import HandoverLevel
from resettle.web.fields import Day, Flag, Id, Many, Text, Whole
from resettle.web.schema import Command

LONG = 4000
SHORT = 400
CODE = 40
LANGUAGE = 3
MOST_SCORES = 60
HIGHEST = 10


class PlanFiltersSchema(Command[PlanFilters]):
    makes = PlanFilters

    kind = fields.Enum(PlanKind, by_value=True)
    status = fields.Enum(PlanStatus, by_value=True)


class BeginPlanSchema(Command[acts.BeginPlan]):
    makes = acts.BeginPlan

    kind = fields.Enum(PlanKind, by_value=True)
    language = Text(LANGUAGE)


class AddGoalSchema(Command[acts.AddGoal]):
    makes = acts.AddGoal

    domain = Text(CODE, required=True)
    own_words = Text(LONG)
    own_language = Text(LANGUAGE)
    wording = Text(LONG)
    baseline = Whole(0, HIGHEST)
    target = Whole(0, HIGHEST)
    person_id = Id()
    restricted = Flag()


class ChangeGoalSchema(Command[acts.ChangeGoal]):
    makes = acts.ChangeGoal

    domain = Text(CODE)
    own_words = Text(LONG, allow_none=True)
    own_language = Text(LANGUAGE, allow_none=True)
    wording = Text(LONG, allow_none=True)
    baseline = Whole(0, HIGHEST, allow_none=True)
    target = Whole(0, HIGHEST, allow_none=True)
    restricted = Flag()
    status = fields.Enum(GoalStatus, by_value=True)


class SayGoalSchema(Command[acts.SayGoal]):
    makes = acts.SayGoal

    own_words = Text(LONG, required=True)
    own_language = Text(LANGUAGE)
    domain = Text(CODE)
    of_all = Flag()


class AddStepSchema(Command[acts.AddStep]):
    makes = acts.AddStep

    text = Text(SHORT, required=True)
    due_on = Day(required=True)
    owner = fields.Enum(Owner, by_value=True)
    lead = fields.Enum(HandoverLevel, by_value=True)


class ChangeStepSchema(Command[acts.ChangeStep]):
    makes = acts.ChangeStep

    text = Text(SHORT)
    due_on = Day()
    owner = fields.Enum(Owner, by_value=True)
    lead = fields.Enum(HandoverLevel, by_value=True)
    status = fields.Enum(StepStatus, by_value=True)
    done_on = Day(allow_none=True)


class TellStepSchema(Command[acts.TellStep]):
    makes = acts.TellStep

    done = Flag(required=True)
    done_on = Day(allow_none=True)


class AgreePlanSchema(Command[acts.AgreePlan]):
    makes = acts.AgreePlan

    agreed_on = Day(required=True)
    person_ids = Many(Id(), most=20)
    interpreter_used = Flag()
    reason = Text(LONG)


class ScoreSchema(Command[acts.Score]):
    makes = acts.Score

    score = Whole(0, HIGHEST, required=True)
    thread_id = Id()
    domain = Text(CODE)
    comment = Text(LONG)


class HoldReviewSchema(Command[acts.HoldReview]):
    makes = acts.HoldReview

    held_on = Day(required=True)
    milestone_id = Id()
    summary = Text(LONG)
    scores = Many(fields.Nested(ScoreSchema()), most=MOST_SCORES)
    reason = Text(LONG)


class GiveRatingsSchema(Command[acts.GiveRatings]):
    makes = acts.GiveRatings

    scores = Many(fields.Nested(ScoreSchema()), most=MOST_SCORES, required=True)
    rated_on = Day()
    language = Text(LANGUAGE)


class AddHandoverSchema(Command[acts.AddHandover]):
    makes = acts.AddHandover

    support = Text(SHORT, required=True)
    taken_by = Text(SHORT)
    from_on = Day()


class ChangeHandoverSchema(Command[acts.ChangeHandover]):
    makes = acts.ChangeHandover

    support = Text(SHORT)
    taken_by = Text(SHORT, allow_none=True)
    from_on = Day(allow_none=True)


class LeadSchema(Command[acts.Lead]):
    makes = acts.Lead

    code = Text(CODE, required=True)
    lead = fields.Enum(HandoverLevel, by_value=True, required=True)


class TellLeadsSchema(Command[acts.TellLeads]):
    makes = acts.TellLeads

    lines = Many(fields.Nested(LeadSchema()), most=MOST_SCORES, required=True)


class ReferSchema(Command[acts.Refer]):
    makes = acts.Refer

    target = Text(CODE, required=True)
    referred_on = Day(required=True)
    reason = Text(LONG)
    person_id = Id()


class TellOutcomeSchema(Command[acts.TellOutcome]):
    makes = acts.TellOutcome

    status = fields.Enum(ReferralStatus, by_value=True, required=True)
    outcome_on = Day(required=True)
    outcome = Text(LONG)
