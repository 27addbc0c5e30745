"""Two streams compared like for like, over HTTP, against numbers reckoned from the rows alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from uuid import uuid4

import numpy as np
import pytest
from scipy import stats

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import Household, Person, Stream
from tests.crowds import ARRIVED, BORN, a_home, agrees, has_met
from tests.functional.keys import with_keys

MANAGER = Actor(Role.PROGRAMME_MANAGER, uuid4(), "Hemi")
AS_AT = date(2026, 3, 2)
LAST = (AS_AT - ARRIVED).days
GONE = 60
STREAMS = {
    "Quota": {},
    "Sponsored": {"stream": Stream.CORS, "programme_code": "cors", "programme_version": 2},
}
# Kinds of household: how many live there, where, how much English, and after how many days they
# tend to reach it. What differs between the streams is how many of each kind they have.
KINDS = {
    "couple": (2, "PMR", 0, 150),
    "family": (4, "PMR", 2, 90),
    "south": (4, "NSN", 5, 15),
}
MIXED = {
    "Quota": {"couple": 35, "family": 5, "south": 5},
    "Sponsored": {"couple": 10, "family": 5, "south": 20},
}
APART = {"Quota": {"couple": 20}, "Sponsored": {"south": 12}}


@dataclass(frozen=True)
class Row:
    """What the test itself knows of a person: which stream, whose like, how long, and if so."""

    stream: str
    like: tuple
    days: int
    reached: bool


@pytest.fixture
def manager(client_of):
    return with_keys(client_of(MANAGER))


@pytest.fixture
def arrange(transactions):
    def make(numbers):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            return [
                row
                for stream, kinds in numbers.items()
                for kind, homes in kinds.items()
                for number in range(homes)
                for row in a_household(uow, stream, kind, number)
            ]

    return make


def a_household(uow, stream, kind, number):
    """Make one household; one in seven leaves after 60 days, one in five never gets there."""
    size, location, english, usual = KINDS[kind]
    facts = STREAMS[stream] | {"location": location}
    home = a_home(uow, size, number, **facts)
    agrees(uow, home)
    wait = usual + (7 * number) % 30
    leaves = number % 7 == 6
    if leaves:
        uow.find(Household, home.household_id).exited_on = ARRIVED + timedelta(days=GONE)
    met = None if number % 5 == 4 else ARRIVED + timedelta(days=wait)
    has_met(uow, home, "HEA-01", met)
    for id_ in home.person_ids[:2]:
        uow.find(Person, id_).english_level = english
    until = GONE if leaves else LAST
    reached = met is not None and wait <= until
    return [
        Row(stream, (kind, born < date(2008, 1, 1)), wait if reached else until, reached)
        for born in BORN[:size]
    ]


def of(rows, stream, like=None):
    """Give the times of a stream, and whether each reached it; of one stratum, if one is named."""
    found = [r for r in rows if r.stream == stream and like in {None, r.like}]
    return np.array([r.days for r in found]), np.array([r.reached for r in found])


def likes(rows):
    return sorted({row.like for row in rows})


def censored(times, reached):
    return stats.CensoredData.right_censored(times, ~reached)


def plain_log_rank(rows):
    """Compare as scipy does."""
    found = stats.logrank(*(censored(*of(rows, stream)) for stream in STREAMS))
    return found.statistic**2, found.pvalue


def stratified_log_rank(rows):
    """Sum what one stream reached more than its share, day by day, within each stratum."""
    excess = spread = 0.0
    for like in likes(rows):
        (one, hit_one), (other, hit_other) = (of(rows, stream, like) for stream in STREAMS)
        for day in {*one[hit_one], *other[hit_other]}:
            at_one, at_all = (one >= day).sum(), (one >= day).sum() + (other >= day).sum()
            events = (hit_one & (one == day)).sum() + (hit_other & (other == day)).sum()
            share = at_one / at_all
            excess += (hit_one & (one == day)).sum() - events * share
            if at_all > 1:
                spread += events * share * (1 - share) * (at_all - events) / (at_all - 1)
    return excess**2 / spread, stats.chi2.sf(excess**2 / spread, 1)


def survival(times, reached, day):
    """Say what part had not got there by a day, as scipy's curve has it."""
    return float(stats.ecdf(censored(times, reached)).sf.evaluate(day))


