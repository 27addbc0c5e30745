"""Cells of a table that no spreadsheet works out."""

import pytest

from resettle.web.sheets import Number, safe


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+64 21", "-1", "@SUM(A1)", "|cmd", "%0A", "\t=1", "\r=1", " =1", "\n5"),
        *("\ufeff=1", "\u200b=1", "＝1", "＋1", "－1", "＠x"),  # the wide forms
    ],
)
def test_what_begins_like_a_formula_is_made_a_text(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Bread", "O'Brien", "علی", "5 = 5", "2026-03-02"])
def test_all_else_stays_as_it_is(text):
    assert safe(text) == text


def test_numbers_of_ours_stay_numbers():
    assert safe(Number("-45.90")) == "-45.90"


def test_what_ends_a_text_is_taken_out():
    assert safe("a\0b") == "ab"
