"""What comes in is read as it was meant, or refused with what to do about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from resettle.web import fields
from resettle.web.fields import Typed

LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
NAMES = st.text(LETTERS.filter(lambda c: c not in fields.BIDI_OVERRIDES), max_size=200)


@given(NAMES)
def test_a_name_comes_back_as_it_was_typed(name):
    assert fields.Name().deserialize(name) == name


@given(st.text(max_size=60))
def test_no_text_is_kept_that_cannot_be_stored(text):
    try:
        kept = fields.Text().deserialize(text)
    except ValidationError:
        return
    assert kept.encode() == text.replace("\r\n", "\n").encode()
    assert "\0" not in kept


@pytest.mark.parametrize(
    ("field", "given_", "made"),
    [
        (fields.Flag(), "on", True),
        (fields.Flag(), "", False),
        (fields.Flag(), False, False),
        (fields.Whole(), Typed(" 12 "), 12),
        (fields.Whole(), 12, 12),
        (fields.Text(), "a\r\nb", "a\nb"),
        (fields.Text(required=True, blank=True), " ", " "),
        (fields.Email(), " Mere@Example.ORG ", "mere@example.org"),
        (fields.Many(fields.Name(), most=2), ["a", "b"], ["a", "b"]),
    ],
    ids=str,
)
def test_it_is_read(field, given_, made):
    assert field.deserialize(given_) == made


@pytest.mark.parametrize(
    ("field", "given_"),
    [
        (fields.Flag(), "yes"),
        (fields.Flag(), 1),
        (fields.Whole(), "12"),
        (fields.Whole(), Typed("١٢")),
        (fields.Whole(), Typed("")),
        (fields.Whole(), Typed("-1")),
        (fields.Whole(), True),
        (fields.Whole(1, 5), Typed("6")),
        (fields.Whole(), Typed("9" * 5000)),
        (fields.Text(required=True), " "),
        (fields.Code(["a"]), 1),
        (fields.Code(["a"]), "b"),
        (fields.Id(), 1),
        (fields.Id(), "g" * 36),
        (fields.Many(fields.Name(), most=2), ["a", "b", "c"]),
        (fields.Many(fields.Name(), most=2), "a"),
        (fields.Day(), "2026-02-30"),
        (fields.Phone(), "none"),
    ],
    ids=str,
)
def test_it_is_refused_in_a_sentence(field, given_):
    with pytest.raises(ValidationError) as refused:
        field.deserialize(given_)

    assert str(refused.value.messages[0]).endswith(".")
