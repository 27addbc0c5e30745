"""How plans are kept: config/plans.toml, read once at the start."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GroupTask:
    """What a sponsor group does while it lets go, so many days before support ends."""

    title: str
    category: str
    handover: str
    days_before_end: int


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """The words of the scale, how early the exit plan begins, what sponsors are not told of."""

    scale: Mapping[int, str]
    exit_months: int
    sponsored_exit_months: int
    group_tasks: Sequence[GroupTask]
    independence: Mapping[str, str]
    private_domains: frozenset[str]
    referral_targets: Mapping[str, str]

    @property
    def scores(self) -> range:
        return range(min(self.scale), max(self.scale) + 1)

    @property
    def most_exit_months(self) -> int:
        return max(self.exit_months, self.sponsored_exit_months)


def load(path: Path) -> PlanSettings:
    """Read the settings. Raises KeyError or ValueError with what the file lacks."""
    told = tomllib.loads(path.read_text())
    scale = {int(score): str(word) for score, word in told["scale"].items()}
    if sorted(scale) != [*range(min(scale), max(scale) + 1)]:
        raise ValueError(f"{path}: the scale has a gap.")
    return PlanSettings(
        scale=scale,
        exit_months=int(told["exit"]["months_before"]),
        sponsored_exit_months=int(told["exit"]["months_before_sponsored"]),
        group_tasks=[
            GroupTask(
                title=str(each["title"]),
                category=str(each["category"]),
                handover=str(each["handover"]),
                days_before_end=int(each["days_before_end"]),
            )
            for each in told["exit"]["group_tasks"]
        ],
        independence=dict(told["independence"]),
        private_domains=frozenset(told["goals"]["private_domains"]),
        referral_targets=dict(told["referral_targets"]),
    )
