"""What is decided of a pulse without looking anything up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LOWEST, HIGHEST = 1, 5
LOW = 2
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Spread:
    """How many chose each answer to one question, from 1 to 5. It names nobody."""

    question: str
    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def low(self) -> int:
        return sum(self.counts[:LOW])

    def is_marked(self, percent: int) -> bool:
        return self.low * WHOLE >= self.answers * percent


def spread(question: str, chosen: Mapping[int, int], least: int) -> Spread | None:
    """Tell the spread of answers; nothing of it while so few have answered that one is told."""
    counts = tuple(chosen.get(value, 0) for value in range(LOWEST, HIGHEST + 1))
    return Spread(question, counts) if sum(counts) >= least else None


def is_due(last: date | None, today: date, every: timedelta) -> bool:
    return last is None or last + every <= today


def faults(values: Mapping[str, int], codes: Collection[str]) -> dict[str, list[str]]:
    """Say what does not fit the questions: each has one answer from 1 to 5, and no other."""
    missing = {code: ["Choose one of the answers."] for code in codes if code not in values}
    odd = {code: ["There is no such question."] for code in values if code not in codes}
    return missing | odd
