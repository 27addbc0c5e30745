"""A long list leaf by leaf, where all of it is known anyway: a run's rows never change. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """Some rows of a list: `first` and `last` count from 1; `before` and `after` are numbers."""

    rows: Sequence[T]
    number: int
    first: int
    last: int
    total: int

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.last < self.total else None


def leaf(rows: Sequence[T], number: int, size: int) -> Leaf[T]:
    """Turn to a leaf, or to the last one if there are fewer."""
    total = len(rows)
    number = min(number, max((total + size - 1) // size, 1))
    first = (number - 1) * size
    here = rows[first : first + size]
    return Leaf(here, number, first + 1 if total else 0, first + len(here), total)
