"""Languages, countries and sexes to choose from by name; the code is what is kept."""

from collections import Counter
from functools import cache

from resettle.core.languages import language
from resettle.errf import codes
from resettle.households.schemas import LANGUAGES

Choices = list[tuple[str, str]]
SEXES = [("F", "Female"), ("M", "Male"), ("X", "Another"), ("U", "Not known")]


def languages(*known: str | None) -> Choices:
    """List the languages most asked for, then all that have an English name, and those known."""
    listed = [*LANGUAGES, *_others()]
    missing = {code for code in known if code} - dict(listed).keys()
    return [*listed, *((code, language(code)) for code in sorted(missing))]


@cache
def _others() -> Choices:
    """List the further languages; of two with one name the code tells which is which."""
    usual = dict(LANGUAGES)
    named = {code: language(code) for code in codes.languages() if code not in usual}
    often = Counter([*named.values(), *usual.values()])
    return sorted(
        (
            (code, name if often[name] == 1 else f"{name} ({code})")
            for code, name in named.items()
            if name != code
        ),
        key=lambda choice: choice[1],
    )


@cache
def countries() -> tuple[tuple[str, str], ...]:
    """List the countries by name, each with its ISO 3166 code."""
    return tuple(sorted(codes.countries().items(), key=lambda choice: choice[1]))


def country(code: str | None) -> str:
    return dict(countries()).get(code or "", code or "")
