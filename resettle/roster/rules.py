"""What is decided of shifts without looking anything up: clashes, seats, rhythms, hours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

LONGEST = timedelta(days=1)
WEEK = timedelta(days=7)
ADULT = 18
STEP = 5  # minutes, to which hours are counted
NOT_CHILDREN = "Only a member who is approved to drive children, and vetted, may drive children."
NO_LICENCE = "No driver licence is on record that holds on that day."


@dataclass(frozen=True, slots=True)
class Slot:
    """When somebody of a group is with a household; nobody, while the shift is open."""

    id: UUID
    household_id: UUID
    member_id: UUID | None
    starts_at: datetime
    ends_at: datetime


def overlap(one: Slot, other: Slot) -> bool:
    return one.id != other.id and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def of_member(slot: Slot, others: Iterable[Slot]) -> bool:
    """Say whether the same member has to be somewhere else at that time."""
    if slot.member_id is None:
        return False
    return any(overlap(slot, each) and each.member_id == slot.member_id for each in others)


def of_household(slot: Slot, others: Iterable[Slot]) -> bool:
    """Say whether somebody else is with the same household at that time."""
    same = (each for each in others if each.household_id == slot.household_id)
    return any(overlap(slot, each) for each in same)


@dataclass(frozen=True, slots=True)
class Riders:
    """Who rides along: how many, how many of them children, how many in seats for children."""

    people: int
    children: int
    in_child_seats: int


def riders(born: Iterable[date], day: date, seat_before: int) -> Riders:
    ages = [_age(each, day) for each in born]
    return Riders(
        people=len(ages),
        children=sum(age < ADULT for age in ages),
        in_child_seats=sum(age < seat_before for age in ages),
    )


def _age(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


@dataclass(frozen=True, slots=True)
class Driver:
    """What a driver brings: a licence until a day, seats, and whether children may ride."""

    licence_until: date | None
    seats: int
    child_seats: int
    may_drive_children: bool


def driver_faults(driver: Driver, who: Riders, day: date) -> list[str]:
    """Tell why this driver cannot take these people on that day; nothing, if they can."""
    faults = []
    if who.children and not driver.may_drive_children:
        faults.append(NOT_CHILDREN)
    if driver.licence_until is None or driver.licence_until < day:
        faults.append(NO_LICENCE)
    if driver.seats < who.people:
        faults.append(f"{who.people} people ride, and the car has {driver.seats} seats for them.")
    if driver.child_seats < who.in_child_seats:
        faults.append(
            f"{who.in_child_seats} of them need a seat for children, and the car has "
            f"{driver.child_seats}."
        )
    return faults


def days_of_series(first: date, every_weeks: int | None, until: date | None) -> Sequence[date]:
    """Name the days of a rhythm from the first on; only that one if there is no rhythm."""
    if every_weeks is None or until is None:
        return [first]
    count = (until - first) // (every_weeks * WEEK)
    return [first + n * every_weeks * WEEK for n in range(count + 1)]


def time_faults(starts_at: datetime, ends_at: datetime) -> dict[str, list[str]]:
    if starts_at < ends_at <= starts_at + LONGEST:
        return {}
    return {"ends_at": ["It ends after it begins, and within a day."]}


def rhythm_faults(
    first: date, every_weeks: int | None, until: date | None, most: int
) -> dict[str, list[str]]:
    if every_weeks is None and until is None:
        return {}
    if every_weeks is None:
        return {"every_weeks": ["Say after how many weeks it comes again."]}
    if until is None or until < first:
        return {"until": ["Say until which day it comes again; a day after the first."]}
    many = len(days_of_series(first, every_weeks, until)) > most
    return {"until": [f"Plan at most {most} at once, and the others later."]} if many else {}


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NOON, EVENING = 12, 17


def part_of_week(at: datetime) -> str:
    """Name the part of the week of a time in New Zealand, as members say when they have time."""
    part = "morning" if at.hour < NOON else "afternoon" if at.hour < EVENING else "evening"
    return f"{DAYS[at.weekday()]}_{part}"


LEVELS = ("we_do", "together", "family_leads")


def next_level(done: Sequence[str]) -> str:
    """Name the level to aim for next: what was done twice at one level goes on to the next."""
    if not done:
        return LEVELS[0]
    last = LEVELS.index(done[-1])
    repeated = len(done) > 1 and done[-2] == done[-1]
    return LEVELS[min(last + repeated, len(LEVELS) - 1)]


def minutes_between(arrived_at: datetime, left_at: datetime) -> int:
    """Count the minutes of a shift, to the nearest five; never more than a day."""
    exactly = min(left_at - arrived_at, LONGEST).total_seconds() / 60
    return round(max(exactly, 0) / STEP) * STEP
