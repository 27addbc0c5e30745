"""The audit trail: who changed, read or was refused what; never the values.

It hangs on the session, so no service writes it and none can forget it. Rows gather while the work
goes on and are chained as its last statement: each row's hash covers the one before it, so that an
edited, deleted or reordered row is found by computing again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, event, inspect
from sqlalchemy.orm import InstanceState, Mapped, PassiveFlag, UOWTransaction, mapped_column

from resettle.core.actor import NOWHERE, Actor, Origin
from resettle.core.classes import AUDIT, OPS, READS_AUDITED, DataClass, Held
from resettle.core.db import Base, WorkSession

FIRST = "0" * 64


class AuditEntry(Base):
    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_household_ref_at", "household_ref", "at"),
        Index("ix_audit_entry_actor_ref_at", "actor_ref", "at"),
    )
    held: ClassVar[Held] = Held(about="household_ref", kept="audit", export="who_saw")

    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=OPS)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, info=OPS)
    at: Mapped[datetime] = mapped_column(info=AUDIT)
    actor_ref: Mapped[UUID | None] = mapped_column(info=AUDIT)
    actor_role: Mapped[str] = mapped_column(info=AUDIT)
    session_ref: Mapped[str] = mapped_column(info=AUDIT)
    action: Mapped[str] = mapped_column(info=AUDIT)
    change: Mapped[str] = mapped_column(info=AUDIT)
    resource: Mapped[str] = mapped_column(info=AUDIT)
    record_ref: Mapped[UUID | None] = mapped_column(index=True, info=AUDIT)
    household_ref: Mapped[UUID | None] = mapped_column(info=AUDIT)
    person_refs: Mapped[list[str]] = mapped_column(JSON, info=AUDIT)
    classes: Mapped[list[str]] = mapped_column(JSON, info=AUDIT)
    fields: Mapped[list[str]] = mapped_column(JSON, info=AUDIT)
    outcome: Mapped[str] = mapped_column(info=AUDIT)
    request_id: Mapped[str] = mapped_column(info=AUDIT)
    route: Mapped[str] = mapped_column(info=AUDIT)
    method: Mapped[str] = mapped_column(info=AUDIT)
    address: Mapped[str] = mapped_column(info=AUDIT)
    count: Mapped[int] = mapped_column(info=AUDIT)
    prev: Mapped[str] = mapped_column(info=AUDIT)
    hash: Mapped[str] = mapped_column(info=AUDIT)


class AuditSeen(Base):
    """A household of a look at several at once, such as a list: a part of that row of the trail."""

    __tablename__ = "audit_seen"
    held: ClassVar[Held] = Held(about="household_ref", kept="audit", export="who_saw")

    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=OPS)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, info=OPS)
    household_ref: Mapped[UUID] = mapped_column(primary_key=True, index=True, info=AUDIT)


class AuditHead(Base):
    """The newest row of each chain, locked while a work appends; it shows a tail that was cut."""

    __tablename__ = "audit_head"
    held: ClassVar[Held] = Held(about="", kept="audit", export="never")

    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=OPS)
    seq: Mapped[int] = mapped_column(BigInteger, info=AUDIT)
    hash: Mapped[str] = mapped_column(info=AUDIT)


@dataclass(slots=True)
class AuditContext:
    """What every row of one unit of work has in common, and the rows so far."""

    actor: Actor
    action: str
    at: datetime
    origin: Origin = NOWHERE
    rows: list[dict[str, Any]] = field(default_factory=list)

    def note(self, **row: Any) -> None:
        common: dict[str, Any] = {
            "at": self.at,
            "actor_ref": self.actor.user_id,
            "actor_role": self.actor.role.value,
            "session_ref": self.actor.session_ref,
            "action": self.action,
            "record_ref": None,
            "household_ref": None,
            "households": (),
            "person_refs": [],
            "classes": [],
            "fields": [],
            "outcome": "allow",
            "request_id": self.origin.request_id,
            "route": self.origin.route,
            "method": self.origin.method,
            "address": self.origin.address,
            "count": 1,
        }
        self.rows.append(common | row)


@event.listens_for(WorkSession, "after_flush")
def record_changes(session: WorkSession, _flush: UOWTransaction) -> None:
    context: AuditContext = session.info["audit"]
    for change, entities in (
        ("created", session.new),
        ("updated", session.dirty),
        ("deleted", session.deleted),
    ):
        for entity in entities:
            if getattr(entity, "audited", True):
                _note_change(context, change, entity)


BOOKKEEPING = frozenset({"version", "created_at", "created_by", "updated_at", "updated_by"})


def _note_change(context: AuditContext, change: str, entity: Any) -> None:
    state: InstanceState[Any] = inspect(entity)
    columns = [c for c in _changed_columns(state) if c.name not in BOOKKEEPING]
    if not columns and change != "deleted":
        return
    context.note(
        change=change,
        resource=type(entity).__name__,
        record_ref=getattr(entity, "id", None),
        household_ref=household_of(entity),
        person_refs=[str(ref) for ref in persons_of(entity)],
        classes=sorted({str(column.info["class"].value) for column in columns}),
        fields=sorted(column.name for column in columns),
    )


def _changed_columns(state: InstanceState[Any]) -> Iterator[Any]:
    # What was never set has no history to be asked for.
    touched = state.committed_state
    for attribute in state.mapper.column_attrs:
        if attribute.key in touched and _is_changed(state, attribute.key):
            yield attribute.columns[0]


def _is_changed(state: InstanceState[Any], key: str) -> bool:
    return bool(state.get_history(key, PassiveFlag.PASSIVE_NO_INITIALIZE).has_changes())


def household_of(row: Any) -> UUID | None:
    """Name the household that a row speaks of, by its column or by being one."""
    if type(row).__name__ == "Household":
        return row.id  # type: ignore[no-any-return]
    return getattr(row, "household_id", None)


def persons_of(row: Any) -> tuple[UUID, ...]:
    """Name the person that a row speaks of, if it speaks of one."""
    if type(row).__name__ == "Person":
        return (row.id,)
    person_id = getattr(row, "person_id", None)
    return () if person_id is None else (person_id,)


@dataclass(slots=True)
class Looks:
    """What one unit of work has shown of sensitive classes, gathered as answers are made."""

    classes: set[DataClass] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    households: set[UUID] = field(default_factory=set)
    persons: set[UUID] = field(default_factory=set)
    rows: int = 0

    def add(
        self,
        household_id: UUID | None,
        person_ids: Iterable[UUID],
        shown: Iterable[tuple[str, DataClass]],
    ) -> None:
        sensitive = [(name, kind) for name, kind in shown if kind in READS_AUDITED]
        if not sensitive:
            return
        self.rows += 1
        self.fields.update(name for name, _ in sensitive)
        self.classes.update(kind for _, kind in sensitive)
        self.persons.update(person_ids)
        if household_id is not None:
            self.households.add(household_id)

    def tell(self, context: AuditContext) -> None:
        """Note one row for the answer, which names each household that was looked at."""
        if not self.rows:
            return
        households = sorted(self.households)
        context.note(
            change="read",
            resource="answer",
            household_ref=households[0] if len(households) == 1 else None,
            households=households if len(households) > 1 else (),
            person_refs=sorted(str(person) for person in self.persons),
            classes=sorted(kind.value for kind in self.classes),
            fields=sorted(self.fields),
            count=self.rows,
        )
