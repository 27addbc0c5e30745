"""What people ask of appointments: commands, each made by one schema."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from resettle.appointments.models import Gender, Kind, Outcome, Transport
from resettle.households.acts import UNSET, Unset


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeAppointment:
    kind: Kind
    starts_at: datetime
    ends_at: datetime
    person_id: UUID | None = None
    with_whom: str | None = None
    place: str | None = None
    interpreter_needed: bool = False
    interpreter_booked: bool = False
    interpreter_language: str | None = None
    interpreter_gender: Gender | None = None
    interpreter: str | None = None
    transport: Transport | None = None
    driver: str | None = None
    pickup: str | None = None
    companion_id: UUID | None = None
    companion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAppointment:
    kind: Kind | Unset = UNSET
    starts_at: datetime | Unset = UNSET
    ends_at: datetime | Unset = UNSET
    person_id: UUID | Unset | None = UNSET
    with_whom: str | Unset | None = UNSET
    place: str | Unset | None = UNSET
    interpreter_needed: bool | Unset = UNSET
    interpreter_booked: bool | Unset = UNSET
    interpreter_language: str | Unset | None = UNSET
    interpreter_gender: Gender | Unset | None = UNSET
    interpreter: str | Unset | None = UNSET
    transport: Transport | Unset | None = UNSET
    driver: str | Unset | None = UNSET
    pickup: str | Unset | None = UNSET
    companion_id: UUID | Unset | None = UNSET
    companion: str | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOutcome:
    """What came of it, and what is to be done next, which becomes a task."""

    outcome: Outcome
    note: str | None = None
    follow_up: str | None = None
    follow_up_due: date | None = None
    # The new time, where it was put off.
    starts_at: datetime | None = None
    ends_at: datetime | None = None
