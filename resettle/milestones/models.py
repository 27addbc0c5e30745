"""A household's own steps of settling in, each due on a day."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, and_, bindparam
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PLAN, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity

HELD = Held(about="household_id", kept="case_file", export="my_record")


class Status(StrEnum):
    """What has become of a step. Met late is no status: it follows from the two days."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    BLOCKED = "blocked"


class EvidenceType(StrEnum):
    NOTE = "note"
    DOCUMENT = "document"
    LETTER = "letter"
    CHECKLIST = "checklist"
    ATTENDANCE = "attendance"
    STATEMENT = "statement"
    OTHER = "other"


class Milestone(Record, SealedEntity):
    """One step for a household, or for one person in it.

    `due_rule` is how the day was counted, from the programme version named here; `due_on` follows
    its anchor unless a person overrode it. A step that opens again after a move is a new round, so
    that what was met stays met. Of a restricted step (health) nothing but `private` holds text.
    """

    __tablename__ = "milestone"
    __table_args__ = (
        UniqueConstraint("household_id", "person_id", "code", "round"),
        Index("ix_milestone_household_id_due_on", "household_id", "due_on"),
        Index("ix_milestone_due_on", "due_on", "status"),
    )
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    code: Mapped[str] = mapped_column(info=PLAN)
    round: Mapped[int] = mapped_column(default=1, info=OPS)
    domain: Mapped[str] = mapped_column(info=PLAN)
    programme_code: Mapped[str] = mapped_column(info=OPS)
    programme_version: Mapped[int] = mapped_column(info=OPS)
    location_bound: Mapped[bool] = mapped_column(default=False, info=OPS)
    restricted: Mapped[bool] = mapped_column(default=False, info=OPS)
    # False where the day is only typical, so that nobody is late.
    deadline: Mapped[bool] = mapped_column(default=True, info=OPS)

    due_on: Mapped[date] = mapped_column(info=PLAN)
    due_rule: Mapped[str] = mapped_column(info=OPS)
    # Counted from a day of its own, such as a birthday or a move: no anchor moves it.
    own_anchor: Mapped[bool] = mapped_column(default=False, info=OPS)
    due_overridden: Mapped[bool] = mapped_column(default=False, info=PLAN)

    status: Mapped[Status] = mapped_column(default=Status.NOT_STARTED, info=PLAN)
    met_on: Mapped[date | None] = mapped_column(info=PLAN)
    recorded_at: Mapped[datetime | None] = mapped_column(info=OPS)
    recorded_by: Mapped[UUID | None] = mapped_column(info=OPS)
    evidence_type: Mapped[EvidenceType | None] = mapped_column(info=PLAN)
    evidence: Mapped[str | None] = mapped_column(info=PLAN)
    # Why it was late, does not apply, was waived or opened again; or what blocks it.
    reason: Mapped[str | None] = mapped_column(info=PLAN)
    waived_by: Mapped[UUID | None] = mapped_column(info=OPS)
    blocker_owner_id: Mapped[UUID | None] = mapped_column(info=OPS)
    private = Sealed(DataClass.HEALTH)


class MilestoneChange(SealedEntity):
    """One change of what became of a step. Written once, so that an undone "met" can be read."""

    __tablename__ = "milestone_change"
    sealed_by = "household_id"
    held = HELD

    milestone_id: Mapped[UUID] = mapped_column(ForeignKey("milestone.id"), index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    from_status: Mapped[Status] = mapped_column(info=OPS)
    to_status: Mapped[Status] = mapped_column(info=OPS)
    changed_at: Mapped[datetime] = mapped_column(info=OPS)
    changed_by: Mapped[UUID | None] = mapped_column(info=OPS)
    reason = Sealed(DataClass.NOTE)


OF_HOUSEHOLD = Milestone.person_id.is_(None)
# NULL differs from NULL in a unique key, so the household's own steps need one of their own.
Index(
    "uq_milestone_of_household",
    Milestone.household_id,
    Milestone.code,
    Milestone.round,
    unique=True,
    sqlite_where=OF_HOUSEHOLD,
    postgresql_where=OF_HOUSEHOLD,
)
# What somebody can be late with. Its values stand in the statement itself, never beside it as
# parameters, or no database would know that the index below holds all that is asked for.
STILL_DUE = and_(
    Milestone.deadline.is_(True),
    Milestone.status.in_(
        bindparam(
            "still_due",
            [Status.NOT_STARTED, Status.IN_PROGRESS, Status.BLOCKED],
            expanding=True,
            literal_execute=True,
        )
    ),
)
Index(
    "ix_milestone_still_due",
    Milestone.household_id,
    Milestone.due_on,
    Milestone.code,
    sqlite_where=STILL_DUE,
    postgresql_where=STILL_DUE,
)

CONFLICTS: Mapping[str, str] = {}
