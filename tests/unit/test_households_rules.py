"""Ages, names and memberships of households."""

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.households import rules
from resettle.households.rules import Coded
from resettle.settings import CONFIG

NAMES = {"AKL": "Auckland region", "PMR": "Palmerston North"}

TODAY = date(2026, 3, 2)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "born", "age"),
    [
        (date(2026, 3, 2), date(2008, 3, 2), 18),
        (date(2026, 3, 1), date(2008, 3, 2), 17),
        (date(2026, 2, 28), date(2008, 2, 29), 17),
        (date(2026, 3, 1), date(2008, 2, 29), 18),
        (date(2028, 2, 29), date(2008, 2, 29), 20),
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (date(2026, 3, 1), date(2026, 3, 2), -1),
    ],
)
def test_age_is_counted_in_full_years(day, born, age):
    assert rules.age_on(day, born) == age


@given(days, st.integers(0, 120))
def test_the_latest_birth_is_the_last_one_that_has_reached_the_age(day, age):
    if day.year - age < 1900:
        return
    latest = rules.latest_birth(day, age)

    assert rules.age_on(day, latest) == age
    assert rules.age_on(day, latest + timedelta(days=1)) < age


def test_on_29_february_nobody_born_on_1_march_has_had_a_birthday():
    assert rules.latest_birth(date(2024, 2, 29), 18) == date(2006, 2, 28)
    assert rules.latest_birth(date(2024, 2, 29), 20) == date(2004, 2, 29)


@given(days, st.integers(0, 120))
def test_somebody_has_an_age_from_the_birthday_on(born, age):
    birthday = rules.birthday(born, age)

    assert rules.age_on(birthday, born) == age
    assert rules.age_on(birthday - timedelta(days=1), born) == age - 1


@pytest.mark.parametrize(
    ("age", "adult", "asked", "school", "working", "band"),
    [
        (0, False, False, False, False, "0-4"),
        (4, False, False, False, False, "0-4"),
        (5, False, False, True, False, "5-12"),
        (15, False, False, True, True, "13-17"),
        (16, False, True, True, True, "13-17"),
        (17, False, True, False, True, "13-17"),
        (18, True, True, False, True, "18-24"),
        (64, True, True, False, True, "45-64"),
        (65, True, True, False, False, "65+"),
        (90, True, True, False, False, "65+"),
    ],
)
def test_what_an_age_means(age, adult, asked, school, working, band):
    born = rules.latest_birth(TODAY, age)

    assert rules.is_adult(TODAY, born) is adult
    assert rules.is_child(TODAY, born) is not adult
    assert rules.is_asked_themselves(TODAY, born) is asked
    assert rules.is_school_age(TODAY, born) is school
    assert rules.is_working_age(TODAY, born) is working
    assert rules.age_band(TODAY, born) == band


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        ([40, 38, 9], "2 adults, 1 child"),
        ([25], "1 adult"),
        ([30, 3, 1], "1 adult, 2 children"),
        ([17], "1 child"),
        ([], "nobody"),
    ],
)
def test_a_household_is_described_in_words(ages, words):
    births = [rules.latest_birth(TODAY, age) for age in ages]

    assert rules.composition(TODAY, births) == words


@pytest.mark.parametrize(
    ("born", "fault"),
    [
        (TODAY, None),
        (TODAY + timedelta(days=1), "future"),
        (date(1906, 3, 2), None),
        (date(1905, 3, 2), "older than 120"),
        (date(1899, 12, 31), "older than 120"),
    ],
)
def test_a_birth_day_must_be_possible(born, fault):
    found = rules.birth_fault(TODAY, born)

    assert (found is None) if fault is None else (fault in found)


@pytest.mark.parametrize(
    ("given_name", "other", "family", "shown"),
    [
        ("Zahra", "", "Haidari", "Zahra Haidari"),
        ("", "", "Suharto", "Suharto"),
        ("José", "Luis María", "de la Cruz O’Neill", "José Luis María de la Cruz O’Neill"),
        (" ", "", "အောင်", "အောင်"),
    ],
)
def test_a_name_is_written_given_name_first(given_name, other, family, shown):
    assert rules.full_name(given_name, other, family) == shown


