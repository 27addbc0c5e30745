"""Places and required fields, against a small world that is counted by hand."""

from collections import Counter
from datetime import date

import pytest

from resettle.cases.models import ResettlementCase
from resettle.cases.papers import DecisionKind
from resettle.core.actor import SYSTEM
from resettle.evaluation import wholes
from resettle.evaluation.definition import Evaluation
from resettle.evaluation.outcomes import MET, NOT_KNOWN, NOT_MET
from resettle.households.models import Household, HouseholdMember, LeaveReason, Person, Sex
from resettle.households.rules import Coded
from resettle.releases.population import subjects
from tests.crowds import a_home, nominated

AS_AT = date(2026, 3, 2)
PILOT = {"programme_code": "cors", "programme_version": 1}


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


def a_case(uow, home, **facts):
    nominated(uow, home, facts.pop("on", date(2025, 8, 1)))
    where = ResettlementCase.household_id == home.household_id
    case = uow.first(uow.select(ResettlementCase).where(where))
    for name, value in facts.items():
        setattr(case, name, value)
    return case


def approved(on=date(2025, 9, 1)):
    return {"decision": DecisionKind.APPROVED, "decided_on": on}


def on_the_way(uow, size=4):
    home = a_home(uow, size)
    uow.find(Household, home.household_id).arrived_on = None
    return home


def counted(uow, code, as_at=AS_AT):
    uow.session.flush()
    definition = uow.use(Evaluation).indicators[code]
    people = {each.person: each for each in subjects(uow, as_at)}
    count = {"IND-PLACES": wholes.places, "IND-DATA": wholes.records}[code]
    return Counter(each.outcome for each in count(uow, definition, people, as_at))


class TestPlaces:
    def test_who_arrived_is_approved_and_on_the_way_or_not_decided(self, uow):
        a_case(uow, a_home(uow, 3))
        a_case(uow, on_the_way(uow), **approved())
        a_case(uow, on_the_way(uow, 2))

        assert counted(uow, "IND-PLACES") == {MET: 3, NOT_MET: 4, NOT_KNOWN: 2}

    @pytest.mark.parametrize(
        "facts",
        [
            {"decision": DecisionKind.DECLINED, "decided_on": date(2025, 9, 1)},
            {"stage": "WITHDRAWN"},
            {"programme_year": "2024/25"},
            {"on": date(2025, 6, 30)},  # the programme year before
        ],
    )
    def test_who_will_not_come_or_counts_in_another_year_is_not_counted(self, uow, facts):
        a_case(uow, on_the_way(uow), **facts)

        assert counted(uow, "IND-PLACES") == {}

    def test_what_is_decided_later_is_not_decided_on_the_day(self, uow):
        a_case(uow, on_the_way(uow), **approved(date(2026, 3, 3)))

        assert counted(uow, "IND-PLACES") == {NOT_KNOWN: 4}

    def test_who_was_born_here_or_moved_out_before_takes_no_place(self, uow):
        born, left = a_home(uow, 4), on_the_way(uow)
        a_case(uow, born)
        a_case(uow, left, **approved())
        uow.session.flush()
        for home, facts in (
            (born, {"joined_on": date(2025, 9, 1)}),
            (left, {"left_on": date(2025, 9, 1), "leave_reason": LeaveReason.MOVED_OUT}),
        ):
            stay = HouseholdMember.person_id == home.person_ids[3]
            member = uow.first(uow.select(HouseholdMember).where(stay))
            for name, value in facts.items():
                setattr(member, name, value)

        assert counted(uow, "IND-PLACES") == {MET: 3, NOT_MET: 3}

    def test_a_cap_of_all_years_counts_all_cases_of_its_version(self, uow):
        """The pilot: 25 places over all its time, and no household of another version's."""
        arrived = {"arrived_on": date(2018, 7, 13), "placed_on": date(2018, 8, 1), **PILOT}
        for version in (1, 2):
            home = a_home(uow, 4, **arrived)
            a_case(uow, home, on=date(2018, 2, 1), **PILOT | {"programme_version": version})

        assert counted(uow, "IND-PLACES", date(2020, 3, 2)) == {MET: 4}
        caps = {p.code: cap.persons for p, cap in wholes.headlines(uow, date(2020, 3, 2))}
        assert caps["cors"] == 25


class TestRecords:
    def test_each_required_field_counts_once_and_english_of_adults_alone(self, uow):
        home = a_home(uow, 3)
        a_case(uow, home, programme_year="2025/26")
        person = uow.find(Person, home.person_ids[0])
        person.nationality, person.english_level = Coded("AFG").text, 0

        # Place, language, sex of three, one nationality and one level of English, the year.
        assert counted(uow, "IND-DATA") == {MET: 8, NOT_MET: 3}

    def test_what_says_that_nobody_knows_is_empty(self, uow):
        home = a_home(uow, 1, location=None)
        uow.find(Person, home.person_ids[0]).sex = Sex.U

        assert counted(uow, "IND-DATA") == {MET: 1, NOT_MET: 4}

    @pytest.mark.parametrize("facts", [{"arrived_on": None}, {"exited_on": date(2026, 1, 1)}])
    def test_households_that_have_not_come_or_are_not_supported_any_more_are_not_counted(
        self, uow, facts
    ):
        a_home(uow, 2, **facts)

        assert counted(uow, "IND-DATA") == {}

    def test_who_moved_out_is_not_counted(self, uow):
        home = a_home(uow, 2)
        uow.session.flush()
        stay = HouseholdMember.person_id == home.person_ids[1]
        member = uow.first(uow.select(HouseholdMember).where(stay))
        member.left_on, member.leave_reason = date(2025, 9, 1), LeaveReason.MOVED_OUT

        assert sum(counted(uow, "IND-DATA").values()) == 5
