"""A finding: what is wrong in a file, where, and what to do about it."""

import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

MAX_SHOWN = 80
CORRECTED = "ask UNHCR for a corrected file"

# The (record, field) pairs that already have a finding, so that one fault is told once.
Faulty = AbstractSet[tuple[str, str]]

# What UNHCR's receiving States accept, and a caseworker should still look at.
WARNINGS = frozenset(
    {
        "birth-date-missing",
        "country-unmapped",
        "date-order",
        "field-blank",
        "language-unmapped",
        "pa-minor",
        "record-beyond-form",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """`record` is an individual ID, a case number or `submission`; `value` is never a photo."""

    rule: str
    record: str
    field: str
    value: str
    message: str

    @property
    def is_warning(self) -> bool:
        return self.rule in WARNINGS


def finding(rule: str, record: str, field: str, value: str, message: str) -> Finding:
    return Finding(rule, shown(record), shown(field), shown(value), message)


def shown(value: str) -> str:
    """Make a value fit for a line of text: what cannot be seen is escaped, and it is cut short."""
    text = "".join(map(_visible, value[: MAX_SHOWN + 1]))
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def is_unprintable(character: str) -> bool:
    """Tell control, separator and text-direction characters, which no name has.

    Joiners and direction marks are letters' helpers in Persian, Burmese and Arabic, and stay.
    """
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or "\u202a" <= character <= "\u202e"
        or "\ufff0" <= character <= "\uffff"
    )


def _visible(character: str) -> str:
    if not is_unprintable(character):
        return character
    return f"\\u{ord(character):04x}"
