"""Reviews, ratings, what is handed over and referrals, over JSON."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.plans import acts, exits, own_steps, queries, reviews, schemas, shapes
from resettle.plans.models import Handover, PlanReview, PlanStep, Rating, Referral
from resettle.web.api import Api

api = Api("plan_progress_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>"
PLAN = "/plans/<uuid:plan_id>"


@api.lists(
    HOUSEHOLD + "/reviews",
    permission=Permission.PLAN_PROGRESS,
    returns=shapes.ReviewShape(),
    sorts=queries.REVIEW_SORTS,
)
def reviewed(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List the reviews that were held."""
    return queries.reviews(uow, household_id)


@api.does(
    "POST",
    PLAN + "/reviews",
    permission=Permission.PLAN_WRITE,
    body=schemas.HoldReviewSchema(),
    returns=shapes.ReviewShape(),
    status=201,
)
def hold(uow: UnitOfWork, plan_id: UUID, command: acts.HoldReview) -> PlanReview:
    """Record a review with the staff's ratings; it meets the milestone that it names."""
    return reviews.hold(uow, plan_id, command)


@api.lists(
    HOUSEHOLD + "/ratings",
    permission=Permission.PLAN_PROGRESS,
    returns=shapes.RatingShape(),
    sorts=queries.RATING_SORTS,
)
def ratings(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List how goals and parts of life were rated over time, by staff and by the family."""
    return queries.ratings(uow, household_id)


@api.does(
    "POST",
    HOUSEHOLD + "/ratings",
    permission=Permission.PLAN_RATE,
    body=schemas.GiveRatingsSchema(),
    returns=shapes.RatingShape(),
    many=True,
    status=201,
)
def rate(uow: UnitOfWork, household_id: UUID, command: acts.GiveRatings) -> Sequence[Rating]:
    """Record how the family itself rates its goals and the parts of its life."""
    return reviews.rate_as_family(uow, household_id, command)


@api.does(
    "POST",
    "/steps/<uuid:step_id>/progress",
    permission=Permission.PLAN_STEP,
    body=schemas.TellStepSchema(),
    returns=shapes.StepShape(),
)
def tell_step(uow: UnitOfWork, step_id: UUID, command: acts.TellStep) -> PlanStep:
    """Say how far a step is, as those whose step it is."""
    return own_steps.tell(uow, step_id, command)


@api.does(
    "POST",
    PLAN + "/handovers",
    permission=Permission.PLAN_LET_GO,
    body=schemas.AddHandoverSchema(),
    returns=shapes.HandoverShape(),
    status=201,
)
def add_handover(uow: UnitOfWork, plan_id: UUID, command: acts.AddHandover) -> Handover:
    """Say in an exit plan which support ends, and who takes it over."""
    return exits.add_handover(uow, plan_id, command)


@api.does(
    "PATCH",
    "/handovers/<uuid:handover_id>",
    permission=Permission.PLAN_LET_GO,
    body=schemas.ChangeHandoverSchema(),
    returns=shapes.HandoverShape(),
)
def change_handover(uow: UnitOfWork, handover_id: UUID, command: acts.ChangeHandover) -> Handover:
    """Change who takes a support over."""
    return exits.change_handover(uow, handover_id, command)


@api.lists(
    HOUSEHOLD + "/referrals",
    permission=Permission.REFERRAL_READ,
    returns=shapes.ReferralShape(),
    sorts=queries.REFERRAL_SORTS,
)
def referrals(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List where a household and its people were sent on to, and what came of it."""
    return queries.referrals(uow, household_id)


@api.does(
    "POST",
    HOUSEHOLD + "/referrals",
    permission=Permission.REFERRAL_WRITE,
    body=schemas.ReferSchema(),
    returns=shapes.ReferralShape(),
    status=201,
)
def refer(uow: UnitOfWork, household_id: UUID, command: acts.Refer) -> Referral:
    """Record that somebody was sent on to a service."""
    return exits.refer(uow, household_id, command)


@api.does(
    "PATCH",
    "/referrals/<uuid:referral_id>",
    permission=Permission.REFERRAL_WRITE,
    body=schemas.TellOutcomeSchema(),
    returns=shapes.ReferralShape(),
)
def tell_outcome(uow: UnitOfWork, referral_id: UUID, command: acts.TellOutcome) -> Referral:
    """Say what came of a referral."""
    return exits.tell_outcome(uow, referral_id, command)
