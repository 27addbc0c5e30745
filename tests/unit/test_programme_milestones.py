"""Which milestones a household has and when: by programme, by age, by who joins and who moves."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from resettle.programmes.milestones import (
    AgeChange,
    Days,
    Subject,
    age_changes,
    at_birthday,
    due_on,
    plan,
    plan_for,
    reopened_by_move,
)
from resettle.programmes.terms import Anchor, Due, Period, age_on, birthday
from tests.unit.programme_files import shipped

ARRIVED = date(2026, 7, 6)
PLACED = date(2026, 8, 10)
QUOTA = {Anchor.ARRIVED: ARRIVED, Anchor.PLACED: PLACED}
DIRECT = {Anchor.ARRIVED: ARRIVED}

RQP = shipped().get("rqp", 3)
CORS = shipped().get("cors", 2)
AGES = RQP.birthdays.ages

AMAL = Subject("Amal", date(1990, 3, 1))
YUSUF = Subject("Yusuf", date(2019, 1, 10))
HOUSE = (AMAL, YUSUF)


def days_of(items, subject=None):
    return {item.code: item.due_on for item in items if item.subject_id == subject}


class TestPlan:
    @pytest.mark.parametrize(
        ("code", "subject", "day"),
        [
            ("REC-06", None, ARRIVED + timedelta(35)),
            ("PRE-05", None, PLACED - timedelta(1)),
            ("REV-06", None, PLACED + timedelta(700)),
            ("REV-07", None, PLACED + timedelta(730)),
            ("EDU-01", "Yusuf", PLACED + timedelta(14)),
            ("HEA-03", "Yusuf", ARRIVED + timedelta(183)),
            ("EDU-06@182", "Amal", PLACED + timedelta(182)),
            ("EDU-06@730", "Amal", PLACED + timedelta(730)),
            ("EMP-02", "Amal", PLACED + timedelta(42)),
            ("EMP-09", "Amal", ARRIVED + timedelta(1826)),
        ],
    )
    def test_the_days_of_the_quota(self, code, subject, day):
        assert days_of(plan(RQP, QUOTA, HOUSE), subject)[code] == day

    def test_items_are_of_the_household_or_of_a_person_by_age(self):
        items = plan(RQP, QUOTA, HOUSE)

        assert "EDU-01" not in days_of(items, "Amal")
        assert "EMP-02" not in days_of(items, "Yusuf")
        assert "HEA-01" in days_of(items, "Amal").keys() & days_of(items, "Yusuf").keys()
        assert "HOU-01" in days_of(items)

    def test_codes_are_unique_for_each_subject(self):
        keys = [(item.code, item.subject_id) for item in plan(RQP, QUOTA, HOUSE)]

        assert len(keys) == len(set(keys))

    def test_an_instance_remembers_its_item_and_its_rule(self):
        (item,) = (i for i in plan(RQP, QUOTA, HOUSE) if i.code == "SAF-05@182")

        assert (item.template, item.anchor, item.days) == ("SAF-05", Anchor.PLACED, 182)

    def test_what_opens_earlier_says_so(self):
        (item,) = (i for i in plan(RQP, QUOTA, HOUSE) if i.code == "EMP-02")

        assert item.opens_on == PLACED + timedelta(35)

    def test_a_typical_day_is_no_deadline(self):
        late = {i.code for i in plan(RQP, QUOTA, HOUSE) if not i.is_deadline}

        assert late == {"EMP-04", "EMP-05", "REV-07"}

    def test_before_placement_only_what_counts_from_arrival_is_planned(self):
        items = plan(RQP, {Anchor.ARRIVED: ARRIVED}, HOUSE)

        assert {item.anchor for item in items} == {Anchor.ARRIVED}
        assert "REC-06" in days_of(items)

    def test_without_reception_the_household_is_placed_when_it_arrives(self):
        items = plan(CORS, DIRECT, HOUSE)

        assert days_of(items)["ARR-01"] == ARRIVED
        assert "REC-01" not in days_of(items)
        assert days_of(items)["PRE-01"] == ARRIVED - timedelta(120)

    def test_half_the_support_has_no_reviews_after_its_end_but_keeps_the_indicators(self):
        items = plan(shipped().get("rqp", 2), QUOTA, HOUSE)

        assert days_of(items)["REV-07"] == PLACED + timedelta(365)
        assert days_of(items)["REV-06"] == PLACED + timedelta(335)
        assert "REV-05" not in days_of(items)
        assert "EDU-06@730" not in days_of(items, "Amal")
        assert days_of(items, "Amal")["EMP-08"] == ARRIVED + timedelta(730)

    def test_the_pilot_and_six_weeks(self):
        items = plan(shipped().get("rqp", 1), QUOTA, HOUSE)

        assert days_of(items)["REC-06"] == ARRIVED + timedelta(42)

    @pytest.mark.parametrize(
        ("programme", "code", "owners"),
        [
            (RQP, "ARR-01", ("provider",)),
            (CORS, "ARR-01", ("sponsor",)),
            (RQP, "SAF-05@30", ("provider",)),
            (CORS, "SAF-05@30", ("umbrella",)),
            (CORS, "FAM-01", ("sponsor",)),
            (RQP, "REV-07", ()),
        ],
    )
    def test_who_owes_it_depends_on_who_supports(self, programme, code, owners):
        found = next(i for i in plan(programme, QUOTA, HOUSE) if i.code == code)

        assert found.responsible == owners

    def test_leaving_school_has_its_day_when_it_is_known(self):
        leaver = Subject("Yusuf", YUSUF.born, left_school_on=date(2037, 12, 10))

        assert days_of(plan(RQP, QUOTA, [leaver]), "Yusuf")["EDU-09"] == date(2037, 12, 10)
        assert "EDU-09" not in days_of(plan(RQP, QUOTA, [YUSUF]), "Yusuf")

    @given(st.dates(date(1930, 1, 1), ARRIVED), st.sampled_from([RQP, CORS]))
    def test_nothing_but_indicators_is_due_after_the_end_of_support(self, born, programme):
        follow_up = {m.code for m in programme.milestones if m.follow_up}
        end = (PLACED if programme is RQP else ARRIVED) + timedelta(programme.support.days)
        anchors = QUOTA if programme is RQP else DIRECT

        for item in plan(programme, anchors, [Subject("x", born)]):
            assert item.due_on <= end or item.template in follow_up

    @given(st.integers(-60, 60))
    def test_moving_the_arrival_moves_everything_by_as_much(self, shift):
        move = timedelta(shift)
        people = [Subject("Amal", AMAL.born)]
        before = plan(CORS, DIRECT, people)

        after = plan(CORS, {Anchor.ARRIVED: ARRIVED + move}, people)

        assert [(i.code, i.due_on + move) for i in before] == [(i.code, i.due_on) for i in after]


class TestNewMembers:
    def test_a_birth_brings_the_items_of_the_child_from_its_birth(self):
        born = date(2026, 12, 1)
        baby = Subject("Noor", born, joined_on=born)

        items = days_of(plan_for(RQP, QUOTA, baby), "Noor")

        assert items["HEA-01"] == born + timedelta(14)
        assert items["EDU-03"] == born + timedelta(60)
        assert items["HEA-03"] == born + timedelta(183)
        assert not {"REC-02", "REC-03", "EDU-01"} & items.keys()

    def test_a_birth_without_a_day_of_joining_counts_from_the_birth(self):
        baby = Subject("Noor", date(2026, 12, 1))

        items = plan_for(RQP, QUOTA, baby)

        assert days_of(items, "Noor")["HEA-01"] == date(2026, 12, 15)

    def test_who_is_born_at_the_centre_is_screened_there(self):
        baby = Subject("Noor", date(2026, 7, 20))

        assert "REC-02" in days_of(plan_for(RQP, QUOTA, baby), "Noor")

    def test_a_later_adult_has_the_items_of_an_adult(self):
        later = Subject("Omar", date(1988, 1, 1), joined_on=date(2027, 2, 1))

        items = days_of(plan_for(RQP, QUOTA, later), "Omar")

        assert items["ARR-06"] == date(2027, 2, 8)
        assert "EDU-06@730" not in items


class TestBirthdays:
    def test_the_birthdays_within_the_support_are_found(self):
        changes = age_changes(date(2011, 9, 1), PLACED, PLACED + timedelta(730), AGES)

        assert changes == (AgeChange(15, date(2026, 9, 1)), AgeChange(16, date(2027, 9, 1)))

    def test_the_first_day_is_not_counted_and_the_last_is(self):
        assert age_changes(date(2021, 8, 10), PLACED, PLACED, AGES) == ()
        assert len(age_changes(date(2021, 8, 11), PLACED, PLACED + timedelta(1), AGES)) == 1

    def test_turning_five_brings_school(self):
        child = Subject("Lina", date(2022, 1, 10))
        day = date(2027, 1, 10)

        found = at_birthday(RQP, QUOTA, child, day)

        assert days_of(found.added, "Lina") == {
            "EDU-01": day + timedelta(14),
            "EDU-02": day + timedelta(21),
            "EDU-07": day + timedelta(30),
        }
        assert found.dropped == {"EDU-03"}

    def test_turning_fifteen_keeps_the_days_of_the_indicators(self):
        child = Subject("Sami", date(2011, 9, 1))

        added = days_of(at_birthday(RQP, QUOTA, child, date(2026, 9, 1)).added, "Sami")

        assert added["EMP-06"] == ARRIVED + timedelta(183)
        assert added["ARR-07"] == date(2026, 9, 15)
        assert "REC-04" not in added

    def test_an_indicator_whose_day_is_past_is_not_added(self):
        child = Subject("Sami", date(2012, 9, 1))

        added = days_of(at_birthday(RQP, QUOTA, child, date(2027, 9, 1)).added, "Sami")

        assert not {"EMP-06", "EMP-07"} & added.keys()
        assert "EMP-08" in added

    def test_turning_sixty_five_ends_what_is_of_working_age(self):
        elder = Subject("Farid", date(1962, 1, 1))

        found = at_birthday(CORS, DIRECT, elder, date(2027, 1, 1))

        assert found.added == ()
        assert {"EMP-08", "EMP-09"} <= found.dropped

    def test_before_placement_only_arrival_counts(self):
        child = Subject("Sami", date(2011, 7, 20))

        found = at_birthday(RQP, {Anchor.ARRIVED: ARRIVED}, child, date(2026, 7, 20))

        assert {item.anchor for item in found.added} == {Anchor.ARRIVED}


class TestMove:
    def test_what_is_bound_to_the_place_opens_again(self):
        reopened = reopened_by_move(RQP)

        assert {"HEA-01", "EDU-01", "ARR-11"} <= reopened
        assert "ARR-06" not in reopened


class TestDue:
    def test_working_days_know_the_region(self):
        due = Due.parse("entered + 5 working days")
        entered = {Anchor.ENTERED: date(2026, 1, 22)}
        days = Days(shipped().working_days, "WKO")

        assert due_on(RQP, due, entered, Days()) == date(2026, 1, 29)
        assert due_on(RQP, due, entered, days) == date(2026, 1, 30)

    def test_an_unknown_anchor_day_has_no_due_day(self):
        assert due_on(RQP, Due.parse("placed + 5 days"), {}, Days()) is None


class TestAges:
    @pytest.mark.parametrize(
        ("born", "day", "age"),
        [
            (date(2000, 2, 29), date(2018, 2, 28), 17),
            (date(2000, 2, 29), date(2018, 3, 1), 18),
            (date(2000, 7, 6), date(2018, 7, 6), 18),
        ],
    )
    def test_age_on(self, born, day, age):
        assert age_on(born, day) == age

    @given(st.dates(date(1920, 1, 1), date(2030, 1, 1)), st.integers(0, 65))
    @example(date(2008, 2, 29), 18)
    def test_on_the_birthday_one_is_that_old_and_the_day_before_not(self, born, age):
        day = birthday(born, age)

        assert age_on(born, day) == age
        assert age_on(born, day - timedelta(1)) == age - 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Period(date(2020, 1, 1)), Period(None, date(2020, 1, 1)), True),
        (Period(date(2020, 1, 2)), Period(None, date(2020, 1, 1)), False),
        (Period(), Period(date(2020, 1, 1), date(2020, 1, 2)), True),
    ],
)
def test_periods_overlap_where_they_share_a_day(one, other, expected):
    assert one.overlaps(other) is other.overlaps(one) is expected
