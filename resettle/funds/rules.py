"""What is decided of a group's money without looking anything up. Amounts are whole cents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What an entry of the ledger is. Groups do not lend to households: there is no loan."""

    DONATION_CASH = "donation_cash"
    DONATION_IN_KIND = "donation_in_kind"
    GRANT = "grant"
    FUNDRAISING = "fundraising"
    SPEND = "spend"
    REFUND = "refund"


class Category(StrEnum):
    BOND = "bond"
    RENT = "rent"
    FURNITURE = "furniture"
    WHITEWARE = "whiteware"
    FOOD = "food"
    CLOTHING = "clothing"
    TRANSPORT = "transport"
    FUEL = "fuel"
    PHONE_INTERNET = "phone_internet"
    POWER = "power"
    SCHOOL = "school"
    COURSE_FEES = "course_fees"
    HEALTH = "health"
    INTERPRETER = "interpreter"
    DRIVING_LESSONS = "driving_lessons"
    EVENT = "event"
    OTHER = "other"


class Valuation(StrEnum):
    """How the worth of a thing that was given was found."""

    RECEIPT = "receipt"
    SHOP_PRICE = "shop_price"
    SECOND_HAND_PRICE = "second_hand_price"
    ESTIMATE = "estimate"


class State(StrEnum):
    """Where an entry stands. Only what is spent waits for a second person."""

    RECORDED = "recorded"
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


LOAN = "loan"
NO_LOANS = "A group gives and does not lend: a household must owe its sponsors nothing."
CASH_IN = frozenset({Kind.DONATION_CASH, Kind.GRANT, Kind.FUNDRAISING})
GIVEN = CASH_IN | {Kind.DONATION_IN_KIND}
COUNTS = frozenset({State.RECORDED, State.APPROVED})
TITLES = {
    Kind.DONATION_CASH: "Donation in money",
    Kind.DONATION_IN_KIND: "Donation in kind",
    Kind.GRANT: "Grant",
    Kind.FUNDRAISING: "Fundraising",
    Kind.SPEND: "Spending",
    Kind.REFUND: "Money back",
}


@dataclass(frozen=True, slots=True)
class Line:
    """What a balance asks of an entry, or of the sum of several that are alike."""

    kind: Kind
    state: State
    cents: int


@dataclass(frozen=True, slots=True)
class Promise:
    """What was pledged, what has come of it, and whether it was taken back."""

    cents: int
    received: int = 0
    withdrawn: bool = False

    @property
    def outstanding(self) -> int:
        return 0 if self.withdrawn else max(0, self.cents - self.received)

    @property
    def stands_at(self) -> int:
        """Tell what the promise counts for: taken back, no more than what had come of it."""
        return min(self.cents, self.received) if self.withdrawn else self.cents


@dataclass(frozen=True, slots=True)
class Balances:
    """What a group was promised, has received, spent and been given in kind: each apart."""

    pledged: int = 0
    outstanding: int = 0
    received: int = 0
    in_kind: int = 0
    spent: int = 0
    waiting: int = 0

    @property
    def at_hand(self) -> int:
        """Tell what is left; below nothing, somebody has paid for the group out of their pocket."""
        return self.received - self.spent


def balances(lines: Iterable[Line], promises: Iterable[Promise]) -> Balances:
    """Add up a ledger. A counter-entry has the kind of what it takes back, and less than nothing.

    What came back of spending lowers what was spent: it is no new income.
    """
    lines, promises = [*lines], [*promises]
    real = [line for line in lines if line.state in COUNTS]
    waiting = [line for line in lines if line.state is State.WAITING]
    return Balances(
        pledged=sum(p.stands_at for p in promises),
        outstanding=sum(p.outstanding for p in promises),
        received=sum(line.cents for line in real if line.kind in CASH_IN),
        in_kind=_of(real, Kind.DONATION_IN_KIND),
        spent=_of(real, Kind.SPEND) - _of(real, Kind.REFUND),
        waiting=_of(waiting, Kind.SPEND),
    )


def _of(lines: Sequence[Line], kind: Kind) -> int:
    return sum(line.cents for line in lines if line.kind is kind)


@dataclass(frozen=True, slots=True)
class Two:
    """Somebody is about to decide on spending: who they are to who spent it and who recorded it."""

    actor_id: UUID | None
    spender_id: UUID | None
    recorder_id: UUID | None

    @property
    def is_one_person(self) -> bool:
        return self.actor_id is None or self.actor_id in {self.spender_id, self.recorder_id}


def gift_faults(kind: Kind, valuation: Valuation | None) -> dict[str, list[str]]:
    """Say what is wrong with a gift: a thing has a worth that was found somehow, money has none."""
    if kind not in GIVEN:
        return {"kind": ["Choose what was given. What was spent or came back is recorded apart."]}
    if kind is Kind.DONATION_IN_KIND and valuation is None:
        return {"valuation": ["Say how you found out what it is worth."]}
    if kind is not Kind.DONATION_IN_KIND and valuation is not None:
        return {"valuation": ["Only things that were given are valued."]}
    return {}


def pledge_months(first_on: date, months: int) -> Sequence[date]:
    """Name the days on which a pledge falls due: once, or on the same day of each month."""
    return [_months_after(first_on, number) for number in range(months)]


def _months_after(day: date, months: int) -> date:
    """Go on by months; where the month has no such day, to its last."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def day_fault(day: date, today: date) -> str | None:
    return "This day has not come yet." if day > today else None


def left_of(days: Sequence[date], each: int, promise: Promise) -> Sequence[tuple[date, int]]:
    """Tell what of a pledge is still to come on each of its days: what came pays the first ones."""
    if promise.withdrawn:
        return []
    came, found = promise.received, []
    for day in days:
        paid = min(each, came)
        came -= paid
        if each > paid:
            found.append((day, each - paid))
    return found
