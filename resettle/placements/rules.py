"""When a household may live where, and when a sponsorship may begin and end. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal, InvalidOperation

MOST_MONEY = Decimal(1_000_000)
VISA_NOTE = (
    "This changes nothing about anybody’s visa: the members of the household are residents, "
    "whoever supports them."
)
# How much English there is, by level; a nationality is told where so many households share it.
ENGLISH_BANDS = (
    "none yet",
    "a few words",
    "simple sentences",
    "everyday talk",
    "good",
    "very good",
)
NOT_ASSESSED = "not assessed yet"
LEAST_HOUSEHOLDS = 3

FEATURES: Mapping[str, str] = {
    "level_shower": "a shower without a step",
    "wide_doors": "doors wide enough for a wheelchair",
    "grab_rails": "rails to hold on to",
    "bedroom_at_entry": "a bedroom on the floor of the entry",
}

# What each status of a sponsorship may become.
BECOMES: Mapping[str, frozenset[str]] = {
    "proposed": frozenset({"accepted", "declined", "ended"}),
    "accepted": frozenset({"confirmed", "declined", "ended"}),
    "confirmed": frozenset({"suspended", "ended"}),
    "suspended": frozenset({"confirmed", "ended"}),
    "declined": frozenset(),
    "ended": frozenset(),
}
TAKES_ROOM = frozenset({"confirmed", "suspended"})
ANSWERABLE = frozenset({"proposed", "accepted"})

# What a group that is broken off means for a household, by how its sponsorship stands.
WITH_GROUP: Mapping[str, str] = {
    "confirmed": "its support is suspended at once. The group sees nothing of it from then on, and "
    "its caseworker is asked who supports it now",
    "accepted": "the group had said yes. Its caseworker is asked who supports it instead",
    "proposed": "the group was asked about it. The question is taken back",
    "suspended": "its support is suspended already, and stays so",
}
# The same of one that it had accepted, where there is no way back for the group.
GOES_BACK = (
    "the group had said yes. The match ends, the household waits for a group again, and its "
    "caseworker is asked to search for one"
)
STAYS = "its support stays suspended until a caseworker lets it go on"
# Whether a group may take a household on: before a move, and after it.
TAKES_ON: Mapping[tuple[bool, bool], str] = {
    (True, False): "From then on the group can be asked about no household.",
    (False, True): "From then on the group can be asked about households.",
}

BREAKDOWN = "BREAKDOWN"
BY_SPONSOR = "WITHDRAWN_BY_SPONSOR"
BY_HOUSEHOLD = "WITHDRAWN_BY_HOUSEHOLD"
PROGRAMME_CLOSED = "PROGRAMME_CLOSED"
COMPLETED, COMPLETED_EARLY = "COMPLETED", "COMPLETED_EARLY"
TRANSFERRED = "TRANSFERRED"
OTHER = "OTHER"
AS_PLANNED = frozenset({COMPLETED, COMPLETED_EARLY})
# How a match that a group had accepted ends with the group, by the stage in which that ends.
WITH_GROUP_OVER: Mapping[str, str] = {"ENDED": "DEED_TERMINATED", "WITHDRAWN": BY_SPONSOR}
# What those who are no caseworkers may record: that they withdraw themselves.
OWN_ENDING = {
    "sponsor_coordinator": (
        BY_SPONSOR,
        "A group can withdraw; other endings a caseworker records.",
    ),
    "household_person": (
        BY_HOUSEHOLD,
        "You can withdraw; other endings a caseworker records.",
    ),
}
# How a sponsorship ends with a case that ended for one of these reasons.
WITH_CASE = {
    "SELF_RELIANT_EARLY": COMPLETED_EARLY,
    "BY_HOUSEHOLD": BY_HOUSEHOLD,
    "BY_SPONSOR": BY_SPONSOR,
}


def may_become(status: str, to: str) -> bool:
    return to in BECOMES[status]


@dataclass(frozen=True, slots=True)
class Stay:
    """From the first day to the day of leaving, which is no longer part of it."""

    start_on: date
    end_on: date | None = None

    def overlaps(self, other: "Stay") -> bool:
        return self.start_on < (other.end_on or date.max) and other.start_on < (
            self.end_on or date.max
        )


def overlap(stay: Stay, others: Iterable[Stay]) -> Stay | None:
    """Find the stay that another would overlap, if any."""
    return next((other for other in others if stay.overlaps(other)), None)


def place_fault(
    day: date, start_on: date, end_on: date | None, arrived_on: date | None
) -> tuple[str, str] | None:
    """Name the field and the fault of a placement's days, if they have one."""
    if start_on > day:
        return "start_on", "This day is still to come."
    if arrived_on is not None and start_on < arrived_on:
        return "start_on", "The household had not arrived in New Zealand yet."
    if end_on is not None and end_on < start_on:
        return "end_on", "A placement cannot end before it begins."
    return None


def tenancy_fault(start_on: date | None, end_on: date | None) -> tuple[str, str] | None:
    """Name the field and the fault of a tenancy's days, if they have one."""
    if start_on is not None and end_on is not None and end_on < start_on:
        return "tenancy_to", "A tenancy cannot end before it begins."
    return None


def unready(asked: Sequence[str], found: Mapping[str, str]) -> list[str]:
    """Name what a house still lacks: items nobody has looked at, and items found missing."""
    return [code for code in asked if found.get(code) not in {"ok", "not_needed"}]


@dataclass(frozen=True, slots=True)
class Adult:
    """How one adult of the household stands to a proposed sponsorship."""

    agrees: bool | None
    shares: Collection[str]