def test_a_household_bears_its_family_name_or_the_only_name():
    assert rules.household_name("Haidari", "Zahra") == "Haidari"
    assert rules.household_name(" ", "Zahra") == "Zahra"


@pytest.mark.parametrize(
    ("day", "left", "belongs"),
    [
        (date(2026, 1, 9), None, False),
        (date(2026, 1, 10), None, True),
        (date(2026, 1, 19), date(2026, 1, 20), True),
        (date(2026, 1, 20), date(2026, 1, 20), False),
    ],
)
def test_a_stay_runs_from_joining_until_the_day_of_leaving(day, left, belongs):
    assert rules.is_open(day, date(2026, 1, 10), left) is belongs


@pytest.mark.parametrize(
    ("code", "role"),
    [("PA", "principal"), ("WIF", "partner"), ("DAU", "dependant"), ("CLM", "other")],
)
def test_the_role_follows_from_the_relationship(code, role):
    assert rules.role_of(code) == role


def test_the_relationship_codes_are_those_of_unhcrs_table():
    with (CONFIG / "lists/errf/codes/RelationshipCode.csv").open(encoding="utf-8-sig") as table:
        published = {row[0] for row in csv.reader(table)} - {"RelationshipCode", "-"}

    assert published == rules.RELATIONSHIPS
    assert rules.PARTNERS | rules.DEPENDANTS | {"PA"} <= rules.RELATIONSHIPS


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (rules.principal_fault(TODAY, date(2025, 1, 1)), "small child"),
        (rules.principal_fault(TODAY, date(2012, 1, 1)), None),
        (rules.departure_fault(TODAY, date(2026, 1, 1), date(2026, 3, 3)), "future"),
        (rules.departure_fault(TODAY, date(2026, 1, 2), date(2026, 1, 1)), "before"),
        (rules.departure_fault(TODAY, date(2026, 1, 1), TODAY), None),
        (rules.joining_fault(TODAY, date(2000, 1, 1), date(2026, 3, 3)), "future"),
        (rules.joining_fault(TODAY, date(2026, 2, 2), date(2026, 2, 1)), "before the birth"),
        (rules.joining_fault(TODAY, date(2026, 2, 2), date(2026, 2, 2)), None),
    ],
)
def test_faults_are_told_in_words(fault, says):
    assert (fault is None) if says is None else (says in fault)


def test_a_coded_fact_keeps_the_code_that_it_came_from():
    egypt = Coded("EGY", source_code="ARE", code_system="unhcr-errf-v4.1")

    assert Coded.of(egypt.text) == egypt
    assert rules.value_of(egypt.text) == "EGY"
    assert Coded.of(None) is None
    assert rules.value_of(None) is None


def test_references_are_numbered_within_a_year():
    assert rules.reference(2026, 42) == "R-2026-0042"
    assert rules.reference(2026, 12345) == "R-2026-12345"


class TestLocation:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("AKL", "AKL"),
            ("akl", "AKL"),
            ("Auckland", "AKL"),
            ("Auckland Region", "AKL"),
            ("Palmerston North City", "PMR"),
            ("Palmerston", "Palmerston"),
            (" Whangārei District ", "Whangārei District"),
        ],
    )
    def test_a_name_is_its_code_and_a_place_off_the_list_stays_as_written(self, text, expected):
        assert rules.known_location(text, NAMES) == expected


class TestPlace:
    @pytest.mark.parametrize(
        ("location", "anywhere", "fault"),
        [
            ("AKL", False, None),
            ("AKL", True, None),
            ("Whangārei", True, None),
            ("Whangārei", False, "Choose one of the settlement locations."),
            ("12 High Street", True, "Write the name of the town."),
            ("--", True, "Write the name of the town."),
        ],
    )
    def test_the_quota_resettles_to_its_places_and_sponsors_to_any_town(
        self, location, anywhere, fault
    ):
        assert rules.place_fault(location, NAMES, anywhere=anywhere) == fault
