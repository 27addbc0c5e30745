"""What is decided of documents: their class, their days, and what a stage still asks for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from resettle.documents import rules
from resettle.documents.rules import Confidentiality, Kind, Paper, Standing

TODAY = date(2026, 3, 2)
NORMAL, RESTRICTED, HEALTH = Confidentiality
SOON, PAST = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "wanted", "given"),
    [
        (Kind.TENANCY, None, NORMAL),
        (Kind.TENANCY, HEALTH, HEALTH),
        (Kind.PASSPORT, None, RESTRICTED),
        (Kind.PASSPORT, NORMAL, RESTRICTED),
        (Kind.PASSPORT, HEALTH, HEALTH),
        (Kind.MAF, None, HEALTH),
        (Kind.MAF, NORMAL, HEALTH),
    ],
)
def test_a_document_gets_the_class_that_its_kind_asks_for(kind, wanted, given):
    assert rules.fitting(kind, wanted) is given


@pytest.mark.parametrize(
    ("kind", "wanted", "is_fault"),
    [
        (Kind.TENANCY, NORMAL, False),
        (Kind.TENANCY, RESTRICTED, False),
        (Kind.PASSPORT, RESTRICTED, False),
        (Kind.PASSPORT, HEALTH, False),
        (Kind.PASSPORT, NORMAL, True),
        (Kind.MAF, RESTRICTED, True),
        (Kind.MAF, NORMAL, True),
    ],
)
def test_no_document_is_filed_below_its_kind(kind, wanted, is_fault):
    assert (rules.class_fault(kind, wanted) is not None) is is_fault


@pytest.mark.parametrize(
    ("issued", "expires", "faults"),
    [
        (None, None, set()),
        (PAST, SOON, set()),
        (TODAY, TODAY, set()),
        (None, PAST, set()),
        (SOON, None, {"issued_on"}),
        (TODAY, PAST, {"expires_on"}),
    ],
)
def test_the_days_on_a_document_must_be_possible(issued, expires, faults):
    assert rules.day_faults(issued, expires, TODAY).keys() == faults


@pytest.mark.parametrize(
    ("answer", "papers", "standing"),
    [
        ("open", [], Standing.MISSING),
        ("met", [], Standing.ANSWERED),
        ("waived", [], Standing.WAIVED),
        ("to_follow", [], Standing.TO_FOLLOW),
        ("open", [Paper("PASSPORT", "her", None)], Standing.ON_FILE),
        ("open", [Paper("ID_CARD", "her", TODAY)], Standing.ON_FILE),
        ("waived", [Paper("TRAVEL_DOCUMENT", "her", SOON)], Standing.ON_FILE),
        ("open", [Paper("PASSPORT", "her", PAST)], Standing.EXPIRED),
        ("waived", [Paper("PASSPORT", "her", PAST)], Standing.EXPIRED),
        ("open", [Paper("PASSPORT", "him", None)], Standing.MISSING),
        ("open", [Paper("VISA", "her", None)], Standing.MISSING),
        (
            "open",
            [Paper("PASSPORT", "her", PAST), Paper("PASSPORT", "her", SOON)],
            Standing.ON_FILE,
        ),
    ],
)
def test_a_paper_on_file_counts_for_more_than_an_answer(answer, papers, standing):
    assert rules.standing("TRAVEL_DOCUMENT", "her", answer, papers, TODAY) is standing


def test_what_the_whole_household_owes_anybody_may_bring():
    papers = [Paper("MARRIAGE_CERT", "her", None)]

    assert rules.standing("MARRIAGE_CERT", None, "open", papers, TODAY) is Standing.ON_FILE


def test_a_removal_can_be_taken_back_for_seven_days():
    then = datetime(2026, 3, 2, tzinfo=UTC)

    assert rules.may_restore(then, then + timedelta(days=7))
    assert not rules.may_restore(then, then + timedelta(days=7, seconds=1))


def test_the_scanner_is_asked_less_and_less_often():
    waits = [rules.next_scan(tries) for tries in (1, 2, 3, 40)]

    assert waits == sorted(waits)
    assert waits[-1] == waits[-2] == timedelta(hours=1)


def test_every_kind_has_a_title():
    assert rules.TITLES.keys() == {*Kind}
