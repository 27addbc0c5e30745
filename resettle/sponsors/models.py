"""Sponsor groups and what is kept of them. Of vetting, only ever the outcome."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import IDENT, OPS, PROFILE, VET, DataClass, Held
from resettle.core.db import Entity, Record
from resettle.core.sealed import Sealed, SealedEntity


class MemberRole(StrEnum):
    """What a member does for the group; one member may do several things."""

    COORDINATOR = "coordinator"
    DEPUTY = "deputy"
    TREASURER = "treasurer"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    HOUSING_LEAD = "housing_lead"
    HEALTH_LEAD = "health_lead"
    EDUCATION_LEAD = "education_lead"
    ENGLISH_LEAD = "english_lead"
    EMPLOYMENT_LEAD = "employment_lead"
    TRANSPORT_LEAD = "transport_lead"
    BENEFITS_REGISTRATION_LEAD = "benefits_registration_lead"
    INTERPRETER = "interpreter"
    CULTURAL_ADVISER = "cultural_adviser"
    COMMUNICATIONS = "communications"
    FUNDRAISER = "fundraiser"
    REPORTING_LEAD = "reporting_lead"
    BEFRIENDER = "befriender"


class MemberStatus(StrEnum):
    AWAITING_GROUP = "awaiting_group"
    AWAITING_MANAGER = "awaiting_manager"
    CONFIRMED = "confirmed"
    LEFT = "left"


class VettingOutcome(StrEnum):
    PENDING = "pending"
    CLEAR = "clear"
    FOR_REVIEW = "for_review"
    DECLINED = "declined"


class TrainingModule(StrEnum):
    CHILD_PROTECTION = "child_protection"
    POST_APPROVAL = "post_approval"
    INTERPRETERS = "interpreters"
    CULTURE = "culture"
    OTHER = "other"


class VettingReason(StrEnum):
    """Why an outcome is not clear, without a word of what the vetting said."""

    PANEL_DECISION = "panel_decision"
    NOT_FOR_THIS_ROLE = "not_for_this_role"
    IDENTITY_NOT_CONFIRMED = "identity_not_confirmed"
    AGREEMENT_WITHDRAWN = "agreement_withdrawn"


class ItemStatus(StrEnum):
    OPEN = "open"
    MET = "met"
    WAIVED = "waived"
    TO_FOLLOW = "to_follow"


class SponsorGroup(Record, SealedEntity):
    """A sponsor group and the legal body behind it. `status` is a stage of its programme's file.

    `persons_now` and `households_now` are what it has taken on; they change only with its row
    locked, so that two confirmations cannot both take the last place.
    """

    __tablename__ = "sponsor_group"
    __table_args__ = (
        CheckConstraint("max_persons IS NULL OR persons_now <= max_persons", name="persons"),
        CheckConstraint(
            "max_households IS NULL OR households_now <= max_households", name="households"
        ),
    )
    held = Held(about="", kept="sponsor_group", export="never")

    legal_name: Mapped[str] = mapped_column(unique=True, info=OPS)
    trading_name: Mapped[str] = mapped_column(default="", info=OPS)
    entity_type: Mapped[str] = mapped_column(info=OPS)
    registration_no: Mapped[str] = mapped_column(default="", info=OPS)
    location: Mapped[str] = mapped_column(index=True, info=OPS)
    about: Mapped[str] = mapped_column(default="", info=PROFILE)
    contact_email = Sealed(DataClass.LOC)
    contact_phone = Sealed(DataClass.LOC)
    programme_code: Mapped[str] = mapped_column(info=OPS)
    programme_version: Mapped[int] = mapped_column(info=OPS)
    status: Mapped[str] = mapped_column(index=True, info=OPS)
    status_since: Mapped[date] = mapped_column(info=OPS)
    status_at: Mapped[datetime] = mapped_column(info=OPS)
    # The stage that a suspension leads back to.
    left_status: Mapped[str | None] = mapped_column(info=OPS)
    max_persons: Mapped[int | None] = mapped_column(info=OPS)
    max_households: Mapped[int | None] = mapped_column(info=OPS)
    routes: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    # The last day on which the approval holds; without one it holds until it is taken back.
    approved_until: Mapped[date | None] = mapped_column(index=True, info=OPS)
    persons_now: Mapped[int] = mapped_column(default=0, info=OPS)
    households_now: Mapped[int] = mapped_column(default=0, info=OPS)


class GroupMove(Entity):
    """One step of a group's way: from where to where, when, by whom and, if overridden, why."""

    __tablename__ = "group_move"
    held = Held(about="", kept="sponsor_group", export="never")

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    from_status: Mapped[str] = mapped_column(info=OPS)
    to_status: Mapped[str] = mapped_column(info=OPS)
    moved_on: Mapped[date] = mapped_column(info=OPS)
    moved_at: Mapped[datetime] = mapped_column(info=OPS)
    moved_by: Mapped[UUID | None] = mapped_column(info=OPS)
    overridden: Mapped[bool] = mapped_column(default=False, info=OPS)
    missing: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    reason: Mapped[str] = mapped_column(default="", info=VET)
    reason_code: Mapped[str | None] = mapped_column(info=VET)
    # What the group must do before it is let back.
    conditions: Mapped[str] = mapped_column(default="", info=VET)


