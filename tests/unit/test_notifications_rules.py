"""When mail goes out, and what stands in it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from resettle.notifications import rules
from resettle.notifications.rules import Item, Mailing, Wanted

DAY = date(2026, 3, 2)
NIGHT = (time(18), time(7))


def wanted(mailing=Mailing.DAILY, quiet=NIGHT) -> Wanted:
    return Wanted(mailing, time(7, 30), *quiet)


@pytest.mark.parametrize(
    ("quiet", "now", "is_quiet"),
    [
        (NIGHT, time(17, 59), False),
        (NIGHT, time(18), True),
        (NIGHT, time(0), True),
        (NIGHT, time(6, 59), True),
        (NIGHT, time(7), False),
        ((time(12), time(13)), time(12, 30), True),
        ((time(12), time(13)), time(18), False),
        ((time(8), time(8)), time(8), False),
    ],
)
def test_quiet_hours(quiet, now, is_quiet):
    assert rules.is_quiet(wanted(quiet=quiet), now) is is_quiet


@pytest.mark.parametrize(
    ("mailing", "now", "digest_on", "goes_out"),
    [
        (Mailing.OFF, time(12), None, False),
        (Mailing.DAILY, time(7, 29), None, False),
        (Mailing.DAILY, time(7, 30), DAY - timedelta(days=1), True),
        (Mailing.DAILY, time(23), None, True),
        (Mailing.DAILY, time(12), DAY, False),
        (Mailing.AT_ONCE, time(12), DAY, True),
        (Mailing.AT_ONCE, time(20), None, False),
    ],
)
def test_when_mail_goes_out(mailing, now, digest_on, goes_out):
    moment = datetime.combine(DAY, now)

    assert rules.may_mail(wanted(mailing), moment, digest_on) is goes_out


@pytest.mark.parametrize(("minute", "following"), [(0, 15), (14, 15), (15, 30), (59, 60)])
def test_queues_are_looked_at_at_whole_quarters(minute, following):
    now = datetime(2026, 3, 2, 9, minute, tzinfo=UTC)

    found = rules.next_look(now, timedelta(minutes=15))
    assert found == datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(minutes=following)


def test_a_mail_counts_what_waits_and_names_references_alone():
    items = [Item("tasks", "H-26-0001", DAY), Item("tasks", "H-26-0002", None)]

    assert rules.subject(items) == "resettle: 2 things wait for you"
    assert rules.subject(items[:1]) == "resettle: 1 thing waits for you"
    lines = rules.body(items, "https://r.test/today", "https://r.test/choices").splitlines()
    assert "2 × tasks" in lines
    assert "H-26-0001: tasks, due Mon 2 Mar" in lines
    assert "H-26-0002: tasks" in lines
    assert "Your queue: https://r.test/today" in lines


def test_a_long_queue_does_not_make_a_long_mail():
    items = [Item("tasks", f"H-26-{n:04}", DAY) for n in range(100)]

    text = rules.body(items, "", "")
    assert text.count("H-26-") == rules.MOST_IN_MAIL
    assert "and 60 more" in text
