"""Reading, always in scope: every question starts from what the actor may know of."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import raiseload
from sqlalchemy.orm.interfaces import ORMOption

from resettle.core import readers
from resettle.core.actor import Actor
from resettle.core.db import Entity, Moment, WorkSession
from resettle.core.policy import Policy

E = TypeVar("E", bound=Entity)
T = TypeVar("T")
Resources = Mapping[type, Any]
Sorts = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Question:
    """A list whose statement is built once for all readers of a kind, and the sorts it offers.

    `chosen` lists the same rows as nothing but their `id`: with it the rows of a page are chosen
    first, and what is shown is worked out for these alone, however many there are in all.
    """

    build: Callable[[Any], Select[Any]]
    sorts: Callable[[Any], Sorts]
    chosen: Callable[[Any], Select[Any]] | None = None


class Reading:
    """The half of a unit of work that asks."""

    session: WorkSession
    actor: Actor
    now: datetime
    today: date
    one_by_one = False  # whether a scope looks rows up, rather than gathers what it allows first
    _policy: Policy
    _resources: Resources
    _known: dict[Hashable, tuple[Actor, Any]]

    def select(self, model: type[E]) -> Select[E]:
        """Start a query over the rows of `model` that the actor may know of."""
        query: Select[E] = self._scoped(select(model), model)
        return query

    def columns(self, model: type[Entity], *columns: Any) -> Select[Any]:
        """Start a query of columns over the rows of `model` that the actor may know of."""
        query: Select[Any] = self._scoped(select(*columns).select_from(model), model)
        return query

    def along(self, query: Select[Any], *models: type[Entity]) -> Select[Any]:
        """Let a query also touch these models, each within what the actor may know of."""
        for model in models:
            query = self._scoped(query, model)
        return query

    def subquery(self, model: type[Entity], *columns: Any) -> Select[Any]:
        """Give a scoped select to nest in another, whose model list must then name `model`."""
        where: Any = self._policy.reach(self, model).where
        return select(*columns).select_from(model).where(where)

    def touching(self, query: Select[Any], *models: type[Entity]) -> Select[Any]:
        """Say that a query nests scoped sub-selects of these models (from `subquery`)."""
        covered = query.get_execution_options().get("covered", frozenset())
        return query.execution_options(covered=covered | {*models})

    def _scoped(self, query: Any, model: type[Entity]) -> Any:
        reach = self._policy.reach(self, model)
        where: Any = reach.where
        covered = query.get_execution_options().get("covered", frozenset())
        return query.where(where).execution_options(covered=covered | reach.tables)

    def all(self, query: Select[E], *loads: ORMOption) -> Sequence[E]:
        """Run a query. A list may follow only the relationships that it loads by name."""
        return self.session.scalars(query.options(*loads, raiseload("*"))).all()

    def rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        return self.session.execute(query).all()

    def first(self, query: Select[E]) -> E | None:
        return self.session.scalars(query.limit(1)).first()

    def count(self, model: type[Entity], *where: ColumnElement[bool]) -> int:
        query = self._scoped(select(func.count()).select_from(model), model).where(*where)
        found: int = self.session.scalar(query) or 0
        return found

    def ask(
        self,
        build: Callable[..., Select[Any]],
        *given: Hashable,
        one_by_one: bool = False,
        **values: Any,
    ) -> Sequence[Row[Any]]:
        """Run a question whose statement is built once for all readers of a kind.

        `build` takes a unit of work to start its select from, and what is `given`: ids and frozen
        sets of ids come as parameters, all else as it is, of which there should be few. `values`
        fill the `bindparam`s that it has put in itself. It asks nothing of the database and
        requires nothing: do that before. Where it is given ids, or `one_by_one`, scopes look up
        each row that they are asked of, rather than gather all rows that they allow.
        """
        statement, ids = self._policy.statement(self, build, given, one_by_one=one_by_one)
        return self.session.execute(statement, {**ids, **values}).all()

    def ask_all(self, build: Callable[..., Select[Any]], *given: Hashable) -> Sequence[Any]:
        """Ask for whole rows, as `ask` and `all` do."""
        statement, ids = self._policy.statement(self, build, given, raiseload("*"))
        return self.session.scalars(statement, ids).all()

    def reckoned(self, reckon: Callable[["Reading"], date]) -> date:
        """Give a day that is reckoned from today, for a clause that readers of a kind share.

        `reckon` is a function of a module, and is asked again whenever the clause is.
        """
        return reckon(self)

    def reaches_far(self) -> bool:
        """Say whether the actor reaches so much that a list is sooner read in its order."""
        return self.remembered("reaches far", lambda: self._policy.reaches_far(self))

    def find(self, model: type[E], id_: UUID) -> E | None:
        return self.remembered((model, id_), lambda: self._found(model, id_))

    def _found(self, model: type[E], id_: UUID) -> E | None:
        statement, ids = self._policy.statement(self, _by_id, (model, id_))
        found: E | None = self.session.scalar(statement, ids)
        return found

    def alike(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """Work out once what is the same for all readers of the actor's kind, for good."""
        return self._policy.once((key, self.kind), work_out)

    def remembered(self, key: Hashable, ask: Callable[[], T]) -> T:
        """Answer as before where this unit of work only reads, and for the same actor; else ask."""
        known = self._known.get(key)
        if known is not None and known[0] is self.actor:
            return known[1]  # type: ignore[no-any-return]
        answer = ask()
        if self.session.info["read_only"]:
            self._known[key] = self.actor, answer
        return answer

    @property
    def kind(self) -> Hashable:
        """Say what the actor has in common with others who share their clauses."""
        return readers.kind_of(self.actor)

    def any_reader(self, *, one_by_one: bool) -> "AnyUnit":
        """Give what stands for the units of work of all readers of this kind."""
        return AnyUnit(self, one_by_one=one_by_one)

    def use(self, kind: type[T]) -> T:
        """Take something that the application was started with, such as the catalogue."""
        resource: T = self._resources[kind]
        return resource


def _by_id(unit: Reading, model: type[E], id_: UUID) -> Select[E]:
    return unit.select(model).where(model.id == id_)


class AnyUnit(Reading):
    """Stands for the units of work of all readers of a kind, while a clause is built for them."""

    def __init__(self, unit: Reading, *, one_by_one: bool) -> None:
        self.one_by_one = one_by_one
        stands: Any = self
        stands.actor = readers.AnyReader.like(unit.actor)
        stands.now, stands.today = readers.moment(Moment()), readers.TODAY
        stands._policy, stands._resources = unit._policy, unit._resources  # noqa: SLF001  # a twin

    def __getattr__(self, name: str) -> Any:
        raise readers.Personal(name)

    def remembered(self, key: Hashable, ask: Callable[[], T]) -> T:  # noqa: ARG002  # nothing is
        return ask()

    def reckoned(self, reckon: Callable[[Reading], date]) -> Any:
        return readers.reckoned(reckon)
