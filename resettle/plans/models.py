"""Plans of a household in their versions: goals, steps, ratings, reviews, and what is handed on."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from resettle.core.classes import OPS, PLAN, DataClass, Held
from resettle.core.db import Entity, Record
from resettle.core.sealed import Sealed, SealedEntity
from resettle.tasks.models import HandoverLevel

HELD = Held(about="household_id", kept="case_file", export="my_record")


class PlanKind(StrEnum):
    SETTLEMENT = "settlement"
    EXIT = "exit"


class PlanStatus(StrEnum):
    """Worked out, agreed and in force, followed by a newer version, or closed."""

    DRAFT = "draft"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    CLOSED = "closed"


class GoalStatus(StrEnum):
    OPEN = "open"
    REACHED = "reached"
    GIVEN_UP = "given_up"


class StepStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Owner(StrEnum):
    """Whose step it is."""

    WORKER = "worker"
    SPONSOR = "sponsor"
    FAMILY = "family"


class RatedBy(StrEnum):
    STAFF = "staff"
    FAMILY = "family"


class SupportPlan(Record):
    """One version of a plan. Once agreed it stays as it was; a change is a new version of it."""

    __tablename__ = "support_plan"
    __table_args__ = (UniqueConstraint("household_id", "kind", "edition"),)
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    kind: Mapped[PlanKind] = mapped_column(default=PlanKind.SETTLEMENT, info=OPS)
    edition: Mapped[int] = mapped_column(default=1, info=OPS)
    status: Mapped[PlanStatus] = mapped_column(default=PlanStatus.DRAFT, info=OPS)
    language: Mapped[str] = mapped_column(info=PLAN)
    agreed_on: Mapped[date | None] = mapped_column(info=PLAN)
    interpreter_used: Mapped[bool | None] = mapped_column(info=PLAN)
    ended_on: Mapped[date | None] = mapped_column(info=PLAN)


class PlanAgreement(Entity):
    """An adult of the household who agreed to a version of the plan. Written once."""

    __tablename__ = "plan_agreement"
    __table_args__ = (UniqueConstraint("plan_id", "person_id"),)
    held = HELD

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    recorded_at: Mapped[datetime] = mapped_column(info=OPS)
    recorded_by: Mapped[UUID | None] = mapped_column(info=OPS)


class PlanGoal(Record):
    """A goal in one version of a plan, in the family's words and in the staff's.

    `thread_id` is the same in all versions, so that ratings follow a goal from one to the next.
    A goal that the family has written down is in no version until the next one is begun. Of a
    restricted goal sponsors are told nothing.
    """

    __tablename__ = "plan_goal"
    __table_args__ = (UniqueConstraint("plan_id", "thread_id"),)
    held = HELD

    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("support_plan.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    thread_id: Mapped[UUID] = mapped_column(index=True, info=OPS)
    by_family: Mapped[bool] = mapped_column(default=False, info=OPS)
    restricted: Mapped[bool] = mapped_column(default=False, info=OPS)
    domain: Mapped[str] = mapped_column(info=PLAN)
    own_words: Mapped[str | None] = mapped_column(info=PLAN)
    own_language: Mapped[str | None] = mapped_column(info=PLAN)
    wording: Mapped[str | None] = mapped_column(info=PLAN)
    baseline: Mapped[int | None] = mapped_column(info=PLAN)
    target: Mapped[int | None] = mapped_column(info=PLAN)
    status: Mapped[GoalStatus] = mapped_column(default=GoalStatus.OPEN, info=PLAN)

    # Whoever may know of a goal may know of its steps, so they are followed from it.
    steps: Mapped[list["PlanStep"]] = relationship(
        viewonly=True, order_by="(PlanStep.due_on, PlanStep.id)"
    )


class PlanStep(Record):
    """One step towards a goal: whose it is, who leads, and by when."""

    __tablename__ = "plan_step"
    __table_args__ = (Index("ix_plan_step_household_id_due_on", "household_id", "due_on"),)
    held = HELD

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("plan_goal.id"), index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    text: Mapped[str] = mapped_column(info=PLAN)
    owner: Mapped[Owner] = mapped_column(info=PLAN)
    lead: Mapped[HandoverLevel] = mapped_column(info=PLAN)
    due_on: Mapped[date] = mapped_column(info=PLAN)
    status: Mapped[StepStatus] = mapped_column(default=StepStatus.OPEN, info=PLAN)
    done_on: Mapped[date | None] = mapped_column(info=PLAN)


class PlanReview(Entity):
    """A review that was held, at one of the programme's dates or between them. Written once."""

    __tablename__ = "plan_review"
    __table_args__ = (Index("ix_plan_review_household_id_held_on", "household_id", "held_on"),)
    held = HELD

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    milestone_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("milestone.id"), unique=True, info=OPS
    )
    held_on: Mapped[date] = mapped_column(info=PLAN)
    summary: Mapped[str | None] = mapped_column(info=PLAN)
    recorded_at: Mapped[datetime] = mapped_column(info=OPS)
    recorded_by: Mapped[UUID | None] = mapped_column(info=OPS)


