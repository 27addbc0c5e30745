"""What was typed into a search, and how near a word of a name is to a word that was asked for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from resettle.names.folding import Word, has_vowels

LEAST_START = 2
LEAST_BONES = 2
LIKE = 60
VOWELS = "aeiou"
ONE_SLIP, TWO_SLIPS = 4, 7
MOST_SLIPS = 2
REFERENCE = re.compile(r"r?[- ]?([0-9]{4})[- ]([0-9]{1,6})|r([0-9]{4})([0-9]{4,6})")
NUMBER = re.compile(r"[0-9]{1,5}")
MARKS = re.compile(r"[^0-9a-z]")
LEAST_NUMBER = 5


class Why(StrEnum):
    """Why something is found, in the words that the reader is told."""

    REFERENCE = "reference"
    CASE_NUMBER = "case number"
    PHONE = "phone"
    UNHCR_NUMBER = "UNHCR number"
    INZ_NUMBER = "INZ number"
    NAME = "name"
    STARTS = "name starts like this"
    SOUNDS = "name sounds like this"
    SPELLED = "name is spelled like this"


@dataclass(frozen=True, slots=True)
class Near:
    """How near, from 0 to 100, and in which way."""

    score: int
    why: Why


SURE = 100


def near(asked: Word, known: Word) -> Near | None:
    """Say how near a word of a name is to the word that was asked for; None if it is another."""
    if asked.letters == known.letters:
        return Near(SURE, Why.NAME)
    if len(asked.letters) >= LEAST_START and known.letters.startswith(asked.letters):
        return Near(90, Why.STARTS)
    if _sounds_alike(asked, known):
        return Near(80, Why.SOUNDS)
    return _with_slips(asked.letters, known.letters)


def all_near(asked: Word, known: Sequence[Sequence[str]]) -> list[Word]:
    """Choose the words that are near one, of letters and bones: as `near` does, but of thousands.

    What is surely not near is left out by one call of the library, and not word by word.
    """
    start, bones = asked.letters, asked.bones
    spelt = {
        place
        for _, _, place in process.extract(
            start,
            [letters for letters, _ in known],
            scorer=OSA.distance,
            score_cutoff=MOST_SLIPS,
            limit=None,
        )
    }
    likely = [
        Word(letters, sound)
        for place, (letters, sound) in enumerate(known)
        if place in spelt or sound == bones or letters.startswith(start)
    ]
    return [word for word in likely if near(asked, word)]


def _sounds_alike(asked: Word, known: Word) -> bool:
    if asked.bones != known.bones or len(asked.bones) < LEAST_BONES:
        return False
    if asked.letters.lstrip(VOWELS)[:1] != known.letters.lstrip(VOWELS)[:1]:
        return False  # the bones leave out every h, but San is not Hassan
    # Where both spell their vowels, these count too: Hassan is not Hussein.
    both = has_vowels(asked.letters) and has_vowels(known.letters)
    return not both or fuzz.ratio(asked.letters, known.letters) >= LIKE


def _with_slips(asked: str, known: str) -> Near | None:
    """Allow a slip of the finger in a word of four letters, and two in one of seven."""
    shortest = min(len(asked), len(known))
    allowed = (shortest >= ONE_SLIP) + (shortest >= TWO_SLIPS)
    slips = OSA.distance(asked, known, score_cutoff=allowed)
    return Near(70 - 5 * slips, Why.SPELLED) if slips <= allowed else None


@dataclass(frozen=True, slots=True)
class Hit:
    """A person who was found by name: every word that was asked for is near one of theirs."""

    score: int
    reasons: tuple[Why, ...]


Vocabulary = Mapping[Word, Iterable[UUID]]


def who_is_named(asked: Iterable[Word], vocabulary: Vocabulary) -> Mapping[UUID, Hit]:
    """Compare each word that was asked for with the vocabulary, and intersect who bears them."""
    found: dict[UUID, list[Near]] | None = None
    for word in asked:
        bearers = _bearers(word, vocabulary)
        earlier = {id_: list[Near]() for id_ in bearers} if found is None else found
        found = {id_: [*earlier[id_], bearers[id_]] for id_ in bearers.keys() & earlier.keys()}
    return {id_: _hit(nears) for id_, nears in (found or {}).items()}


def _bearers(asked: Word, vocabulary: Vocabulary) -> dict[UUID, Near]:
    best: dict[UUID, Near] = {}
    for known, bearers in vocabulary.items():
        if (found := near(asked, known)) is None:
            continue
        for id_ in bearers:
            if id_ not in best or best[id_].score < found.score:
                best[id_] = found
    return best


def _hit(nears: list[Near]) -> Hit:
    reasons = dict.fromkeys(one.why for one in sorted(nears, key=lambda one: -one.score))
    return Hit(sum(one.score for one in nears) // len(nears), tuple(reasons))


def name_in(typed: str) -> str:
    """Keep what may be a name of what was typed: the words without a digit."""
    return " ".join(word for word in typed.split() if not any(map(str.isdigit, word)))


def references_in(typed: str) -> list[str]:
    """Give the endings of references that may be meant, however they are written."""
    text = typed.strip().casefold()
    if found := REFERENCE.fullmatch(text):
        year, number = [part for part in found.groups() if part]
        return [f"R-{year}-{int(number):04d}"]
    return [f"-{int(text):04d}"] if NUMBER.fullmatch(text) else []


def number_in(typed: str) -> str | None:
    """Give the bare letters and digits of what may be a number of an office, or a phone."""
    bare = MARKS.sub("", typed.casefold())
    has_digits = sum(map(str.isdigit, bare)) >= LEAST_NUMBER
    return bare if has_digits else None
