"""The feed that a calendar outside fetches, as RFC 5545 has it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from resettle.calendars.ours import Neutral
from resettle.core.late import icalendar

PRODUCT = "-//resettle//calendar//EN"
EVERY = timedelta(hours=1)


def written(entries: Iterable[Neutral], *, at: datetime) -> bytes:
    """Write a feed. Instants are UTC, so that no change of clocks can move them."""
    feed = icalendar.Calendar()
    feed.add("prodid", PRODUCT)
    feed.add("version", "2.0")
    feed.add("x-wr-calname", "resettle")
    feed.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    for entry in entries:
        feed.add_component(_event(entry, at))
    text: bytes = feed.to_ical()
    return text


def _event(entry: Neutral, at: datetime) -> "icalendar.Event":
    event = icalendar.Event()
    event.add("uid", f"{entry.id}@resettle")
    event.add("dtstamp", at)
    event.add("last-modified", entry.changed_at)
    event.add("summary", entry.summary)
    event.add("class", "PRIVATE")
    event.add("dtstart", entry.starts)
    if isinstance(entry.starts, datetime):
        event.add("dtend", entry.ends)
    else:
        # A day is taken up by what is due on it, and leaves its owner free.
        event.add("dtend", entry.ends + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    return event
