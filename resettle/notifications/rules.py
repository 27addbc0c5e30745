"""When reminders go out, and in which words. Pure.

No reminder says more than the kind of work and the reference of the household: it may be read over
a shoulder, and mail is read by whoever runs the mail.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Mailing(StrEnum):
    """How somebody wants to be told by e-mail."""

    OFF = "off"
    DAILY = "daily"
    AT_ONCE = "at_once"


@dataclass(frozen=True, slots=True)
class Wanted:
    """When somebody wants mail. Quiet hours may run over midnight; alike, there are none."""

    mailing: Mailing
    digest_at: time
    quiet_from: time
    quiet_until: time


USUAL = Wanted(Mailing.DAILY, time(7, 30), time(18, 0), time(7, 0))


def is_quiet(wanted: Wanted, now: time) -> bool:
    """Say whether it is a time at which nothing is to be sent."""
    if wanted.quiet_from <= wanted.quiet_until:
        return wanted.quiet_from <= now < wanted.quiet_until
    return now >= wanted.quiet_from or now < wanted.quiet_until


def may_mail(wanted: Wanted, now: datetime, digest_on: date | None) -> bool:
    """Say whether mail may go out: the digest once a day, at once whenever it is not quiet.

    `now` is in local time; `digest_on` is the last day on which a digest went out. A digest whose
    hour has passed while nothing ran goes out late rather than never.
    """
    match wanted.mailing:
        case Mailing.OFF:
            return False
        case Mailing.AT_ONCE:
            return not is_quiet(wanted, now.time())
        case Mailing.DAILY:
            return now.time() >= wanted.digest_at and digest_on != now.date()


def next_look(now: datetime, every: timedelta) -> datetime:
    """Give the next moment at which queues are looked at: whole multiples of `every`, in UTC."""
    begun = datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))
    return begun + ((now - begun) // every + 1) * every


class Kind(StrEnum):
    """What members of sponsor groups, and programme managers, are told of."""

    THREAD = "thread"
    GROUP_MESSAGE = "group_message"
    VETTING = "vetting"
    TRAINING = "training"
    APPROVAL = "approval"
    DEED = "deed"


WHAT: Mapping[Kind, str] = {
    Kind.THREAD: "a message in the shared thread",
    Kind.GROUP_MESSAGE: "a message to sponsor groups",
    Kind.VETTING: "a vetting runs out",
    Kind.TRAINING: "a training runs out",
    Kind.APPROVAL: "the approval of a group runs out",
    Kind.DEED: "the deed of a group runs out",
}
# So many days before something runs out it is told, each time once.
AHEAD = (7, 30, 60)


def stage(until: date, today: date) -> int | None:
    """Tell which of the times of telling has come; None while it is far off, or once it is over."""
    left = (until - today).days
    return next((days for days in AHEAD if 0 <= left <= days), None)


def years_after(day: date, years: int) -> date:
    """Give the same day of a later year; of 29 February the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: its kind in words, the household by reference, its day, its page."""

    what: str
    reference: str
    due_on: date | None
    link: str = ""

    @property
    def words(self) -> str:
        due = "" if self.due_on is None else f", due {self.due_on:%a %-d %b}"
        whose = f"{self.reference}: " if self.reference else ""
        where = f"\n  {self.link}" if self.link else ""
        return f"{whose}{self.what}{due}{where}"


MOST_IN_MAIL = 40


def subject(items: Sequence[Item]) -> str:
    return f"resettle: {len(items)} {'thing waits' if len(items) == 1 else 'things wait'} for you"


def body(
    items: Sequence[Item], page_url: str, choices_url: str, *, page: str = "Your queue"
) -> str:
    """Write the mail: how much of what, each by reference, and where to go on."""
    counted: Mapping[str, int] = Counter(item.what for item in items)
    totals = [f"{count} × {what}" for what, count in counted.items()]
    shown = [item.words for item in items[:MOST_IN_MAIL]]
    more = len(items) - len(shown)
    lines = ["This waits for you:", "", *totals, "", *shown]
    if more:
        lines.append(f"and {more} more")
    footer = [
        "",
        f"{page}: {page_url}",
        "",
        "No names stand in this mail, so that it may be read by anybody.",
        f"Choose what you are sent, and when: {choices_url}",
    ]
    return "\n".join([*lines, *footer, ""])
