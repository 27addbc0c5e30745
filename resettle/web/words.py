"""In which language a page speaks: the catalogues of families' languages, days and numbers.

Staff pages speak English. Families' pages speak the language that the reader chose, or that their
link was made in; before anybody is known, the one chosen on the page, or the browser's.
Catalogues are read as translators write them (catalogues/*.po), so there is nothing to compile.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request, session

from resettle.core import languages
from resettle.core.actor import Role
from resettle.core.clock import AUCKLAND
from resettle.core.languages import language_tag
from resettle.core.wording import Phrase
from resettle.web.auth import current_actor

ENGLISH = "en"
# The tag of each language for HTML, and what its readers call it.
LANGUAGES: Mapping[str, str] = {
    ENGLISH: "English",
    "ar": "العربية",
    "fa-AF": "دری",
    "my": "မြန်မာ",
    "es": "Español",
}
LOCALES: Mapping[str, str] = {
    ENGLISH: "en_NZ",
    "ar": "ar",
    "fa-AF": "fa_AF",
    "my": "my",
    "es": "es_419",
}
RIGHT_TO_LEFT = frozenset({"ar", "fa-AF"})
# Near enough to be read; Hazaragi and Iranian Persian readers read Dari, all Arabs read Arabic.
NEAR: Mapping[str, str] = {"fa": "fa-AF", "prs": "fa-AF", "haz": "fa-AF"}
CATALOGUES = Path(__file__).parent / "catalogues"
CHOSEN = "language"


def init_app(app: Flask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters.update(day=day, moment=moment, clock=clock, said=said)
    app.jinja_env.filters.update(moment_in=moment_in, tongue=tongue, tongues=tongues, land=land)
    app.jinja_env.globals["tell"] = told_in


def language() -> str:
    """Tell in which language to speak to whoever asks; found once a request."""
    if not has_request_context():
        return ENGLISH
    if "language" not in g:
        g.language = _readers_language()
    found: str = g.language
    return found


def speak(tag: str) -> None:
    """Speak this language for the rest of the request."""
    g.language = tag if tag in LANGUAGES else ENGLISH


def _readers_language() -> str:
    actor = current_actor()
    if actor is None:
        chosen = str(session.get(CHOSEN, ""))
        return chosen if chosen in LANGUAGES else _browsers_language()
    if actor.role is Role.HOUSEHOLD_PERSON and actor.language in LANGUAGES:
        return actor.language
    return ENGLISH


def _browsers_language() -> str:
    found = (nearest(tag) for tag, _quality in request.accept_languages)
    return next((tag for tag in found if tag), ENGLISH)


def nearest(tag: str) -> str | None:
    """Name the language of ours in which somebody reads who asks for another tag, if there is."""
    base = tag.replace("_", "-").partition("-")[0].lower()
    wanted = NEAR.get(base, base)
    return next((ours for ours in LANGUAGES if ours.lower() == wanted.lower()), None)


def of_household(code: str | None) -> str:
    """Name the language of ours for a household whose language has this ISO 639-3 code."""
    return nearest(OF_CODE.get(code or "", language_tag(code))) or ENGLISH


# Codes whose tag says nothing of the written language that their speakers share.
OF_CODE: Mapping[str, str] = dict.fromkeys(("arb", "apc", "acm", "apd", "ary", "arz"), "ar") | {
    "pes": "fa",
    "prs": "fa",
}


@cache
def catalogue(tag: str) -> NullTranslations:
    if tag == ENGLISH:
        return NullTranslations()
    with (CATALOGUES / f"{tag}.po").open("rb") as file:
        written = read_po(file, locale=LOCALES[tag])
    compiled = BytesIO()
    write_mo(compiled, written)
    compiled.seek(0)
    return Translations(compiled)


def sides() -> list[tuple[str, str]]:
    """Give each language with the side on which its lines begin, where nobody knows who reads."""
    return [(tag, "rtl" if tag in RIGHT_TO_LEFT else "ltr") for tag in LANGUAGES]


def gettext(text: str) -> str:
    return catalogue(language()).gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    return catalogue(language()).ngettext(one, many, count)


def said(text: str | None) -> str:
    """Say a sentence that the code gives in English; what no catalogue knows stays as it is."""
    if isinstance(text, Phrase):
        return gettext(text.form) % {name: _value(v) for name, v in text.values.items()}
    return gettext(str(text)) if text else ""


def _value(value: object) -> object:
    match value:
        case date():
            return day(value)
        case str():
            return said(value)
        case _:
            return value


def day(value: date | str | None) -> str:
    """Write a day as people read it here: Tue 3 Mar 2026."""
    if value is None:
        return ""
    as_day = date.fromisoformat(value) if isinstance(value, str) else value
    locale = LOCALES[language()]
    if language() == ENGLISH:
        return format_date(as_day, "EEE d MMM y", locale)
    return format_date(as_day, "full", locale)


def moment(value: datetime | None) -> str:
    """Write an instant in New Zealand's time: Tue 3 Mar 2026, 9:30 am."""
    if value is None:
        return ""
    here = value.astimezone(AUCKLAND)
    if language() == ENGLISH:
        return format_datetime(here, "EEE d MMM y, h:mm a", locale=LOCALES[ENGLISH])
    return f"{day(here.date())}{gettext(', ')}\u2068{clock(value)}\u2069"


def clock(value: datetime) -> str:
    """Write the time alone of an instant, in New Zealand's time: 9:30 am."""
    pattern = "h:mm a" if language() == ENGLISH else "H:mm"
    return format_datetime(value.astimezone(AUCKLAND), pattern, locale=LOCALES[language()])


def tongue(code: str | None) -> str:
    """Name a language, given by its code, in the language that is spoken."""
    english = languages.language(code)
    if code is None or language() == ENGLISH:
        return english
    return languages.language_in(_locale(), code) or gettext(english)


def tongues(choices: Sequence[tuple[str, str]], kept: str | None = None) -> list[tuple[str, str]]:
    """Name languages to choose from, given by code and English name, in the one spoken.

    Those that it has no name for are left out, but for the one that is to be kept.
    """
    if language() == ENGLISH:
        return [*choices]
    named = [(code, tongue(code), name) for code, name in choices]
    return [(code, ours) for code, ours, name in named if ours != name or code == kept]


def land(iso3: str | None, english: str) -> str:
    """Name a country in the language that is spoken; its English name where none is known."""
    return (iso3 and languages.country_in(_locale(), iso3)) or english


def _locale() -> Locale:
    return Locale.parse(LOCALES[language()])


def told_in(tag: str, text: str) -> str:
    """Say something in another language than the page's, such as on a slip that is handed over."""
    return catalogue(tag).gettext(text)


def moment_in(value: datetime, tag: str) -> str:
    """Write an instant as readers of a language read it."""
    before = language()
    speak(tag)
    try:
        return moment(value)
    finally:
        speak(before)
