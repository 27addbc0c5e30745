"""Readers of one kind: a clause is built once for all of them, and filled in when it is asked.

What a reader may know of is a WHERE clause, and to build one takes longer than to ask it. Readers
who are alike in kind have the same clause but for their ids, the moment and the day; so it is built
for a stand-in, which has parameters there. Whoever wants more of the stand-in than it may say (a
comparison, a look into a set) is told so by `Personal`, and is built for each reader anew.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import ClauseElement, Date, String, Uuid, bindparam

from resettle.core.actor import Actor, Duty, Role
from resettle.core.among import among

MARK = "reader_"
Fill = Callable[[Any], Any]


class Personal(Exception):  # not an error: an answer
    """What was asked differs between the readers of one kind."""


def kind_of(actor: Actor) -> Hashable:
    """Tell what readers must have in common in order to share a clause."""
    return (
        actor.role,
        actor.duties,
        actor.user_id is None,
        actor.person_id is None,
        not actor.group_ids,
        not actor.own_group_ids,
        not actor.locations,
    )


class Parameter:
    """A value of the reader, the moment or the day, where a clause has it."""

    def __init__(self, name: str, type_: Any, fill: Fill, *, many: bool = False) -> None:
        self._name = name
        self._type = type_
        self._many = many
        _FILLS[name] = fill

    def __clause_element__(self) -> Any:
        return stands_for(self._name, self._type, many=self._many)

    def __sub__(self, back: timedelta) -> "Parameter":
        fill = _FILLS[self._name]
        name = f"{self._name}_less_{back.total_seconds():.0f}"
        return Parameter(name, self._type, lambda unit: fill(unit) - back)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ClauseElement) or hasattr(other, "__clause_element__"):
            return NotImplemented
        raise Personal(self._name)

    __hash__ = None  # type: ignore[assignment]  # in no set, and no key

    def __contains__(self, _item: object) -> NoReturn:
        raise Personal(self._name)

    def __iter__(self) -> NoReturn:
        raise Personal(self._name)


_FILLS: dict[str, Fill] = {}
USER = Parameter(f"{MARK}user", Uuid(), lambda unit: unit.actor.user_id)
PERSON = Parameter(f"{MARK}person", Uuid(), lambda unit: unit.actor.person_id)
GROUPS = Parameter(f"{MARK}groups", Uuid(), lambda unit: unit.actor.group_ids, many=True)
OWN_GROUPS = Parameter(
    f"{MARK}own_groups", Uuid(), lambda unit: unit.actor.own_group_ids, many=True
)
PLACES = Parameter(f"{MARK}places", String(), lambda unit: unit.actor.locations, many=True)
TODAY = Parameter(f"{MARK}today", Date(), lambda unit: unit.today)


def moment(type_: Any) -> Parameter:
    """Stand for the moment of the unit of work."""
    return Parameter(f"{MARK}now", type_, lambda unit: unit.now)


def reckoned(reckon: Callable[[Any], date]) -> Parameter:
    """Stand for a day that is reckoned from a unit of work, by a function of a module."""
    name = f"{MARK}{reckon.__module__}_{reckon.__qualname__}".replace(".", "_")
    return Parameter(name, Date(), reckon)


@dataclass(frozen=True, slots=True)
class Id:
    """An id that a question is given, or several, in the place of their values."""

    name: str
    many: bool


def parted(given: Sequence[Hashable]) -> tuple[tuple[Hashable, ...], Mapping[str, Any]]:
    """Part what a question is given into its form, and the ids by their names."""
    ids: dict[str, Any] = {}
    shape: list[Hashable] = []
    for number, each in enumerate(given):
        if isinstance(each, UUID | frozenset):
            name = f"given_{number}"
            ids[name] = each
            shape.append(Id(name, isinstance(each, frozenset)))
        else:
            shape.append(each)
    return tuple(shape), ids


def stand_in(part: Hashable) -> Any:
    """Give the parameter of an id, and all else as it is."""
    return stands_for(part.name, Uuid(), many=part.many) if isinstance(part, Id) else part


def stands_for(name: str, type_: Any, *, many: bool) -> Any:
    """Give a parameter: a value, or what `in_` takes where there are many."""
    return among(name, type_) if many else bindparam(name, type_=type_)


def filled(unit: Any, names: Iterable[str]) -> Mapping[str, Any]:
    """Give the values of these parameters for one unit of work."""
    return {name: _FILLS[name](unit) for name in names}


@dataclass(frozen=True, slots=True)
class AnyReader:
    """Stands for every reader of one kind: says what they have in common, and no more."""

    role: Role
    duties: frozenset[Duty]
    user_id: Any
    person_id: Any
    group_ids: Any
    own_group_ids: Any
    locations: Any

    @classmethod
    def like(cls, actor: Actor) -> "AnyReader":
        none: frozenset[UUID] = frozenset()
        return cls(
            actor.role,
            actor.duties,
            None if actor.user_id is None else USER,
            None if actor.person_id is None else PERSON,
            GROUPS if actor.group_ids else none,
            OWN_GROUPS if actor.own_group_ids else none,
            PLACES if actor.locations else none,
        )

    def __getattr__(self, name: str) -> NoReturn:
        raise Personal(name)
