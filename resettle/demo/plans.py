"""The plans of the invented families: goals in their own words, agreed, reviewed, let go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from resettle.cases.models import ResettlementCase
from resettle.core.work import UnitOfWork
from resettle.demo.moments import known
from resettle.households.models import Household
from resettle.plans import exits, queries, reviews, service
from resettle.plans.acts import (
    AddGoal,
    AddHandover,
    AddStep,
    AgreePlan,
    BeginPlan,
    ChangeStep,
    GiveRatings,
    HoldReview,
    Refer,
    Score,
    TellOutcome,
)
from resettle.plans.models import (
    Owner,
    PlanKind,
    PlanStatus,
    ReferralStatus,
    StepStatus,
    SupportPlan,
)
from resettle.tasks.models import HandoverLevel

LATE = "The family wanted to settle in first."


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal as the staff words it, and as families say it in their languages."""

    domain: str
    wording: str
    said: Mapping[str, str]
    steps: Sequence[tuple[str, Owner, HandoverLevel]]
    baseline: int
    target: int


AIMS = (
    Aim(
        "EDU",
        "Speak English well enough to manage alone at the doctor and at work",
        {
            "apc": "بدي اتعلم انكليزي لحتى احكي مع الدكتور لحالي",
            "prs": "می‌خواهم انگلیسی یاد بگیرم تا خودم با داکتر گپ بزنم",
            "spa": "Quiero aprender inglés para hablar yo misma con el médico",
            "ukr": "Хочу вивчити англійську, щоб самостійно говорити з лікарем",
            "som": "Waxaan rabaa inaan barto Ingiriisiga",
            "mya": "အင်္ဂလိပ်စာ သင်ချင်တယ်",
        },
        (
            ("Go to the first class together", Owner.WORKER, HandoverLevel.WE_DO),
            ("Practise twice a week with a neighbour", Owner.SPONSOR, HandoverLevel.TOGETHER),
            ("Ring the doctor alone for an appointment", Owner.FAMILY, HandoverLevel.FAMILY_LEADS),
        ),
        2,
        4,
    ),
    Aim(
        "EMP",
        "A driver licence, and then work in their own trade",
        {
            "apc": "بدي آخد شهادة السواقة وارجع اشتغل بمهنتي",
            "prs": "می‌خواهم لایسنس رانندگی بگیرم و به کار خود برگردم",
            "spa": "Quiero sacar la licencia de conducir y trabajar en lo mío",
            "ukr": "Хочу отримати водійські права і працювати за фахом",
        },
        (
            ("Book the theory test", Owner.FAMILY, HandoverLevel.TOGETHER),
            ("Write a CV with the job coach", Owner.WORKER, HandoverLevel.TOGETHER),
        ),
        1,
        4,
    ),
    Aim(
        "HEA",
        "Know whom to ask when somebody cannot sleep",
        {"spa": "Queremos dormir tranquilos", "ukr": "Хочемо спокійно спати"},
        (("Talk with the nurse", Owner.WORKER, HandoverLevel.WE_DO),),
        2,
        5,
    ),
)
COMMENTS: Mapping[str, str] = {
    "apc": "الصف منيح بس الباص بعيد",
    "prs": "صنف خوب است، اما بس دور است",
    "spa": "La clase es buena, pero el autobús queda lejos",
    "ukr": "Заняття добрі, але автобус далеко",
}
LIVES = ("HOU", "EDU", "EMP", "PAR")
DEMO_HANDOVERS = (
    ("Appointments at the doctor", "The family itself"),
    ("Questions about school", "The school’s own family worker"),
    ("Letters in English", None),
)


def agree_settlement(uow: UnitOfWork, household_id: UUID, random: Random) -> None:
    """Work a plan out with the family and agree on it."""
    household = known(uow, Household, household_id)
    plan = service.begin(uow, household.id, BeginPlan())
    for aim in AIMS:
        _goal(uow, plan, aim, household.primary_language, random)
    _agree(uow, plan)


