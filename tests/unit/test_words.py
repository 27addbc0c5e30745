"""The catalogues of families' languages: whole, and true to their places and plurals."""

import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from resettle.core.wording import Phrase
from resettle.web import words
from tests.architecture.words import kept, texts

TRANSLATED = [tag for tag in words.LANGUAGES if tag != words.ENGLISH]
PLACES = re.compile(r"%\((\w+)\)s")
each_language = pytest.mark.parametrize("tag", TRANSLATED)


def strings(message):
    return message.string if isinstance(message.string, tuple | list) else (message.string,)


@each_language
def test_no_text_that_a_family_reads_lacks_a_translation(tag):
    catalogue = kept(tag)
    known = {text if isinstance(text, str) else text[0] for text in texts()}

    lacking = [text for text in known if not any(strings(catalogue.get(text) or Nothing))]

    assert lacking == [], "Run `make words` and translate what is open."


class Nothing:
    string = ""


@each_language
def test_what_is_filled_in_has_its_place_in_every_translation(tag):
    odd = [
        message.id
        for message in kept(tag)
        if message.id
        for string in strings(message)
        if sorted(PLACES.findall(string)) != sorted(PLACES.findall(one(message.id)))
    ]

    assert odd == []


def one(id_):
    return id_ if isinstance(id_, str) else id_[0]


@each_language
def test_every_plural_has_the_forms_of_its_language(tag):
    catalogue = kept(tag)

    forms = {len(strings(m)) for m in catalogue if m.id and not isinstance(m.id, str)}
    assert forms == {catalogue.num_plurals}


@each_language
def test_it_says_that_native_speakers_have_to_review_it(tag):
    assert "TO BE REVIEWED by native" in kept(tag).header_comment


def test_arabic_counts_one_two_few_and_many():
    catalogue = words.catalogue("ar")

    told = {
        number: catalogue.ngettext("%(days)s day late", "%(days)s days late", number)
        for number in (1, 2, 3, 11)
    }
    assert len({*told.values()}) == len(told)


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        *(("prs", "fa-AF"), ("pes", "fa-AF"), ("arb", "ar"), ("apc", "ar"), ("mya", "my")),
        *(("spa", "es"), ("eng", "en"), ("ksw", "en"), (None, "en")),
    ],
)
def test_a_household_is_offered_the_language_nearest_to_its_own(code, tag):
    assert words.of_household(code) == tag


@pytest.fixture
def speaking():
    """Give a function that speaks a language for the rest of a request."""
    with Flask(__name__).test_request_context():
        words.speak(words.ENGLISH)
        yield words.speak


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "Tue 3 Mar 2026"),
        ("ar", "الثلاثاء، 3 مارس 2026"),
        ("es", "martes, 3 de marzo de 2026"),
    ],
)
def test_days_are_written_as_readers_of_the_language_write_them(speaking, tag, said):
    speaking(tag)

    assert words.day(date(2026, 3, 3)) == said
    assert words.day(None) == words.moment(None) == words.said(None) == ""


def test_a_moment_keeps_its_hour_together_whichever_way_the_line_runs(speaking):
    speaking("ar")

    assert words.moment(datetime(2026, 3, 2, 20, 30, tzinfo=UTC)).endswith("\u20689:30\u2069")


def test_a_sentence_with_places_is_said_with_them_filled(speaking):
    phrase = Phrase("Write at most %(most)s characters.", most=200)
    nested = Phrase("%(title)s (%(days)s days)", title="First paid job", days=5)
    speaking("es")

    assert phrase == "Write at most 200 characters."
    assert words.said(phrase) == "Escriba 200 caracteres como máximo."
    assert words.said(nested) == "Primer trabajo pagado (5 días)"
    assert words.said(Phrase("%(day)s", day=date(2026, 3, 3))) == "martes, 3 de marzo de 2026"
    assert words.said("No catalogue knows this.") == "No catalogue knows this."
    assert words.gettext("") == ""


def test_a_language_that_is_not_ours_is_spoken_as_english(speaking):
    speaking("tlh")

    assert words.language() == "en"
