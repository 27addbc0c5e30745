"""What a language is called, and how a text in it is marked: its tag for HTML, its direction."""

from typing import Literal

from babel import Locale
from babel.core import get_global

ENGLISH = Locale("en")
# Languages of households here that the Unicode tables have no English name for.
FURTHER = {
    "apc": "Levantine Arabic",
    "acm": "Iraqi Arabic",
    "apd": "Sudanese Arabic",
    "ksw": "S’gaw Karen",
    "pwo": "Pwo Karen",
    "eky": "Eastern Kayah",
    "kyu": "Western Kayah",
    "cnh": "Hakha Chin",
    "ctd": "Tedim Chin",
    "cfm": "Falam Chin",
    "aii": "Assyrian Neo-Aramaic",
}
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"})


def language(code: str | None) -> str:
    """Name a language in English, by its ISO 639-3 code."""
    return "" if code is None else language_in(ENGLISH, code) or FURTHER.get(code, code)


def language_in(locale: Locale, code: str) -> str | None:
    """Name a language as readers of a locale call it, where the Unicode tables know how."""
    names = locale.languages
    found: str | None = names.get(code) or names.get(_alias(code))
    return found


def country_in(locale: Locale, iso3: str) -> str | None:
    """Name a country as readers of a locale call it, by its three-letter code."""
    found: str | None = locale.territories.get(
        next(iter(get_global("territory_aliases").get(iso3, ())), iso3)
    )
    return found


def language_tag(code: str | None) -> str:
    """Give the tag for the lang attribute: fa-AF for prs, es for spa; und for what is not known."""
    return _alias(code).replace("_", "-") if code else "und"


def direction(code: str | None) -> Literal["rtl", "ltr", "auto"]:
    """Tell which way a language is usually written; auto where it is not known."""
    if not code:
        return "auto"
    base = _alias(code).partition("_")[0]
    parts = get_global("likely_subtags").get(base, "").split("_")
    if len(parts) < 2:  # noqa: PLR2004  # language and script
        return "auto"
    return "rtl" if parts[1] in RIGHT_TO_LEFT else "ltr"


def _alias(code: str) -> str:
    return str(get_global("language_aliases").get(code, code))
