"""A record in plain words: no codes, no JSON, days and countries as people write them."""

import pytest

from resettle.core.wording import plain
from resettle.records.names import NAMES, OURS
from resettle.records.shelves import SHELVES
from resettle.records.wording import Words, told
from resettle.settings import TOP
from resettle.statuses.definition import load

WORDS = Words(
    place={"CHC": "Christchurch"}.__getitem__,
    domains={"EDU": "Education and English"},
    scale={4: "Manages with reminders"},
    statuses=load(TOP / "config" / "statuses.toml"),
)
MMR = {"code_system": "unhcr", "source_code": "MYA", "value": "MMR"}


@pytest.mark.parametrize(
    ("part", "name", "value", "said"),
    [
        ("origin", "nationality", [MMR], ("Nationality", "Myanmar (Burma)")),
        ("person", "born_on", "1990-05-17", ("Day of birth", "Thu 17 May 1990")),
        ("person", "born_is_estimate", False, ("Day of birth is estimated", "No")),
        ("person", "english_level", 9, ("English", "very good")),
        ("person", "sex", "F", ("Sex", "Female")),
        ("person", "work_years", 16, ("Years of work", "16")),
        ("person", "given_name", "Zahra", ("Given name", "Zahra")),
        ("languages", "speaks", "not_easily", ("Speaks", "Not easily")),
        ("membership", "relationship_code", "WIF", ("Relationship", "Wife")),
        ("membership", "relationship_code", "QQQ", ("Relationship", "QQQ")),
        ("household", "location", "CHC", ("Place", "Christchurch")),
        ("household", "primary_language", "ksw", ("Language", "S’gaw Karen")),
        ("consents", "purpose", "share_with_sponsor", ("For what", "Share with sponsor")),
        ("consents", "decision", "give", ("Decision", "Agreed")),
        (
            "messages",
            "sent_at",
            "2026-03-02T09:30:00+00:00",
            ("Sent", "Mon 2 Mar 2026, 10:30 pm"),
        ),
        ("milestones", "domain", "EDU", ("Part of life", "Education and English")),
        ("milestones", "domain", "NEW", ("Part of life", "NEW")),
        ("goals", "target", 4, ("Wanted", "4 – Manages with reminders")),
        ("papers", "kind", "SCHOOL_REPORT", ("What", "School report")),
        ("appointments", "kind", "gp", ("What", "GP")),
        ("person", "added_since", "as it is", ("Added since", "as it is")),
    ],
)
def test_a_row_is_told_in_words(part, name, value, said):
    assert [*told(part, {name: value}, WORDS)] == [said]


def test_a_status_says_what_it_is_in_words():
    row = {"kind": "work", "code": "employed_pt", "from_on": "2026-03-02"}

    assert [*told("statuses", row, WORDS)] == [
        ("What", "Work"),
        ("State", "Employed part time"),
        ("From", "Mon 2 Mar 2026"),
    ]


def test_the_state_of_a_step_is_told_once():
    row = {"status": "met", "state": "met_late"}

    assert [*told("milestones", row, WORDS)] == [("State", "Met late")]


def test_what_is_empty_or_of_the_service_alone_is_left_out():
    row = {"id": "x", "household_id": "y", "seq": 3, "given_name": None, "aliases": [], "text": ""}

    assert [*told("person", row, WORDS)] == []


def test_words_of_ones_own_are_left_as_they_were_written():
    row = {"text": "not_started", "own_words": "می‌خواهم کار کنم"}

    assert [said for _, said in told("goals", row, Words())] == [*row.values()]


def test_each_field_has_a_name_or_is_left_out():
    fields = {name for shelf in SHELVES for name in shelf.shape.fields if not name.endswith("_id")}

    assert sorted(fields - OURS - NAMES.keys()) == []
    assert NAMES.keys().isdisjoint(OURS)
    assert all(name == plain(name) for name in NAMES.values() if name.isalpha())
