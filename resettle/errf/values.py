"""The types of the form's values: dates, flags and numbers, as the schemas write them."""

import re
from datetime import date, datetime

EARLIEST_YEAR = 1850

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?")
_FLAGS = {"0": False, "false": False, "1": True, "true": True}
_SHORT = range(-32_768, 32_768)


class Malformed(Exception):
    """The value is not of its type; the text says what it should be."""


def as_date(text: str) -> date:
    """Read a day as it was written down: the office's day, whatever its hour and offset.

    Raises Malformed if there is no such day, or it lies before anyone's lifetime.
    """
    if not _DATE.fullmatch(text):
        raise Malformed("a date, written like 2019-05-31T00:00:00")
    try:
        day = datetime.fromisoformat(text[:19]).date()
    except ValueError as error:
        raise Malformed("a day that exists") from error
    if day.year < EARLIEST_YEAR:
        raise Malformed(f"a date after {EARLIEST_YEAR}, Gregorian and not Solar Hijri")
    return day


def as_flag(text: str) -> bool:
    if text not in _FLAGS:
        raise Malformed("0 or 1")
    return _FLAGS[text]


def as_number(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,6}", text, re.ASCII) or int(text) not in _SHORT:
        raise Malformed("a whole number")
    return int(text)


def date_or_none(text: str) -> date | None:
    try:
        return as_date(text)
    except Malformed:
        return None


def flag_or_none(text: str) -> bool | None:
    return _FLAGS.get(text)


def number_or_none(text: str) -> int | None:
    try:
        return as_number(text)
    except Malformed:
        return None


def age_on(day: date, born: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
