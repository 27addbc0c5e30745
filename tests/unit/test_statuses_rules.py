"""What a status was at a point, as far as it is known: the window rule of domain.md 7.3."""

from datetime import date, timedelta

import pytest

from resettle.statuses.definition import load
from resettle.statuses.rules import Spell, at

POINT, WINDOW = date(2025, 7, 1), timedelta(days=45)


def spell(code, from_days, known_days):
    """Make a spell by its days before (negative) and after the point."""
    return Spell(code, POINT + timedelta(days=from_days), POINT + timedelta(days=known_days))


@pytest.mark.parametrize(
    ("spells", "found"),
    [
        ([], None),
        ([spell("a", 0, 0)], "a"),
        ([spell("a", -200, -45)], "a"),
        ([spell("a", -200, -46)], None),
        ([spell("a", 45, 90)], "a"),
        ([spell("a", 46, 90)], None),
        ([spell("a", -200, 300)], "a"),
        # The last that was recorded within the window.
        ([spell("a", -100, -100), spell("b", 30, 30)], "b"),
        # What came after says that the first lasted until then.
        ([spell("a", -100, -100), spell("b", 60, 60)], "a"),
        ([spell("a", -100, -100), spell("b", -60, -50)], None),
    ],
)
def test_at(spells, found):
    assert at(spells, POINT, WINDOW) == found


@pytest.mark.parametrize(
    "text",
    [
        '[kind.work]\ntitle = "Work"\nfrom_age = 15\nasked_at = []\ncodes = {}\n',
        '[kind.work]\ntitle = "Work"\nfrom_age = 15\nasked_at = "EMP-05"\ncodes = {a = "A"}\n',
    ],
)
def test_a_file_that_lacks_something_is_refused(tmp_path, text):
    path = tmp_path / "statuses.toml"
    path.write_text(text)

    with pytest.raises(ValueError, match=r"kind\.work"):
        load(path)


def test_what_is_on_no_list_is_said_as_it_stands(tmp_path):
    path = tmp_path / "statuses.toml"
    path.write_text('[kind.work]\ntitle = "Work"\nfrom_age = 15\nasked_at = []\ncodes = {a = "A"}')

    kinds = load(path)

    assert (kinds.words("work", "a"), kinds.words("work", "b")) == ("A", "b")
    assert (kinds.title("work"), kinds.title("hobby"), kinds.words("hobby", "a")) == (
        "Work",
        "hobby",
        "a",
    )


def test_a_kind_is_asked_beside_its_milestones(tmp_path):
    path = tmp_path / "statuses.toml"
    path.write_text(
        '[kind.work]\ntitle = "Work"\nfrom_age = 15\nasked_at = ["EMP-05"]\ncodes = {a = "A"}'
    )

    kinds = load(path)

    assert [kind.name for kind in kinds.asked_at("EMP-05")] == ["work"]
    assert kinds.asked_at("EMP-01") == []


@pytest.mark.parametrize(
    ("until", "age", "is_asked"),
    [
        ("", 13, False),
        ("", 14, True),
        ("", 90, True),
        ("to_age = 24\n", 24, True),
        ("to_age = 24\n", 25, False),
    ],
)
def test_a_status_is_asked_of_those_of_its_ages(tmp_path, until, age, is_asked):
    path = tmp_path / "statuses.toml"
    kind = (
        f'[kind.left]\ntitle = "Leaving"\nfrom_age = 14\n{until}asked_at = []\ncodes = {{a = "A"}}'
    )
    path.write_text(kind)

    assert load(path).kinds["left"].is_asked(age) is is_asked
