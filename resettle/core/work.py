"""The unit of work: one actor, one moment, one transaction."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import sessionmaker

from resettle.core import asked, chain, sealed
from resettle.core.actor import NOWHERE, SYSTEM, Actor, Origin
from resettle.core.audit import AuditContext, Looks
from resettle.core.classes import DataClass
from resettle.core.clock import Clock, day_of, system_clock
from resettle.core.crypto import Keyring
from resettle.core.db import Entity, Record, UnscopedQuery, WorkSession
from resettle.core.errors import NotFound, Stale
from resettle.core.events import Event, Handlers
from resettle.core.jobs import Job
from resettle.core.permissions import Permission
from resettle.core.policy import Audience, Policy
from resettle.core.reading import Reading, Resources

E = TypeVar("E", bound=Entity)
NO_SUCH = "There is no such record, or it is not yours to see."


class UnitOfWork(Reading):
    """All that a service needs in order to act, and all that it is given."""

    def __init__(
        self, session: WorkSession, context: AuditContext, transactions: "Transactions"
    ) -> None:
        self.session = session
        self.actor = context.actor
        self.origin_actor = context.actor
        self.now = context.at
        self.today = day_of(context.at)
        self.looks = Looks()
        self.expected_version: int | None = None
        self._context = context
        self._transactions = transactions
        self._policy = transactions.policy
        self._resources = transactions.resources
        self._handlers = transactions.handlers
        self._events: list[Event] = []
        self._known: dict[Hashable, tuple[Actor, Any]] = {}
        session.info["unit"] = self

    # Reading one row, and figures

    def get(self, model: type[E], id_: UUID, to: Permission) -> E:
        """Fetch one row in scope, and require the permission on it.

        A row out of scope is NotFound, never Forbidden: its existence is not told.
        """
        entity = self.find(model, id_)
        if entity is None:
            raise NotFound(NO_SUCH)
        self.require(to, entity)
        return entity

    def get_all(self, model: type[E], ids: Iterable[UUID], to: Permission) -> dict[UUID, E]:
        """Fetch several rows in scope in one query, and require the permission on each, by id.

        One out of scope is NotFound, as it is for `get`, and then none is told.
        """
        wanted = frozenset(ids)
        if not wanted:
            return {}
        found = {row.id: row for row in self.ask_all(_by_ids, model, wanted)}
        if found.keys() != wanted:
            raise NotFound(NO_SUCH)
        for entity in found.values():
            self.require(to, entity)
        return found

    def edit(self, model: type[E], id_: UUID, to: Permission, *, alone: bool = False) -> E:
        """Fetch one row to change it, locked, and at the version that the editor has seen.

        Raises Stale at another version. Others may add rows that refer to it, unless `alone`.
        """
        statement, ids = self._policy.statement(self, _to_change, (model, id_, alone))
        entity: E | None = self.session.scalar(statement, ids)
        if entity is None:
            raise NotFound(NO_SUCH)
        self.require(to, entity)
        if self.expected_version is not None and isinstance(entity, Record):
            if entity.version != self.expected_version:
                raise Stale(entity.version, entity.updated_by, entity.updated_at)
            self.expected_version = None
        return entity

    def figures(self, to: Permission, *columns: Any, over: Iterable[type[Entity]]) -> Select[Any]:
        """Start a query of aggregates over all rows of some tables, whoever may see each row.

        Requires the permission; takes nothing that tells of one person: at least one aggregate,
        and else only columns of harmless classes to group by.
        """
        self.require(to)
        plain = [c for c in columns if not asked.aggregates(c)]
        if len(plain) == len(columns) or any(asked.tells(column) for column in plain):
            raise UnscopedQuery("figures are aggregates, grouped by columns of harmless classes")
        return select(*columns).execution_options(covered=frozenset(over))

    # Access

    def require(self, permission: Permission, subject: object = None) -> None:
        self._policy.require(self, permission, subject)

    def allows(self, permission: Permission, subject: object = None) -> bool:
        return self._policy.allows(self, permission, subject)

    def permissions(self) -> frozenset[Permission]:
        """Name all that the actor may do, for any subject at all."""
        return self._policy.permissions_of(self.actor)

    def may_sort_by(self, columns: Iterable[Any]) -> bool:
        """Say whether the actor sees enough of these columns to have a list sorted by them."""
        return self._policy.may_sort_by(self.actor, {k for c in columns for k in asked.classes(c)})

    def audiences(self, model: type, rows: Sequence[Any]) -> Sequence[Audience]:
        return self._policy.audiences(self, model, rows)

    # Acting

    def shown(self, audience: Audience, fields: Iterable[tuple[str, DataClass]]) -> None:
        """Tell that these fields of a row are in the answer, for the record of looks."""
        self.looks.add(audience.household_id, audience.person_ids, fields)

    def add(self, entity: E) -> E:
        self.session.add(entity)
        self.session.flush()
        return entity

    def add_all(self, entities: Iterable[E]) -> list[E]:
        """Add many rows of one kind, and write them together."""
        added = [*entities]
        self.session.add_all(added)
        self.session.flush()
        return added

    def emit(self, event: Event) -> None:
        """Tell the rest of the system; handlers run before this work is committed."""
        self._events.append(event)

    def later(
        self, job: str, *, at: datetime | None = None, key: str | None = None, **payload: Any
    ) -> None:
        """Leave a job for the worker, which sees it only if this work is committed.

        A key makes the job unique: while one with the same key waits, no second is left.
        """
        if key is not None and self.session.scalar(select(Job.id).filter_by(key=key)):
            return
        self.session.add(Job(name=job, payload=payload, key=key, run_after=at or self.now))

    def meanwhile(self, tell: Callable[["UnitOfWork"], None]) -> None:
        """Keep at once how far a long work is, whatever becomes of the work itself.

        Where a database has one writer this work is the one, so nothing is told before its end.
        """
        if self.session.get_bind().dialect.name != "sqlite":
            with self._transactions.begin(SYSTEM, f"{self._context.action}:meanwhile") as other:
                tell(other)

    def acted(
        self,
        resource: str,
        record_ref: UUID | None = None,
        *,
        change: str = "acted",
        outcome: str = "allow",
    ) -> None:
        """Put on record an act that changes no row, such as a sign-in or a verification."""
        self._context.note(change=change, resource=resource, record_ref=record_ref, outcome=outcome)

    # Keys

    def unlock(self, owner_ids: Iterable[UUID]) -> None:
        """Open the keys of many owners at once, before their sealed fields are read."""
        self.session.info["vault"].open_all(self.session, owner_ids)

    def blind(self, kind: str, text: str) -> str:
        """Give the look-up value of a sealed text, such as a UNHCR number."""
        return self.use(Keyring).blind(kind, text)

    def settle(self) -> None:
        """Run the handlers of every event, and of the events that they emit in turn.

        It is done before an answer is made, so that the answer shows what followed from the act,
        and once more before the commit. Handlers act as the system: what follows from an act is
        not the actor's to refuse. The audit trail still names the actor who set it off.
        """
        actor, self.actor = self.actor, SYSTEM
        while self._events:
            event = self._events.pop(0)
            for handle in self._handlers.get(type(event), ()):
                handle(self, event)
        self.actor = actor


def _to_change(unit: Reading, model: type[E], id_: UUID, alone: bool) -> Select[E]:  # noqa: FBT001  # a part of the form
    query = unit.select(model).where(model.id == id_).with_for_update(key_share=not alone)
    return query.execution_options(populate_existing=True)


def _by_ids(unit: Reading, model: type[E], ids: frozenset[UUID]) -> Select[E]:
    return unit.select(model).where(model.id.in_(ids))


@dataclass(frozen=True, slots=True)
class Transactions:
    """Opens units of work. The only code in the service that commits."""

    sessions: sessionmaker[WorkSession]
    policy: Policy
    handlers: Handlers
    resources: Resources
    clock: Clock = system_clock
    audit_chains: int = 1

    @contextmanager
    def begin(
        self, actor: Actor, action: str, *, read_only: bool = False, origin: Origin = NOWHERE
    ) -> Iterator[UnitOfWork]:
        """Open a unit of work. A clean exit settles its events and commits; an error keeps nothing.

        Looks at sensitive data are on record before this returns, so before any answer leaves.
        """
        context = AuditContext(actor, str(action), self.clock(), origin)
        with self._session(context, read_only=read_only) as session:
            uow = UnitOfWork(session, context, self)
            yield uow
            uow.settle()
            uow.looks.tell(context)
            apart = read_only and session.get_bind().dialect.name == "sqlite"
            if not apart and (context.rows or not read_only):
                self._commit(session, context)
        if apart:
            self._record(context)

    def refused(self, actor: Actor, action: str, reason: str, origin: Origin, **more: Any) -> None:
        """Put a refusal on record, in a transaction that no rollback can take away."""
        context = AuditContext(actor, str(action), self.clock(), origin)
        context.note(change="refused", resource="request", outcome=f"deny:{reason}", **more)
        self._record(context)

    def _record(self, context: AuditContext) -> None:
        """Put on record what is noted, in a transaction of its own."""
        if context.rows:
            with self._session(context, read_only=False) as session:
                self._commit(session, context)

    @contextmanager
    def _session(self, context: AuditContext, *, read_only: bool) -> Iterator[WorkSession]:
        with self.sessions() as session:
            session.info["guarded"] = self.policy.scoped_models
            session.info["audit"] = context
            session.info["read_only"] = read_only
            session.info["vault"] = sealed.Vault(self.resources[Keyring])
            session.connection(execution_options={"read_only": read_only})
            yield session

    def _commit(self, session: WorkSession, context: AuditContext) -> None:
        session.flush()
        chain.append(session, context, self.audit_chains)
        session.commit()
