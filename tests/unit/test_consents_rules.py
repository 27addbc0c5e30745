"""Which consents are in force, and whose word counts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.consents import rules
from resettle.consents.rules import Decision, Fault, Speaking

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
GIVE, WITHDRAW = Decision.GIVE, Decision.WITHDRAW


@dataclass(frozen=True)
class Row:
    seq: int
    decision: Decision
    valid_from: datetime = NOW
    expires_on: date | None = None


rows = st.builds(
    Row,
    seq=st.integers(1, 1000),
    decision=st.sampled_from(Decision),
    valid_from=st.integers(-50, 5).map(lambda hours: NOW + timedelta(hours=hours)),
    expires_on=st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3)),
)
ledgers = st.lists(rows, unique_by=lambda row: row.seq)


def in_force(ledger, at=NOW, day=TODAY):
    last = rules.last_word(ledger, at)
    return last is not None and rules.is_in_force(last, day)


@given(ledgers, st.randoms())
def test_the_order_in_which_rows_are_read_does_not_matter(ledger, random):
    shuffled = random.sample(ledger, len(ledger))

    assert in_force(shuffled) == in_force(ledger)


@given(ledgers)
def test_after_a_withdrawal_now_nothing_is_in_force(ledger):
    begun = [row for row in ledger if row.valid_from <= NOW]

    assert not in_force([*begun, Row(seq=1001, decision=WITHDRAW)])


@given(ledgers)
def test_a_consent_given_now_is_in_force_whatever_was_before(ledger):
    begun = [row for row in ledger if row.valid_from <= NOW]

    assert in_force([*begun, Row(seq=1001, decision=GIVE)])


@given(ledgers)
def test_what_has_not_begun_has_no_effect(ledger):
    begun = [row for row in ledger if row.valid_from <= NOW]

    assert in_force(ledger) == in_force(begun)


@given(ledgers)
def test_something_is_in_force_only_if_somebody_gave_it_and_it_has_not_expired(ledger):
    if in_force(ledger):
        assert any(
            row.decision is GIVE and (row.expires_on is None or row.expires_on > TODAY)
            for row in ledger
        )


def test_a_consent_recorded_late_does_not_undo_a_later_withdrawal():
    withdrawn = Row(1, WITHDRAW, NOW - timedelta(days=1))
    backdated = Row(2, GIVE, NOW - timedelta(days=2))

    assert not in_force([withdrawn, backdated])


def test_a_consent_ends_at_midnight_of_the_day_of_expiry():
    consent = Row(1, GIVE, expires_on=TODAY)

    assert in_force([consent], day=TODAY - timedelta(days=1))
    assert not in_force([consent], day=TODAY)


@pytest.mark.parametrize(
    ("expires", "purpose", "says"),
    [
        (date(2027, 3, 2), rules.SHARING_PURPOSE, None),
        (date(2027, 3, 3), rules.SHARING_PURPOSE, "12 months"),
        (date(2027, 3, 3), "evaluation", None),
        (TODAY, "evaluation", "future"),
        (TODAY - timedelta(days=1), rules.SHARING_PURPOSE, "future"),
        (None, "evaluation", None),
    ],
)
def test_sharing_is_agreed_for_at_most_twelve_months(expires, purpose, says):
    fault = rules.expiry_fault(TODAY, expires, purpose)

    assert (fault is None) if says is None else (says in fault)


@pytest.mark.parametrize(
    ("begins", "says"),
    [
        (NOW, None),
        (NOW + timedelta(seconds=1), "future"),
        (NOW - timedelta(days=31), None),
        (NOW - timedelta(days=31, seconds=1), "31 days"),
    ],
)
def test_a_consent_begins_now_or_a_little_earlier(begins, says):
    fault = rules.beginning_fault(NOW, begins)

    assert (fault is None) if says is None else (says in fault)


def speaking(age, *, person=False, guardian=False, assents=None):
    born = date(TODAY.year - age, 1, 1)
    return Speaking(born, person, guardian, assents)


@pytest.mark.parametrize(
    ("spoken", "fault"),
    [
        (speaking(40, person=True), None),
        (speaking(40), Fault.NOT_THEIRS),
        (speaking(40, guardian=True), Fault.NOT_THEIRS),
        (speaking(16, person=True), None),
        (speaking(16, guardian=True, assents=True), Fault.NOT_THEIRS),
        (speaking(15, person=True), Fault.CHILD_ALONE),
        (speaking(15, guardian=True, assents=True), None),
        (speaking(12, guardian=True), Fault.NO_ASSENT),
        (speaking(12, guardian=True, assents=False), Fault.NO_ASSENT),
        (speaking(11, guardian=True), None),
        (speaking(11), Fault.NOT_GUARDIAN),
    ],
)
def test_whose_word_counts(spoken, fault):
    assert rules.speaking_fault(TODAY, spoken) is fault
