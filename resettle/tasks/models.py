"""Tasks: something to be done by a day."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PLAN, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity

HELD = Held(about="household_id", kept="case_file", export="my_record")


class TaskStatus(StrEnum):
    OPEN = "open"
    DOING = "doing"
    DONE = "done"
    CANCELLED = "cancelled"


class Category(StrEnum):
    TRANSPORT = "transport"
    SHOPPING = "shopping"
    APPOINTMENT = "appointment"
    PAPERWORK = "paperwork"
    HOUSE = "house"
    FURNITURE = "furniture"
    SCHOOL = "school"
    HEALTH = "health"
    ENGLISH_PRACTICE = "english_practice"
    JOB_SEARCH = "job_search"
    DRIVING = "driving"
    CHILDCARE = "childcare"
    SOCIAL = "social"
    INTERPRETING = "interpreting"
    FUNDRAISING = "fundraising"
    ADMIN = "admin"
    OTHER = "other"


class HandoverLevel(StrEnum):
    """How much of it the family does itself: the first trip we make, the third is theirs."""

    WE_DO = "we_do"
    TOGETHER = "together"
    FAMILY_LEADS = "family_leads"


class TaskOrigin(StrEnum):
    PERSON = "person"
    NOTE = "note"
    INCIDENT = "incident"
    MILESTONE = "milestone"
    APPOINTMENT = "appointment"
    TASK = "task"
    PLAN = "plan"
    GROUP = "group"


class RepeatUnit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Task(Record, SealedEntity):
    """Something to be done by a day. The title is open to the plan; the detail is staff's.

    One that repeats makes the next when it is done: `follows_id` leads back along the series,
    and `repeat_from` is the day that its rule counts from.
    """

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_household_id_due_on", "household_id", "due_on"),
        Index("ix_task_assignee_id_due_on", "assignee_id", "due_on"),
        Index("ix_task_source_id", "source_id"),
        Index("uq_task_follows_id", "follows_id", unique=True),
    )
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    title: Mapped[str] = mapped_column(info=PLAN)
    detail = Sealed(DataClass.NOTE)
    category: Mapped[Category] = mapped_column(info=PLAN)
    due_on: Mapped[date] = mapped_column(info=PLAN)
    assignee_id: Mapped[UUID | None] = mapped_column(info=OPS)
    # The sponsor group that does it and so knows of it, and who of the group.
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsor_group.id"), index=True, info=OPS
    )
    member_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsor_member.id"), index=True, info=OPS
    )
    handover: Mapped[HandoverLevel | None] = mapped_column(info=PLAN)
    status: Mapped[TaskStatus] = mapped_column(default=TaskStatus.OPEN, info=PLAN)
    done_on: Mapped[date | None] = mapped_column(info=PLAN)
    created_from: Mapped[TaskOrigin] = mapped_column(default=TaskOrigin.PERSON, info=OPS)
    source_id: Mapped[UUID | None] = mapped_column(info=OPS)
    # What was done with one press of a button is taken back with one.
    bulk_id: Mapped[UUID | None] = mapped_column(index=True, info=OPS)
    repeat_every: Mapped[int | None] = mapped_column(info=PLAN)
    repeat_unit: Mapped[RepeatUnit | None] = mapped_column(info=PLAN)
    repeat_from: Mapped[date | None] = mapped_column(info=PLAN)
    repeat_until: Mapped[date | None] = mapped_column(info=PLAN)
    follows_id: Mapped[UUID | None] = mapped_column(info=OPS)
    cancel_reason = Sealed(DataClass.NOTE)


CONFLICTS: Mapping[str, str] = {
    "uq_task_follows_id": "This task was done already, and the next one is there.",
}
