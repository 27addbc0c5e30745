"""Dwellings, who lived where from when to when, and which group supports which household."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import IDENT, OPS, PROFILE, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity


class Tenure(StrEnum):
    PRIVATE_RENTAL = "private_rental"
    PUBLIC_HOUSING = "public_housing"
    COMMUNITY_HOUSING = "community_housing"
    CHURCH_OR_SPONSOR_OWNED = "church_or_sponsor_owned"
    TRANSITIONAL = "transitional"
    STAYING_WITH_OTHERS = "staying_with_others"
    OWNED = "owned"
    MOTEL_EMERGENCY = "motel_emergency"
    RECEPTION_CENTRE = "reception_centre"


class RentPaidBy(StrEnum):
    FAMILY = "family"
    SPONSOR = "sponsor"
    MSD = "msd"
    MIXED = "mixed"


class LandlordKind(StrEnum):
    PRIVATE = "private"
    PUBLIC_HOUSING = "public_housing"
    COMMUNITY_PROVIDER = "community_provider"
    CHURCH_OR_SPONSOR = "church_or_sponsor"
    FAMILY_OR_FRIENDS = "family_or_friends"
    OTHER = "other"


class Feature(StrEnum):
    """What makes a house usable for somebody who moves with difficulty, beyond no steps."""

    LEVEL_SHOWER = "level_shower"
    WIDE_DOORS = "wide_doors"
    GRAB_RAILS = "grab_rails"
    BEDROOM_AT_ENTRY = "bedroom_at_entry"


class CheckStatus(StrEnum):
    OK = "ok"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


class PlacementKind(StrEnum):
    RECEPTION = "reception"
    TRANSITIONAL = "transitional"
    SETTLED = "settled"
    EMERGENCY = "emergency"


class SponsorshipStatus(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    SUSPENDED = "suspended"
    DECLINED = "declined"
    ENDED = "ended"


class AnswerMethod(StrEnum):
    OWN_ACCOUNT = "own_account"
    SIGNED_FORM = "signed_form"
    INTERPRETER_READ = "interpreter_read"


class Dwelling(Record, SealedEntity):
    """A house or flat. Its address and its rent are sealed under a key of the dwelling's own.

    `household_id` names who lives there or for whom it is being made ready. `weekly_rent` and
    `bond` are amounts in dollars, kept as text because sealed columns are.
    """

    __tablename__ = "dwelling"
    __table_args__ = (CheckConstraint("bedrooms >= 0", name="bedrooms"),)
    held = Held(about="household_id", kept="case_file", export="my_record")

    household_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("household.id"), index=True, info=OPS
    )
    location: Mapped[str] = mapped_column(index=True, info=OPS)
    address = Sealed(DataClass.LOC)
    directions = Sealed(DataClass.LOC)
    bedrooms: Mapped[int] = mapped_column(info=PROFILE)
    tenure: Mapped[Tenure] = mapped_column(info=PROFILE)
    tenancy_from: Mapped[date | None] = mapped_column(info=PROFILE)
    tenancy_to: Mapped[date | None] = mapped_column(info=PROFILE)
    weekly_rent = Sealed(DataClass.FIN)
    bond = Sealed(DataClass.FIN)
    rent_paid_by: Mapped[RentPaidBy | None] = mapped_column(info=PROFILE)
    landlord_kind: Mapped[LandlordKind | None] = mapped_column(info=PROFILE)
    landlord = Sealed(DataClass.LOC)
    step_free: Mapped[bool] = mapped_column(default=False, info=PROFILE)
    features: Mapped[list[str]] = mapped_column(default=list, info=PROFILE)
    healthy_homes_seen: Mapped[bool] = mapped_column(default=False, info=PROFILE)
    heating: Mapped[str] = mapped_column(default="", info=PROFILE)


class HousingNeed(SealedEntity):
    """What a household told of the house that it needs and can pay for. The last word counts.

    It is never changed, so that it can be read later what was known when somebody decided.
    `weekly_income` is what the household has a week, in dollars, as text.
    """

    __tablename__ = "housing_need"
    held = Held(about="household_id", kept="case_file", export="my_record")
    sealed_by = "household_id"

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    step_free: Mapped[bool] = mapped_column(default=False, info=PROFILE)
    features: Mapped[list[str]] = mapped_column(default=list, info=PROFILE)
    weekly_income = Sealed(DataClass.FIN)
    told_on: Mapped[date] = mapped_column(info=OPS)
    recorded_at: Mapped[datetime] = mapped_column(info=OPS)
    recorded_by: Mapped[UUID | None] = mapped_column(info=OPS)


class HouseCheck(Record):
    """One item of the house-ready checklist, looked at in one dwelling for one household."""

    __tablename__ = "house_check"
    __table_args__ = (UniqueConstraint("dwelling_id", "household_id", "item_code"),)
    held = Held(about="household_id", kept="case_file", export="my_record")

    dwelling_id: Mapped[UUID] = mapped_column(ForeignKey("dwelling.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    item_code: Mapped[str] = mapped_column(info=OPS)
    status: Mapped[CheckStatus] = mapped_column(info=PROFILE)
    note: Mapped[str] = mapped_column(default="", info=PROFILE)
    checked_by: Mapped[UUID | None] = mapped_column(info=OPS)
    checked_at: Mapped[datetime] = mapped_column(info=OPS)
    # The sponsor group whose member has looked. It counts once a caseworker has confirmed it.
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsor_group.id"), index=True, info=OPS
    )
    confirmed_by: Mapped[UUID | None] = mapped_column(info=OPS)
    confirmed_at: Mapped[datetime | None] = mapped_column(info=OPS)

    @property
    def waits(self) -> bool:
        """Whether a group has looked, and no caseworker has confirmed it yet."""
        return self.group_id is not None and self.confirmed_at is None


class Placement(Record, SealedEntity):
    """A household living somewhere from one day to another; the last day is not its own.

    `address` is that of the house on that day, which may be another household's later. `unready`
    lists what the house lacked when somebody placed the household all the same.
    """

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("end_on IS NULL OR end_on >= start_on", name="ends_after_start"),
    )
    held = Held(about="household_id", kept="case_file", export="my_record")
    sealed_by = "household_id"

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    kind: Mapped[PlacementKind] = mapped_column(info=OPS)
    dwelling_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("dwelling.id"), index=True, info=OPS
    )
    location: Mapped[str] = mapped_column(index=True, info=OPS)
    address = Sealed(DataClass.LOC)
    start_on: Mapped[date] = mapped_column(info=OPS)
    end_on: Mapped[date | None] = mapped_column(info=OPS)
    provider: Mapped[str | None] = mapped_column(info=OPS)
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsor_group.id"), index=True, info=OPS
    )
    received_by: Mapped[str] = mapped_column(default="", info=IDENT)
    unready: Mapped[list[str]] = mapped_column(default=list, info=PROFILE)
    reason = Sealed(DataClass.NOTE)
    end_reason = Sealed(DataClass.NOTE)
    decided_by: Mapped[UUID | None] = mapped_column(info=OPS)


class Sponsorship(Record, SealedEntity):
    """A sponsor group supporting a household. `persons` is how many places it takes.

    `continuity_since` is set while nobody has yet decided who supports the household now that
    its group is suspended or gone.
    """

    __tablename__ = "sponsorship"
    held = Held(about="household_id", kept="case_file", export="my_record")
    sealed_by = "household_id"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    deed_id: Mapped[UUID | None] = mapped_column(ForeignKey("deed.id"), index=True, info=OPS)
    route: Mapped[str] = mapped_column(info=OPS)
    status: Mapped[SponsorshipStatus] = mapped_column(
        default=SponsorshipStatus.PROPOSED, index=True, info=OPS
    )
    persons: Mapped[int] = mapped_column(info=OPS)
    proposed_on: Mapped[date] = mapped_column(info=OPS)
    proposed_by: Mapped[UUID | None] = mapped_column(info=OPS)
    answer_by: Mapped[date | None] = mapped_column(info=OPS)
    # What supported the household when it was proposed; it hands over when this is confirmed.
    takes_over_from: Mapped[UUID | None] = mapped_column(info=OPS)
    accepted_on: Mapped[date | None] = mapped_column(info=OPS)
    accepted_by: Mapped[UUID | None] = mapped_column(info=OPS)
    confirmed_on: Mapped[date | None] = mapped_column(info=OPS)
    confirmed_by: Mapped[UUID | None] = mapped_column(info=OPS)
    start_on: Mapped[date | None] = mapped_column(info=OPS)
    planned_end_on: Mapped[date | None] = mapped_column(info=OPS)
    suspended_on: Mapped[date | None] = mapped_column(info=OPS)
    suspended_by: Mapped[UUID | None] = mapped_column(info=OPS)
    suspension_reason = Sealed(DataClass.NOTE)
    ended_on: Mapped[date | None] = mapped_column(info=OPS)
    ended_by: Mapped[UUID | None] = mapped_column(info=OPS)
    decline_reason: Mapped[str | None] = mapped_column(info=OPS)
    ending_kind: Mapped[str | None] = mapped_column(info=OPS)
    reasons: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    ending_note = Sealed(DataClass.NOTE)
    continuity_since: Mapped[date | None] = mapped_column(info=OPS)
    continuity_due_on: Mapped[date | None] = mapped_column(info=OPS)
    continuity_owner: Mapped[UUID | None] = mapped_column(info=OPS)
    continuity_plan = Sealed(DataClass.NOTE)


class SponsorshipAnswer(Record):
    """One adult's own answer to being supported by one group."""

    __tablename__ = "sponsorship_answer"
    __table_args__ = (UniqueConstraint("sponsorship_id", "person_id"),)
    held = Held(about="household_id", kept="case_file", export="my_record")

    sponsorship_id: Mapped[UUID] = mapped_column(ForeignKey("sponsorship.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    agrees: Mapped[bool] = mapped_column(info=PROFILE)
    method: Mapped[AnswerMethod] = mapped_column(info=OPS)
    language: Mapped[str] = mapped_column(default="", info=PROFILE)
    interpreter: Mapped[str] = mapped_column(default="", info=IDENT)
    answered_on: Mapped[date] = mapped_column(info=OPS)
    recorded_by: Mapped[UUID | None] = mapped_column(info=OPS)


Index(
    "uq_placement_open",
    Placement.household_id,
    unique=True,
    sqlite_where=Placement.end_on.is_(None),
    postgresql_where=Placement.end_on.is_(None),
)
# A household has one group that supports it, and at most one more that it is proposed to.
_OPEN = Sponsorship.ended_on.is_(None)
for _name, _which in {
    "uq_sponsorship_running": _OPEN & Sponsorship.confirmed_on.is_not(None),
    "uq_sponsorship_waiting": _OPEN & Sponsorship.confirmed_on.is_(None),
}.items():
    Index(
        _name,
        Sponsorship.household_id,
        unique=True,
        sqlite_where=_which,
        postgresql_where=_which,
    )

CONFLICTS: Mapping[str, str] = {
    "uq_placement_open": "The household already has a placement that has not ended.",
    "uq_sponsorship_running": "The household already has a sponsor group that supports it.",
    "uq_sponsorship_waiting": ("The household already has a sponsor group that it is proposed to."),
    "ck_placement_ends_after_start": "A placement cannot end before it begins.",
    "uq_sponsorship_answer_sponsorship_id_person_id": "This adult’s answer was just recorded.",
}
