"""What people ask of this chapter."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from resettle.duplicates.models import Verdict


class Side(StrEnum):
    """Which record of a pair: the one that was looked at, or the one that is like it."""

    THIS = "this"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideDuplicate:
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeMerge:
    """Which record stays, and which facts it takes from the one that goes."""

    keep: Side
    take: Sequence[str] = ()
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeParting:
    reason: str
