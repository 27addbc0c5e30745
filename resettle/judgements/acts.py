"""What is done in the evaluation record."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from resettle.judgements.rules import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Judge one criterion of one programme. An earlier judgement stays beside the new one."""

    programme: str
    criterion: str
    rating: int
    confidence: Confidence
    reasoning: str
    indicator: Sequence[str] = field(default_factory=list)
    survey: Sequence[str] = field(default_factory=list)
    interview: Sequence[str] = field(default_factory=list)
    report: Sequence[str] = field(default_factory=list)
