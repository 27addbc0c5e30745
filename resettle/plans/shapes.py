"""Plans as they are shown to each reader."""

from marshmallow import fields

from resettle.core.classes import DataClass
from resettle.plans.models import (
    Handover,
    IndependenceLine,
    PlanAgreement,
    PlanGoal,
    PlanReview,
    PlanStep,
    Rating,
    Referral,
    SupportPlan,
)
from resettle.web.schema import Shape

OPS = {"class": DataClass.OPS}
PLAN = {"class": DataClass.PLAN}


class StepShape(Shape):
    class Meta:
        model = PlanStep

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    person_id = fields.UUID()
    goal_id = fields.UUID()
    text = fields.String()
    owner = fields.String()
    lead = fields.String()
    due_on = fields.Date()
    status = fields.String()
    done_on = fields.Date()


class GoalRow(Shape):
    class Meta:
        model = PlanGoal

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    plan_id = fields.UUID()
    person_id = fields.UUID()
    thread_id = fields.UUID()
    by_family = fields.Boolean()
    restricted = fields.Boolean()
    domain = fields.String()
    own_words = fields.String()
    own_language = fields.String()
    wording = fields.String()
    baseline = fields.Integer()
    target = fields.Integer()
    status = fields.String()


class GoalShape(GoalRow):
    steps = fields.Nested(StepShape(), many=True, metadata=OPS)


class AgreementShape(Shape):
    class Meta:
        model = PlanAgreement

    household_id = fields.UUID()
    person_id = fields.UUID()
    recorded_at = fields.DateTime()
    recorded_by = fields.UUID()


class HandoverShape(Shape):
    class Meta:
        model = Handover

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    plan_id = fields.UUID()
    support = fields.String()
    taken_by = fields.String()
    from_on = fields.Date()


class IndependenceShape(Shape):
    class Meta:
        model = IndependenceLine

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    plan_id = fields.UUID()
    code = fields.String()
    lead = fields.String()
    looked_on = fields.Date()


class ActualShape(Shape):
    """How a plan compares with what was done, always with of how many."""

    class Meta:
        model = SupportPlan

    steps_done = fields.Integer(metadata=PLAN)
    steps_due = fields.Integer(metadata=PLAN)
    steps_total = fields.Integer(metadata=PLAN)
    steps_late = fields.Integer(metadata=PLAN)
    goals_reached = fields.Integer(metadata=PLAN)
    goals_total = fields.Integer(metadata=PLAN)


class PlanRow(Shape):
    class Meta:
        model = SupportPlan

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    kind = fields.String()
    edition = fields.Integer()
    status = fields.String()
    language = fields.String()
    agreed_on = fields.Date()
    interpreter_used = fields.Boolean()
    ended_on = fields.Date()


class PlanShape(PlanRow):
    agreements = fields.Nested(AgreementShape(), many=True, metadata=OPS)
    handovers = fields.Nested(HandoverShape(), many=True, metadata=OPS)
    independence = fields.Nested(IndependenceShape(), many=True, metadata=OPS)
    goals = fields.Nested(GoalShape(), many=True, metadata=OPS)
    actual = fields.Nested(ActualShape(), metadata=PLAN)
    open_needs = fields.Integer(metadata=PLAN)


class ReviewShape(Shape):
    class Meta:
        model = PlanReview

    id = fields.UUID()
    household_id = fields.UUID()
    plan_id = fields.UUID()
    milestone_id = fields.UUID()
    held_on = fields.Date()
    summary = fields.String()
    recorded_at = fields.DateTime()
    recorded_by = fields.UUID()


class RatingShape(Shape):
    class Meta:
        model = Rating

    id = fields.UUID()
    household_id = fields.UUID()
    person_id = fields.UUID()
    review_id = fields.UUID()
    thread_id = fields.UUID()
    domain = fields.String()
    by = fields.String()
    score = fields.Integer()
    comment = fields.String()
    comment_language = fields.String()
    rated_on = fields.Date()
    recorded_at = fields.DateTime()
    recorded_by = fields.UUID()


class ReferralShape(Shape):
    class Meta:
        model = Referral

    id = fields.UUID()
    version = fields.Integer()
    household_id = fields.UUID()
    person_id = fields.UUID()
    target = fields.String()
    referred_on = fields.Date()
    reason = fields.String()
    status = fields.String()
    outcome_on = fields.Date()
    outcome = fields.String()
