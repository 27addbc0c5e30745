"""UNHCR's code tables, and what its country and language codes are in ISO.

The country codes look like ISO 3166 and the language codes like ISO 639-3, and neither are: `ARE`
is Egypt, `AUS` is Austria, `ARB` is Akawaio. Nothing is converted because it looks alike.
"""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from resettle.errf.records import Version

LISTS = Path(__file__).parents[2] / "config" / "lists" / "errf"
PLACEHOLDER = "-"
STATELESS = "ZZZ"
UNKNOWN = "U"

# Excel has eaten leading zeros on one side or the other, and people write `COA` for `CoA`.
_PADDED = frozenset({"EducationDegreeTypeCode", "EducationLevelCode", "EthnicityCode"}) | {
    "OccupationCode"
}
_ANY_CASE = frozenset({"AddressTypeCode"})


@dataclass(frozen=True, slots=True)
class Country:
    iso3: str | None
    source_code: str
    note: str = ""

    @property
    def stateless(self) -> bool:
        return self.source_code == STATELESS

    @property
    def unmapped(self) -> bool:
        """Whether it names a place, and ISO has no code for it."""
        return self.iso3 is None and self.source_code not in {
            "",
            PLACEHOLDER,
            STATELESS,
            UNKNOWN,
        }


@dataclass(frozen=True, slots=True)
class LanguageCode:
    iso639_3: str | None
    source_code: str
    label: str = ""
    basis: str = ""

    @property
    def unmapped(self) -> bool:
        return self.iso639_3 is None and self.source_code not in {"", PLACEHOLDER}


def system(version: Version) -> str:
    """Name the code system that a file of this version is written in."""
    name: str = _settings()["systems"][version]
    return name


def canonical(table: str, code: str) -> str:
    """Write a code as its table compares it."""
    if table in _PADDED:
        code = code.lstrip("0") or code[:1]
    return code.casefold() if table in _ANY_CASE else code


def is_known(table: str, code: str, version: Version = Version.V4_1) -> bool:
    return canonical(table, code) in _known(table, version)


def official(table: str, code: str, version: Version = Version.V4_1) -> str:
    """Spell a code as its table does (`07` is `7`, `COA` is `CoA`); as it is if unknown."""
    return _known(table, version).get(canonical(table, code), (code, ""))[0]


def text(table: str, code: str, version: Version = Version.V4_1) -> str:
    """Say what a code means; empty if the table does not have it."""
    return _known(table, version).get(canonical(table, code), ("", ""))[1]


def country(code: str) -> Country:
    """Convert a UNHCR country code; without ISO code where there is none, never guessed."""
    if code in {"", PLACEHOLDER}:
        return Country(None, code, "not stated")
    if code in _countries():
        iso3, note = _countries()[code]
        return Country(iso3 or None, code, note)
    if is_known("CountryCode", code):
        return Country(code, code)
    return Country(None, code, "not a country code of UNHCR")


def language(code: str) -> LanguageCode:
    """Convert a UNHCR language code; without ISO code unless its name was compared."""
    if code in {"", PLACEHOLDER}:
        return LanguageCode(None, code)
    label, iso639_3, basis = _languages().get(code, ("", "", ""))
    return LanguageCode(iso639_3 or None, code, label, basis)


def countries() -> Mapping[str, str]:
    """Name every country that has an ISO code, by that code."""
    named = {code: meaning for code, (_, meaning) in _known("CountryCode", Version.V4_1).items()}
    found = ((country(code).iso3, meaning) for code, meaning in named.items())
    return {iso3: meaning for iso3, meaning in found if iso3}


def languages() -> frozenset[str]:
    """Give the ISO codes of all languages of which UNHCR’s code is known."""
    return frozenset(iso639_3 for _, iso639_3, _ in _languages().values() if iso639_3)


@cache
def _known(table: str, version: Version) -> Mapping[str, tuple[str, str]]:
    known = dict(_rows(table))
    if version is Version.V2_8:
        changes = _settings()["2.8"]
        for code in (PLACEHOLDER, *changes["dropped"].get(table, ())):
            known.pop(canonical(table, code), None)
        for code, meaning in changes["changed"].get(table, {}).items():
            known[canonical(table, code)] = (code, meaning)
    return known


def _rows(table: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Give each code with its text; the first text wins where a code stands twice."""
    seen = set()
    for code, meaning, *_ in _csv(f"codes/{table}.csv"):
        key = canonical(table, code)
        if key not in seen and code != table:
            seen.add(key)
            yield key, (code, meaning)


@cache
def _countries() -> Mapping[str, tuple[str, str]]:
    rows = list(_csv("country_iso3.csv"))[1:]
    return {code: (iso3, note) for code, iso3, _, note in rows}


@cache
def _languages() -> Mapping[str, tuple[str, str, str]]:
    rows = list(_csv("language_iso639_3.csv"))[1:]
    return {code: (label, iso639_3, basis) for code, label, iso639_3, basis in rows}


def _csv(name: str) -> Iterator[list[str]]:
    with (LISTS / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)


@cache
def _settings() -> Mapping[str, Any]:
    return tomllib.loads((LISTS / "VERSION.toml").read_text(encoding="utf-8"))