def _goal(uow: UnitOfWork, plan: SupportPlan, aim: Aim, language: str, random: Random) -> None:
    said = aim.said.get(language)
    goal = service.add_goal(
        uow,
        plan.id,
        AddGoal(
            domain=aim.domain,
            own_words=said,
            own_language=language if said else None,
            wording=aim.wording,
            baseline=aim.baseline,
            target=aim.target,
        ),
    )
    for number, (text, owner, lead) in enumerate(aim.steps, start=1):
        due_on = uow.today + timedelta(days=40 * number + random.randrange(14))
        service.add_step(uow, goal.id, AddStep(text=text, due_on=due_on, owner=owner, lead=lead))


def _agree(uow: UnitOfWork, plan: SupportPlan) -> None:
    grown_up = queries.adults(uow, plan.household_id)
    command = AgreePlan(
        agreed_on=uow.today, person_ids=grown_up, interpreter_used=True, reason=LATE
    )
    service.agree(uow, plan.id, command)


def agree_exit(uow: UnitOfWork, case: ResettlementCase) -> None:
    """Say who takes over what, and let the family sign for it."""
    plan = queries.in_state(uow, case.household_id, PlanKind.EXIT, PlanStatus.DRAFT)
    if plan is None:
        plan = service.begin(uow, case.household_id, BeginPlan(kind=PlanKind.EXIT))
    for support, taken_by in DEMO_HANDOVERS:
        exits.add_handover(uow, plan.id, AddHandover(support=support, taken_by=taken_by))
    _agree(uow, plan)


def review(uow: UnitOfWork, household_id: UUID, milestone_id: UUID, random: Random) -> None:
    """Hold a review of the programme: the staff rates, and the family for itself."""
    plan = queries.in_state(uow, household_id, PlanKind.SETTLEMENT, PlanStatus.ACTIVE)
    if plan is None or plan.agreed_on is None or plan.agreed_on > uow.today:
        return
    past = len(uow.rows(queries.reviews(uow, household_id)))
    household = known(uow, Household, household_id)
    command = HoldReview(
        held_on=uow.today,
        milestone_id=milestone_id,
        summary="Looked at every goal with the family and an interpreter.",
        scores=_scores(uow, plan, past, random),
        reason=LATE,
    )
    reviews.hold(uow, plan.id, command)
    scores = _scores(uow, plan, past, random, COMMENTS.get(household.primary_language))
    reviews.rate_as_family(uow, household_id, GiveRatings(scores=scores))
    if not past:
        _refer(uow, household_id)
    _take_steps(uow, plan, random)


def _take_steps(uow: UnitOfWork, plan: SupportPlan, random: Random) -> None:
    """Mark as done what came due since the last review; now and then one is left."""
    for goal in queries.goals(uow, plan.id):
        for step in goal.steps:
            is_due = step.status is StepStatus.OPEN and step.due_on <= uow.today
            if is_due and random.random() > 0.2:  # noqa: PLR2004  # most steps are taken
                done = ChangeStep(status=StepStatus.DONE, done_on=step.due_on)
                service.change_step(uow, step.id, done)


def _scores(
    uow: UnitOfWork, plan: SupportPlan, past: int, random: Random, comment: str | None = None
) -> list[Score]:
    """Rate as most families fare: a little better each time, one thing now and then worse."""

    def rated(baseline: int) -> int:
        return max(1, min(5, baseline + past + random.choice((0, 0, 1, 1, -1))))

    of_goals = [
        Score(thread_id=goal.thread_id, score=rated(goal.baseline or 2), comment=comment)
        for goal in queries.goals(uow, plan.id)
    ]
    return of_goals + [Score(domain=domain, score=rated(2)) for domain in LIVES]


def _refer(uow: UnitOfWork, household_id: UUID) -> None:
    sent = exits.refer(
        uow, household_id, Refer(target="ENGLISH", referred_on=uow.today, reason="Evening class")
    )
    outcome = TellOutcome(
        status=ReferralStatus.TAKEN_UP, outcome_on=uow.today, outcome="Begins next month"
    )
    exits.tell_outcome(uow, sent.id, outcome)
