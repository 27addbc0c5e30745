"""What people ask of complaints: commands, each made by one schema."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.complaints.models import About, Complainant, ComplaintChannel, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Complain:
    """A complaint as it was said; who has an account of their own is the one who complains."""

    about: About
    text: str
    language: str
    channel: ComplaintChannel = ComplaintChannel.OWN_ACCOUNT
    complainant: Complainant = Complainant.PERSON
    person_id: UUID | None = None
    about_user_id: UUID | None = None
    in_english: str | None = None
    wanted: str | None = None
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    acknowledged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    resolved_on: date
    outcome: Outcome
    answer: str