def unanswered(adults: Sequence[Adult]) -> str | None:
    """Say how many of those who are asked have not said yes, or None if every one has."""
    waiting = sum(adult.agrees is None for adult in adults)
    against = sum(adult.agrees is False for adult in adults)
    if not adults:
        return "Nobody of age is on record who could answer for themselves."
    if against:
        return f"{against} of {len(adults)} people said no."
    if waiting:
        return f"{waiting} of {len(adults)} people have not answered yet."
    return None


def unshared(adults: Sequence[Adult], item: str) -> str | None:
    """Say how many adults have not agreed to share an item with the group."""
    lacking = sum(item not in adult.shares for adult in adults)
    if lacking or not adults:
        return (
            f"{lacking} of {len(adults)} adults have not agreed that the group learns "
            f"their {item.replace('_', ' ')}."
        )
    return None


def follows(status: str, persons: int, to: str, *, resumes: bool) -> str:
    """Say what a group's being broken off, or let back, means for one household of it."""
    people = "1 person" if persons == 1 else f"{persons} people"
    goes_back = status == "accepted" and to in WITH_GROUP_OVER
    told = GOES_BACK if goes_back else STAYS if resumes else WITH_GROUP[status]
    return f"A household of {people}: {told}."


def ending_with_case(reason: str | None, *, completed: bool) -> str | None:
    """Name how a sponsorship ends with its case; None where the list has no kind for it."""
    return WITH_CASE.get(reason or "", COMPLETED if completed else None)


def kinds_for(by: str, known: Collection[str]) -> frozenset[str]:
    """Name the endings that somebody of this role may record by hand."""
    return frozenset({OWN_ENDING[by][0]} if by in OWN_ENDING else set(known) - {TRANSFERRED})


def ending_fault(kind: str, reasons: Collection[str], *, by: str) -> tuple[str, str] | None:
    """Name the field and the fault of an ending, if it has one; `by` is the role of who ends."""
    if by in OWN_ENDING and kind != OWN_ENDING[by][0]:
        return "ending_kind", OWN_ENDING[by][1]
    if kind == TRANSFERRED:
        return "ending_kind", "Propose the next group: this one ends when that one is confirmed."
    if kind == BREAKDOWN and not reasons:
        return "reasons", "Say what led to the breakdown. None of the reasons says whose fault."
    return None


def completion_fault(kind: str, ended_on: date, support_end: date | None) -> tuple[str, str] | None:
    """Say that support was not completed at its time, where that is what somebody records."""
    if support_end is None:
        return None
    if kind == COMPLETED and ended_on < support_end:
        return "ending_kind", f"Support lasts until {support_end:%-d %B %Y}: it ends early."
    if kind == COMPLETED_EARLY and ended_on >= support_end:
        return "ending_kind", f"Support lasted until {support_end:%-d %B %Y}: it is completed."
    return None


def cool_off_fault(declined_on: date | None, today: date, days: int) -> str | None:
    """Say that a group that declined a household is not asked again so soon."""
    until = cools_off_until(declined_on, today, days)
    if until is None:
        return None
    return f"The group declined this household. It can be asked again from {until:%-d %B %Y}."


def cools_off_until(declined_on: date | None, today: date, days: int) -> date | None:
    """Tell from which day a no may be asked about again; None if it may be today."""
    if declined_on is None or today >= (until := declined_on + timedelta(days=days)):
        return None
    return until


def decline_fault(reason: str, note: str | None, known: Collection[str]) -> tuple[str, str] | None:
    """Name the field and the fault of a group's no, if it has one."""
    if reason not in known:
        return "reason", f"Choose one of: {', '.join(known)}."
    if reason == OTHER and not (note or "").strip():
        return "note", "Say in a few words what the reason is."
    return None


def money(text: str) -> Decimal | None:
    """Read an amount in dollars and cents, or None if it is none."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 <= amount <= MOST_MONEY:
        return None
    return amount if amount == round(amount, 2) else None


def rent_share(weekly_rent: str | None, weekly_income: str | None) -> int | None:
    """Say what part of its income a household pays in rent, in whole percent, rounded up.

    None where either is not known, or there is no income to pay from.
    """
    rent, income = money(weekly_rent or ""), money(weekly_income or "")
    if rent is None or not income:
        return None
    return int((rent * 100 / income).to_integral_value(ROUND_CEILING))


def wanted(features: Collection[str], *, level: bool) -> list[str]:
    """Name what a house has, or somebody needs of it, in words."""
    return unmet(features, (), wants_level=level, is_level=False)


def unmet(
    wants: Collection[str], has: Collection[str], *, wants_level: bool, is_level: bool
) -> list[str]:
    """Name what a house lacks for those who move with difficulty, in words."""
    steps = ["no steps on the way in"] if wants_level and not is_level else []
    return steps + [FEATURES[code] for code in FEATURES if code in wants and code not in has]


def looks_in_since(today: date, days: int) -> date:
    """Name the day after which support must have been completed for its group to look in still."""
    return today - timedelta(days=days)


def english_band(levels: Iterable[int | None]) -> str:
    """Say how much English the household has between its adults: as much as who has most."""
    known = [level for level in levels if level is not None]
    return ENGLISH_BANDS[min(max(known), len(ENGLISH_BANDS) - 1)] if known else NOT_ASSESSED


def names_nobody(persons: int, households: int, least: int) -> bool:
    """Say whether so many share something that to tell it of one household identifies nobody."""
    return least > 0 and persons >= least and households >= LEAST_HOUSEHOLDS
