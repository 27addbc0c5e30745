"""Reviews and ratings: how the staff sees it, and apart from it how the family does."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.plans import queries, rules
from resettle.plans.acts import GiveRatings, HoldReview, Score
from resettle.plans.definition import PlanSettings
from resettle.plans.meeting import meet_review
from resettle.plans.models import PlanGoal, PlanReview, PlanStatus, RatedBy, Rating, SupportPlan


def hold(uow: UnitOfWork, plan_id: UUID, command: HoldReview) -> PlanReview:
    """Record a review with the staff's ratings; it meets the milestone whose date it was."""
    plan = uow.get(SupportPlan, plan_id, to=Permission.PLAN_WRITE)
    if plan.status is not PlanStatus.ACTIVE:
        raise Conflict("Only the version in force is reviewed.")
    if command.held_on > uow.today:
        raise Invalid({"held_on": ["This day has not come yet."]})
    if plan.agreed_on is not None and command.held_on < plan.agreed_on:
        raise Invalid({"held_on": ["The plan had not been agreed on this day."]})
    if command.milestone_id is not None:
        meet_review(uow, plan, command.milestone_id, command.held_on, command.reason)
    review = uow.add(
        PlanReview(
            plan_id=plan.id,
            household_id=plan.household_id,
            milestone_id=command.milestone_id,
            held_on=command.held_on,
            summary=command.summary,
            recorded_at=uow.now,
            recorded_by=uow.actor.user_id,
        )
    )
    household = uow.get(Household, plan.household_id, to=Permission.PLAN_WRITE)
    _rate(
        uow,
        household,
        command.scores,
        by=RatedBy.STAFF,
        rated_on=command.held_on,
        review_id=review.id,
    )
    return review


def rate_as_family(uow: UnitOfWork, household_id: UUID, command: GiveRatings) -> Sequence[Rating]:
    """Record how the family rates it: by somebody of it, or told to the caseworker."""
    household = uow.get(Household, household_id, to=Permission.PLAN_RATE)
    rated_on = command.rated_on or uow.today
    if rated_on > uow.today:
        raise Invalid({"rated_on": ["This day has not come yet."]})
    if not command.scores:
        raise Invalid({"scores": ["Rate at least one goal or one part of life."]})
    language = command.language or household.primary_language
    return _rate(
        uow,
        household,
        command.scores,
        by=RatedBy.FAMILY,
        rated_on=rated_on,
        comment_language=language,
    )


def _rate(
    uow: UnitOfWork, household: Household, scores: Sequence[Score], *, rated_on: date, **facts: Any
) -> list[Rating]:
    threads = _threads(uow, household.id)
    _check(uow, household, scores, threads)
    made = []
    for score in scores:
        goal = threads[score.thread_id] if score.thread_id else None
        made.append(
            uow.add(
                Rating(
                    household_id=household.id,
                    person_id=goal.person_id if goal else None,
                    thread_id=score.thread_id,
                    domain=goal.domain if goal else score.domain,
                    score=score.score,
                    comment=score.comment,
                    rated_on=rated_on,
                    recorded_at=uow.now,
                    recorded_by=uow.actor.user_id,
                    **facts,
                )
            )
        )
    return made


def _threads(uow: UnitOfWork, household_id: UUID) -> dict[UUID, PlanGoal]:
    """Name the goals that the rater may know of, each by its thread, in its newest version."""
    query = uow.select(PlanGoal).where(PlanGoal.household_id == household_id)
    return {goal.thread_id: goal for goal in uow.all(query.order_by(PlanGoal.created_at))}


def _check(
    uow: UnitOfWork,
    household: Household,
    scores: Sequence[Score],
    threads: dict[UUID, PlanGoal],
) -> None:
    scale = uow.use(PlanSettings).scores
    domains = {domain.code for domain in queries.programme_of(uow, household).domains}
    faults: dict[str, list[str]] = {}
    for number, score in enumerate(scores):
        place = f"scores.{number}"
        faults |= rules.score_faults({f"{place}.score": score.score}, scale)
        known = score.thread_id in threads if score.thread_id else score.domain in domains
        if not known:
            faults[place] = ["Rate a goal of this household, or a part of life."]
    if faults:
        raise Invalid(faults)
