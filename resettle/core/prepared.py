"""Questions whose statement is built once: what every request asks, such as who it comes from.

To build a statement takes longer than to ask it. A kept one has parameters where else the moment
of the unit of work and the values of the request stand, and it is only the system that asks it:
what a reader may know is another statement for each reader.
"""

import copy
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import BindParameter, Date, Row, Select, bindparam

from resettle.core.actor import SYSTEM
from resettle.core.db import Moment

if TYPE_CHECKING:
    from resettle.core.work import UnitOfWork

D = TypeVar("D", datetime, date)
Build = Callable[["UnitOfWork"], Select[Any]]


@dataclass(slots=True)
class FilledIn(Generic[D]):
    """A moment or a day in a kept statement, and what is counted back from it."""

    name: str
    kind: Any
    backs: dict[str, timedelta] = field(default_factory=dict)

    def __clause_element__(self) -> BindParameter[Any]:
        return bindparam(self.name, type_=self.kind)

    def __sub__(self, back: timedelta) -> BindParameter[Any]:
        name = f"{self.name}_less_{back.total_seconds():.0f}"
        self.backs[name] = back
        return bindparam(name, type_=self.kind)

    def values(self, now: D) -> dict[str, D]:
        """Give the values of all parameters that were made of it."""
        return {self.name: now, **{name: now - back for name, back in self.backs.items()}}


@dataclass(slots=True)
class Prepared:
    """The statements that one application has kept, by what they are called."""

    kept: dict[Hashable, tuple[Select[Any], FilledIn[datetime], FilledIn[date]]] = field(
        default_factory=dict
    )

    def rows(
        self, uow: "UnitOfWork", called: Hashable, build: Build, **values: Any
    ) -> Sequence[Row[Any]]:
        """Ask a question; `values` are those of the `bindparam` that `build` has put into it."""
        assert uow.actor is SYSTEM, "what a reader may ask is built for that reader"
        if called not in self.kept:
            self.kept[called] = self._built(uow, build)
        query, now, today = self.kept[called]
        given = {**now.values(uow.now), **today.values(uow.today), **values}
        return uow.session.execute(query, given).all()

    def _built(
        self, uow: "UnitOfWork", build: Build
    ) -> tuple[Select[Any], FilledIn[datetime], FilledIn[date]]:
        stand_in: Any = copy.copy(uow)
        now, today = FilledIn[datetime]("now", Moment()), FilledIn[date]("today", Date())
        stand_in.now, stand_in.today = now, today
        return build(stand_in), now, today
