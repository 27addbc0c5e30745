"""The chain of the audit trail: each row's hash covers the one before it.

So a row that was edited, deleted or moved is found by computing again; a tail that was cut is
found by the head, which is kept apart. The database itself refuses to change or delete rows.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import orjson
from sqlalchemy import DDL, Table, event, insert, select
from sqlalchemy.orm import Session

from resettle.core.audit import FIRST, AuditContext, AuditEntry, AuditHead


def append(session: Session, context: AuditContext, chains: int) -> None:
    """Chain the rows of this work, as its last statement before the commit."""
    if not context.rows:
        return
    chain = (context.actor.user_id.int if context.actor.user_id else 0) % chains
    seq, head = _locked_head(session, chain)
    rows = []
    for row in context.rows:
        seq += 1
        entry = {**row, "chain": chain, "seq": seq, "prev": head}
        entry["hash"] = head = digest(entry)
        rows.append(entry)
    connection = session.connection()
    connection.execute(insert(AuditEntry), rows)
    heads = cast(Table, AuditHead.__table__)
    connection.execute(heads.update().where(heads.c.chain == chain).values(seq=seq, hash=head))
    context.rows.clear()


def _locked_head(session: Session, chain: int) -> tuple[int, str]:
    connection = session.connection()
    head = select(AuditHead.seq, AuditHead.hash).where(AuditHead.chain == chain).with_for_update()
    found = connection.execute(head).one_or_none()
    if found is None:
        connection.execute(insert(AuditHead).values(chain=chain, seq=0, hash=FIRST))
        return 0, FIRST
    return found.seq, found.hash


HASHED = tuple(sorted(c.name for c in AuditEntry.__table__.columns if c.name != "hash"))


def digest(entry: Mapping[str, Any]) -> str:
    """Compute the hash of a row over the canonical JSON of all its other columns."""
    body = orjson.dumps({name: _canonical(entry[name]) for name in HASHED})
    return hashlib.sha256(body).hexdigest()


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
        seq, prev = 0, FIRST
        for entry in _entries(session, chain, batch):
            seq += 1
            if fault := _fault(entry, seq, prev):
                return Verdict(rows, chain, seq, fault)
            prev = entry["hash"]
            rows += 1
        if _head(session, chain) != (seq, prev):
            return Verdict(rows, chain, seq + 1, "the end of the chain is missing")
    return Verdict(rows)


def _head(session: Session, chain: int) -> tuple[int, str] | None:
    query = select(AuditHead.seq, AuditHead.hash).where(AuditHead.chain == chain)
    found = session.connection().execute(query).one_or_none()
    return None if found is None else (found.seq, found.hash)


def _chains(session: Session) -> list[int]:
    connection = session.connection()
    known = {*connection.execute(select(AuditEntry.chain).distinct()).scalars()}
    return sorted(known | {*connection.execute(select(AuditHead.chain)).scalars()})


def _entries(session: Session, chain: int, batch: int) -> Iterator[Any]:
    after = 0
    while True:
        wanted = select(AuditEntry.__table__).where(
            AuditEntry.chain == chain, AuditEntry.seq > after
        )
        query = wanted.order_by(AuditEntry.seq).limit(batch)
        found = session.connection().execute(query).mappings().all()
        yield from found
        if len(found) < batch:
            return
        after = found[-1]["seq"]


def _fault(entry: Mapping[str, Any], seq: int, prev: str) -> str:
    if entry["seq"] != seq:
        return "a row is missing"
    if entry["prev"] != prev:
        return "the row does not follow the one before it"
    if entry["hash"] != digest(entry):
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
