"""What a pulse asks, and how often: config/pulse.toml, read once at the start."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PulseSettings:
    """The questions and their scale, how often they are asked, and from when on they are shown."""

    every: timedelta
    open_for: timedelta
    least_answers: int
    low_percent: int
    scale: Mapping[int, str]
    questions: Mapping[str, str]


def load(path: Path) -> PulseSettings:
    """Read the settings. Raises KeyError or ValueError with what the file lacks."""
    told = tomllib.loads(path.read_text())
    return PulseSettings(
        every=timedelta(days=int(told["asked"]["every_days"])),
        open_for=timedelta(days=int(told["asked"]["open_days"])),
        least_answers=int(told["shown"]["least_answers"]),
        low_percent=int(told["shown"]["low_percent"]),
        scale={int(value): str(word) for value, word in told["scale"].items()},
        questions={str(code): str(text) for code, text in told["questions"].items()},
    )
