"""What an application still lacks, and how its scores add up. Pure: rows are told in values."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import mean


class Step(StrEnum):
    """A step of the application, in the order in which a group is led through it."""

    MEMBERS = "members"
    PAPERS = "papers"
    PLAN = "plan"
    BUDGET = "budget"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Lack:
    step: Step
    sentence: str


@dataclass(frozen=True, slots=True)
class Budget:
    """What a group expects to have and to spend, in whole dollars."""

    income: int
    spending: int

    @property
    def left(self) -> int:
        return self.income - self.spending

    def lacks(self) -> Iterable[str]:
        if self.spending == 0:
            yield "Write down what you expect to spend."
        if self.income == 0:
            yield "Write down where the money comes from, given in kind included."
        if self.spending and self.income and self.left < 0:
            yield f"The money falls short by {-self.left} dollars."


def plan_lacks(texts: Mapping[str, str]) -> list[str]:
    """Name the parts of the plan, by their titles, in which nothing is written yet."""
    return [title for title, text in texts.items() if not text.strip()]


def uncovered(
    needed: Sequence[str], of_members: Iterable[Collection[str]], links: Mapping[str, str]
) -> list[str]:
    """Name the needed skills that no member has and nobody outside has promised."""
    had = {skill for skills in of_members for skill in skills}
    promised = {skill for skill, who in links.items() if who.strip()}
    return [skill for skill in needed if skill not in had | promised]


@dataclass(frozen=True, slots=True)
class Tally:
    """What the panel thinks of one criterion; no mean before anybody has scored."""

    criterion: str
    scores: Sequence[int]

    @property
    def mean(self) -> float | None:
        return round(mean(self.scores), 1) if self.scores else None

    @property
    def differs(self) -> bool:
        """Say whether assessors are so far apart that they should talk."""
        return bool(self.scores) and max(self.scores) - min(self.scores) >= FAR_APART


FAR_APART = 3


def tallies(criteria: Sequence[str], given: Iterable[tuple[str, int]]) -> list[Tally]:
    told = list(given)
    return [Tally(c, [score for code, score in told if code == c]) for c in criteria]


def unscored(criteria: Sequence[str], given: Iterable[tuple[str, int]]) -> list[str]:
    return [tally.criterion for tally in tallies(criteria, given) if not tally.scores]