class GroupStep(Record):
    """Something that was done or decided about a group, which a move asks for by its fact."""

    __tablename__ = "group_step"
    __table_args__ = (UniqueConstraint("group_id", "fact"),)
    held = Held(about="", kept="sponsor_group", export="never")

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), info=OPS)
    fact: Mapped[str] = mapped_column(info=OPS)
    done_on: Mapped[date] = mapped_column(info=OPS)
    recorded_at: Mapped[datetime] = mapped_column(info=OPS)
    note: Mapped[str] = mapped_column(default="", info=VET)


class GroupChecklistItem(Record):
    __tablename__ = "group_checklist_item"
    __table_args__ = (UniqueConstraint("group_id", "list_code", "item_code"),)
    held = Held(about="", kept="sponsor_group", export="never")

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), info=OPS)
    list_code: Mapped[str] = mapped_column(info=OPS)
    item_code: Mapped[str] = mapped_column(info=OPS)
    status: Mapped[ItemStatus] = mapped_column(default=ItemStatus.OPEN, info=OPS)
    note: Mapped[str] = mapped_column(default="", info=VET)
    # What shows it: a number, a register, where the paper is kept.
    evidence: Mapped[str] = mapped_column(default="", info=VET)
    done_on: Mapped[date | None] = mapped_column(info=OPS)


class SponsorMember(Record):
    """A person in a group. Two others confirm: a coordinator first, then a programme manager."""

    __tablename__ = "sponsor_member"
    held = Held(about="user_id", kept="sponsor_group", export="my_record")

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("user_account.id"), index=True, info=OPS
    )
    name: Mapped[str] = mapped_column(info=IDENT)
    roles: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    joined_on: Mapped[date] = mapped_column(info=OPS)
    left_on: Mapped[date | None] = mapped_column(info=OPS)
    confirmed_by_group_by: Mapped[UUID | None] = mapped_column(info=OPS)
    confirmed_by_group_at: Mapped[datetime | None] = mapped_column(info=OPS)
    confirmed_by_manager_by: Mapped[UUID | None] = mapped_column(info=OPS)
    confirmed_by_manager_at: Mapped[datetime | None] = mapped_column(info=OPS)
    skills: Mapped[list[str]] = mapped_column(default=list, info=PROFILE)
    languages: Mapped[list[str]] = mapped_column(default=list, info=PROFILE)
    # Parts of the week, such as sat_morning, in which they usually have time.
    availability: Mapped[list[str]] = mapped_column(default=list, info=PROFILE)
    drives_children: Mapped[bool] = mapped_column(default=False, info=OPS)
    # Of their car: until when they may drive at all, seats beside the driver, seats for children.
    licence_until: Mapped[date | None] = mapped_column(info=OPS)
    vehicle_seats: Mapped[int | None] = mapped_column(info=OPS)
    child_seats: Mapped[int | None] = mapped_column(info=OPS)
    # What the newest vetting came to: the first day on which it no longer holds.
    vetted_until: Mapped[date | None] = mapped_column(info=VET)

    @property
    def status(self) -> MemberStatus:
        if self.left_on is not None:
            return MemberStatus.LEFT
        if self.confirmed_by_group_by is None:
            return MemberStatus.AWAITING_GROUP
        if self.confirmed_by_manager_by is None:
            return MemberStatus.AWAITING_MANAGER
        return MemberStatus.CONFIRMED


