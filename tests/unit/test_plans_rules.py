"""Plans: what is lacking before they are agreed, how far they are, when the exit plan begins."""

from datetime import date
from uuid import UUID

import pytest

from resettle.plans import definition, rules
from resettle.plans.rules import Actual, Aim, Given, Stride
from resettle.settings import CONFIG

TODAY = date(2026, 3, 2)
HOME = UUID(int=1)
WHOLE = Aim("Learn to drive", 2, 4, "open")


@pytest.mark.parametrize(
    ("aims", "lacks"),
    [
        ([], ["The plan has no goal yet."]),
        ([WHOLE], []),
        ([WHOLE, Aim(" ", 2, 4, "open")], ["Goal 2 lacks the staff wording."]),
        (
            [Aim("Learn", None, None, "open")],
            ["Goal 1 lacks where the household stands now, where it wants to be."],
        ),
        ([Aim(None, None, None, "given_up")], []),
    ],
)
def test_every_open_goal_is_worked_out_before_it_is_agreed(aims, lacks):
    assert rules.lacking(aims) == lacks


@pytest.mark.parametrize(
    ("aims", "handovers", "lacks"),
    [
        ([], 1, []),
        ([], 0, ["Say who takes over which support."]),
        ([Aim(None, 2, 4, "open")], 1, ["Goal 1 lacks the staff wording."]),
    ],
)
def test_an_exit_plan_says_who_takes_over_what(aims, handovers, lacks):
    assert rules.exit_lacking(aims, handovers) == lacks


@pytest.mark.parametrize(
    ("agreed_on", "agreeing", "faulty"),
    [
        (TODAY, ["zahra"], set()),
        (date(2026, 3, 3), ["zahra"], {"agreed_on"}),
        (TODAY, [], {"person_ids"}),
        (TODAY, ["zahra", "the child"], {"person_ids"}),
    ],
)
def test_adults_agree_on_a_day_that_was(agreed_on, agreeing, faulty):
    assert rules.agreement_faults(agreed_on, TODAY, agreeing, ["zahra", "omid"]).keys() == faulty


def test_a_score_is_on_the_scale():
    faults = rules.score_faults({"baseline": 0, "target": 5, "other": None}, range(1, 6))

    assert faults == {"baseline": ["Choose from 1 to 5."]}


def test_the_denominator_is_what_is_due_so_far():
    strides = [
        Stride("done", date(2026, 2, 1)),
        Stride("done", date(2026, 6, 1)),
        Stride("open", date(2026, 2, 1)),
        Stride("open", TODAY),
        Stride("open", date(2026, 6, 1)),
        Stride("dropped", date(2026, 2, 1)),
    ]

    found = rules.actual(HOME, strides, ["open", "reached", "given_up"], TODAY)

    assert found == Actual(
        household_id=HOME,
        steps_done=2,
        steps_due=4,
        steps_total=5,
        steps_late=1,
        goals_reached=1,
        goals_total=2,
    )


@pytest.mark.parametrize(
    ("ends_on", "months", "begins"),
    [
        (date(2026, 5, 2), 2, date(2026, 3, 2)),
        (date(2026, 1, 15), 2, date(2025, 11, 15)),
        (date(2026, 4, 30), 2, date(2026, 2, 28)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
    ],
)
def test_the_exit_plan_begins_so_many_months_before(ends_on, months, begins):
    assert rules.exit_begins(ends_on, months) == begins


@pytest.mark.parametrize(
    ("begun_on", "ends_on", "due"),
    [
        (TODAY, date(2026, 5, 2), date(2026, 3, 16)),
        (TODAY, date(2026, 3, 6), date(2026, 3, 6)),
        (TODAY, date(2026, 1, 1), TODAY),
    ],
)
def test_its_task_is_due_within_a_fortnight_and_within_the_support(begun_on, ends_on, due):
    assert rules.task_due(begun_on, ends_on) == due


def test_the_last_word_of_each_side_counts():
    ratings = [
        Given("staff", date(2026, 1, 1), 2),
        Given("family", date(2026, 2, 1), 4),
        Given("staff", TODAY, 3),
    ]

    assert (rules.latest(ratings, "staff"), rules.latest(ratings, "family")) == (3, 4)
    assert rules.latest([], "staff") is None


def test_the_settings_name_the_whole_scale():
    settings = definition.load(CONFIG / "plans.toml")

    assert [*settings.scores] == [1, 2, 3, 4, 5]
    assert (settings.scale[1], settings.scale[5]) == ("In crisis", "Independent")
    assert settings.exit_months == 2
    assert {"GP", "P2E", "INZ"} <= settings.referral_targets.keys()


def test_a_scale_with_a_gap_is_refused(tmp_path):
    text = (CONFIG / "plans.toml").read_text().replace('3 = "Needs some help"\n', "")
    (tmp_path / "plans.toml").write_text(text)

    with pytest.raises(ValueError, match="gap"):
        definition.load(tmp_path / "plans.toml")
