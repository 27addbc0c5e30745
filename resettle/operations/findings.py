"""What a check of the installation finds: how it is, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class Health(IntEnum):
    """How it is, and the exit of the command."""

    WELL = 0
    DOUBTFUL = 1
    WRONG = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, in a sentence."""

    about: str
    health: Health
    sentence: str


def well(about: str, sentence: str) -> Finding:
    return Finding(about, Health.WELL, sentence)


def doubtful(about: str, sentence: str) -> Finding:
    return Finding(about, Health.DOUBTFUL, sentence)


def wrong(about: str, sentence: str) -> Finding:
    return Finding(about, Health.WRONG, sentence)


# What the command exits with where a kind is wrong: of several the first, which is mended first.
EXITS = {
    "settings": 78,
    "database": 10,
    "migrations": 11,
    "keys": 12,
    "trail": 13,
    "clock": 14,
    "disk": 15,
    "mail": 16,
    "fonts": 17,
    "programmes": 18,
    "durability": 19,
    "scanner": 20,
}


def exit_of(found: Sequence[Finding]) -> int:
    """Say by one number what is wrong first, or how it is altogether."""
    faulty = {finding.about for finding in found if finding.health is Health.WRONG}
    codes = (code for about, code in EXITS.items() if about in faulty)
    return next(codes, max(finding.health for finding in found))
