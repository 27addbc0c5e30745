"""Names of one person in the spellings of several offices, and of two people."""

from datetime import date

import pytest

from resettle.duplicates import rules
from resettle.duplicates.rules import Compared
from resettle.names.folding import are_close, folded, likeness

SAME = [
    ("Mohammed Al-Hassan", "محمد الحسن"),
    ("Muhammad Hasan", "Mohammed Hassan"),
    ("Mohammad Hussein", "محمد حسین"),
    ("Fatima Ahmadi", "فاطمه احمدی"),
    ("Fatemeh Ahmadi", "Fatima Ahmady"),
    ("Abdul Rahman Noori", "عبدالرحمن نوری"),
    ("Abd al-Rahman Noori", "Abdulrahman Nuri"),
    ("Yusuf Ali", "Youssef Aly"),
    ("Zainab Karimi", "زینب کریمی"),
    ("خالد قاسم", "Khalid Kassem"),
    ("Oleksandr Kovalenko", "Олександр Коваленко"),
    ("Alexander Kovalenko", "Oleksandr Kovalenko"),
    ("Sergiy Petrenko", "Сергій Петренко"),
    ("Tesfaye Gebre", "ተስፋዬ ገብረ"),
    ("Yohannes Tekle", "Johannes Tekle"),
    ("Aung Kyaw Moe", "Kyaw Moe Aung"),
    ("Daw Aung San", "အောင် ဆန်း"),
    ("Jorge Muñoz", "JORGE MUNOZ"),
    ("Seán O'Brien", "Sean O’Brien"),
]
DIFFERENT = [
    ("Mohammed Hassan", "Ahmed Hussein"),
    ("Omar Haddad", "Amira Hadid"),
    ("Naw Paw", "Saw Htoo"),
    ("Ali", "Aye"),
    ("Oleksandr Kovalenko", "Olena Kovalchuk"),
    ("Fatima Noori", "Farida Nazari"),
    ("Aung Moe", "Aung Min"),
    ("", ""),
    ("", "Ali"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_are_close(one, other):
    assert are_close(folded(one), folded(other)), likeness(folded(one), folded(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_names_are_not(one, other):
    assert not are_close(folded(one), folded(other)), likeness(folded(one), folded(other))


def compared(**facts):
    usual = {
        "same_unhcr_number": False,
        "names": 100,
        "born_on": date(1990, 5, 17),
        "other_born_on": date(1990, 5, 17),
        "estimated": False,
        "same_sex": True,
    }
    return Compared(**usual | facts)


@pytest.mark.parametrize(
    ("facts", "listed", "says"),
    [
        ({}, True, "birth day is the same"),
        ({"names": 90}, True, "two offices"),
        ({"names": 40}, False, "birth day is the same"),
        ({"names": 0, "same_unhcr_number": True}, True, "UNHCR number"),
        ({"names": 90, "other_born_on": date(1990, 1, 1)}, False, "year of birth"),
        ({"other_born_on": date(1990, 1, 1)}, True, "year of birth"),
        ({"names": 90, "other_born_on": date(1989, 9, 9)}, False, "two offices"),
        ({"names": 90, "other_born_on": date(1990, 3, 1), "estimated": True}, True, "estimate"),
        ({"names": 90, "same_sex": False}, False, "sex on record differs"),
        ({"born_on": date(1990, 3, 4), "other_born_on": date(1990, 4, 3)}, True, "exchanged"),
    ],
)
def test_a_pair_is_listed_with_its_reasons(facts, listed, says):
    found = rules.reasons(compared(**facts))

    assert (rules.score(found) >= rules.LISTED) is listed, rules.score(found)
    assert says in " ".join(reason.words for reason in found)


def test_the_first_of_january_weighs_little():
    new_year = compared(names=90, born_on=date(1990, 1, 1), other_born_on=date(1990, 1, 1))
    in_may = compared(names=90)

    assert rules.score(rules.reasons(new_year)) < rules.score(rules.reasons(in_may))


def test_no_score_leaves_its_range():
    surest = compared(same_unhcr_number=True)
    unlikeliest = compared(names=0, other_born_on=date(1960, 1, 1), same_sex=False)

    assert rules.score(rules.reasons(surest)) == 100
    assert rules.score(rules.reasons(unlikeliest)) == 0
