"""The chain of the audit trail: each row's hash covers the one before it.

So a row that was edited, deleted or moved is found by computing again; a tail that was cut is
found by the head, which is kept apart. Hashes are keyed from the settings, so that whoever has the
database alone cannot compute them anew. The database itself refuses to change or delete rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any, cast
from uuid import UUID

import orjson
from sqlalchemy import (
    ARRAY,
    DDL,
    BigInteger,
    Connection,
    Integer,
    String,
    Table,
    Uuid,
    bindparam,
    event,
    func,
    select,
)
from sqlalchemy import cast as cast_as
from sqlalchemy.orm import Session

from resettle.core.audit import FIRST, AuditContext, AuditEntry, AuditHead, AuditSeen
from resettle.core.crypto import Keyring
from resettle.core.db import INSERTS

ENTRIES = cast(Table, AuditEntry.__table__)
SEEN = cast(Table, AuditSeen.__table__)
HEADS = cast(Table, AuditHead.__table__)
THIS_ONE = HEADS.c.chain == bindparam("of")
LOCK_HEAD = select(HEADS.c.seq, HEADS.c.hash).where(THIS_ONE).with_for_update()
MOVE_HEAD = HEADS.update().where(THIS_ONE)
SEE_ALL = SEEN.insert().from_select(
    ["chain", "seq", "household_ref"],
    select(
        bindparam("in_chain", type_=Integer()),
        bindparam("at_seq", type_=BigInteger()),
        func.unnest(cast_as(bindparam("listed", type_=String()), ARRAY(Uuid()))),
    ),
)


def append(session: Session, context: AuditContext, chains: int) -> None:
    """Chain the rows of this work, as its last statement before the commit."""
    if not context.rows:
        return
    connection, keyring = session.connection(), _keyring(session)
    chain = (context.actor.user_id.int if context.actor.user_id else 0) % chains
    seq, head = _locked_head(session, chain)
    entries = []
    for row in context.rows:
        seq += 1
        entry = {**row, "chain": chain, "seq": seq, "prev": head}
        households = entry.pop("households")
        entry["hash"] = head = digest(keyring, entry, households)
        entries.append(entry)
        if households:
            _keep_seen(connection, chain, seq, households)
    connection.execute(ENTRIES.insert(), entries if len(entries) > 1 else entries[0])
    newest = {"of": chain, "seq": seq, "hash": sealed_head(keyring, chain, seq, head)}
    connection.execute(MOVE_HEAD, newest)
    context.rows.clear()


def _keep_seen(connection: Connection, chain: int, seq: int, households: Sequence[UUID]) -> None:
    if connection.dialect.name == "postgresql":
        listed = f"{{{','.join(map(str, households))}}}"
        connection.execute(SEE_ALL, {"in_chain": chain, "at_seq": seq, "listed": listed})
        return
    common = {"chain": chain, "seq": seq}
    connection.execute(SEEN.insert(), [{**common, "household_ref": home} for home in households])


def _keyring(session: Session) -> Keyring:
    keyring: Keyring = session.info["vault"].keyring
    return keyring


def sealed_head(keyring: Keyring, chain: int, seq: int, head: str) -> str:
    """Write the head with its seal: who cuts the tail cannot make an earlier row the newest."""
    seal = keyring.witness("audit_head", f"{chain}|{seq}|{head}".encode())
    return f"{head}.{seal}"


def _locked_head(session: Session, chain: int) -> tuple[int, str]:
    connection = session.connection()
    found = connection.execute(LOCK_HEAD, {"of": chain}).one_or_none()
    if found is None:
        # Of two who begin a chain at once, the second waits here and finds the first one's head.
        begin = INSERTS[connection.dialect.name](AuditHead)
        first = begin.values(chain=chain, seq=0, hash=FIRST)
        connection.execute(first.on_conflict_do_nothing())
        found = connection.execute(LOCK_HEAD, {"of": chain}).one()
    return found.seq, found.hash.partition(".")[0]


HASHED = tuple(sorted(c.name for c in ENTRIES.columns if c.name != "hash"))


def digest(keyring: Keyring, entry: Mapping[str, Any], households: Sequence[UUID] = ()) -> str:
    """Compute the keyed hash over the canonical JSON of a row: its columns and its households."""
    told = {name: entry[name] for name in HASHED}
    told["at"] = entry["at"].astimezone(UTC).isoformat(timespec="milliseconds")
    if households:
        told["households"] = households
    return keyring.witness("audit_entry", orjson.dumps(told))


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
        seen = _seen(session, chain, found[0]["seq"], found[-1]["seq"])
        for entry in found:
            if fault := _fault(keyring, entry, seen.get(entry["seq"], ()), seq + 1, prev):
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


def _seen(session: Session, chain: int, first: int, last: int) -> Mapping[int, Sequence[UUID]]:
    """Name the households of the looks at several, between two rows of a chain."""
    between = (SEEN.c.chain == chain, SEEN.c.seq.between(first, last))
    query = select(SEEN.c.seq, SEEN.c.household_ref).where(*between)
    seen: dict[int, list[UUID]] = {}
    for seq, household in session.connection().execute(query):
        seen.setdefault(seq, []).append(household)
    return {seq: sorted(households) for seq, households in seen.items()}


def _fault(
    keyring: Keyring, entry: Mapping[str, Any], seen: Sequence[UUID], seq: int, prev: str
) -> str:
    if entry["seq"] != seq:
        return "a row is missing"
    if entry["prev"] != prev:
        return "the row does not follow the one before it"
    if entry["hash"] != digest(keyring, entry, seen):
        return "the row was changed"
    return ""


REFUSE = "the audit trail is append-only"


def append_only(table: str) -> Mapping[str, Sequence[str]]:
    """Give the statements, by dialect, that make a database refuse to change or delete rows."""
    return {
        "sqlite": [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSE}'); END"
            for verb in ("update", "delete")
        ],
        "postgresql": [
            f"""CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{REFUSE}'; END $$""",
            f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            EXECUTE FUNCTION audit_entry_refuse()""",
        ],
    }


for _table in (ENTRIES, SEEN):
    for _dialect, _statements in append_only(_table.name).items():
        for _statement in _statements:
            event.listen(
                _table,
                "after_create",
                DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
            )
