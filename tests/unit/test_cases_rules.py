"""Cases: whose places count where, what a checklist asks of whom, which days can be."""

from datetime import date
from uuid import uuid4

import pytest

from resettle.cases import rules
from resettle.programmes.blocks import Cap, CapPer
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.loader import load_all
from resettle.programmes.terms import Basis
from resettle.programmes.workflow import Place
from resettle.wiring import FACTS

DAY = date(2026, 3, 2)
YEAR = "2025/26"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_all()


@pytest.fixture(scope="module")
def quota(catalogue):
    return catalogue.get("rqp", 3)


def a_cap(**more):
    usual = {"code": "places", "title": "Places", "persons": 10, "per": CapPer.YEAR}
    return Cap(basis=Basis(), **usual | more)


def taken(persons=3, *, year=YEAR, version=3, group=None, place=Place.USED):
    return rules.Taken(persons, year, version, group, place)


class TestRoom:
    @pytest.mark.parametrize(
        ("cap", "cases", "used", "reserved"),
        [
            ({}, [taken(), taken(2, place=Place.RESERVED)], 3, 2),
            ({}, [taken(year="2024/25")], 0, 0),
            ({"per": CapPer.TOTAL}, [taken(year="2024/25"), taken(version=2)], 3, 0),
            ({"subcategories": ("MED",)}, [taken(group="MED"), taken(group="WAR"), taken()], 3, 0),
        ],
    )
    def test_it_counts_persons_of_the_cases_that_the_cap_is_about(self, cap, cases, used, reserved):
        found = rules.room(a_cap(**cap), cases, year=YEAR, version=3)

        assert (found.used, found.reserved) == (used, reserved)
        assert found.left == 10 - used - reserved

    def test_what_is_overfull_has_no_room_left(self):
        found = rules.room(a_cap(overflow=5), [taken(12)], year=YEAR, version=3)

        assert (found.left, found.overflow, found.at_least) == (0, 5, False)
        assert (found.code, found.title, found.persons) == ("places", "Places", 10)

    def test_a_cap_of_all_years_names_no_year(self):
        cap = a_cap(per=CapPer.TOTAL)

        assert rules.room(cap, [], year=YEAR, version=3).year is None


@pytest.mark.parametrize(
    ("stage", "left", "place"),
    [
        ("APPROVED", None, Place.RESERVED),
        ("PLACED", None, Place.USED),
        ("ON_HOLD", "APPROVED", Place.RESERVED),
        ("ON_HOLD", None, None),
        ("DECLINED", "APPROVED", None),
    ],
)
def test_a_hold_keeps_the_places_and_a_refusal_frees_them(quota, stage, left, place):
    assert rules.place_of(quota.household, stage, left) is place


@pytest.mark.parametrize(
    ("stage", "left", "remembered"),
    [
        ("APPROVED", "ASSESSING", "APPROVED"),
        ("ON_HOLD", "APPROVED", "APPROVED"),
        ("EXITED", "EXIT_REVIEW", "EXIT_REVIEW"),
    ],
)
def test_the_stage_to_return_to_is_the_last_ordinary_one(quota, stage, left, remembered):
    assert rules.left_by(quota.stage(stage), left) == remembered


def test_each_line_is_asked_of_whom_it_fits(quota):
    adult, child = uuid4(), uuid4()
    births = [(adult, date(1990, 1, 1)), (child, date(2018, 1, 1))]

    lines = set(rules.lines(quota, births, DAY))

    assert rules.Line("lodgement", "photos", child) in lines
    assert rules.Line("lodgement", "police_certificate", adult) in lines
    assert rules.Line("lodgement", "police_certificate", child) not in lines
    assert rules.Line("lodgement", "relationship_evidence", None) in lines
    assert rules.Line("exit", "contacts", None) in lines
    assert not [line for line in lines if line.list_code in {"house_ready", "sponsor_ready"}]


@pytest.mark.parametrize(
    ("programme", "route", "submitted", "stage"),
    [
        (("rqp", 3), "UNHCR_REFERRED", True, "SUBMITTED"),
        (("rqp", 3), "UNHCR_REFERRED", False, "UNHCR_IDENTIFIED"),
        (("cors", 2), "NOMINATED", True, "NOMINATED"),
        (("cors", 2), "UNHCR_MATCHED", True, "UNHCR_IDENTIFIED"),
    ],
)
def test_a_case_begins_where_its_route_does(catalogue, programme, route, submitted, stage):
    workflow = catalogue.get(*programme).household

    assert rules.start_of(workflow, route, submitted=submitted) == stage


@pytest.mark.parametrize(
    ("stage", "asked"),
    [
        ("ON_HOLD", rules.Asked(("reason", "review_on"), "hold_reason")),
        ("EXITED", rules.Asked(("reason",), "exit_reason")),
        ("PLACED", rules.Asked()),
    ],
)
def test_a_stage_asks_for_what_its_end_or_its_side_needs(quota, stage, asked):
    assert rules.asked(quota.stage(stage)) == asked


@pytest.mark.parametrize(
    ("on", "fault"),
    [
        (DAY, None),
        (date(2026, 3, 3), "This day has not come yet."),
        (date(2026, 2, 1), "The case has been in its stage only since 1 March 2026."),
    ],
)
def test_a_move_is_of_a_day_since_the_last(on, fault):
    assert rules.day_fault(on, date(2026, 3, 1), DAY) == fault


def test_every_fact_that_a_household_s_way_asks_for_has_somebody_who_answers(catalogue):
    asked = {
        fact
        for programme in catalogue.programmes.values()
        for stage in programme.stages
        for move in programme.moves_from(stage.code)
        for fact in move.needs
    }

    assert asked <= FACTS.keys()
