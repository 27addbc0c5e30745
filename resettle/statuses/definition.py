"""Which statuses are recorded, by which codes, of whom: config/statuses.toml, read at the start."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of status, its codes in the order in which they are offered, and beside which steps.

    It is recorded of people who are `from_age` years old on the day since which it is so, and asked
    of nobody who is older than `to_age` today, if there is such an age.
    """

    name: str
    title: str
    from_age: int
    to_age: int | None
    asked_at: frozenset[str]
    codes: Mapping[str, str]

    def is_asked(self, age: int) -> bool:
        """Say whether it is asked of somebody of this age."""
        return self.from_age <= age and (self.to_age is None or age <= self.to_age)

    def words(self, code: str) -> str:
        """Say a code in words; what is on no list any more is said as it stands."""
        return self.codes.get(code, code)


@dataclass(frozen=True, slots=True)
class Statuses:
    kinds: Mapping[str, Kind]

    def title(self, kind: str) -> str:
        return self.kinds[kind].title if kind in self.kinds else kind

    def words(self, kind: str, code: str) -> str:
        return self.kinds[kind].words(code) if kind in self.kinds else code

    def asked_at(self, step: str) -> list[Kind]:
        """Name the kinds that are asked beside a milestone."""
        return [kind for kind in self.kinds.values() if step in kind.asked_at]


def load(path: Path) -> Statuses:
    """Read the kinds. Raises KeyError or ValueError with what the file lacks."""
    told = tomllib.loads(path.read_text())
    return Statuses({name: _kind(name, made) for name, made in told["kind"].items()})


def _kind(name: str, made: Mapping[str, object]) -> Kind:
    codes = made["codes"]
    if not isinstance(codes, dict) or not codes:
        raise ValueError(f"kind.{name}: name its codes")
    asked: object = made["asked_at"]
    if not isinstance(asked, list):
        raise ValueError(f"kind.{name}.asked_at: list milestones")  # noqa: TRY004  # a fault of the file
    until = made.get("to_age")
    return Kind(
        name=name,
        title=str(made["title"]),
        from_age=int(str(made["from_age"])),
        to_age=None if until is None else int(str(until)),
        asked_at=frozenset(asked),
        codes=codes,
    )
