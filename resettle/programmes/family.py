"""A household in words, such as "2 adults, child 7, baby": for trying a programme out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from resettle.programmes.milestones import Subject
from resettle.programmes.terms import birthday

MOST: Final = 30

_PART = re.compile(r"(?:(?P<number>\w+) +)??(?P<word>[a-z]+)(?P<ages>(?: +\d+)*)")
_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ADULT: Final = {"adult", "adults"}
_CHILD: Final = {"child", "children"}
_BABY: Final = {"baby", "babies", "infant", "infants"}
_USUAL_ADULT: Final = 30
_OF_AGE: Final = 18
_OLDEST: Final = 110
_HALF_A_YEAR: Final = timedelta(days=183)


class NotUnderstood(ValueError):
    """A part of the words is not understood; the message names it."""


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    age: int

    def as_subject(self, arrived_on: date) -> Subject:
        """Take the birthday to be half a year away, since only the age is told."""
        born = birthday(arrived_on, -self.age) - (_HALF_A_YEAR if self.age else timedelta(days=90))
        return Subject(self.name, born)


def household(words: str) -> tuple[Member, ...]:
    """Read a household. Raises NotUnderstood, which says what was expected instead."""
    parts = [part.strip() for part in re.split(r",|\band\b", words.lower()) if part.strip()]
    found = [each for part in parts for each in _read(part)]
    if not found:
        raise NotUnderstood('Say who arrives, for example "2 adults, child 7".')
    if len(found) > MOST:
        raise NotUnderstood(f"A household of {len(found)} people is too large; {MOST} at most.")
    return tuple(_named(found))


def _read(part: str) -> list[tuple[str, int]]:
    match = _PART.fullmatch(part)
    if not match or match["word"] not in _ADULT | _CHILD | _BABY:
        raise NotUnderstood(
            f'"{part}" is not understood; write for example "2 adults", "adult 67",'
            ' "child 7", "3 children 4 9 15" or "baby".'
        )
    ages = [int(age) for age in match["ages"].split()]
    number = _number(match["number"], part)
    if match["word"] in _ADULT:
        return _adults(part, number or len(ages) or 1, ages)
    if match["word"] in _BABY:
        return _babies(part, number or 1, ages)
    return _children(part, number or len(ages) or 1, ages)


def _number(word: str | None, part: str) -> int:
    if word is None:
        return 0
    number = _NUMBERS.index(word) + 1 if word in _NUMBERS else int(word) if word.isdecimal() else 0
    if not 0 < number <= MOST:
        raise NotUnderstood(f'"{part}" does not begin with a number from 1 to {MOST}.')
    return number


def _adults(part: str, number: int, ages: list[int]) -> list[tuple[str, int]]:
    if ages and len(ages) != number:
        raise NotUnderstood(f'"{part}" speaks of {number} but has {len(ages)} ages.')
    if not all(_OF_AGE <= age <= _OLDEST for age in ages):
        raise NotUnderstood(f'"{part}" has an adult who is not {_OF_AGE} to {_OLDEST} years old.')
    return [("Adult", age) for age in ages or [_USUAL_ADULT] * number]


def _children(part: str, number: int, ages: list[int]) -> list[tuple[str, int]]:
    if len(ages) != number:
        raise NotUnderstood(
            f'"{part}" needs the age of each child, for example "child 7" or "2 children 4 9".'
        )
    if any(age >= _OF_AGE for age in ages):
        raise NotUnderstood(f'"{part}" has a child of {_OF_AGE} or more: write "adult".')
    return [("Child", age) for age in ages]


def _babies(part: str, number: int, ages: list[int]) -> list[tuple[str, int]]:
    if any(ages):
        raise NotUnderstood(f'"{part}" gives a baby an age: write "child" for one year or more.')
    return [("Baby", 0)] * number


def _named(found: list[tuple[str, int]]) -> Iterator[Member]:
    """Adult 1, Adult 2, Child 7, Baby; two who would have one name are told apart by a letter."""
    adults = 0
    seen: dict[str, int] = {}
    for kind, age in found:
        adults += kind == "Adult"
        name = {"Adult": f"Adult {adults}", "Child": f"Child {age}"}.get(kind, kind)
        seen[name] = seen.get(name, 0) + 1
        yield Member(name if seen[name] == 1 else f"{name} ({seen[name]})", age)