def mean_days(times, reached, until):
    """Measure the area under scipy's curve, a day at a time."""
    return sum(survival(times, reached, day) for day in range(until))


def standardised(rows, stream, measure):
    """Average a measure over the strata, each with the weight that it has in both streams."""
    weights = {like: sum(row.like == like for row in rows) for like in likes(rows)}
    total = sum(weights.values())
    return sum(w * measure(*of(rows, stream, like)) / total for like, w in weights.items())


def ask(client):
    sent = {"kind": "survival", "code": "HEA-01", "audience": "ministry"}
    return client.post("/api/releases", json=sent).json


def fives(days):
    return 5 * ceil(days / 5)


class TestLikeForLike:
    def test_a_difference_that_comes_of_who_was_selected_vanishes_among_alike(
        self, manager, arrange
    ):
        rows = arrange(MIXED)
        told = ask(manager)["figures"]
        page = manager.get("/figures/time-to-milestone?code=HEA-01").text

        (raw, raw_p), (alike, alike_p) = plain_log_rank(rows), stratified_log_rank(rows)
        assert told["log_rank"] == {"chi2": round(raw, 1), "df": 1, "p": round(raw_p, 2)}
        assert told["stratified"] == {"chi2": round(alike, 1), "df": 1, "p": round(alike_p, 2)}
        assert raw_p < 0.005
        assert alike_p > 0.2
        assert "As they are: log-rank p = below 0.01" in page
        assert (
            f"Among people alike in English at arrival, household and island: p = "
            f"{round(alike_p, 2)}" in page
        )

    def test_each_stream_is_told_as_it_would_be_made_up_alike(self, manager, arrange):
        rows = arrange(MIXED)
        told = ask(manager)["figures"]
        page = manager.get("/figures/time-to-milestone?code=HEA-01").text

        assert told["until"] == fives(LAST)
        assert told["standardised"]["covered"] == {"Quota": 100, "Sponsored": 100}
        for stream in STREAMS:
            days = standardised(rows, stream, lambda t, r: mean_days(t, r, LAST))
            by_six_months = 100 * standardised(rows, stream, lambda t, r: 1 - survival(t, r, 183))
            plainly = mean_days(*of(rows, stream), LAST)
            group = told["groups"][stream]
            assert told["standardised"]["rmst"][stream] == fives(round(days, 6))
            assert told["standardised"]["reached"][stream]["183"] == round(by_six_months)
            assert group["rmst"] == fives(round(plainly, 6))
            assert f"{stream}, were both made up alike: {fives(round(days, 6))} mean days" in page
        raw = {stream: told["groups"][stream]["rmst"] for stream in STREAMS}
        alike = told["standardised"]["rmst"]
        assert raw["Quota"] - raw["Sponsored"] > 2 * abs(alike["Quota"] - alike["Sponsored"])

    def test_each_stream_has_its_numbers_at_risk_and_a_median(self, manager, arrange):
        rows = arrange(MIXED)
        groups = ask(manager)["figures"]["groups"]

        for stream in STREAMS:
            times, reached = of(rows, stream)
            halved = min(d for d in times[reached] if survival(times, reached, d) <= 0.5)
            assert groups[stream]["n"] == len(times)
            assert groups[stream]["median"] == fives(int(halved))
            for step in groups[stream]["steps"]:
                days = [d for d in times[reached] if fives(int(d)) == step["day"]]
                part = {round(100 * (1 - survival(times, reached, d))) for d in days}
                assert step["at_risk"] in {int((times >= d).sum()) for d in days}
                assert step["reached"] in part
            assert len(groups[stream]["steps"]) > 5

    def test_streams_that_have_nobody_alike_are_not_compared(self, manager, arrange):
        arrange(APART)
        told = ask(manager)["figures"]
        page = manager.get("/figures/time-to-milestone?code=HEA-01").text

        assert told["log_rank"]["p"] <= 0.01
        assert told["stratified"] is None
        assert told["standardised"] == {
            "refused": "The groups have too little in common to be compared: at least 6 of each "
            "in the same stratum cover 0 percent of one of them."
        }
        assert "The groups have too little in common to be compared" in page
        assert "were both made up alike" not in page
        assert "Among people alike" not in page
        assert "A raw difference between the two is not an effect." in page
