"""What comes with the result of an indicator, and by what it can be parted, over HTTP."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from resettle.cases.models import ResettlementCase
from resettle.cases.papers import DecisionKind
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import Household, HouseholdMember, LeaveReason, Person, Stream
from resettle.households.rules import Coded
from resettle.incidents.models import Incident
from resettle.people.models import SpecificNeed
from resettle.people.rules import NeedKind
from resettle.placements.models import (
    Dwelling,
    HousingNeed,
    Placement,
    PlacementKind,
    Sponsorship,
    SponsorshipStatus,
    Tenure,
)
from resettle.roster.models import Shift, ShiftKind, ShiftStatus
from resettle.statuses.models import PersonStatus
from resettle.upkeep.models import HouseRating
from tests.crowds import ARRIVED, a_crowd, agrees, disagrees, has_met, nominated
from tests.functional.keys import with_keys
from tests.groups import a_group

MANAGER = Actor(Role.PROGRAMME_MANAGER, uuid4(), "Hemi")
SPONSORED = {
    "stream": Stream.CORS,
    "programme_code": "cors",
    "programme_version": 2,
    "location": "LEV",
    "primary_language": "ara",
    "arrived_on": date(2025, 6, 1),
    "placed_on": date(2025, 6, 1),
}
QUOTA, CORS = (
    "Refugee Quota Programme 2022/23 to 2024/25",
    "Community Organisation Refugee Sponsorship, extended pilot",
)
RATED = date(2026, 2, 2)
# Two adults of each household are of working age: of each stream 80 who agreed, of whom one was not
# asked and twenty study, and ten who did not agree. Of each group: counted, met, not known.
OF_EACH_STREAM = (79, 59, 11)
GROUPS = {
    "stream": dict.fromkeys(("Quota", "Sponsored"), OF_EACH_STREAM),
    "location": dict.fromkeys(("Palmerston North", "Levin"), OF_EACH_STREAM),
    "arrival_year": dict.fromkeys(("2024/25", "2025/26"), OF_EACH_STREAM),
    "language": dict.fromkeys(("Dari", "Arabic"), OF_EACH_STREAM),
    "sex": {"Female": (80, 60, 10), "Male": (78, 58, 12)},
    "age_band": {"25 to 44": (138, 98, 22), "45 to 64": (20, 20, 0)},
    # Of two who were not asked it may not be told, nor what would tell it.
    "disability": {
        "Recorded": (40, 40, 0),
        "None recorded": (118, 78, "S"),
        "Not agreed to evaluation": (0, 0, 20),
    },
}


@pytest.fixture
def manager(client_of):
    return with_keys(client_of(MANAGER))


@pytest.fixture
def _people(once):
    once(people)


def people(transactions):
    """Let three in four adults of each stream be in paid work at six months, one not be asked."""
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        for facts in ({}, SPONSORED):
            for number, home in enumerate(a_crowd(uow, 40, **facts)):
                agrees(uow, home)
                _works(uow, home, number, facts.get("arrived_on", ARRIVED))
                if number % 2:
                    _has_a_disability(uow, home.person_ids[0])
                if number % 4 == 3:
                    uow.find(Person, home.person_ids[1]).born_on = date(1975, 5, 1)
            for home in a_crowd(uow, 5, **facts):  # who did not agree to evaluation
                _works(uow, home, 0, facts.get("arrived_on", ARRIVED))


def _works(uow, home, number, arrived_on):
    point = arrived_on + timedelta(days=183)
    code = "studying" if number % 4 == 0 else "employed_pt"
    for person_id in home.person_ids[: 1 if number == 1 else 2]:
        row = PersonStatus(person_id=person_id, kind="work", from_on=point, known_on=point)
        row.code = code
        uow.session.add(row)


def _has_a_disability(uow, person_id):
    need = SpecificNeed(person_id=person_id, kind=NeedKind.HEALTH, active=True)
    need.health_code = Coded("DS-PM").text
    uow.session.add(need)


def ask(client, code, **more):
    sent = {"kind": "indicator", "code": code, "audience": "ministry", **more}
    return client.post("/api/releases", json=sent).json


@pytest.mark.usefixtures("_people")
class TestResult:
    def test_it_carries_n_unknowns_interval_day_and_definition(self, manager):
        told = ask(manager, "IND-EMP-6")
        shares = {row["group"]: row for row in told["figures"]["shares"]}

        assert told["status"] == "made"
        assert told["as_at"] == "2026-03-02"
        # 160 adults agreed, of whom two were not asked; twenty others did not.
        everybody = shares["All"]
        assert (everybody["n"], everybody["met"], everybody["unknown"]) == (158, 118, 22)
        assert everybody["percent"] == 75
        assert everybody["low"] < 75 < everybody["high"]
        assert (
            told["definition"]
            | {
                "code": "IND-EMP-6",
                "official": "SI-1",
                "level": "person",
                "window": "the last status recorded within 45 days of 6 months after arrival",
            }
            == told["definition"]
        )
        assert told["definition"]["numerator"].startswith("persons employed")
        assert told["definition"]["denominator"].startswith("persons of 15 to 64 years")
        assert "did not agree" in told["definition"]["unknowns"]
        assert told["definition"]["outcomes"] == {
            "NZRRS-2013": "Self-sufficiency",
            "NZRRS-2023": "Employment and Self-Sufficiency",
        }

    @pytest.mark.parametrize("by", [*GROUPS])
    def test_it_is_parted_by(self, manager, by):
        told = ask(manager, "IND-EMP-6", by=by)

        groups = {
            row["group"]: (row["n"], row["met"], row["unknown"])
            for row in told["figures"]["shares"]
        }
        everybody = groups.pop("All")
        assert told["status"] == "made"
        assert groups == GROUPS[by]
        assert everybody[:2] == (158, 118)
        assert everybody[2] in {22, None}

    def test_those_who_did_not_agree_are_in_no_numerator_and_no_denominator(self, manager):
        shares = ask(manager, "IND-EMP-6", by="disability")["figures"]["shares"]
        silent = next(row for row in shares if row["group"] == "Not agreed to evaluation")

        assert (silent["n"], silent["met"], silent["unknown"]) == (0, 0, 20)

    def test_on_the_page_all_of_it_stands(self, manager):
        page = manager.get(f"/figures/{ask(manager, 'IND-EMP-6')['id']}").text

        for words in ("75 % (", ">158<", ">22<", "Mon 2 Mar 2026", "within 45 days of 6 months"):
            assert words in page
        listed = manager.get("/figures/indicators?framework=NZRRS-2013").text
        assert "Self-sufficiency" in listed
        assert "75 % (" in listed


class TestConsentOfHouseholds:
    """Of 47 households all adults agreed in forty, one of two in four, nobody in three."""

    @pytest.fixture
    def _homes(self, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            group = a_group(uow)
            for number, home in enumerate(a_crowd(uow, 47, **SPONSORED)):
                if number >= 3:
                    agrees(uow, home)
                if 3 <= number < 7:
                    disagrees(uow, home.person_ids[number % 2], home)
                has_met(uow, home, "PRE-05", SPONSORED["placed_on"], of_household=True)
                self.lives_well(uow, home)
                self.is_let_down(uow, group, home)

    def lives_well(self, uow, home):
        house = Dwelling(household_id=home.household_id, location="LEV", bedrooms=3)
        house.tenure, house.weekly_rent = Tenure.PRIVATE_RENTAL, "300"
        uow.session.add(house)
        uow.session.flush()
        marks = dict.fromkeys(("warm", "dry", "safe", "affordable", "enough_space"), 4)
        about = {"household_id": home.household_id, "dwelling_id": house.id}
        stay = Placement(**about, kind=PlacementKind.SETTLED, location="LEV", start_on=RATED)
        need = HousingNeed(household_id=home.household_id, told_on=RATED, recorded_at=uow.now)
        need.weekly_income = "1000"
        uow.session.add_all([HouseRating(**about, **marks, rated_on=RATED), stay, need])

    def is_let_down(self, uow, group, home):
        about = {"household_id": home.household_id, "group_id": group.id, "persons": 4}
        match = Sponsorship(**about, route="NOMINATED", status=SponsorshipStatus.ENDED)
        match.proposed_on = match.confirmed_on = SPONSORED["arrived_on"]
        match.ended_on, match.ending_kind = RATED, "BREAKDOWN"
        uow.session.add(match)

    @pytest.mark.usefixtures("_homes")
    @pytest.mark.parametrize("code", ["IND-READY", "IND-HOU-COND", "IND-HOU-COST"])
    def test_one_counts_whose_adults_all_agreed(self, manager, code):
        everybody = ask(manager, code)["figures"]["shares"][-1]

        assert (everybody["n"], everybody["met"], everybody["unknown"]) == (40, 40, 7)

    @pytest.mark.usefixtures("_homes")
    def test_what_the_programme_did_is_counted_of_all(self, manager):
        everybody = ask(manager, "IND-BREAK-24")["figures"]["shares"][-1]

        assert (everybody["n"], everybody["met"], everybody["unknown"]) == (47, 47, 0)


class TestMeans:
    def test_hours_are_told_in_steps_of_groups_that_are_large_enough(self, manager, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            group = a_group(uow)
            for number, home in enumerate(a_crowd(uow, 45, **SPONSORED)):
                agrees(uow, home)
                self.supported(uow, group, home, number)
            for home in a_crowd(uow, 7, **SPONSORED):  # who did not agree to evaluation
                self.supported(uow, group, home, 0)

        told = ask(manager, "IND-VOLHRS", by="arrival_year")
        page = manager.get(f"/figures/{told['id']}").text

        assert told["figures"]["steps"] == 5
        # 45 households, each for the 92 days, of which each third has 90 hours: 9.9 a month.
        assert told["figures"]["means"] == [
            {"group": group, "n": 45, "unknown": 7, "mean": 10, "low": 5, "high": 15}
            for group in ("All", "2024/25")
        ]
        assert "10 (5 to 15)" in page
        assert "Averages are told in steps of 5" in page
        assert "On average" in manager.get("/figures/indicators?by=arrival_year").text

    def supported(self, uow, group, home, number):
        about = {"household_id": home.household_id, "group_id": group.id}
        status, begun = SponsorshipStatus.CONFIRMED, SPONSORED["arrived_on"]
        days = {"proposed_on": begun, "confirmed_on": begun}
        uow.add(Sponsorship(**about, **days, route="NOMINATED", status=status, persons=4))
        if number % 3 == 0:
            at = uow.now - timedelta(days=9)
            times = {"starts_at": at, "ends_at": at, "minutes": 90 * 60}
            uow.add(Shift(**about, kind=ShiftKind.VISIT, status=ShiftStatus.DONE, **times))

    def test_who_takes_their_word_back_counts_no_more(self, manager, transactions, clock):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            group, crowd = a_group(uow), a_crowd(uow, 36, **SPONSORED)
            for home in crowd:
                agrees(uow, home)
                self.supported(uow, group, home, 0)
        first = ask(manager, "IND-VOLHRS", by="arrival_year")["figures"]["means"][0]
        clock.forward(days=1)
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for home in crowd[:7]:
                disagrees(uow, home.person_ids[1], home)

        last = ask(manager, "IND-VOLHRS", by="arrival_year")["figures"]["means"][0]

        assert (first["n"], first["unknown"], first["mean"]) == (36, 0, 30)
        assert (last["n"], last["unknown"], last["mean"]) == (29, 7, None)  # fewer than thirty

    def test_incidents_are_told_by_kind_of_all_and_not_of_few(self, manager, transactions):
        kinds = ["discrimination"] * 24 + ["accident"] * 10 + ["self_harm"] * 2
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for home, kind in zip(a_crowd(uow, 40, **SPONSORED), kinds + [None] * 4, strict=True):
                agrees(uow, home)
                self.meets_with(uow, home, kind)
            for home in a_crowd(uow, 7, **SPONSORED):  # who did not agree to evaluation
                self.meets_with(uow, home, "accident")

        told = ask(manager, "IND-INC")
        page = manager.get(f"/figures/{told['id']}").text

        # 40 households for the 92 days are 121 household-months.
        everybody = told["figures"]["means"][0]
        assert (everybody["n"], everybody["unknown"], everybody["mean"]) == (40, 7, 30)
        assert told["figures"]["kinds"] == [
            {"kind": "Accident", "n": 10, "rate": 10},
            {"kind": "Discrimination", "n": 24, "rate": 20},
            {"kind": "Self harm", "n": "S", "rate": None},
        ]
        assert "by kind" in page
        assert "by kind" in manager.get("/figures/indicators").text

    def test_of_few_incidents_no_kind_is_told(self, manager, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for number, home in enumerate(a_crowd(uow, 40, **SPONSORED)):
                agrees(uow, home)
                self.meets_with(uow, home, "accident" if number < 20 else None)

        told = ask(manager, "IND-INC")

        assert told["figures"]["means"][0]["mean"] == 15
        assert told["figures"]["kinds"] == []
        page = manager.get(f"/figures/{told['id']}").text
        assert "There are too few incidents to tell them by kind." in page

    def test_of_few_households_kinds_have_no_rate(self, manager, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for home in a_crowd(uow, 12, **SPONSORED):
                agrees(uow, home)
                for _ in "123":
                    self.meets_with(uow, home, "accident")
            for home in a_crowd(uow, 18, **SPONSORED):
                self.meets_with(uow, home, None)

        told = ask(manager, "IND-INC")

        assert told["figures"]["means"][0]["mean"] is None
        assert told["figures"]["kinds"] == [{"kind": "Accident", "n": 36, "rate": None}]

    def meets_with(self, uow, home, kind):
        if kind is not None:
            about = {"household_id": home.household_id, "happened_on": RATED, "severity": 2}
            row = Incident(**about, safeguarding=False, reported_at=uow.now)
            row.kind = kind
            uow.session.add(row)

    def test_of_too_few_none_is_told(self, manager):
        assert ask(manager, "IND-COST")["status"] == "refused"


class TestPlaces:
    """Two programmes in their year: who is approved and has come, on the way, or not decided."""

    @pytest.fixture
    def _cases(self, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for facts in ({"location": "PMR"}, SPONSORED):
                for number, home in enumerate(a_crowd(uow, 15, **facts)):
                    if number >= 8:
                        uow.find(Household, home.household_id).arrived_on = None
                    self.has_a_case(uow, home, "REFUSED" if number == 14 else number)

    def has_a_case(self, uow, home, number):
        household = uow.find(Household, home.household_id)
        nominated(uow, home, date(2025, 8, 1))
        case = uow.first(
            uow.select(ResettlementCase).where(ResettlementCase.household_id == household.id)
        )
        case.programme_code = household.programme_code
        case.programme_version = household.programme_version
        if number == "REFUSED":
            case.decision, case.decided_on = DecisionKind.DECLINED, date(2025, 9, 1)
        elif number < 11:
            case.decision, case.decided_on = DecisionKind.APPROVED, date(2025, 9, 1)

    @pytest.mark.usefixtures("_cases")
    def test_they_are_counted_in_persons_against_the_cap(self, manager):
        told = ask(manager, "IND-PLACES", by="programme")
        page = manager.get(f"/figures/{told['id']}").text
        listed = manager.get("/figures/indicators?by=programme").text

        assert told["figures"]["columns"] == ["Arrived", "Not decided", "On the way"]
        about = {"approved": 44, "arrived": 32, "unknown": 12}
        assert told["figures"]["places"] == [
            about | {"group": CORS, "cap": 50, "percent": 88},
            about | {"group": QUOTA, "cap": 1500, "percent": 3},
            {
                "group": "All",
                "approved": 88,
                "arrived": 64,
                "unknown": 24,
                "cap": None,
                "percent": None,
            },
        ]
        by_stream = ask(manager, "IND-PLACES")["figures"]["places"]
        assert [(row["group"], row["cap"], row["percent"]) for row in by_stream] == [
            ("Quota", 1500, 3),
            ("Sponsored", 50, 88),
            ("All", None, None),
        ]
        assert told["definition"]["level"] == "programme"
        assert "counted whole" in told["definition"]["interval"]
        assert told["as_at"] == "2026-03-02"
        assert "Approved, of the cap" in page
        assert "Approved, of the cap" in listed


class TestRecords:
    def test_required_fields_are_counted_that_are_filled_in(self, manager, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for number, home in enumerate(a_crowd(uow, 40)):
                if number % 4 == 0:
                    uow.find(Household, home.household_id).location = None
                nominated(uow, home, ARRIVED)

        told = ask(manager, "IND-DATA", by="programme")
        page = manager.get(f"/figures/{told['id']}").text

        # 30 of 40 places, all 40 languages, the sex of all 160 people: and of no nationality, no
        # English of the 80 adults, no programme year.
        assert told["figures"]["columns"] == ["Filled in", "Empty"]
        assert told["figures"]["shares"][-1] == {
            "group": "All",
            "n": 520,
            "met": 230,
            "unknown": 0,
            "percent": 44,
            "low": None,
            "high": None,
        }
        assert ">44 %<" in page
        assert "counted whole" in page


class TestPeopleOfADay:
    def test_a_second_figure_is_of_the_same_people_as_the_first(self, manager, transactions):
        """Who died before the point counts in neither, though the second reads the snapshot."""
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for number, home in enumerate(a_crowd(uow, 40)):
                agrees(uow, home)
                _works(uow, home, 3, ARRIVED)
                if number < 10:
                    self.dies(uow, home.person_ids[1])

        counted = [
            ask(manager, "IND-EMP-6", by=by)["figures"]["shares"][-1]["n"]
            for by in ("stream", "location")
        ]

        assert counted == [70, 70]

    def dies(self, uow, person_id):
        member = uow.first(
            uow.select(HouseholdMember).where(HouseholdMember.person_id == person_id)
        )
        member.left_on, member.leave_reason = ARRIVED + timedelta(days=9), LeaveReason.DIED
