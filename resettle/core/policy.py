"""The mechanism of access: grants decide acts, scopes decide rows, audiences decide fields."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, true
from sqlalchemy.orm.interfaces import ORMOption

from resettle.core.actor import Actor, Duty, Role
from resettle.core.classes import DataClass
from resettle.core.errors import Forbidden
from resettle.core.permissions import Permission
from resettle.core.readers import Personal, parted, stand_in
from resettle.core.tripwire import models_in

if TYPE_CHECKING:
    from resettle.core.reading import Reading
    from resettle.core.work import UnitOfWork

T = TypeVar("T")
Condition = Callable[["UnitOfWork", Any], bool]
Scope = Callable[["UnitOfWork"], ColumnElement[bool]]
Build = Callable[..., Select[Any]]


@dataclass(frozen=True, slots=True)
class Reach:
    """A scope for readers of a kind, and the models it reads; no clause where each has an own."""

    where: ColumnElement[bool] | None
    tables: frozenset[type]


@dataclass(frozen=True, slots=True)
class Audience:
    """What one reader may be shown of one row.

    A field is shown if its data class is in `classes`, or if the person has agreed to the named
    item (such as "phone") and that item is in `items`. The household and the persons that the row
    speaks of are for the record of looks.
    """

    classes: frozenset[DataClass] = frozenset()
    items: frozenset[str] = frozenset()
    household_id: UUID | None = None
    person_ids: tuple[UUID, ...] = ()

    def sees(self, data_class: DataClass, item: str | None = None) -> bool:
        return data_class in self.classes or (item is not None and item in self.items)


NOBODY = Audience()
EVERYTHING = Audience(frozenset(DataClass) - {DataClass.SECRET})
Audiences = Callable[["UnitOfWork", type, Sequence[Any]], Sequence[Audience]]
Standing = Callable[[Actor], bool]


def any_standing(_actor: Actor) -> bool:
    """Ask nothing of the actor but the role or duty."""
    return True


def reaches_little(_uow: "Reading") -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, or a duty, holds a permission wherever all of its conditions hold.

    `standing` is what is asked of the actor before any subject is looked for.
    """

    holder: Role | Duty
    conditions: tuple[Condition, ...] = ()
    standing: Standing = any_standing

    def held_by(self, actor: Actor) -> bool:
        if not self.standing(actor):
            return False
        if isinstance(self.holder, Duty):
            return self.holder in actor.duties
        return actor.role is self.holder

    def covers(self, uow: "UnitOfWork", subject: object) -> bool:
        return self.held_by(uow.actor) and all(holds(uow, subject) for holds in self.conditions)


def grant(holder: Role | Duty, *conditions: Condition, standing: Standing = any_standing) -> Grant:
    return Grant(holder, conditions, standing)


def _refusal(actor: Actor, permission: Permission) -> str:
    """Say no; whose token is too narrow is told by how much, which says nothing of the record."""
    if actor.scopes is not None and permission not in actor.scopes:
        return f"Your token does not include {permission}."
    return "You may not do this. Ask your team leader if you think you should."


def _built(
    build: Build, any_reader: Any, shape: Sequence[Hashable], options: Sequence[ORMOption]
) -> Select[Any] | None:
    try:
        return build(any_reader, *map(stand_in, shape)).options(*options)
    except Personal:
        return None


class Policy:
    def __init__(
        self,
        grants: Mapping[Permission, Sequence[Grant]],
        scopes: Mapping[type, Scope],
        audiences: Audiences,
        by_item: Mapping[Role, frozenset[DataClass]] | None = None,
        reaches_far: Callable[["Reading"], bool] = reaches_little,
    ) -> None:
        self._grants = grants
        self._scopes = scopes
        self._audiences = audiences
        self._by_item = by_item or {}
        self.reaches_far = reaches_far
        self._reaches: dict[Hashable, Reach] = {}
        self._once: dict[Hashable, Any] = {}
        self._statements: dict[Hashable, Select[Any] | None] = {}

    @property
    def scoped_models(self) -> frozenset[type]:
        return frozenset(self._scopes)

    def admits(self, actor: Actor, permission: Permission) -> bool:
        """Say whether the actor holds the permission for any subject at all."""
        if actor.role is Role.SYSTEM:
            return True
        if actor.scopes is not None and permission not in actor.scopes:
            return False
        return any(g.held_by(actor) for g in self._grants.get(permission, ()))

    def permissions_of(self, actor: Actor) -> frozenset[Permission]:
        return frozenset(p for p in Permission if self.admits(actor, p))

    def allows(self, uow: "UnitOfWork", permission: Permission, subject: object) -> bool:
        if uow.actor.role is Role.SYSTEM:
            return True
        if not self.admits(uow.actor, permission):
            return False
        return any(g.covers(uow, subject) for g in self._grants.get(permission, ()))

    def require(self, uow: "UnitOfWork", permission: Permission, subject: object) -> None:
        if not self.allows(uow, permission, subject):
            raise Forbidden(_refusal(uow.actor, permission))

    def may_sort_by(self, actor: Actor, classes: Collection[DataClass]) -> bool:
        """Say whether a list may be sorted by columns of these classes.

        Not where each row shows them or not, as somebody agreed: the order would tell the rest.
        """
        return self._by_item.get(actor.role, frozenset()).isdisjoint(classes)

    def reach(self, uow: "Reading", model: type) -> Reach:
        """Tell which rows of `model` the actor may know of, as a WHERE clause with its tables."""
        if uow.actor.role is Role.SYSTEM or model not in self._scopes:
            return Reach(true(), frozenset({model}))
        key = (model, uow.kind, uow.one_by_one)
        if key not in self._reaches:
            self._reaches[key] = self._reach_of_kind(uow, self._scopes[model], model)
        reach = self._reaches[key]
        if reach.where is not None:
            return reach
        unit: Any = uow
        where = uow.remembered(("scope", model), lambda: self._scopes[model](unit))
        return Reach(where, reach.tables)

    def _reach_of_kind(self, uow: "Reading", scope: Scope, model: type) -> Reach:
        """Build a clause for all readers of a kind; for one alone where they differ in more."""
        stand_in: Any = uow.any_reader(one_by_one=uow.one_by_one)
        unit: Any = uow
        try:
            where = scope(stand_in)
        except Personal:
            return Reach(None, models_in(scope(unit)) | {model})
        return Reach(where, models_in(where) | {model})

    def statement(
        self,
        uow: "Reading",
        build: Build,
        given: tuple[Hashable, ...],
        *options: ORMOption,
        one_by_one: bool = False,
    ) -> tuple[Select[Any], Mapping[str, Any]]:
        """Give the statement of a question, and the values of the ids in it.

        It is built once for all readers of the actor's kind and for all ids.
        """
        shape, ids = parted(given)
        one_by_one = one_by_one or bool(ids)
        key = (build, shape, uow.kind, bool(options), one_by_one)
        if key not in self._statements:
            self._statements[key] = _built(
                build, uow.any_reader(one_by_one=one_by_one), shape, options
            )
        kept = self._statements[key]
        if kept is None:
            return build(uow, *given).options(*options), {}
        return kept, ids

    def once(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """Work something out once."""
        if key not in self._once:
            self._once[key] = work_out()
        found: T = self._once[key]
        return found

    def audiences(self, uow: "UnitOfWork", model: type, rows: Sequence[Any]) -> Sequence[Audience]:
        """Tell what the actor may be shown of each row of `model`, in the order of the rows."""
        if uow.actor.role is Role.SYSTEM:
            return [EVERYTHING] * len(rows)
        return self._audiences(uow, model, rows)
