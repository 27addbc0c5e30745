"""Indicators of statuses, rent and ratings, against a small world that is counted by hand."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from resettle.core.actor import SYSTEM
from resettle.core.crypto import Keyring
from resettle.evaluation.definition import Evaluation, Measure
from resettle.evaluation.figuring import FACTS, LIVINGS
from resettle.evaluation.outcomes import MET, NOT_KNOWN, NOT_MET
from resettle.households.models import HouseholdMember, LeaveReason, Person
from resettle.placements.models import (
    Dwelling,
    HousingNeed,
    Placement,
    PlacementKind,
    Sponsorship,
    SponsorshipStatus,
    Tenure,
)
from resettle.releases.keys import ReleaseKeys
from resettle.releases.population import subjects
from resettle.statuses.models import PersonStatus
from resettle.upkeep.models import HouseRating
from tests.crowds import ARRIVED, a_home, agrees
from tests.groups import a_group

# Arrived on 1 July 2025: six months are over on 31 December, the window 45 days later.
AS_AT = date(2026, 3, 2)
POINT = ARRIVED + timedelta(days=183)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


def a_couple(uow, born=date(1990, 5, 1), **facts):
    """Make a household of two adults of this birth day, who agreed to evaluation."""
    home = a_home(uow, 2, **facts)
    for id_ in home.person_ids:
        uow.find(Person, id_).born_on = born
    agrees(uow, home)
    return home


def is_so(uow, person_id: UUID, code, from_on=POINT, known_on=None, kind="work"):
    row = PersonStatus(person_id=person_id, kind=kind, code=code)
    row.from_on, row.known_on = from_on, known_on or from_on
    return uow.add(row)


def outcomes(uow, code, as_at=AS_AT):
    """Give what was found of each unit, under its id."""
    uow.session.flush()
    definition = uow.use(Evaluation).indicators[code]
    people = {each.person: each for each in subjects(uow, as_at)}
    if definition.measure in LIVINGS:
        found = LIVINGS[definition.measure](uow, definition, people, as_at)
    else:
        found = FACTS[definition.measure](uow, definition, as_at)
    return {each.unit: each.outcome for each in found}


@pytest.fixture
def name(uow):
    return ReleaseKeys.of(uow.use(Keyring)).name


class TestStatus:
    @pytest.mark.parametrize(
        ("code", "days", "outcome"),
        [
            ("employed_ft", 0, MET),
            ("employed_pt", -45, MET),
            ("self_employed", 45, MET),
            ("casual", 0, MET),
            ("casual", -46, NOT_KNOWN),
            ("casual", 46, NOT_KNOWN),
            ("studying", 0, NOT_MET),
            ("volunteering_only", 0, NOT_MET),
            ("unknown", 0, NOT_KNOWN),
            ("too_soon", 0, NOT_KNOWN),
        ],
    )
    def test_paid_work_within_45_days_of_six_months(self, uow, name, code, days, outcome):
        person_id = a_couple(uow).person_ids[0]
        is_so(uow, person_id, code, POINT + timedelta(days=days))

        assert outcomes(uow, "IND-EMP-6")[name(person_id)] == outcome

    def test_who_was_never_asked_is_not_known_and_counted_as_that(self, uow):
        a_couple(uow)

        assert [*outcomes(uow, "IND-EMP-6").values()] == [NOT_KNOWN, NOT_KNOWN]

    def test_what_was_corrected_counts_no_more(self, uow, name):
        person_id = a_couple(uow).person_ids[0]
        is_so(uow, person_id, "casual").corrected_at = uow.now
        is_so(uow, person_id, "studying")

        assert outcomes(uow, "IND-EMP-6")[name(person_id)] == NOT_MET

    @pytest.mark.parametrize(
        ("born", "counted"),
        [
            (date(2010, 12, 31), 2),  # 15 on the day
            (date(2011, 1, 1), 0),
            (date(1961, 1, 1), 2),  # 64
            (date(1960, 12, 31), 0),  # 65
        ],
    )
    def test_those_of_15_to_64_years_on_the_day_are_counted(self, uow, born, counted):
        a_couple(uow, born)

        assert len(outcomes(uow, "IND-EMP-6")) == counted

    @pytest.mark.parametrize(
        ("reason", "on", "counted"),
        [
            (LeaveReason.LEFT_NEW_ZEALAND, POINT - timedelta(days=1), 1),
            (LeaveReason.DIED, POINT - timedelta(days=1), 1),
            (LeaveReason.LEFT_NEW_ZEALAND, POINT, 2),
            (LeaveReason.MOVED_OUT, POINT - timedelta(days=1), 2),
        ],
    )
    def test_who_left_new_zealand_or_died_before_is_not(self, uow, reason, on, counted):
        person_id = a_couple(uow).person_ids[1]
        uow.session.flush()
        stay = HouseholdMember.person_id == person_id
        member = uow.first(uow.select(HouseholdMember).where(stay))
        member.left_on, member.leave_reason = on, reason

        assert len(outcomes(uow, "IND-EMP-6")) == counted

    @pytest.mark.parametrize(("late", "counted"), [(0, 2), (1, 0)])
    def test_nobody_is_counted_before_the_window_is_over(self, uow, late, counted):
        last = AS_AT - timedelta(days=183 + 45)
        a_couple(uow, arrived_on=last + timedelta(days=late))

        assert len(outcomes(uow, "IND-EMP-6")) == counted

    def test_nobody_is_counted_who_has_not_arrived(self, uow):
        a_couple(uow, arrived_on=None)

        assert outcomes(uow, "IND-EMP-6") == {}

    def test_at_five_years_the_window_is_90_days(self, uow, name):
        arrived = date(2020, 7, 1)
        person_id = a_couple(uow, arrived_on=arrived).person_ids[0]
        point = arrived + timedelta(days=1826)
        is_so(uow, person_id, "employed_ft", point - timedelta(days=90))

        assert outcomes(uow, "IND-EMP-60")[name(person_id)] == MET
        assert outcomes(uow, "IND-BEN-60")[name(person_id)] == NOT_KNOWN

    def test_a_benefit_for_want_of_work_is_one(self, uow, name):
        home = a_couple(uow)
        for person_id, code in zip(home.person_ids, ("jobseeker", "sole_parent"), strict=True):
            is_so(uow, person_id, code, kind="benefit")

        found = outcomes(uow, "IND-BEN-6")

        assert [found[name(id_)] for id_ in home.person_ids] == [MET, NOT_MET]


class TestGain:
    YEAR = ARRIVED + timedelta(days=365)
    AS_AT = date(2026, 9, 1)

    @pytest.mark.parametrize(
        ("tests", "outcome"),
        [
            ([("1", 30), ("2", 365)], MET),
            ([("1", 30), ("3", 183), ("3", 365)], MET),
            ([("1", 30), ("1", 365)], NOT_MET),
            ([("2", 30), ("1", 365)], NOT_MET),
            ([("1", 30)], NOT_KNOWN),
            ([("1", 30), ("2", 183)], NOT_KNOWN),
            ([("1", 30), ("2", 411)], NOT_KNOWN),
            ([], NOT_KNOWN),
        ],
    )
    def test_it_takes_a_first_test_and_one_at_the_point(self, uow, name, tests, outcome):
        person_id = a_couple(uow).person_ids[0]
        for level, days in tests:
            is_so(uow, person_id, level, ARRIVED + timedelta(days=days), kind="english")

        assert outcomes(uow, "IND-ENG-GAIN-12", self.AS_AT)[name(person_id)] == outcome

    def test_english_at_arrival_stays_the_first_level_there_is(self, uow, name):
        person_id = a_couple(uow).person_ids[0]
        uow.find(Person, person_id).english_level = 5
        is_so(uow, person_id, "1", ARRIVED, kind="english")
        is_so(uow, person_id, "5", POINT, kind="english")
        uow.session.flush()

        traits = {each.person: each.traits for each in subjects(uow, AS_AT)}

        assert traits[name(person_id)]["english"] == "None or a few words"


class TestHomes:
    AS_AT = date(2027, 9, 1)
    POINT = ARRIVED + timedelta(days=730)

    def lives_in(self, uow, home, tenure, rent=None, start_on=ARRIVED, end_on=None):
        house = Dwelling(household_id=home.household_id, location="PMR", bedrooms=3, tenure=tenure)
        house.weekly_rent = rent
        uow.add(house)
        stay = Placement(
            household_id=home.household_id,
            kind=PlacementKind.SETTLED,
            dwelling_id=house.id,
            location="PMR",
            start_on=start_on,
            end_on=end_on,
        )
        uow.add(stay)
        return house

    @pytest.mark.parametrize(
        ("codes", "tenure", "outcome"),
        [
            (("accommodation_supplement", "none"), Tenure.PRIVATE_RENTAL, MET),
            (("none", "none"), Tenure.PUBLIC_HOUSING, MET),
            (("none", None), Tenure.PRIVATE_RENTAL, NOT_MET),
            ((None, None), Tenure.PRIVATE_RENTAL, NOT_KNOWN),
        ],
    )
    def test_help_of_anybody_or_public_housing(self, uow, name, codes, tenure, outcome):
        home = a_couple(uow)
        self.lives_in(uow, home, tenure)
        for person_id, code in zip(home.person_ids, codes, strict=True):
            if code is not None:
                is_so(uow, person_id, code, self.POINT, kind="housing_help")

        found = outcomes(uow, "IND-HOU-SUB-24", self.AS_AT)

        assert found == {name(home.household_id): outcome}

    @pytest.mark.parametrize(
        ("codes", "outcome"),
        [
            (("casual", "studying"), MET),
            (("studying", "volunteering_only"), NOT_MET),
            (("studying", None), NOT_MET),
            ((None, "unknown"), NOT_KNOWN),
        ],
    )
    def test_one_earner_makes_a_household_of_earners_and_public_housing_none(
        self, uow, name, codes, outcome
    ):
        home = a_couple(uow)
        self.lives_in(uow, home, Tenure.PUBLIC_HOUSING)
        for person_id, code in zip(home.person_ids, codes, strict=True):
            if code is not None:
                is_so(uow, person_id, code, self.POINT)

        found = outcomes(uow, "IND-HHW-24", self.AS_AT)

        assert found == {name(home.household_id): outcome}

    def test_public_housing_that_was_left_before_is_none(self, uow, name):
        home = a_couple(uow)
        self.lives_in(uow, home, Tenure.PUBLIC_HOUSING, end_on=self.POINT)
        is_so(uow, home.person_ids[0], "none", self.POINT, kind="housing_help")

        found = outcomes(uow, "IND-HOU-SUB-24", self.AS_AT)

        assert found == {name(home.household_id): NOT_MET}

    def test_of_who_did_not_agree_to_evaluation_nothing_is_known(self, uow, name):
        home = a_home(uow, 2)
        self.lives_in(uow, home, Tenure.PUBLIC_HOUSING)
        is_so(uow, home.person_ids[0], "other", self.POINT, kind="housing_help")

        found = outcomes(uow, "IND-HOU-SUB-24", self.AS_AT)

        assert found == {name(home.household_id): NOT_KNOWN}

    @pytest.mark.parametrize(
        ("rent", "income", "told_on", "outcome"),
        [
            ("400", "1000", date(2026, 3, 1), MET),
            ("401", "1000", date(2026, 3, 1), NOT_MET),
            ("400", None, date(2026, 3, 1), NOT_KNOWN),
            (None, "1000", date(2026, 3, 1), NOT_KNOWN),
            ("400", "1000", AS_AT - timedelta(days=365), NOT_KNOWN),
            ("400", "1000", AS_AT + timedelta(days=1), NOT_KNOWN),
        ],
    )
    def test_rent_is_at_most_40_percent_of_income(self, uow, name, rent, income, told_on, outcome):
        home = a_couple(uow)
        self.lives_in(uow, home, Tenure.PRIVATE_RENTAL, rent)
        need = HousingNeed(household_id=home.household_id, told_on=told_on, recorded_at=uow.now)
        need.weekly_income = income
        uow.add(need)

        assert outcomes(uow, "IND-HOU-COST", AS_AT) == {name(home.household_id): outcome}

    @pytest.mark.parametrize(
        ("marks", "days", "outcome"),
        [
            ((3, 3, 4, 5, 3), 0, MET),
            ((2, 5, 5, 5, 5), 0, NOT_MET),
            ((2, None, 5, 5, 5), 0, NOT_MET),
            ((3, None, 5, 5, 5), 0, NOT_KNOWN),
            ((3, 3, 3, 3, 3), 91, MET),
            ((3, 3, 3, 3, 3), 92, None),
            ((3, 3, 3, 3, 3), -1, None),
        ],
    )
    def test_a_house_is_good_in_all_respects(self, uow, name, marks, days, outcome):
        home = a_couple(uow)
        house = self.lives_in(uow, home, Tenure.PRIVATE_RENTAL)
        self.rated(uow, home, house, AS_AT - timedelta(days=days), marks)

        found = outcomes(uow, "IND-HOU-COND", AS_AT)

        assert found == ({} if outcome is None else {name(house.id): outcome})

    def test_the_last_look_at_a_house_counts(self, uow, name):
        home = a_couple(uow)
        house = self.lives_in(uow, home, Tenure.PRIVATE_RENTAL)
        self.rated(uow, home, house, AS_AT - timedelta(days=50), (1, 1, 1, 1, 1))
        self.rated(uow, home, house, AS_AT, (3, 3, 3, 3, 3))

        assert outcomes(uow, "IND-HOU-COND", AS_AT) == {name(house.id): MET}

    def rated(self, uow, home, house, on, marks):
        names = ("warm", "dry", "safe", "affordable", "enough_space")
        told = dict(zip(names, marks, strict=True))
        about = {"household_id": home.household_id, "dwelling_id": house.id}
        uow.add(HouseRating(**about, rated_on=on, **told))


class TestLeaving:
    @pytest.mark.parametrize(
        ("code", "left_on", "outcome"),
        [
            ("ncea_2", date(2025, 7, 1), MET),
            ("ncea_3", date(2025, 12, 1), MET),
            ("ncea_1", date(2025, 7, 1), NOT_MET),
            ("none", date(2025, 7, 1), NOT_MET),
            ("unknown", date(2025, 7, 1), NOT_KNOWN),
            ("ncea_2", date(2025, 6, 30), None),  # less than five years of school
            ("ncea_2", AS_AT + timedelta(days=1), None),
        ],
    )
    def test_with_level_2_after_five_years_of_school_here(self, uow, name, code, left_on, outcome):
        arrived = date(2020, 7, 1)
        person_id = a_couple(uow, date(2008, 5, 1), arrived_on=arrived).person_ids[0]
        is_so(uow, person_id, code, left_on, kind="school_left")

        found = outcomes(uow, "IND-NCEA2")

        assert found == ({} if outcome is None else {name(person_id): outcome})

    def test_who_came_before_school_age_began_at_five(self, uow):
        arrived = date(2020, 7, 1)
        person_id = a_couple(uow, date(2018, 5, 1), arrived_on=arrived).person_ids[0]
        is_so(uow, person_id, "none", date(2026, 1, 1), kind="school_left")

        assert outcomes(uow, "IND-NCEA2") == {}

    def test_nobody_on_no_record_is_counted(self, uow):
        home = a_couple(uow, arrived_on=None)
        is_so(uow, home.person_ids[0], "ncea_2", date(2026, 1, 1), kind="school_left")

        assert outcomes(uow, "IND-NCEA2") == {}


class TestBreakdown:
    @pytest.mark.parametrize(
        ("confirmed_on", "ended_on", "kind", "outcome"),
        [
            (date(2024, 1, 9), None, None, NOT_MET),  # more than two years ago
            (date(2025, 6, 2), None, None, None),
            (date(2025, 6, 2), AS_AT, "BREAKDOWN", MET),
            (date(2025, 6, 2), AS_AT, "COMPLETED", NOT_MET),
            (date(2025, 6, 2), AS_AT + timedelta(days=1), "BREAKDOWN", None),
            (date(2024, 1, 9), AS_AT + timedelta(days=1), "BREAKDOWN", NOT_MET),
        ],
    )
    def test_only_what_had_ended_by_the_day(self, uow, name, confirmed_on, ended_on, kind, outcome):
        about = {"household_id": a_couple(uow).household_id, "group_id": a_group(uow).id}
        match = Sponsorship(**about, route="NOMINATED", persons=2, proposed_on=confirmed_on)
        match.status = SponsorshipStatus.ENDED if ended_on else SponsorshipStatus.CONFIRMED
        match.confirmed_on, match.ended_on, match.ending_kind = confirmed_on, ended_on, kind
        uow.add(match)

        found = outcomes(uow, "IND-BREAK-24")

        assert found == ({} if outcome is None else {name(match.id): outcome})


def test_each_measure_that_is_named_has_a_maker(uow):
    apart = {Measure.MILESTONE, Measure.ANSWERS, Measure.DAYS}

    assert {*Measure} - apart <= {*LIVINGS, *FACTS, Measure.HOURS, Measure.COST, Measure.INCIDENTS}
