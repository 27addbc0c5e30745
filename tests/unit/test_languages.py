"""How a text is marked: the tag of its language and the way it is written."""

import pytest

from resettle.core import languages


@pytest.mark.parametrize(
    ("code", "tag", "direction"),
    [
        ("prs", "fa-AF", "rtl"),
        ("apc", "apc", "rtl"),
        ("ara", "ar", "rtl"),
        ("spa", "es", "ltr"),
        ("tir", "ti", "ltr"),
        ("eng", "en", "ltr"),
        ("zzz", "zzz", "auto"),
        (None, "und", "auto"),
    ],
)
def test_a_text_is_marked_by_its_language(code, tag, direction):
    assert (languages.language_tag(code), languages.direction(code)) == (tag, direction)
