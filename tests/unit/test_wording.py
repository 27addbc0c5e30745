"""Codes of ours as words."""

import pytest

from resettle.core.wording import plain, within


@pytest.mark.parametrize(
    ("code", "alone", "inside"),
    [
        ("staff_and_sponsor", "Staff and sponsor", "staff and sponsor"),
        ("UNHCR_MATCHED", "UNHCR matched", "UNHCR matched"),
        ("inz", "INZ", "INZ"),
        ("letter_from_inz", "Letter from INZ", "letter from INZ"),
        ("single", "Single", "single"),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_what_is_said_letter_by_letter_keeps_its_capitals(code, alone, inside):
    assert (plain(code), within(code)) == (alone, inside)
