"""What people ask of this chapter."""

from dataclasses import dataclass

from resettle.duplicates.models import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideDuplicate:
    verdict: Verdict
    reason: str
