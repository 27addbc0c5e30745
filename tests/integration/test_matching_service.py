"""Places and runs: facts frozen, places found and explained, room taken by one at a time."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import numpy as np
import pytest

from resettle.cases.models import CaseLink, LinkKind, ResettlementCase
from resettle.core.actor import SYSTEM, Actor, Duty, Role
from resettle.core.errors import Conflict, Forbidden, Invalid, NotFound
from resettle.core.jobs import Job, run_next
from resettle.households.models import DenyListed, HouseholdMember
from resettle.households.queries import people_at_home
from resettle.households.rules import Coded
from resettle.matching import (
    deciding,
    handlers,
    jobs,
    places,
    queries,
    run_queries,
    runs,
    solving,
    wishes,
)
from resettle.matching.acts import (
    AddPlace,
    Allocate,
    ChangePlace,
    CorrectOffer,
    Exclude,
    MakeOffer,
    MakeRuling,
    MoreRoom,
    RecordWish,
    Release,
    StartRun,
    StartScenario,
)
from resettle.matching.models import Allocation, PlaceOffer, RulingKind
from resettle.matching.problem import Assignment
from resettle.matching.run_models import MatchHousehold, MatchPlace, MatchRun, RunStatus
from resettle.matching.searching import NEAR
from resettle.people.models import SpecificNeed
from resettle.people.rules import NeedKind
from resettle.placements import houses
from resettle.placements.acts import TellNeed
from resettle.placements.models import Placement, PlacementKind
from resettle.programmes.placement import Kind
from resettle.settings import Settings
from resettle.wiring import RUNNERS
from tests.groups import a_group
from tests.journeys import ADULT
from tests.places import DAY, MANAGER, OFFICER, a_place, who_waits
from tests.world import a_caseworker, a_household

LATER = date(2026, 6, 1)
ASKED = StartRun(programme="rqp", for_on=DAY, ahead=False)
AHEAD = StartRun(programme="rqp", for_on=date(2026, 9, 1), ahead=True)
ONE = (("PA", ADULT),)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def officer(uow):
    uow.actor = OFFICER
    return OFFICER


def acting(uow, actor):
    uow.actor = actor
    return uow


def started(uow, **more) -> MatchRun:
    run = runs.start(
        acting(uow, OFFICER), StartRun(**{"programme": "rqp", "for_on": DAY, "ahead": False} | more)
    )
    uow.settle()
    uow.session.flush()
    return run


def given(uow, run) -> dict[UUID, str]:
    lines = run_queries.lines(run_queries.look(uow, run.id))
    return {line.household_id: line.place for line in lines}


class TestPlaces:
    def test_a_location_is_known_by_its_name_and_another_town_by_its_own(self, uow):
        acting(uow, MANAGER)
        known = places.add_place(
            uow, AddPlace(kind=Kind.LOCATION, location="Levin", opens_on=DAY, near=["Masterton"])
        )
        town = places.add_place(
            uow, AddPlace(kind=Kind.LOCATION, location="Greymouth", opens_on=DAY, name="The Coast")
        )

        assert (known.location, known.name, known.near) == ("LEV", "Levin", ["MAS"])
        assert (town.location, town.name) == ("Greymouth", "The Coast")

    def test_a_group_brings_its_name_and_its_town(self, uow):
        group = a_group(uow, status="READY")

        place = places.add_place(
            acting(uow, MANAGER), AddPlace(kind=Kind.GROUP, group_id=group.id, opens_on=DAY)
        )

        assert (place.location, place.name) == (group.location, group.legal_name)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"kind": Kind.GROUP}, "group_id"),
            ({"kind": Kind.LOCATION}, "location"),
            ({"kind": Kind.LOCATION, "location": "LEV", "group_id": uuid4()}, "group_id"),
            ({"kind": Kind.LOCATION, "location": "LEV", "programmes": ["xyz"]}, "programmes"),
            ({"kind": Kind.LOCATION, "location": "LEV", "closes_on": DAY}, "closes_on"),
        ],
    )
    def test_what_is_no_place_is_refused(self, uow, wrong, field):
        with pytest.raises(Invalid) as refused:
            places.add_place(acting(uow, MANAGER), AddPlace(opens_on=DAY, **wrong))

        assert [*refused.value.errors] == [field]

    def test_a_caseworker_reads_places_and_keeps_none(self, uow):
        place = a_place(uow)
        acting(uow, a_caseworker(uow))

        assert [*uow.all(queries.places(uow, queries.PlaceFilters(location="LEV")))] == [place]
        with pytest.raises(Forbidden):
            places.change_place(uow, place.id, ChangePlace(name="Another"))

    def test_it_is_renamed_and_closed(self, uow):
        place = a_place(uow)

        changed = places.change_place(
            acting(uow, MANAGER),
            place.id,
            ChangePlace(name="Horowhenua", near=["PMR"], programmes=["rqp"], closes_on=LATER),
        )
        kept = places.change_place(uow, place.id, ChangePlace())

        assert (changed.name, changed.near, changed.closes_on) == ("Horowhenua", ["PMR"], LATER)
        assert kept.programmes == ["rqp"]
        assert not queries.open_places(uow, Kind.LOCATION, "rqp", LATER)
        assert not queries.open_places(uow, Kind.LOCATION, "cors", DAY)


class TestOffers:
    def test_a_new_offer_ends_the_one_before_and_ends_at_the_next(self, uow):
        place = a_place(uow)
        acting(uow, MANAGER)
        places.make_offer(uow, place.id, MakeOffer(from_on=LATER, persons=8))
        places.make_offer(uow, place.id, MakeOffer(from_on=DAY, persons=30, languages=["prs"]))

        spans = [(o.from_on, o.to_on, o.persons) for o in queries.offers_of(uow, place.id)]
        assert spans == [
            (LATER, None, 8),
            (DAY, LATER, 30),
            (date(2025, 7, 1), DAY, 20),
        ]

    def test_two_cannot_begin_on_one_day(self, uow):
        place = a_place(uow)

        with pytest.raises(Conflict):
            places.make_offer(
                acting(uow, MANAGER), place.id, MakeOffer(from_on=date(2025, 7, 1), persons=1)
            )

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"from_on": date(2024, 1, 1)}, "from_on"),
            ({"to_on": DAY}, "to_on"),
            ({"houses": 1, "step_free": 2}, "step_free"),
            ({"most_persons": 9}, "most_persons"),
        ],
    )
    def test_what_cannot_be_is_refused(self, uow, wrong, field):
        place = a_place(uow)

        with pytest.raises(Invalid) as refused:
            places.make_offer(
                acting(uow, MANAGER), place.id, MakeOffer(**{"from_on": DAY, "persons": 8} | wrong)
            )

        assert [*refused.value.errors] == [field]

    def test_one_is_corrected_and_refused_where_it_would_not_fit_itself(self, uow):
        place = a_place(uow)
        offer = queries.offers_of(acting(uow, MANAGER), place.id)[0]

        places.correct_offer(uow, offer.id, CorrectOffer(wait_days=28, languages=["prs", "ara"]))

        assert (offer.wait_days, offer.languages, offer.persons) == (28, ["ara", "prs"], 20)
        with pytest.raises(Invalid):
            places.correct_offer(uow, offer.id, CorrectOffer(persons=5, most_persons=6))


class TestRoom:
    def test_who_moved_in_and_whom_room_was_given_count_once(self, uow):
        place = a_place(uow, "LEV", 20, households=5)
        living = who_waits(uow)
        coming = who_waits(uow)
        started(uow)
        acting(uow, SYSTEM)
        for home in (living,):
            uow.add(
                Placement(
                    household_id=home.id,
                    kind=PlacementKind.SETTLED,
                    location="LEV",
                    start_on=DAY,
                )
            )
        acting(uow, OFFICER)
        deciding.allocate(uow, Allocate(household_id=living.id, place_id=place.id, for_on=DAY))
        deciding.allocate(uow, Allocate(household_id=coming.id, place_id=place.id, for_on=DAY))

        (line,) = queries.lines(uow, [place], DAY)
        assert (line.persons, line.persons_left) == (20, 14)
        assert (line.households, line.households_left, line.wait_days) == (5, 3, 0)

    def test_the_last_room_goes_to_one_and_comes_back(self, uow):
        place = a_place(uow, "LEV", 5)
        first, second = who_waits(uow), who_waits(uow)
        started(uow)
        asked = [
            Allocate(household_id=h.id, place_id=place.id, for_on=DAY) for h in (first, second)
        ]

        taken = deciding.allocate(uow, asked[0])
        with pytest.raises(Conflict, match="no room left"):
            deciding.allocate(uow, asked[1])
        with pytest.raises(Invalid):
            deciding.release(uow, taken.id, Release(reason="WHIM"))
        deciding.release(uow, taken.id, Release(reason="HOUSEHOLD_DECLINED"))
        uow.session.flush()

        assert deciding.allocate(uow, asked[1]).persons == 3
        with pytest.raises(Conflict, match="given back already"):
            deciding.release(uow, taken.id, Release(reason="NOT_COMING"))

    def test_a_place_that_is_not_open_takes_nobody(self, uow):
        place, closed = a_place(uow), a_place(uow, "MAS")
        closed.closes_on = DAY
        home = who_waits(uow)
        started(uow)

        for where, day in ((place.id, date(2025, 2, 1)), (closed.id, DAY)):
            with pytest.raises(Conflict, match="not open"):
                deciding.allocate(uow, Allocate(household_id=home.id, place_id=where, for_on=day))

    def test_who_is_in_no_run_or_has_no_people_is_not_placed(self, uow):
        place, stranger = a_place(uow), a_household(uow)
        empty = who_waits(uow)
        started(uow)
        acting(uow, SYSTEM)
        members = uow.select(HouseholdMember).where(HouseholdMember.household_id == empty.id)
        for member in uow.all(members):
            member.left_on = DAY
        uow.session.flush()
        acting(uow, OFFICER)

        with pytest.raises(NotFound):
            deciding.allocate(
                uow, Allocate(household_id=stranger.id, place_id=place.id, for_on=DAY)
            )
        with pytest.raises(Conflict, match="Nobody belongs"):
            deciding.allocate(uow, Allocate(household_id=empty.id, place_id=place.id, for_on=DAY))

    def test_a_groups_households_count_as_long_as_it_has_them(self, uow):
        from_now = a_group(uow, status="READY", max_persons=10, max_households=2)
        place = a_place(uow, "CHC", 10, households=2, group_id=from_now.id)

        (line,) = queries.lines(uow, [place], DAY)

        assert (line.persons_left, line.households_left) == (10, 2)


class TestRuns:
    def test_who_waits_is_placed_where_it_fits_best(self, uow):
        near = a_place(uow, "LEV", 20, languages=["prs"], houses=2)
        a_place(uow, "DUD", 20, languages=["ara"], wait_days=60)
        home = who_waits(uow, primary_language="prs")
        who_waits(uow, location="CHC")  # has a location already

        run = started(uow)

        assert (run.status, run.households, run.persons, run.placed_persons) == (
            RunStatus.DONE,
            1,
            3,
            3,
        )
        assert given(uow, run) == {home.id: near.name}
        assert (run.progress, run.gap) == (100, 0)
        assert run.weight == pytest.approx(run.greedy_weight)

    def test_a_scenario_keeps_the_facts_and_changes_the_room(self, uow):
        place = a_place(uow, "LEV", 3)
        who_waits(uow)
        who_waits(uow)
        base = started(uow)
        acting(uow, SYSTEM)
        who_waits(uow)  # comes after, and is in neither
        acting(uow, OFFICER)
        more = StartScenario(title="One more", more=[MoreRoom(place_id=place.id, persons=3)])

        other = runs.start_scenario(uow, base.id, more)
        uow.settle()
        same = runs.again(uow, base.id)
        uow.settle()
        found = run_queries.compare(uow, base.id, other.id)

        assert (base.placed_persons, other.placed_persons) == (3, 6)
        assert other.households == 2
        assert (same.placed_persons, same.weight) == (base.placed_persons, base.weight)
        assert given(uow, same) == given(uow, base)
        assert (found.persons, len(found.moves)) == (3, 1)
        assert found.weight == pytest.approx(other.weight - base.weight)
        assert (found.only_first, found.only_second) == (0, 0)

    def test_a_run_that_is_not_done_has_no_scenario_and_no_reasons(self, uow):
        a_place(uow)
        home = who_waits(uow)
        run = started(uow)
        run.status = RunStatus.PRICED

        with pytest.raises(Conflict):
            runs.start_scenario(uow, run.id, StartScenario(title="Too early"))
        with pytest.raises(Conflict):
            run_queries.options(run_queries.look(uow, run.id), home.id)

    def test_a_programme_without_rules_has_no_runs(self, uow, officer):
        with pytest.raises(Invalid):
            runs.start(uow, StartRun(programme="uk-cs", for_on=DAY))

    def test_only_a_placement_officer_matches(self, uow):
        leader = Actor(Role.CASEWORKER, duties=frozenset({Duty.TEAM_LEADER}))

        with pytest.raises(Forbidden):
            runs.start(acting(uow, leader), ASKED)

    def test_a_pin_a_no_and_a_lifted_ruling_are_heeded(self, uow):
        good = a_place(uow, "LEV", 20, languages=["prs"])
        other = a_place(uow, "DUD", 20)
        home = who_waits(uow)
        first = started(uow)

        def ruled(kind, place):
            return deciding.rule(
                uow,
                MakeRuling(
                    household_id=home.id, place_id=place.id, kind=kind, reason_code="AGREED"
                ),
            )

        forbidden = ruled(RulingKind.FORBID, good)
        without = started(uow)
        deciding.lift(uow, forbidden.id)
        uow.session.flush()
        ruled(RulingKind.PIN, other)
        pinned = started(uow)

        assert [given(uow, run)[home.id] for run in (first, without, pinned)] == [
            good.name,
            other.name,
            other.name,
        ]
        with pytest.raises(Conflict):
            deciding.lift(uow, forbidden.id)

    def test_a_ruling_names_a_reason_and_a_household_that_waits(self, uow):
        place, stranger, home = a_place(uow), a_household(uow), who_waits(uow)
        started(uow)
        asked = {"place_id": place.id, "kind": RulingKind.PIN}

        with pytest.raises(Invalid):
            deciding.rule(uow, MakeRuling(household_id=home.id, reason_code="WHIM", **asked))
        with pytest.raises(NotFound):
            deciding.rule(uow, MakeRuling(household_id=stranger.id, reason_code="OTHER", **asked))

    def test_pins_that_cannot_be_are_told_as_such(self, uow):
        place = a_place(uow, "LEV", 4)
        homes = [who_waits(uow), who_waits(uow)]
        started(uow)
        for home in homes:
            deciding.rule(
                uow,
                MakeRuling(
                    household_id=home.id,
                    place_id=place.id,
                    kind=RulingKind.LOCK,
                    reason_code="AGREED",
                ),
            )

        run = started(uow)
        both = run.fault
        acting(uow, SYSTEM)
        place_offer = uow.first(uow.select(PlaceOffer))
        place_offer.persons = 2
        barred = started(uow)

        assert run.status is RunStatus.IMPOSSIBLE
        assert "does not fit together" in both
        assert "2 of the pinned households" in barred.fault

    def test_linked_households_are_never_placed_far_apart(self, uow):
        a_place(uow, "LEV", 3, languages=["prs"], near=["PMR"])
        near = a_place(uow, "PMR", 3)
        a_place(uow, "DUD", 3, languages=["prs"], houses=1)
        homes = [who_waits(uow), who_waits(uow)]
        cases = [_case_of(uow, home) for home in homes]
        uow.add(
            CaseLink(
                case_id=cases[0],
                household_id=homes[0].id,
                linked_case_id=cases[1],
                kind=LinkKind.LINKED,
            )
        )

        together = started(uow)
        acting(uow, SYSTEM)
        homes[1].location = "PMR"
        uow.session.flush()
        alone = started(uow)

        assert {*given(uow, together).values()} == {"Place LEV", near.name}
        assert given(uow, alone) == {homes[0].id: "Place LEV"}
        line = next(o for o in _options(uow, alone, homes[0]) if o.place == "Place DUD")
        assert line.why_not == ["It is far from those with whom the household is linked."]

    def test_needs_of_people_become_what_they_ask_and_no_more(self, uow):
        a_place(uow, "LEV", 20)
        there = a_place(
            uow, "DUD", 20, services=["specialist_health"], houses=1, step_free=1, wait_days=80
        )
        home = who_waits(uow)
        person = next(iter(people_at_home(uow, home.id, DAY))).person_id
        for code in ("DS-PM", "SV"):
            need = SpecificNeed(person_id=person, kind=NeedKind.HEALTH, active=True)
            need.health_code = Coded(code).text
            uow.add(need)

        run = started(uow)
        (line,) = run_queries.lines(run_queries.look(uow, run.id))

        assert line.place == there.name
        assert line.needs == ("specialist_health", "step_free")

    def test_houses_without_steps_are_given_once(self, uow):
        a_place(uow, "DUD", 20, houses=1, step_free=1)
        homes = [who_waits(uow), who_waits(uow)]
        for home in homes:
            acting(uow, a_caseworker(uow, home))
            houses.tell_need(uow, home.id, TellNeed(told_on=uow.today, step_free=True))
            acting(uow, SYSTEM)

        assert started(uow).placed_households == 1

    def test_a_large_run_goes_on_as_jobs_and_shows_how_far_it_is(self, transactions, monkeypatch):
        run = a_run_as_jobs(transactions, monkeypatch)
        seen = _run_on(transactions, run.id)

        assert seen == [10, 70, 100]
        with transactions.begin(SYSTEM, "test") as uow:
            for name in (jobs.PRICE, jobs.SOLVE):
                RUNNERS[name](uow, {"run_id": str(run.id)})  # begun twice, done once
            assert uow.find(MatchRun, run.id).placed_persons == 3
            assert uow.session.query(Job).filter_by(name=jobs.SOLVE).count() == 0

    def test_a_run_that_looks_ahead_draws_futures_step_by_step_and_as_if_at_once(
        self, transactions, monkeypatch
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_place(uow, "LEV", 4, languages=["prs"])
            a_place(uow, "DUD", 40)
            who_waits(uow)
        with transactions.begin(OFFICER, "match:run") as uow:
            at_once = runs.start(uow, AHEAD)
        monkeypatch.setattr(handlers, "AT_ONCE", 0)
        with transactions.begin(OFFICER, "match:run") as uow:
            run = runs.start(uow, AHEAD)
        seen = _run_on(transactions, run.id)

        assert seen == [10, 25, 40, 55, 70, 100]
        assert _told(transactions, run.id) == pytest.approx(_told(transactions, at_once.id))

    def test_nobody_waits_to_write_while_a_run_is_searched(self, transactions, monkeypatch):
        run = a_run_as_jobs(transactions, monkeypatch)
        run_next(transactions, RUNNERS)
        written = []

        def search(uow, payload):
            outside = jobs.solve(uow, payload)

            def meanwhile():
                keep = outside()
                with transactions.begin(SYSTEM, "arrange") as other:
                    written.append(a_place(other, "DUD").id)
                return keep

            return meanwhile

        run_next(transactions, {jobs.SOLVE: search})

        assert len(written) == 1
        assert _progress(transactions, run.id) == 100

    @pytest.mark.parametrize("steps", [0, 1], ids=["before the prices", "before the search"])
    def test_a_run_that_was_stopped_comes_to_nothing(self, transactions, monkeypatch, steps):
        run = a_run_as_jobs(transactions, monkeypatch)
        for _ in range(steps):
            run_next(transactions, RUNNERS)
        with transactions.begin(OFFICER, "match:run") as uow:
            runs.stop(uow, run.id)
        run_next(transactions, RUNNERS)

        with transactions.begin(OFFICER, "match:run") as uow:
            stopped = uow.find(MatchRun, run.id)
            assert (stopped.status, stopped.placed_persons) == (RunStatus.STOPPED, 0)
            with pytest.raises(Conflict):
                runs.stop(uow, run.id)

    def test_what_is_stopped_during_a_step_is_not_kept(self, transactions, monkeypatch):
        monkeypatch.setattr(handlers, "AT_ONCE", 0)
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_place(uow)
            who_waits(uow)
        with transactions.begin(OFFICER, "match:run") as uow:
            first, second = runs.start(uow, AHEAD), runs.start(uow, ASKED)
        keeps = []
        with transactions.begin(SYSTEM, "look") as uow:
            uow.find(MatchRun, second.id).status = RunStatus.PRICED
            for run, step in ((first, jobs.price), (second, jobs.solve)):
                keeps.append(step(uow, {"run_id": str(run.id)})())
        with transactions.begin(OFFICER, "match:run") as uow:
            for run in (first, second):
                runs.stop(uow, run.id)
        with transactions.begin(SYSTEM, "keep") as uow:
            for keep in keeps:
                keep(uow)

        with transactions.begin(OFFICER, "look", read_only=True) as uow:
            found = [uow.find(MatchRun, run.id) for run in (first, second)]
            assert [run.status for run in found] == [RunStatus.STOPPED] * 2
            assert [run.placed_persons for run in found] == [0, 0]

    def test_the_year_ahead_is_priced_from_last_years_arrivals(self, uow):
        a_place(uow, "LEV", 4, languages=["prs"])
        a_place(uow, "DUD", 40)
        who_waits(uow, primary_language="ara")
        for number in range(3):
            who_waits(
                uow,
                primary_language="prs",
                arrived_on=date(2024, 10, 1 + number),
                location="CHC",
            )
        with_outlook = started(uow, for_on=date(2026, 9, 1), ahead=True)

        assert with_outlook.outlook["past_households"] == 0
        assert with_outlook.outlook["announced"] == 1500
        assert with_outlook.outlook["coming"] == 1497
        assert max(s.price for s in uow.all(uow.select(MatchPlace))) > 0
        unannounced = started(uow, ahead=True)
        assert "not looked at" in unannounced.outlook["note"]

    def test_a_place_that_is_worth_more_to_later_families_is_kept_for_them(self, uow):
        a_place(uow, "LEV", 4, languages=["prs"])
        a_place(uow, "DUD", 40)
        for number in range(9):
            who_waits(
                uow,
                *ONE,
                primary_language="prs",
                arrived_on=date(2025, 10, 1 + number),
                location="CHC",
            )
        home = who_waits(uow, *ONE, primary_language="ara")
        uow.actor = a_caseworker(uow, home)
        wishes.record(uow, home.id, RecordWish(wishes=["LEV"]))

        run = started(uow, for_on=date(2026, 9, 1), ahead=True)

        assert given(uow, run) == {home.id: "Place DUD"}
        assert run.placed_persons == run.greedy_persons == 1
        assert run.weight < run.greedy_weight
        assert not run.is_cut_off

    @pytest.mark.parametrize(
        ("gap", "short", "cut_off"),
        [(0.0, 0, False), (NEAR, 0, False), (0.01, 0, True), (0, 2, True)],
    )
    def test_a_search_that_was_cut_off_is_known_by_how_far_it_may_be(
        self, uow, gap, short, cut_off
    ):
        facts = {"programme_code": "rqp", "for_on": DAY, "objective": "weight", "time_limit": 1}
        run = uow.add(MatchRun(title="", **facts))
        nobody = Assignment(np.array([], dtype=np.int64), 0, 0.0, gap, 1.0, short)

        solving.keep_outcome(uow, run, solving.Outcome(nobody, (), nobody))

        assert (run.gap, run.short, run.is_cut_off) == (gap, short, cut_off)

    def test_runs_of_a_day_are_listed(self, uow):
        a_place(uow)
        run = started(uow)

        assert [*runs.done(uow, "rqp", DAY)] == [run]
        assert [*uow.all(run_queries.runs(uow))] == [run]


class TestReasons:
    def test_a_safety_exclusion_is_told_as_any_closed_place_and_its_facts_lie_sealed(self, uow):
        feared, safe = a_place(uow, "LEV", 20, languages=["prs"]), a_place(uow, "DUD", 2)
        home = who_waits(uow)
        worker = a_caseworker(uow, home)
        acting(uow, worker)
        exclusion = wishes.exclude(
            uow, home.id, Exclude(location="Levin", reason="A man who threatened her lives there")
        )

        run = started(uow)
        told = {o.place: o for o in _options(uow, run, home)}

        assert told[feared.name].why_not == ["It is not open to this household."]
        assert told[feared.name].rules == ["open"]
        assert told[safe.name].rules == ["room"]
        row = uow.first(uow.select(MatchHousehold))
        assert str(feared.id) in row.closed
        assert "closed" not in row.facts
        acting(uow, worker)
        wishes.lift(uow, exclusion.id)
        uow.session.flush()
        assert given(uow, started(uow))[home.id] == feared.name
        acting(uow, worker)
        with pytest.raises(Conflict):
            wishes.lift(uow, exclusion.id)

    @pytest.mark.parametrize("reason", ["HOUSEHOLD_DECLINED", "PLACE_DECLINED"])
    def test_a_place_that_was_declined_is_proposed_again_only_after_a_while(self, uow, reason):
        liked, other = a_place(uow, "LEV", 20, languages=["prs"]), a_place(uow, "DUD", 20)
        home = who_waits(uow)
        assert given(uow, started(uow))[home.id] == liked.name
        days = uow.use(Settings).decline_cool_off_days
        uow.add(
            Allocation(
                place_id=liked.id,
                household_id=home.id,
                persons=2,
                for_on=DAY,
                released_on=uow.today,
                release_reason=reason,
            )
        )

        assert given(uow, started(uow))[home.id] == other.name
        uow.today += timedelta(days=days)
        assert given(uow, started(uow))[home.id] == liked.name

    def test_what_it_would_cost_and_what_more_room_would_bring(self, uow):
        small = a_place(uow, "LEV", 3, languages=["prs"])
        other = a_place(uow, "DUD", 1)
        homes = [who_waits(uow), who_waits(uow, *ONE)]
        run = started(uow)
        seen = run_queries.look(uow, run.id)

        dearer = run_queries.instead(seen, homes[1].id, small.id)
        more = run_queries.with_more(seen, MoreRoom(place_id=small.id, persons=1))

        assert given(uow, run) == {homes[0].id: small.name, homes[1].id: other.name}
        assert (dearer.persons, len(dearer.moves)) == (-3, 2)
        assert more.persons == 0
        assert more.weight == pytest.approx(0.2)  # the community of its language
        assert [(m.before, m.after) for m in more.moves] == [(other.name, small.name)]
        with pytest.raises(Conflict):
            run_queries.instead(seen, homes[0].id, other.id)
        with pytest.raises(NotFound):
            run_queries.instead(seen, homes[0].id, uuid4())
        with pytest.raises(NotFound):
            run_queries.with_more(seen, MoreRoom(place_id=uuid4()))
        with pytest.raises(NotFound):
            run_queries.options(seen, uuid4())

    def test_who_is_kept_from_a_household_is_told_nothing_of_it(self, uow):
        a_place(uow)
        home = who_waits(uow)
        run = started(uow)
        acting(uow, SYSTEM)
        uow.add(DenyListed(household_id=home.id, user_id=OFFICER.user_id))
        seen = run_queries.look(acting(uow, OFFICER), run.id)

        assert run_queries.lines(seen) == []
        assert [given for *_, given, _ in run_queries.room_left(seen)] == [3]
        with pytest.raises(NotFound):
            run_queries.options(seen, home.id)


class TestWishes:
    def test_they_are_recorded_by_name_and_weigh(self, uow):
        a_place(uow, "LEV", 20)
        wished = a_place(uow, "DUD", 20, name="Dunedin", services=["church"])
        home = who_waits(uow)
        acting(uow, a_caseworker(uow, home))
        assert wishes.wish_of(uow, home.id) is None
        wishes.record(
            uow, home.id, RecordWish(wishes=["Dunedin"], ties=["dunedin"], wants=["church"])
        )
        again = wishes.record(uow, home.id, RecordWish(wishes=["DUD", "Greymouth"], ties=["DUD"]))

        assert (again.wishes, again.ties, again.wants) == (["DUD", "Greymouth"], ["DUD"], [])
        assert given(uow, started(uow))[home.id] == wished.name

    def test_only_its_caseworkers_know_of_them(self, uow):
        home = who_waits(uow)
        acting(uow, a_caseworker(uow, home))
        wishes.exclude(uow, home.id, Exclude(location="LEV", reason="Threats"))

        assert [row.location for row in wishes.exclusions_of(uow, home.id)] == ["LEV"]
        with pytest.raises(NotFound):
            wishes.exclusions_of(acting(uow, OFFICER), home.id)


def _case_of(uow, home):
    return uow.first(
        uow.select(ResettlementCase).where(ResettlementCase.household_id == home.id)
    ).id


def _options(uow, run, home):
    return run_queries.options(run_queries.look(uow, run.id), home.id)


def _progress(transactions, run_id):
    with transactions.begin(OFFICER, "test", read_only=True) as uow:
        return uow.find(MatchRun, run_id).progress


def a_run_as_jobs(transactions, monkeypatch):
    """Begin a run of one household and one place that is not searched at once."""
    monkeypatch.setattr(handlers, "AT_ONCE", 0)
    with transactions.begin(SYSTEM, "arrange") as uow:
        a_place(uow)
        who_waits(uow)
    with transactions.begin(OFFICER, "match:run") as uow:
        return runs.start(uow, ASKED)


def _run_on(transactions, run_id):
    """Run the jobs of a run until it is over, and tell how far it was each time."""
    runners = {k: v for k, v in RUNNERS.items() if k.startswith("matching")}
    seen = [_progress(transactions, run_id)]
    while seen[-1] < 100 and run_next(transactions, runners):
        seen.append(_progress(transactions, run_id))
    return seen


def _told(transactions, run_id):
    with transactions.begin(OFFICER, "test", read_only=True) as uow:
        run = uow.find(MatchRun, run_id)
        places = uow.all(uow.select(MatchPlace).where(MatchPlace.run_id == run_id))
        return [run.weight, *(place.price for place in sorted(places, key=lambda p: p.place_id))]
