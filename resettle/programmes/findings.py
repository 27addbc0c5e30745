"""How a fault in a programme is found and told: the key that it stands under, and the reason."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

Found = Iterator[tuple[str, str]]

NO_BASIS: Final = 'is missing: a source id, or "default"'


def named(used: Iterable[str], known: Collection[str], key: str, kind: str) -> Found:
    for name in used:
        if name not in known:
            yield key, f"there is no {kind} {name!r}"


def twice(values: Iterable[Any], key: str, kind: str) -> Found:
    for value, times in Counter(values).items():
        if times > 1:
            yield key, f"the {kind} {value!r} is there {times} times"


def codes(rows: Iterable[Any]) -> tuple[str, ...]:
    return tuple(row.code for row in rows)
