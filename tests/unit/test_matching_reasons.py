"""What is told of a matching, against everything that there is to try in small worlds."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resettle.matching import judging, reasons, scoring
from resettle.matching.assign import greedy
from resettle.matching.facts import Family, Measure, Spot, kept, read
from resettle.matching.problem import UNPLACED, Impossible, Objective, Wishes
from resettle.matching.reasons import Setting
from resettle.programmes.placement import Criterion, Rule

TOWNS = ("LEV", "PMR", "DUD")
CLOSE = 1e-6
MEASURE = Measure(
    version="test-1",
    rules=("size", "programme", "services", "step_free", "linked"),
    weights={"family_ties": 3, "community": 2, "work": 1},
    linked="near",
    longest_wait_days=84,
)
few = st.integers(0, 2)


def a_spot(number: int, **facts) -> Spot:
    usual = {"id": f"p{number}", "name": f"Place {number}", "location": TOWNS[number % 3]}
    return Spot(**usual | {"persons": 9} | facts)


def a_family(number: int, **facts) -> Family:
    return Family(**{"id": f"h{number}", "persons": 2} | facts)


def a_setting(families, spots, measure=MEASURE, **asked) -> Setting:
    return Setting(families, spots, measure, Wishes(**asked), [0.0] * len(spots))


@st.composite
def small_settings(draw: st.DrawFn) -> Setting:
    spots = [
        a_spot(
            number,
            persons=draw(st.integers(0, 8)),
            households=draw(st.sampled_from([None, 1, 2])),
            most_persons=draw(st.sampled_from([None, 3])),
            near=draw(st.sampled_from([(), ("PMR",)])),
            languages=draw(st.sampled_from([(), ("prs",), ("ara",)])),
            services=draw(st.sampled_from([(), ("specialist_health",)])),
            work=("6",),
            step_free=draw(st.integers(0, 1)),
            houses=1,
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    count = draw(st.integers(1, 4))
    families = [
        a_family(
            number,
            persons=draw(st.integers(1, 4)),
            languages=draw(st.sampled_from([("prs",), ("ara", "prs")])),
            needs=draw(st.sampled_from([(), ("step_free",), ("specialist_health",)])),
            ties=draw(st.sampled_from([(), ("LEV",), ("DUD",)])),
            links=draw(st.sampled_from([(), ("h0",)])) if number else (),
            closed=draw(st.sampled_from([(), ("p0",)])),
            forbidden=draw(st.sampled_from([(), (), ("p1",)])),
        )
        for number in range(count)
    ]
    objective = draw(st.sampled_from(Objective))
    return a_setting(families, spots, objective=objective)


def is_allowed(setting: Setting, places: tuple[int, ...]) -> bool:
    """Say whether nothing stands against these places, from the facts alone."""
    for column, spot in enumerate(setting.spots):
        here = [f for f, p in zip(setting.families, places, strict=True) if p == column]
        if is_overfull(spot, here) or any(is_barred(f, spot) for f in here):
            return False
    return all(not is_apart(setting, places, f) for f in setting.families)


def is_overfull(spot: Spot, here: list[Family]) -> bool:
    return (
        sum(f.persons for f in here) > spot.persons
        or (spot.households is not None and len(here) > spot.households)
        or sum("step_free" in f.needs for f in here) > spot.step_free
    )


def is_barred(family: Family, spot: Spot) -> bool:
    return (
        spot.id in (*family.closed, *family.forbidden)
        or (spot.most_persons is not None and family.persons > spot.most_persons)
        or ("specialist_health" in family.needs and "specialist_health" not in spot.services)
        or ("step_free" in family.needs and not spot.step_free)
    )


def is_apart(setting: Setting, places: tuple[int, ...], family: Family) -> bool:
    place_of = {f.id: p for f, p in zip(setting.families, places, strict=True)}
    mine = place_of[family.id]
    for other in family.links:
        theirs = place_of.get(other, UNPLACED)
        if UNPLACED in (mine, theirs):
            continue
        one, two = setting.spots[mine], setting.spots[theirs]
        if one.location != two.location and not (
            two.location in one.near or one.location in two.near
        ):
            return True
    return False


def worth(setting: Setting, places: tuple[int, ...]) -> tuple[float, float]:
    placed = [
        (f, setting.spots[p]) for f, p in zip(setting.families, places, strict=True) if p >= 0
    ]
    weight = sum(scoring.weight(f, s, setting.measure) for f, s in placed)
    if setting.asked.objective is Objective.WEIGHT:
        return weight, 0.0
    return float(sum(f.persons for f, _ in placed)), weight


def best(setting: Setting) -> tuple[float, float] | None:
    """Try every way of placing them that keeps what is pinned; None if there is none."""
    columns = range(len(setting.spots))
    fixed = {s.id: c for c, s in enumerate(setting.spots)}
    choices = [[fixed[f.pinned]] if f.pinned else [UNPLACED, *columns] for f in setting.families]
    found = [worth(setting, p) for p in product(*choices) if is_allowed(setting, p)]
    return max(found, default=None)


def near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) < CLOSE for a, b in zip(one, other, strict=True))


@settings(max_examples=80, deadline=None)
@given(small_settings())
def test_what_is_found_is_allowed_and_as_good_as_trying_everything(setting: Setting):
    found = reasons.solve(setting)
    places = tuple(found.places.tolist())

    assert is_allowed(setting, places)
    top = best(setting)
    assert top is not None
    assert near(worth(setting, places), top)


@settings(max_examples=60, deadline=None)
@given(small_settings(), few, few)
def test_what_another_place_would_cost_is_what_trying_everything_says(
    setting: Setting, row: int, column: int
):
    row, column = row % len(setting.families), column % len(setting.spots)
    found = reasons.solve(setting)
    family, place = setting.families[row], setting.spots[column]
    families = [*setting.families]
    families[row] = replace(family, pinned=place.id)
    top = best(replace(setting, families=families))

    if top is None:
        with pytest.raises(Impossible):
            reasons.instead(setting, found.places, row, place.id)
        return
    told = reasons.instead(setting, found.places, row, place.id)
    now = worth(setting, tuple(found.places.tolist()))
    if setting.asked.objective is Objective.WEIGHT:
        assert now[0] + told.weight == pytest.approx(top[0], abs=CLOSE)
    else:
        assert (found.persons + told.persons, now[1] + told.weight) == pytest.approx(top, abs=CLOSE)


@settings(max_examples=60, deadline=None)
@given(small_settings(), few, st.integers(1, 4))
def test_more_room_never_brings_less_and_brings_what_is_told(
    setting: Setting, column: int, more: int
):
    spot = setting.spots[column % len(setting.spots)]
    room = reasons.more_room(spot, more, 1, 0)
    found = reasons.solve(setting)
    told = reasons.with_more(setting, found.places, spot.id, room)
    wider = replace(setting, spots=[room if s.id == spot.id else s for s in setting.spots])
    now, top = worth(setting, tuple(found.places.tolist())), best(wider)

    assert top is not None
    assert top >= now or near(top, now)
    if setting.asked.objective is Objective.PERSONS_FIRST:
        assert told.persons >= 0
        assert found.persons + told.persons == pytest.approx(top[0])
    else:
        assert now[0] + told.weight == pytest.approx(top[0], abs=CLOSE)


@settings(max_examples=60, deadline=None)
@given(small_settings(), few)
def test_each_reason_is_true_and_none_is_left_out(setting: Setting, row: int):
    row %= len(setting.families)
    family, found = setting.families[row], reasons.solve(setting)

    told = {o.judged.place_id: o for o in reasons.options(setting, found.places, row)}
    open_ = [o.judged.weight for o in told.values() if o.judged.is_open]

    for column, spot in enumerate(setting.spots):
        option, judged = told[spot.id], told[spot.id].judged
        full = family.persons > spot.persons or spot.households == 0
        assert (not judged.is_open) == (is_barred(family, spot) or full)
        assert sum(judged.parts.values()) == pytest.approx(judged.weight)
        assert option.regret == pytest.approx(max(max(open_, default=0) - judged.weight, 0))
        assert option.given == (found.places[row] == column)
        if spot.id in family.closed:
            assert judged.why_not == (Rule.OPEN,)


@settings(max_examples=40, deadline=None)
@given(small_settings(), st.randoms(use_true_random=False))
def test_other_names_and_another_order_change_nothing(setting: Setting, random):
    families, spots = [*setting.families], [*setting.spots]
    random.shuffle(families)
    random.shuffle(spots)
    renamed = [replace(spot, name=f"Other {spot.name}") for spot in spots]
    turned = replace(setting, families=families, spots=renamed)
    one, other = reasons.solve(setting), reasons.solve(turned)

    assert near(
        worth(setting, tuple(one.places.tolist())), worth(turned, tuple(other.places.tolist()))
    )


@settings(max_examples=40, deadline=None)
@given(small_settings())
def test_one_by_one_breaks_no_limit_either(setting: Setting):
    problem = replace(setting.problem, linked=())
    found = greedy(problem).places
    unlinked = replace(setting, families=[replace(f, links=()) for f in setting.families])
    ruled = [replace(f, forbidden=()) for f in unlinked.families]

    assert is_allowed(replace(unlinked, families=ruled), tuple(found.tolist()))


class TestScoring:
    def test_each_criterion_contributes_its_part_of_each_person(self):
        family = a_family(0, persons=4, languages=("prs",), work=("6", "7"), ties=("LEV",))
        spot = a_spot(0, languages=("prs",), work=("6",))

        parts = scoring.parts(family, spot, MEASURE)

        assert parts == {
            Criterion.FAMILY_TIES: pytest.approx(4 * 3 / 6),
            Criterion.COMMUNITY: pytest.approx(4 * 2 / 6),
            Criterion.WORK: pytest.approx(4 * 1 / 6 / 2),
        }

    @pytest.mark.parametrize(
        ("criterion", "family", "spot", "score"),
        [
            ("family_ties", {"ties": ("PMR",)}, {"near": ("PMR",)}, 0.5),
            ("community", {"languages": ("ara", "prs")}, {"languages": ("prs",)}, 0.5),
            ("interpreters", {"languages": ("ara",)}, {"interpreters": ("prs",)}, 0.0),
            ("services", {"wants": ("church", "temple")}, {"services": ("church",)}, 0.5),
            ("services", {}, {"services": ("church",)}, 0.0),
            ("housing_wait", {}, {"wait_days": 42}, 0.5),
            ("housing_wait", {}, {"wait_days": 400}, 0.0),
            ("housing_wait", {}, {"houses": 1, "wait_days": 400}, 1.0),
            ("household_wish", {"wishes": ("PMR", "LEV")}, {}, 0.5),
            ("household_wish", {"wishes": ("PMR",)}, {}, 0.0),
            (
                "group_preference",
                {"facets": ("children",)},
                {"prefers": ("children", "large")},
                0.5,
            ),
        ],
    )
    def test_scores(self, criterion, family, spot, score):
        measure = replace(MEASURE, weights={criterion: 7})

        found = scoring.weight(a_family(0, persons=1, **family), a_spot(0, **spot), measure)

        assert found == pytest.approx(score)

    @pytest.mark.parametrize(
        ("family", "spot", "rules"),
        [
            ({"persons": 10}, {}, (Rule.ROOM,)),
            ({}, {"households": 0}, (Rule.ROOM,)),
            ({"persons": 4}, {"most_persons": 3}, (Rule.SIZE,)),
            ({}, {"allowed": False}, (Rule.PROGRAMME,)),
            ({"needs": ("special_education",)}, {}, (Rule.SERVICES,)),
            ({"needs": ("step_free",)}, {"houses": 1}, (Rule.STEP_FREE,)),
            ({"near_to": ("DUD",)}, {}, (Rule.LINKED,)),
            ({"near_to": ("PMR",)}, {"near": ("PMR",)}, ()),
            ({"closed": ("p0",), "persons": 10}, {"allowed": False}, (Rule.OPEN,)),
        ],
    )
    def test_why_not(self, family, spot, rules):
        assert scoring.why_not(a_family(0, **family), a_spot(0, **spot), MEASURE) == rules

    def test_a_rule_that_the_programme_does_not_ask_is_not_asked(self):
        free = replace(MEASURE, rules=(), linked="free")
        family = a_family(0, needs=("step_free",), near_to=("DUD",), links=("h1",))

        assert scoring.why_not(family, a_spot(0, most_persons=1), free) == ()
        assert scoring.problem([family, a_family(1)], [a_spot(0)], free).linked == ()
        assert not scoring.why_not(family, a_spot(0, step_free=1), replace(MEASURE, linked="free"))

    def test_together_is_nearer_than_near(self):
        together = replace(MEASURE, linked="together")
        spots = [a_spot(0, near=("PMR",)), a_spot(1)]

        assert scoring.why_not(a_family(0, near_to=("PMR",)), spots[0], together) == (Rule.LINKED,)
        assert scoring.problem([], spots, MEASURE).near.all()
        assert not scoring.problem([], spots, together).near.all()


def test_facts_are_read_as_they_were_kept():
    family, spot = a_family(0, ties=("LEV",)), a_spot(1, near=("PMR",))

    assert read(Family, kept(family)) == family
    assert read(Spot, kept(spot) | {"of_a_later_version": 1}) == spot
    assert read(Measure, kept(MEASURE)) == MEASURE


def test_what_is_worth_more_to_later_families_is_told():
    # What is full has no price, and is nothing to measure the others by.
    spots = [a_spot(0), a_spot(1), a_spot(2, persons=0)]
    setting = replace(a_setting([a_family(0)], spots), prices=[100.25, 100.0, 0.0])

    given, other, full = reasons.options(setting, np.array([0]), 0)

    assert given.kept_for_later == pytest.approx(0.5)
    assert other.kept_for_later == full.kept_for_later == 0


def test_others_who_would_rather_live_there_are_named():
    families = [a_family(n, languages=("prs",)) for n in range(3)]
    spots = [a_spot(0, persons=2, languages=("prs",)), a_spot(1, persons=2)]
    setting = a_setting(families, spots)
    found = reasons.solve(setting)

    row = int(np.flatnonzero(found.places == 0)[0])
    told = {o.judged.place_id: o.wanted_by for o in reasons.options(setting, found.places, row)}

    assert {*told["p0"]} == {f.id for f in families} - {families[row].id}
    assert len(told["p1"]) == 1


def test_pins_are_kept_and_what_contradicts_is_impossible():
    spots = [a_spot(0, households=1, languages=("prs",)), a_spot(1)]
    family = a_family(0, pinned="p1", languages=("prs",))

    assert reasons.solve(a_setting([family], spots)).places.tolist() == [1]
    both = [a_family(n, pinned="p0") for n in range(2)]
    with pytest.raises(Impossible):
        reasons.solve(a_setting(both, spots))


@settings(max_examples=40, deadline=None)
@given(small_settings(), few)
def test_a_run_and_the_board_name_the_same_others_who_would_rather_live_there(
    setting: Setting, row: int
):
    row %= len(setting.families)
    found = reasons.solve(setting).places
    weights = setting.problem.weights

    for option in reasons.options(setting, found, row):
        spot = next(each for each in setting.spots if each.id == option.judged.place_id)
        assert {*option.wanted_by} == {
            family.id
            for number, family in enumerate(setting.families)
            if number != row
            and judging.would_rather(
                family,
                spot,
                setting.measure,
                -1.0 if found[number] == UNPLACED else float(weights[number, found[number]]),
            )
        }
