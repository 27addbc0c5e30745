"""What people ask of plans: commands, each made by one schema."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from resettle.households.acts import UNSET, Unset
from resettle.plans.models import (
    GoalStatus,
    Owner,
    PlanKind,
    ReferralStatus,
    StepStatus,
)
from resettle.tasks.models import HandoverLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPlan:
    """A first version, or the next: it begins with what is open in the version in force."""

    kind: PlanKind = PlanKind.SETTLEMENT
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddGoal:
    """A goal as it is worked out: `restricted` None leaves it to the domain."""

    domain: str
    own_words: str | None = None
    own_language: str | None = None
    wording: str | None = None
    baseline: int | None = None
    target: int | None = None
    person_id: UUID | None = None
    restricted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGoal:
    domain: str | Unset = UNSET
    own_words: str | Unset | None = UNSET
    own_language: str | Unset | None = UNSET
    wording: str | Unset | None = UNSET
    baseline: int | Unset | None = UNSET
    target: int | Unset | None = UNSET
    restricted: bool | Unset = UNSET
    status: GoalStatus | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class SayGoal:
    """A goal that somebody of the household writes down, in whichever language they like.

    It is of that person alone, unless it is said to be of all at home.
    """

    own_words: str
    of_all: bool = False
    own_language: str | None = None
    domain: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Who leads one of the things that the family comes to do by itself."""

    code: str
    lead: HandoverLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class TellLeads:
    """Who leads what by now; what is not named stays as it was."""

    lines: Sequence[Lead]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddStep:
    text: str
    due_on: date
    owner: Owner = Owner.WORKER
    lead: HandoverLevel = HandoverLevel.TOGETHER


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStep:
    text: str | Unset = UNSET
    due_on: date | Unset = UNSET
    owner: Owner | Unset = UNSET
    lead: HandoverLevel | Unset = UNSET
    status: StepStatus | Unset = UNSET
    done_on: date | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class TellStep:
    """How far a step is, said by those whose step it is."""

    done: bool
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreePlan:
    """The day on which named adults agreed. `reason` says why a milestone of it is late."""

    agreed_on: date
    person_ids: list[UUID] = field(default_factory=list)
    interpreter_used: bool | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One rating: of a goal, or without one of a domain."""

    score: int
    thread_id: UUID | None = None
    domain: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldReview:
    """A review as it was held; of a date of the programme if it names its milestone."""

    held_on: date
    milestone_id: UUID | None = None
    summary: str | None = None
    scores: list[Score] = field(default_factory=list)
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveRatings:
    """How the family sees it, apart from the staff and in its own words."""

    scores: list[Score]
    rated_on: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddHandover:
    support: str
    taken_by: str | None = None
    from_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeHandover:
    support: str | Unset = UNSET
    taken_by: str | Unset | None = UNSET
    from_on: date | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class Refer:
    target: str
    referred_on: date
    reason: str | None = None
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TellOutcome:
    status: ReferralStatus
    outcome_on: date
    outcome: str | None = None
