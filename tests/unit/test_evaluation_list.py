"""The official list of indicators, line by line, against config/evaluation.toml.

Here it is an own list: whoever changes the settings has to change what was promised as well.
"""

import tomllib
from pathlib import Path

import pytest

from resettle.evaluation.averages import MEANS
from resettle.evaluation.definition import Measure, load
from resettle.evaluation.figuring import FACTS, LIVINGS

CONFIG = Path(__file__).parents[2] / "config"
SETTINGS = load(CONFIG / "evaluation.toml")
INDICATORS = SETTINGS.indicators
WORK, HELP = "persons employed", "public housing or with a housing subsidy"
# Code, level, days of the point or of the window, what the numerator counts, what the denominator.
LINES = [
    ("IND-EMP-6", "person", 183, WORK, "15 to 64 years at the point"),
    ("IND-EMP-12", "person", 365, WORK, "15 to 64 years at the point"),
    ("IND-EMP-24", "person", 730, WORK, "15 to 64 years at the point"),
    ("IND-EMP-60", "person", 1826, WORK, "15 to 64 years at the point"),
    ("IND-BEN-6", "person", 183, "unemployment-related benefit", "15 to 64 years"),
    ("IND-BEN-24", "person", 730, "unemployment-related benefit", "15 to 64 years"),
    ("IND-BEN-60", "person", 1826, "unemployment-related benefit", "15 to 64 years"),
    ("IND-HHW-12", "household", 365, "at least one earner", "households in New Zealand"),
    ("IND-HHW-24", "household", 730, "at least one earner", "households in New Zealand"),
    ("IND-IMM-6", "child", 228, "up to date for their age", "children who arrived"),
    ("IND-IMM-12", "child", 410, "up to date for their age", "children who arrived"),
    ("IND-GP-14d", "person", 14, "enrolled with a GP", "moved in at least 14 days"),
    ("IND-GP-USE-12", "person", 365, "visit to a GP", "at least 12 months before"),
    ("IND-MH-OFFER", "adult", 60, "offered a referral", "moved in at least 60 days"),
    ("IND-SCH-14d", "child", 14, "children of 5 to 16 years enrolled", "children of 5 to 16"),
    ("IND-ENG-CLASS-30d", "adult", 30, "English class within 30 days", "a class was due"),
    ("IND-ENG-GAIN-12", "adult", 365, "level above their first test", "two tests"),
    ("IND-ENG-GAIN-24", "adult", 730, "level above their first test", "two tests"),
    ("IND-NCEA2", "person", 0, "NCEA level 2", "at least 5 years of schooling"),
    ("IND-HOU-SUB-24", "household", 730, HELP, "households for whom it is known"),
    ("IND-HOU-SUB-60", "household", 1826, HELP, "households for whom it is known"),
    ("IND-HOU-STAB-12", "household", 410, "stable tenancy of 12 months", "households who"),
    ("IND-HOU-COND", "dwelling", 92, "all five ratings at least 3", "inspected in the period"),
    ("IND-HOU-COST", "household", 365, "at most 40 percent", "both are known"),
    ("IND-PAR-ACT-6", "person", 183, "a regular activity", "persons who moved in"),
    ("IND-BEL-3", "adult", 90, "4 or 5 on belonging", "answers"),
    ("IND-BEL-12", "adult", 365, "4 or 5 on belonging", "answers"),
    ("IND-BEL-24", "adult", 730, "4 or 5 on belonging", "answers"),
    ("IND-REVIEW-ONTIME", "review", 730, "within 14 days of the day", "reviews that were due"),
    ("IND-MS-ONTIME-90", "milestone", 90, "met by the day", "due by day 90, applicable"),
    ("IND-MATCH-DAYS", "sponsorship", 0, "middle number of days", "that were confirmed"),
    ("IND-WAIT-DAYS", "household", 0, "nine in ten do not exceed", "households that arrived"),
    ("IND-PLACES", "programme", 0, "approved, and of them those who have arrived", "the cap"),
    ("IND-READY", "placement", 0, "house-ready checklist was complete", "moved in"),
    ("IND-INFO", "adult", 0, "4 or 5 of families", "answers of families"),
    ("IND-INFO-SPONSORS", "respondent", 0, "4 or 5 of members", "answers of members"),
    ("IND-BREAK-24", "sponsorship", 730, "ended by breakdown", "at least 24 months before"),
    ("IND-VOLHRS", "household", 92, "hours of visits", "months for which"),
    ("IND-COST", "household", 0, "gifts in kind", "persons of the sponsorships"),
    ("IND-REPEAT", "organisation", 0, "another household", "completed a sponsorship"),
    ("IND-INC", "household", 92, "incidents", "months for which households were supported"),
    ("IND-COMPLAINT", "complaint", 0, "in 5 working days", "whose 5 working days are over"),
    ("IND-DATA", "record", 0, "required fields that are filled in", "required fields"),
]
# What is collected besides: the list's own measures are known of few for years, or of none.
BESIDES = {
    "IND-JOB-6",
    "IND-JOB-12",
    "IND-JOB-24",
    "IND-REPORT-ONTIME",
    "IND-REPORT-WELL",
    "IND-REPORT-FAMILY",
}
OFFICIAL = {"SI-1", "SI-2", "SI-3", "SI-4", "SI-5", "SI-6", "SI-7", "T-1"}


def test_every_indicator_of_the_list_is_there_and_no_other():
    assert {*INDICATORS} == {code for code, *_ in LINES} | BESIDES


@pytest.mark.parametrize(("code", "level", "days", "numerator", "denominator"), LINES)
def test_it_counts_what_the_list_says(code, level, days, numerator, denominator):
    found = INDICATORS[code]

    assert found.level == level
    assert days in {found.point_days, found.within_days}
    assert numerator in found.numerator
    assert denominator in found.denominator


@pytest.mark.parametrize("found", INDICATORS.values(), ids=[*INDICATORS])
def test_each_says_its_window_and_of_whom_nothing_is_known_and_is_worked_out(found):
    assert found.when
    assert found.unknowns
    assert found.measure in {
        *FACTS,
        *LIVINGS,
        *MEANS,
        Measure.DAYS,
        Measure.MILESTONE,
        Measure.ANSWERS,
    }


@pytest.mark.parametrize("found", INDICATORS.values(), ids=[*INDICATORS])
def test_what_is_known_at_a_point_is_of_45_days_around_it_or_90_after_five_years(found):
    assert found.window_days == (90 if found.point_days > 1800 else 45)


def test_all_measures_of_the_strategy_are_answered():
    named = {found.official.partition(" ")[0] for found in INDICATORS.values()} - {""}

    assert named == OFFICIAL


def test_each_line_stands_in_the_settings_and_nowhere_else():
    told = tomllib.loads((CONFIG / "evaluation.toml").read_text())

    assert {*told["indicator"]} == {*INDICATORS}
    for found in told["indicator"].values():
        assert {"title", "outcome", "level", "measure", "numerator", "denominator"} <= {*found}
