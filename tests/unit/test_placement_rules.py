"""The rules of placement as files: what is shipped is sound, and what is wrong is told."""

import shutil
from datetime import date

import pytest

from resettle.people.rules import CODES
from resettle.programmes.loader import SHIPPED, inspect, load_all
from resettle.programmes.placement import Service, in_force

DAY = date(2026, 3, 2)
RULES = load_all(SHIPPED).placement["rqp"]
SOUND = (SHIPPED.parent / "placement" / "rqp-1.toml").read_text()


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "programmes")
    shutil.copytree(SHIPPED.parent / "placement", tmp_path / "placement")
    return tmp_path


def faults(folder, text, name="rqp-1.toml"):
    (folder / "placement" / name).write_text(text)
    _, found = inspect(folder / "programmes")
    return [str(fault) for fault in found]


def test_each_need_that_is_named_is_a_code_of_a_need():
    catalogue = load_all(SHIPPED)
    named = {
        code
        for versions in catalogue.placement.values()
        for rules in versions
        for need in rules.needs
        for code in need.codes
    }

    assert named <= CODES


def test_a_need_asks_by_its_code_or_its_group_and_tells_no_more():
    assert RULES[0].asked_by("DS-PM") == {Service.STEP_FREE}
    assert RULES[0].asked_by("SV-VA") == {Service.SPECIALIST_HEALTH}
    assert RULES[0].asked_by("FU-TR") == frozenset()


def test_what_holds_on_a_day_and_what_is_announced_for_a_year():
    assert in_force(RULES, DAY) == RULES[0]
    assert in_force((), DAY) is None
    assert RULES[0].announced_for("2026/27") == 1500
    assert RULES[0].announced_for("1999/00") is None


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('programme = "rqp"', 'programme = "xyz"', "there is no programme 'xyz'"),
        ('waits_in = ["APPROVED"]', 'waits_in = ["NOWHERE"]', "has no stage 'NOWHERE'"),
        ('waits_in = ["APPROVED"]', "waits_in = []", "nobody would ever wait"),
        ("weight = 30", "weight = -1", "criterion.family_ties.weight: may not be below 0"),
        ("longest_wait_days = 84", "longest_wait_days = 0", "must be more than 0"),
        ("persons = 1500", "persons = -5", "announced.2026/27.persons"),
        ('code = "size"', 'code = "room"', "is asked always"),
        ('code = "size"', 'code = "services"', "'services' stands here twice"),
        ('basis = "S37 S48"', 'basis = "S37 S999"', "'S999' is not in sources.toml"),
        ('asks = "step_free"', 'asks = "stepfree"', "did you mean 'step_free'"),
        ("version = 1", "version = 2", "programme and version must be the file's name"),
    ],
)
def test_what_is_wrong_is_told(folder, before, after, told):
    assert any(told in fault for fault in faults(folder, SOUND.replace(before, after, 1)))


def test_without_any_weight_nothing_speaks_for_a_place(folder):
    lines = ["weight = 0" if line.startswith("weight") else line for line in SOUND.splitlines()]

    assert any("at least one weight" in f for f in faults(folder, "\n".join(lines)))


def test_two_versions_do_not_hold_at_once(folder):
    second = SOUND.replace("version = 1", "version = 2", 1)

    assert any("holds at the same time" in f for f in faults(folder, second, "rqp-2.toml"))