class Rating(Entity):
    """How a goal or a domain stood on a day, as the staff or the family sees it. Written once."""

    __tablename__ = "plan_rating"
    __table_args__ = (Index("ix_plan_rating_household_id_rated_on", "household_id", "rated_on"),)
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    review_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("plan_review.id"), index=True, info=OPS
    )
    # Of a goal, by its thread; without it the rating is of the whole domain.
    thread_id: Mapped[UUID | None] = mapped_column(index=True, info=OPS)
    domain: Mapped[str] = mapped_column(info=PLAN)
    by: Mapped[RatedBy] = mapped_column(info=PLAN)
    score: Mapped[int] = mapped_column(info=PLAN)
    comment: Mapped[str | None] = mapped_column(info=PLAN)
    comment_language: Mapped[str | None] = mapped_column(info=PLAN)
    rated_on: Mapped[date] = mapped_column(info=PLAN)
    recorded_at: Mapped[datetime] = mapped_column(info=OPS)
    recorded_by: Mapped[UUID | None] = mapped_column(info=OPS)


class Handover(Record):
    """A support that ends with the programme, and who takes it over; nobody yet is an open need."""

    __tablename__ = "plan_handover"
    held = HELD

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    support: Mapped[str] = mapped_column(info=PLAN)
    taken_by: Mapped[str | None] = mapped_column(info=PLAN)
    from_on: Mapped[date | None] = mapped_column(info=PLAN)


class IndependenceLine(Record):
    """A thing that the family comes to do by itself, and who leads it by now.

    `code` names a line of `[independence]` in config/plans.toml.
    """

    __tablename__ = "plan_independence"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)
    held = HELD

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    code: Mapped[str] = mapped_column(info=OPS)
    lead: Mapped[HandoverLevel] = mapped_column(info=PLAN)
    looked_on: Mapped[date] = mapped_column(info=PLAN)


class ReferralStatus(StrEnum):
    SENT = "sent"
    TAKEN_UP = "taken_up"
    DECLINED = "declined"
    DONE = "done"


class Referral(Record, SealedEntity):
    """A household or a person sent on to a service. Where to may itself tell of health or harm."""

    __tablename__ = "referral"
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    referred_on: Mapped[date] = mapped_column(info=OPS)
    status: Mapped[ReferralStatus] = mapped_column(default=ReferralStatus.SENT, info=OPS)
    outcome_on: Mapped[date | None] = mapped_column(info=OPS)
    target = Sealed(DataClass.NOTE)
    reason = Sealed(DataClass.NOTE)
    outcome = Sealed(DataClass.NOTE)


for status in (PlanStatus.DRAFT, PlanStatus.ACTIVE):
    # At any moment a household has one plan of a kind in the making, and one in force.
    Index(
        f"uq_support_plan_{status.value}",
        SupportPlan.household_id,
        SupportPlan.kind,
        unique=True,
        sqlite_where=SupportPlan.status == status,
        postgresql_where=SupportPlan.status == status,
    )

CONFLICTS: Mapping[str, str] = {
    "uq_support_plan_draft": "A new version of this plan is in the making already.",
    "uq_support_plan_active": "Another version of this plan has just been agreed.",
    "uq_support_plan_household_id_kind_edition": "Somebody has just begun this plan.",
    "uq_plan_independence_plan_id_code": "Somebody has just looked at this with the family.",
    "uq_plan_agreement_plan_id_person_id": "This person has agreed to it already.",
    "uq_plan_review_milestone_id": "This review has been recorded already.",
}
