"""How rosters are kept: config/roster.toml, read once at the start."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RosterSettings:
    """Until which age children need a seat of their own, and what a shift allows."""

    child_seat_before: int
    check_in_before: timedelta
    most_in_a_series: int


def load(path: Path) -> RosterSettings:
    """Read the settings. Raises KeyError or ValueError with what the file lacks."""
    told = tomllib.loads(path.read_text())
    return RosterSettings(
        child_seat_before=int(told["children"]["in_child_seats_before"]),
        check_in_before=timedelta(minutes=int(told["shifts"]["check_in_before"])),
        most_in_a_series=int(told["shifts"]["most_in_a_series"]),
    )
