"""What people ask of matching, as they asked it. Where None may stand, it leaves as is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.matching.models import RulingKind
from resettle.programmes.placement import Kind

# Reasons that people choose from. Words of their own go beside them, and name nobody.
RULING_REASONS = {
    "FAMILY_ASKED": "The household asked for it",
    "CASEWORKER_ASKED": "Its caseworker asked for it",
    "PLACE_ASKED": "The place or the group asked for it",
    "KNOWN_LOCALLY": "Something that is known locally",
    "AGREED": "Agreed already",
    "OTHER": "Something else",
}
# After one of these a place is not proposed again for a while.
SAID_NO = frozenset({"HOUSEHOLD_DECLINED", "PLACE_DECLINED"})
RELEASE_REASONS = {
    "HOUSEHOLD_DECLINED": "The household said no",
    "PLACE_DECLINED": "The place or the group said no",
    "NOT_COMING": "The household does not come",
    "PLACED_ELSEWHERE": "It goes somewhere else",
    "RECORDED_IN_ERROR": "Recorded in error",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPlace:
    kind: Kind
    opens_on: date
    location: str | None = None
    group_id: UUID | None = None
    name: str | None = None
    programmes: Sequence[str] = ()
    near: Sequence[str] = ()
    closes_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlace:
    name: str | None = None
    programmes: Sequence[str] | None = None
    near: Sequence[str] | None = None
    closes_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeOffer:
    """What a place offers from a day on: the offer before it ends there, it ends at the next."""

    from_on: date
    persons: int
    to_on: date | None = None
    households: int | None = None
    most_persons: int | None = None
    languages: Sequence[str] = ()
    interpreters: Sequence[str] = ()
    services: Sequence[str] = ()
    work: Sequence[str] = ()
    prefers: Sequence[str] = ()
    houses: int = 0
    step_free: int = 0
    wait_days: int = 0
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectOffer:
    """Set right what an offer said all along. What changes from a day on is an offer of its own."""

    persons: int | None = None
    households: int | None = None
    most_persons: int | None = None
    languages: Sequence[str] | None = None
    interpreters: Sequence[str] | None = None
    services: Sequence[str] | None = None
    work: Sequence[str] | None = None
    prefers: Sequence[str] | None = None
    houses: int | None = None
    step_free: int | None = None
    wait_days: int | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWish:
    wishes: Sequence[str] = ()
    ties: Sequence[str] = ()
    needs: Sequence[str] = ()
    wants: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclude:
    location: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeRuling:
    household_id: UUID
    place_id: UUID
    kind: RulingKind
    reason_code: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocate:
    """Give a household room in a place. `for_on` is the day on which it is to move in."""

    household_id: UUID
    place_id: UUID
    for_on: date
    run_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRun:
    programme: str
    for_on: date
    title: str = ""
    by_weight: bool = False
    ahead: bool | None = None
    time_limit: int = 10
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreRoom:
    """So many persons and households more in a place, or less."""

    place_id: UUID
    persons: int = 0
    households: int = 0
    houses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StartScenario:
    """The same households and places as in another run, but for this."""

    title: str
    more: Sequence[MoreRoom] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The run that another is set beside; without one, that from which it was made."""

    other_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneMore:
    """A scenario with more room in one place, as a form asks for it."""

    title: str
    place_id: UUID
    persons: int = 0
    households: int = 0
    houses: int = 0

    @property
    def scenario(self) -> StartScenario:
        more = MoreRoom(
            place_id=self.place_id,
            persons=self.persons,
            households=self.households,
            houses=self.houses,
        )
        return StartScenario(title=self.title, more=[more])


@dataclass(frozen=True, slots=True, kw_only=True)
class AtPlace:
    """What a page of a run is asked besides: nothing, another place, or more room in one."""

    place_id: UUID | None = None
    persons: int = 0
    households: int = 0
    houses: int = 0
    page: int = 1

    def in_place(self, place_id: UUID) -> MoreRoom:
        return MoreRoom(
            place_id=place_id,
            persons=self.persons,
            households=self.households,
            houses=self.houses,
        )
