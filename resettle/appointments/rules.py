"""What is decided of appointments without looking anything up: local times, faults, clashes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import UUID

LONGEST = timedelta(days=1)
PLANNED = "planned"


def moment(day: date, at: time, zone: tzinfo) -> datetime | None:
    """Give the instant of a local time; the first of two where the clocks go back.

    A time that the clocks skip when they go forward does not exist, and gives None.
    """
    local = datetime.combine(day, at, zone)
    there_and_back = local.astimezone(UTC).astimezone(zone)
    if there_and_back.replace(tzinfo=None) != local.replace(tzinfo=None):
        return None
    return local.astimezone(UTC)


def midnights(first: date, last: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Give the instants at which some days begin and, the last of them included, end."""
    return (
        datetime.combine(first, time(0), zone).astimezone(UTC),
        datetime.combine(last + timedelta(days=1), time(0), zone).astimezone(UTC),
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """When somebody is where: of whom, and who goes along. No person: the whole household."""

    id: UUID
    household_id: UUID
    person_id: UUID | None
    companion_id: UUID | None
    starts_at: datetime
    ends_at: datetime


def overlap(one: Slot, other: Slot) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def same_people(one: Slot, other: Slot) -> bool:
    if one.household_id != other.household_id:
        return False
    return None in (one.person_id, other.person_id) or one.person_id == other.person_id


def same_companion(one: Slot, other: Slot) -> bool:
    return one.companion_id is not None and one.companion_id == other.companion_id


@dataclass(frozen=True, slots=True)
class Clash:
    """Two appointments at overlapping times that ask for the same people or companion."""

    with_id: UUID
    of_people: bool


def clashes(slot: Slot, others: Iterable[Slot]) -> tuple[Clash, ...]:
    """Name what an appointment clashes with, the same people before the same companion."""
    meeting = [each for each in others if each.id != slot.id and overlap(slot, each)]
    people = [Clash(each.id, of_people=True) for each in meeting if same_people(slot, each)]
    found = {clash.with_id for clash in people}
    along = [
        Clash(each.id, of_people=False)
        for each in meeting
        if same_companion(slot, each) and each.id not in found
    ]
    return (*people, *along)


def lacks_interpreter(outcome: str, *, needed: bool, booked: bool) -> bool:
    return outcome == PLANNED and needed and not booked


def time_faults(starts_at: datetime, ends_at: datetime) -> dict[str, list[str]]:
    if starts_at < ends_at <= starts_at + LONGEST:
        return {}
    return {"ends_at": ["It ends after it begins, and within a day."]}
