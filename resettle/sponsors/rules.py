"""What a sponsor group may do and who may be in it. Pure: days and figures are arguments."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

# The stages in which a group may take a household on, whether or not it has one already.
OPEN_STAGES = frozenset(
    {"READY", "NOMINATION_LODGED", "AWAITING_MATCH", "MATCHED", "PREPARING_ARRIVAL", "ACTIVE"}
)
MATCHED, PREPARING = "MATCHED", "PREPARING_ARRIVAL"
# The stages in which it has nothing to do with any household yet.
APPLYING_STAGES = frozenset(
    {
        "ENQUIRY",
        "PREPARING",
        "APPLICATION_DRAFT",
        "SUBMITTED",
        "UNDER_ASSESSMENT",
        "MORE_INFO",
        "DECLINED",
        "IN_PRINCIPLE",
        "APPROVED",
        "DEED_SIGNED",
        "TRAINING",
        "DORMANT",
        "WITHDRAWN",
    }
)
ACTIVE = "ACTIVE"
COMPLETED = "COMPLETED"
BROKEN_OFF = frozenset({"SUSPENDED", "ENDED", "WITHDRAWN"})
PARTS_OF_WEEK = tuple(
    f"{day}_{part}"
    for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    for part in ("morning", "afternoon", "evening")
)
# So long before a vetting or an approval runs out it is told.
WARN = timedelta(days=60)
DAYS_OF_REPORT = range(1, 3651)


class Skill(StrEnum):
    """What the members together, or people whom they can ask, should be able to do."""

    COORDINATION = "coordination"
    MONEY = "money"
    SAFEGUARDING = "safeguarding"
    HOUSING = "housing"
    HEALTH = "health"
    EDUCATION = "education"
    ENGLISH = "english"
    EMPLOYMENT = "employment"
    BENEFITS = "benefits"
    INTERPRETING = "interpreting"
    CULTURE = "culture"
    TE_AO_MAORI = "te_ao_maori"
    TRANSPORT = "transport"


def vetting_expires(decided_on: date, valid_years: int | None) -> date:
    """Name the first day on which a clear outcome no longer holds; one year if none is told."""
    year = decided_on.year + (valid_years or 1)
    try:
        return decided_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def holds(until: date | None, day: date) -> bool:
    """Tell whether a vetting that holds until a day (not included) is in force."""
    return until is not None and day < until


@dataclass(frozen=True, slots=True)
class Driving:
    """How a member stands to driving children: whether somebody approved it, and what it needs."""

    approved: bool
    confirmed: bool
    vetted_until: date | None
    licence_until: date | None
    seats: int | None

    def lacks(self, day: date) -> list[str]:
        """Say what is lacking for driving children on a day, whoever approves it."""
        faults = [] if self.confirmed else ["The membership is not confirmed."]
        if not holds(self.vetted_until, day):
            faults.append("No vetting is in force.")
        if self.licence_until is None or self.licence_until < day:
            faults.append("No driver licence is on record that holds.")
        return faults if self.seats else [*faults, "No seats of a car are on record."]

    def may_be_approved(self, day: date) -> bool:
        return self.confirmed and holds(self.vetted_until, day) and not self.approved


def vettings_warned(ends: Iterable[date | None], day: date) -> Iterator[str]:
    """Say how many vettings have run out or soon will; of whom, the list of members tells."""
    known = [end for end in ends if end is not None]
    if over := sum(end <= day for end in known):
        yield f"{_counted(over, 'vetting has', 'vettings have')} run out."
    soon = sorted(end for end in known if day < end <= day + WARN)
    if soon:
        told = _counted(len(soon), "vetting runs out", "vettings run out")
        yield f"{told} soon, the first on {soon[0]:%-d %B %Y}. Ask for new ones in good time."


def approval_warned(until: date | None, day: date) -> Iterator[str]:
    if until is not None and until < day:
        yield f"The approval ran out on {until:%-d %B %Y}: the group takes no household on."
    elif until is not None and until <= day + WARN:
        yield f"The approval runs out on {until:%-d %B %Y}."


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Somebody is about to confirm a member: who they are to the member and to the group."""

    actor_id: UUID | None
    member_user_id: UUID | None
    confirmed_by_group_by: UUID | None
    speaks_for_group: bool
    is_manager: bool
    group_has_coordinator: bool

    @property
    def fault(self) -> str | None:
        """Say why this person may not take the next step, or None if they may."""
        if self.actor_id is None or self.actor_id == self.member_user_id:
            return "Nobody confirms their own membership."
        if self.confirmed_by_group_by is None:
            return self._fault_of_first()
        return self._fault_of_second()

    def _fault_of_first(self) -> str | None:
        # A group's first coordinator has nobody in the group who could speak for it.
        founding = self.is_manager and not self.group_has_coordinator
        if self.speaks_for_group or founding:
            return None
        return "A coordinator of the group confirms first."

    def _fault_of_second(self) -> str | None:
        if self.actor_id == self.confirmed_by_group_by:
            return "A second person has to confirm: you have confirmed already."
        if not self.is_manager:
            return "The group has confirmed. Now a programme manager confirms."
        return None


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much a group was approved for, and how much of it is taken."""

    max_persons: int | None
    max_households: int | None
    persons: int
    households: int

    @property
    def free_persons(self) -> int:
        return max(0, (self.max_persons or 0) - self.persons)

    @property
    def free_households(self) -> int:
        return max(0, (self.max_households or 0) - self.households)

    def lacks_for(self, persons: int) -> str | None:
        """Say in words what is lacking to take on a household of so many persons."""
        if self.max_persons is None or self.max_households is None:
            return "The group has not been approved for a number of people yet."
        if self.free_households < 1:
            return f"The group already supports {_counted(self.households, 'household')}, its most."
        if persons > self.free_persons:
            free = _counted(self.free_persons, "person", "people")
            return f"The household has {persons} people and the group has room for {free}."
        return None


def _counted(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or one + 's'}"


def report_due_on(arrived_on: date, days: Mapping[str, int]) -> dict[str, date]:
    """Count the day of each report from the day of arrival."""
    return {code: arrived_on + timedelta(days=after) for code, after in days.items()}


def schedule_faults(days: Mapping[str, int], known: Collection[str]) -> list[str]:
    """Say what is wrong with a deed's own schedule of reports."""
    strange = sorted(set(days) - set(known))
    faults = [f"The programme knows no report {code}." for code in strange]
    wrong = sorted(code for code, after in days.items() if after not in DAYS_OF_REPORT)
    faults += [f"{code}: write the days after arrival, 1 to 3650." for code in wrong]
    return faults


def is_settled(status: str) -> bool:
    """Tell whether a checklist item asks for nothing more."""
    return status in {"met", "waived"}


def item_fault(status: str, note: str, *, waivable: bool, may_follow: bool) -> str | None:
    """Say why a checklist item cannot have this status, or None if it can."""
    if status == "waived" and not waivable:
        return "This item cannot be waived."
    if status == "to_follow" and not may_follow:
        return "This item cannot follow later."
    if status in {"waived", "to_follow"} and not note.strip():
        return "Say why in a note."
    return None
