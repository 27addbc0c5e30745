"""What a check of the installation finds: how it is, and what to do about it."""

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