class Vetting(Record):
    """The outcome of a police vetting, never its content. The newest row of a member counts."""

    __tablename__ = "vetting"
    __table_args__ = (Index("ix_vetting_member_id_requested_on", "member_id", "requested_on"),)
    held = Held(about="member_id", kept="vetting", export="my_record")

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_member.id"), info=OPS)
    requested_on: Mapped[date] = mapped_column(info=VET)
    agreed_on: Mapped[date] = mapped_column(info=VET)
    outcome: Mapped[VettingOutcome] = mapped_column(default=VettingOutcome.PENDING, info=VET)
    reason_code: Mapped[VettingReason | None] = mapped_column(info=VET)
    decided_on: Mapped[date | None] = mapped_column(info=VET)
    decided_by: Mapped[UUID | None] = mapped_column(info=VET)
    expires_on: Mapped[date | None] = mapped_column(info=VET)


class Training(Record):
    __tablename__ = "training"
    __table_args__ = (UniqueConstraint("member_id", "module"),)
    held = Held(about="member_id", kept="sponsor_group", export="my_record")

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_member.id"), info=OPS)
    module: Mapped[TrainingModule] = mapped_column(info=OPS)
    completed_on: Mapped[date] = mapped_column(info=OPS)
    certificate: Mapped[str] = mapped_column(default="", info=VET)


class Deed(Record):
    """The deed of agreement. One deed may serve several households.

    `report_days` maps each report to its days from arrival: the programme's, unless changed.
    """

    __tablename__ = "deed"
    held = Held(about="", kept="sponsor_group", export="never")

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    signed_on: Mapped[date] = mapped_column(info=OPS)
    effective_from: Mapped[date] = mapped_column(info=OPS)
    effective_to: Mapped[date | None] = mapped_column(info=OPS)
    terminated_on: Mapped[date | None] = mapped_column(info=OPS)
    report_days: Mapped[dict[str, Any]] = mapped_column(info=OPS)


class ReportDue(Record):
    """A report that a group owes on a household, counted from the day it arrived."""

    __tablename__ = "report_due"
    __table_args__ = (UniqueConstraint("group_id", "household_id", "code"),)
    held = Held(about="household_id", kept="case_file", export="never")

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    deed_id: Mapped[UUID] = mapped_column(ForeignKey("deed.id"), index=True, info=OPS)
    code: Mapped[str] = mapped_column(info=OPS)
    due_on: Mapped[date] = mapped_column(index=True, info=OPS)
    submitted_on: Mapped[date | None] = mapped_column(info=OPS)
    accepted_on: Mapped[date | None] = mapped_column(info=OPS)
    cancelled_on: Mapped[date | None] = mapped_column(info=OPS)


Index(
    "uq_sponsor_member_live",
    SponsorMember.group_id,
    SponsorMember.user_id,
    unique=True,
    sqlite_where=SponsorMember.left_on.is_(None),
    postgresql_where=SponsorMember.left_on.is_(None),
)
Index(
    "uq_vetting_pending",
    Vetting.member_id,
    unique=True,
    sqlite_where=Vetting.outcome == VettingOutcome.PENDING,
    postgresql_where=Vetting.outcome == VettingOutcome.PENDING,
)

CONFLICTS: Mapping[str, str] = {
    "uq_sponsor_group_legal_name": "There is already a sponsor group with this legal name.",
    "ck_sponsor_group_persons": "The sponsor group has no room for so many people.",
    "ck_sponsor_group_households": "The sponsor group has no room for another household.",
    "uq_sponsor_member_live": "This person is already a member of the group.",
    "uq_vetting_pending": "A vetting of this member is already under way.",
    "uq_training_member_id_module": "This training is already on record for the member.",
}
