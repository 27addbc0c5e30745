"""What has happened to where households live, and to who supports them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class HouseholdArrived(Event):
    household_id: UUID
    arrived_on: date


@dataclass(frozen=True, slots=True)
class HouseholdPlaced(Event):
    """The household moved into the first house of its own; its support is counted from here."""

    household_id: UUID
    placed_on: date


@dataclass(frozen=True, slots=True)
class HouseholdMoved(Event):
    """The household moved from one settled home to another; its support goes on counting."""

    household_id: UUID
    moved_on: date
    from_location: str | None
    to_location: str


@dataclass(frozen=True, slots=True)
class HousePlacedUnready(Event):
    """Somebody placed a household in a house that lacks things; `missing` names them in words."""

    household_id: UUID
    placement_id: UUID
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnchorMoved(Event):
    """A day that due dates are counted from was corrected: "arrived" or "placed"."""

    household_id: UUID
    anchor: str
    moved_from: date
    moved_to: date


@dataclass(frozen=True, slots=True)
class SponsorshipDeclined(Event):
    """A group said no to a household that it was asked to support."""

    sponsorship_id: UUID
    group_id: UUID
    household_id: UUID


@dataclass(frozen=True, slots=True)
class SponsorshipConfirmed(Event):
    sponsorship_id: UUID
    group_id: UUID
    household_id: UUID


@dataclass(frozen=True, slots=True)
class SponsorshipSuspended(Event):
    sponsorship_id: UUID
    group_id: UUID
    household_id: UUID


@dataclass(frozen=True, slots=True)
class SponsorshipEnded(Event):
    """A sponsorship that had begun is over; `needs_support` if the household is left without."""

    sponsorship_id: UUID
    group_id: UUID
    household_id: UUID
    ended_on: date
    needs_support: bool


@dataclass(frozen=True, slots=True)
class MatchTakenBack(Event):
    """A match is over before support began; `needs_support` if the group had said yes to it."""

    sponsorship_id: UUID
    group_id: UUID
    household_id: UUID
    needs_support: bool


@dataclass(frozen=True, slots=True)
class SuccessorWanted(Event):
    """Another group is to take over from the one that supports the household, which goes on."""

    sponsorship_id: UUID
    group_id: UUID
    household_id: UUID


@dataclass(frozen=True, slots=True)
class ContinuityPlanned(Event):
    """It is decided who supports a household whose group does not."""

    sponsorship_id: UUID
    household_id: UUID
