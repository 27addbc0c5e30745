"""The chain of the audit trail: each row's hash covers the one before it.

So a row that was edited, deleted or moved is found by computing again; a tail that was cut is
found by the head, which is kept apart. Hashes are keyed from the settings, so that whoever has the
database alone cannot compute them anew. The database itself refuses to change or delete rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import orjson
from sqlalchemy import DDL, Table, event, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from resettle.core.audit import FIRST, AuditContext, AuditEntry, AuditHead
from resettle.core.crypto import Keyring

BEGINNING: Mapping[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def append(session: Session, context: AuditContext, chains: int) -> None:
    """Chain the rows of this work, as its last statement before the commit."""
    if not context.rows:
        return
    chain = (context.actor.user_id.int if context.actor.user_id else 0) % chains
    seq, head = _locked_head(session, chain)
    rows = []
    keyring = _keyring(session)
    for row in context.rows:
        seq += 1
        entry = {**row, "chain": chain, "seq": seq, "prev": head}
        entry["hash"] = head = digest(keyring, entry)
        rows.append(entry)
    connection = session.connection()
    connection.execute(insert(AuditEntry), rows)
    heads = cast(Table, AuditHead.__table__)
    newest = {"seq": seq, "hash": sealed_head(keyring, chain, seq, head)}
    connection.execute(heads.update().where(heads.c.chain == chain).values(newest))
    context.rows.clear()


def _keyring(session: Session) -> Keyring:
    keyring: Keyring = session.info["vault"].keyring
    return keyring


def sealed_head(keyring: Keyring, chain: int, seq: int, head: str) -> str:
    """Write the head with its seal: who cuts the tail cannot make an earlier row the newest."""
    seal = keyring.witness("audit_head", f"{chain}|{seq}|{head}".encode())
    return f"{head}.{seal}"


def _locked_head(session: Session, chain: int) -> tuple[int, str]:
    connection = session.connection()
    head = select(AuditHead.seq, AuditHead.hash).where(AuditHead.chain == chain).with_for_update()
    found = connection.execute(head).one_or_none()
    if found is None:
        # Of two who begin a chain at once, the second waits here and finds the first one's head.
        begin = BEGINNING[connection.dialect.name](AuditHead)
        first = begin.values(chain=chain, seq=0, hash=FIRST)
        connection.execute(first.on_conflict_do_nothing())
        found = connection.execute(head).one()
    return found.seq, found.hash.partition(".")[0]


HASHED = tuple(sorted(c.name for c in AuditEntry.__table__.columns if c.name != "hash"))


def digest(keyring: Keyring, entry: Mapping[str, Any]) -> str:
    """Compute the keyed hash of a row over the canonical JSON of all its other columns."""
    body = orjson.dumps({name: _canonical(entry[name]) for name in HASHED})
    return keyring.witness("audit_entry", body)


def _canonical(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    return value


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: how many rows, and where the first fault is, if any."""

    rows: int
    chain: int | None = None
    bad_seq: int | None = None
    fault: str = ""

    @property
    def sound(self) -> bool:
        return self.bad_seq is None


def verify(session: Session, batch: int = 1000) -> Verdict:
    """Compute every chain again, in constant memory, and compare it with its head."""
    rows = 0
    for chain in _chains(session):
        seq, fault = _checked(session, chain, batch)
        rows += seq
        if fault:
            return Verdict(rows, chain, seq + 1, fault)
    return Verdict(rows)


def _checked(session: Session, chain: int, batch: int) -> tuple[int, str]:
    """Follow a chain to its head: how far it is sound, and what is wrong with the next row."""
    seq, prev = 0, FIRST
    # Walked on until it fits, since the trail may grow before its head is looked at.
    while not _is_head(session, chain, seq, prev):
        begun = seq
        seq, prev, fault = _walk(session, chain, batch, seq, prev)
        if fault:
            return seq, fault
        if seq == begun:
            return seq, "the end of the chain is missing"
    return seq, ""


def _walk(session: Session, chain: int, batch: int, seq: int, prev: str) -> tuple[int, str, str]:
    """Follow a chain to its last row, or to the one before its first fault."""
    keyring = _keyring(session)
    while found := _entries(session, chain, seq, batch):
        for entry in found:
            if fault := _fault(keyring, entry, seq + 1, prev):
                return seq, prev, fault
            seq, prev = seq + 1, entry["hash"]
    return seq, prev, ""


def _is_head(session: Session, chain: int, seq: int, newest: str) -> bool:
    query = select(AuditHead.hash).where(AuditHead.chain == chain, AuditHead.seq == seq)
    kept: str | None = session.connection().execute(query).scalar_one_or_none()
    return kept == sealed_head(_keyring(session), chain, seq, newest)


def _chains(session: Session) -> list[int]:
    connection = session.connection()
    known = {*connection.execute(select(AuditEntry.chain).distinct()).scalars()}
    return sorted(known | {*connection.execute(select(AuditHead.chain)).scalars()})


def _entries(session: Session, chain: int, after: int, batch: int) -> Sequence[Any]:
    wanted = select(AuditEntry.__table__).where(AuditEntry.chain == chain, AuditEntry.seq > after)
    query = wanted.order_by(AuditEntry.seq).limit(batch)
    return session.connection().execute(query).mappings().all()


def _fault(keyring: Keyring, entry: Mapping[str, Any], seq: int, prev: str) -> str:
    if entry["seq"] != seq:
        return "a row is missing"
    if entry["prev"] != prev:
        return "the row does not follow the one before it"
    if entry["hash"] != digest(keyring, entry):
        return "the row was changed"
    return ""


REFUSE = "the audit trail is append-only"
APPEND_ONLY_SQLITE = tuple(
    f"CREATE TRIGGER audit_entry_no_{verb} BEFORE {verb.upper()} ON audit_entry "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSE}'); END"
    for verb in ("update", "delete")
)
APPEND_ONLY_POSTGRESQL = (
    f"""CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSE}'; END $$""",
    """CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    EXECUTE FUNCTION audit_entry_refuse()""",
)

for _dialect, _statements in (
    ("sqlite", APPEND_ONLY_SQLITE),
    ("postgresql", APPEND_ONLY_POSTGRESQL),
):
    for _statement in _statements:
        event.listen(
            AuditEntry.__table__,
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )
