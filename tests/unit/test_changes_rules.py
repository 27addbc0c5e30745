"""What is decided of a change without looking anything up."""

from datetime import date

import pytest

from resettle.changes import acts, rules
from resettle.changes.models import Kind
from resettle.core.errors import Invalid

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("recorded_on", "may"),
    [(date(2026, 3, 9), True), (date(2026, 3, 2), True), (date(2026, 3, 1), False)],
)
def test_a_change_is_undone_within_the_window(recorded_on, may):
    assert (rules.undo_fault(recorded_on, TODAY, 7) is None) is may


@pytest.mark.parametrize(
    ("relationships", "staying", "fault"),
    [
        ([], 2, "Say who moves out."),
        (["SON"], 2, "exactly one"),
        (["PA", "PA"], 2, "exactly one"),
        (["PA"], 0, "Somebody must stay"),
        (["PA", "SON"], 1, None),
    ],
)
def test_who_goes_has_one_head_and_somebody_stays(relationships, staying, fault):
    found = rules.going_fault(relationships, staying)

    assert found is None if fault is None else fault in found


@pytest.mark.parametrize(
    ("outcome", "sponsored", "sound"),
    [
        (None, True, False),
        ("MONEY_ONLY", True, True),
        ("MONEY_ONLY", False, False),
        (None, False, True),
    ],
)
def test_what_becomes_of_a_support_is_said_where_there_is_one(outcome, sponsored, sound):
    assert (rules.outcome_fault(outcome, sponsored=sponsored) is None) is sound


def test_a_day_to_come_is_none_to_record():
    assert rules.day_fault(date(2026, 3, 10), TODAY)
    assert rules.day_fault(TODAY, TODAY) is None


def test_who_comes_finds_a_head_there():
    assert rules.coming_fault(["PA"])
    assert rules.coming_fault(["SON"]) is None


def test_what_a_kind_lacks_or_does_not_have_is_told_by_field():
    with pytest.raises(Invalid) as refused:
        acts.Asked(Kind.DEATH, {"location": "WLG", "on": TODAY}).act()

    assert refused.value.errors == {"location": [acts.ELSEWHERE], "person_id": [acts.NEEDED]}
