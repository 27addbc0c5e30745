"""A household in words: what is read, and what is refused by naming the part."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.programmes.family import Member, NotUnderstood, household


class TestHousehold:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("2 adults, child 7", [("Adult 1", 30), ("Adult 2", 30), ("Child 7", 7)]),
            ("adult", [("Adult 1", 30)]),
            ("adult 67 and baby", [("Adult 1", 67), ("Baby", 0)]),
            ("Two Adults 34 29, BABY", [("Adult 1", 34), ("Adult 2", 29), ("Baby", 0)]),
            ("3 children 4 9 15, adult 41", [("Child 4", 4), ("Child 9", 9), ("Child 15", 15),
                                             ("Adult 1", 41)]),
            ("children 4 9, adult", [("Child 4", 4), ("Child 9", 9), ("Adult 1", 30)]),
            ("2 babies, adult", [("Baby", 0), ("Baby (2)", 0), ("Adult 1", 30)]),
            ("adult, baby 0,", [("Adult 1", 30), ("Baby", 0)]),
            ("children 7 7", [("Child 7", 7), ("Child 7 (2)", 7)]),
        ],
    )  # fmt: skip
    def test_it(self, words, expected):
        assert [(member.name, member.age) for member in household(words)] == expected

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            ("", 'Say who arrives, for example "2 adults, child 7".'),
            ("2 adults, dog", '"dog" is not understood'),
            ("2 adults; child 7", '"2 adults; child 7" is not understood'),
            ("child", '"child" needs the age of each child'),
            ("3 children 4 9", '"3 children 4 9" needs the age of each child'),
            ("child 19", '"child 19" has a child of 18 or more'),
            ("adult 12", '"adult 12" has an adult who is not 18 to 110'),
            ("adult 430", "has an adult who is not 18 to 110"),
            ("3 adults 30 31", '"3 adults 30 31" speaks of 3 but has 2 ages.'),
            ("baby 3", '"baby 3" gives a baby an age'),
            ("0 adults", '"0 adults" does not begin with a number from 1 to 30.'),
            ("many adults", '"many adults" does not begin with a number from 1 to 30.'),
            ("30 adults, 2 babies", "A household of 32 people is too large; 30 at most."),
        ],
    )
    def test_what_is_not_understood_is_named(self, words, told):
        with pytest.raises(NotUnderstood) as caught:
            household(words)

        assert told in str(caught.value)

    @given(st.text(max_size=40))
    def test_any_text_is_read_or_refused_in_words(self, words):
        try:
            told = household(words)
        except NotUnderstood as error:
            told = str(error)

        assert told

    @given(st.integers(1, 110), st.dates(date(2018, 1, 1), date(2030, 1, 1)))
    def test_a_member_has_the_age_told_on_the_day_of_arrival(self, age, day):
        born = Member("x", age).as_subject(day).born

        assert day.year - born.year - ((day.month, day.day) < (born.month, born.day)) == age
