"""The acts on settlement plans with what a person would send, and how the plan stands before."""

from collections.abc import Mapping

from resettle.core.work import UnitOfWork
from resettle.plans.models import PlanKind, PlanStatus, SupportPlan
from tests.access.acts import EARLIER, HOUSEHOLD, LATER, TODAY, Act, sends
from tests.access.arranged import Asking

PLAN = "/api/plans/<uuid:plan_id>"


def settlement_in_the_making(uow: UnitOfWork, asking: Asking) -> None:
    _reopen(uow, asking, PlanKind.SETTLEMENT)


def exit_in_the_making(uow: UnitOfWork, asking: Asking) -> None:
    _reopen(uow, asking, PlanKind.EXIT)


def _reopen(uow: UnitOfWork, asking: Asking, kind: PlanKind) -> None:
    query = uow.select(SupportPlan).where(
        SupportPlan.household_id == asking.ids["household_id"], SupportPlan.kind == kind
    )
    for plan in uow.all(query):
        plan.status = PlanStatus.DRAFT


PLAN_ACTS: Mapping[tuple[str, str], Act] = {
    ("POST", HOUSEHOLD + "/plans"): Act(lambda _: {"kind": "settlement"}),
    ("POST", HOUSEHOLD + "/goals"): sends(own_words="می‌خواهم رانندگی یاد بگیرم", domain="EDU"),
    ("POST", HOUSEHOLD + "/ratings"): sends(scores=[{"domain": "EDU", "score": 3}]),
    ("POST", HOUSEHOLD + "/referrals"): sends(target="GP", referred_on=EARLIER),
    ("POST", PLAN + "/goals"): Act(
        lambda _: {"domain": "EDU", "wording": "Learn to drive"}, settlement_in_the_making
    ),
    ("PATCH", "/api/goals/<uuid:goal_id>"): sends(status="reached"),
    ("POST", "/api/goals/<uuid:goal_id>/steps"): Act(
        lambda _: {"text": "Sit the theory test", "due_on": LATER}, settlement_in_the_making
    ),
    ("PATCH", "/api/steps/<uuid:step_id>"): sends(status="done"),
    ("POST", "/api/steps/<uuid:step_id>/progress"): sends(done=True),
    ("POST", PLAN + "/agreement"): Act(
        lambda asking: {"agreed_on": TODAY, "person_ids": [str(asking.spouse["person_id"])]},
        settlement_in_the_making,
    ),
    ("POST", PLAN + "/closing"): Act(),
    ("POST", PLAN + "/reviews"): sends(held_on=EARLIER),
    ("POST", PLAN + "/handovers"): Act(
        lambda _: {"support": "Rides to the doctor"},
        exit_in_the_making,
        lambda asking: {"plan_id": asking.ids["exit_plan_id"]},
    ),
    ("PATCH", "/api/handovers/<uuid:handover_id>"): Act(
        lambda _: {"taken_by": "The family itself"}, exit_in_the_making
    ),
    ("POST", PLAN + "/independence"): Act(
        lambda _: {"lines": [{"code": "MONEY", "lead": "family_leads"}]},
        exit_in_the_making,
        lambda asking: {"plan_id": asking.ids["exit_plan_id"]},
    ),
    ("POST", PLAN + "/signature"): Act(
        before=exit_in_the_making, ids=lambda asking: {"plan_id": asking.ids["exit_plan_id"]}
    ),
    ("PATCH", "/api/referrals/<uuid:referral_id>"): sends(status="done", outcome_on=TODAY),
    **{
        ("POST", rule): act
        for rule, act in {
            "/households/<uuid:household_id>/plan/beginning": sends(kind="settlement"),
            "/households/<uuid:household_id>/family-rating": sends(
                on=TODAY, **{"score-EDU": "3", "comment-EDU": "صنف خوب است"}
            ),
            "/households/<uuid:household_id>/referrals/new": sends(
                target="GP", referred_on=EARLIER
            ),
            "/my-household/goals/new": sends(own_words="می‌خواهم رانندگی یاد بگیرم"),
            "/plans/<uuid:plan_id>/goals/new": Act(
                lambda _: {"domain": "EDU", "wording": "Learn to drive", "baseline": "2"},
                settlement_in_the_making,
            ),
            "/goals/<uuid:goal_id>/change": sends(status="reached"),
            "/goals/<uuid:goal_id>/steps/new": Act(
                lambda _: {"text": "Sit the theory test", "due_on": LATER},
                settlement_in_the_making,
            ),
            "/plans/<uuid:plan_id>/agreement": Act(
                lambda asking: {
                    "agreed_on": TODAY,
                    "person_ids": str(asking.spouse["person_id"]),
                },
                settlement_in_the_making,
            ),
            "/plans/<uuid:plan_id>/review": sends(on=TODAY, **{"score-EDU": "3"}),
            "/plans/<uuid:plan_id>/handovers/new": Act(
                lambda _: {"support": "Rides to the doctor"},
                exit_in_the_making,
                lambda asking: {"plan_id": asking.ids["exit_plan_id"]},
            ),
            "/plans/<uuid:plan_id>/letting-go": Act(
                lambda _: {"lead-MONEY": "family_leads"},
                exit_in_the_making,
                lambda asking: {"plan_id": asking.ids["exit_plan_id"]},
            ),
            "/plans/<uuid:plan_id>/signature": Act(
                before=exit_in_the_making,
                ids=lambda asking: {"plan_id": asking.ids["exit_plan_id"]},
            ),
            "/handovers/<uuid:handover_id>/change": Act(
                lambda _: {"taken_by": "The family itself"}, exit_in_the_making
            ),
            "/referrals/<uuid:referral_id>/outcome": sends(status="done", outcome_on=TODAY),
            "/steps/<uuid:step_id>/done": Act(),
            "/steps/<uuid:step_id>/progress": sends(done="true"),
        }.items()
    },
}
