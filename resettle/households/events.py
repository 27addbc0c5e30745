"""What has happened in a household. Somebody who is born here has also joined."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class HouseholdOpened(Event):
    household_id: UUID
    opened_by: UUID | None


@dataclass(frozen=True, slots=True)
class MemberJoined(Event):
    household_id: UUID
    person_id: UUID
    on: date
    born_on: date


@dataclass(frozen=True, slots=True)
class PersonBorn(Event):
    household_id: UUID
    person_id: UUID
    on: date


@dataclass(frozen=True, slots=True)
class MemberLeft(Event):
    household_id: UUID
    person_id: UUID
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class HouseholdClosed(Event):
    """Nobody lives in a household any more, or it has left: nothing is planned for it from now on.

    `reason` is one of the list of exit reasons, `why` the sentence that stands beside what ends.
    """

    household_id: UUID
    on: date
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class BirthDateCorrected(Event):
    household_id: UUID | None
    person_id: UUID
    born_on: date
