"""What is wrong with an installation, in plain words, and what to do about it.

Each check looks at one thing and tells what it finds; none stops the others. Nothing is changed.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from resettle.core import chain
from resettle.core.audit import AuditEntry, AuditHead
from resettle.core.clock import Clock, system_clock
from resettle.core.crypto import Unsealable
from resettle.core.jobs import Job
from resettle.core.marks import Mark
from resettle.core.sealed import DataKey
from resettle.operations import indexes, surroundings, tables
from resettle.operations.findings import Finding, doubtful, well, wrong
from resettle.settings import Settings

SKEW = timedelta(seconds=30)
LATE = timedelta(minutes=15)
OLD_BACKUP = timedelta(days=2)
SAMPLED_KEYS = 200
BACKED_UP = "backup"


def examine(settings: Settings, clock: Clock = system_clock) -> Sequence[Finding]:
    """Look at everything. What needs the database is left out where it cannot be reached."""
    found = [*surroundings.look(settings)]
    with tables.opened(settings.database_url) as engine:
        found += _database(settings, engine, clock)
    return found


def _database(settings: Settings, engine: Engine, clock: Clock) -> Iterator[Finding]:
    try:
        at = tables.present(engine)
    except SQLAlchemyError as error:
        reason = type(getattr(error, "orig", error)).__name__
        yield wrong("database", f"It cannot be reached ({reason}). Look at its address and log.")
        return
    yield well("database", f"It answers ({engine.dialect.name}).")
    if at != tables.newest():
        yield wrong(
            "migrations",
            f"The tables are at {at or 'nothing'}, this release wants {tables.newest()}: run "
            "`resettle db upgrade`.",
        )
        return
    with engine.connect() as connection:
        yield from _indexes(connection, at)
        yield from _safety(connection)
        yield from _clock(connection, clock)
        yield from _keys(settings, connection)
        yield from _trail(settings, connection)
        yield from _work(connection, clock)
        yield from _purpose(settings, connection)
        yield from _backup(connection, clock)


def _indexes(connection: Connection, at: str) -> Iterator[Finding]:
    is_kept = connection.dialect.name == "postgresql"
    if is_kept and (faulty := indexes.faulty(connection)):
        yield wrong(
            "migrations",
            f"An index was not built to its end ({', '.join(faulty)}): run `resettle db upgrade`.",
        )
        return
    yield well("migrations", f"The tables are at {at}.")


def _safety(connection: Connection) -> Iterator[Finding]:
    """Say whether an acknowledged commit is on disk."""
    if connection.dialect.name == "sqlite":
        fault = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if fault != "ok":
            yield wrong("database", "The file is damaged: restore the newest backup.")
        return
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        if connection.exec_driver_sql(f"SHOW {name}").scalar_one() == "off":
            yield wrong("durability", f"{name} is off: a power cut loses what was saved.")
    privilege = "SELECT has_table_privilege('audit_entry', 'UPDATE')"
    if connection.exec_driver_sql(privilege).scalar_one():
        yield doubtful(
            "roles",
            "The service may change the audit trail's table: run `resettle db roles --apply` as "
            "the owner, and let the service sign in as a member of resettle_service.",
        )


def _clock(connection: Connection, clock: Clock) -> Iterator[Finding]:
    here = clock()
    if connection.dialect.name == "postgresql":
        apart = abs(connection.execute(select(func.now())).scalar_one() - here)
        if apart > SKEW:
            yield wrong(
                "clock",
                f"This machine and the database are {apart.total_seconds():.0f} seconds apart: "
                "let both follow the same time server.",
            )
            return
    newest = connection.execute(select(func.max(AuditEntry.at))).scalar()
    if newest is not None and newest.replace(tzinfo=newest.tzinfo or UTC) > here + SKEW:
        yield wrong("clock", "The audit trail has rows of later than now: the clock went back.")
        return
    yield well("clock", f"It is {here:%Y-%m-%d %H:%M} UTC.")


def _keys(settings: Settings, connection: Connection) -> Iterator[Finding]:
    keyring = settings.keyring
    used = {*connection.execute(select(DataKey.master_version).distinct()).scalars()}
    if lacking := sorted(used - {*keyring.masters}):
        numbers = ", ".join(map(str, lacking))
        yield wrong("keys", f"Master key {numbers} is not in RESETTLE_MASTER_KEYS: put it back.")
        return
    query = select(DataKey.owner_id, DataKey.master_version, DataKey.wrapped).limit(SAMPLED_KEYS)
    try:
        for owner_id, version, wrapped in connection.execute(query):
            keyring.unwrap(owner_id, version, wrapped)
    except Unsealable:
        yield wrong(
            "keys",
            "RESETTLE_MASTER_KEYS does not open what is stored: these are the keys of another "
            "installation.",
        )
        return
    yield well("keys", "They open what is stored.")


def _trail(settings: Settings, connection: Connection) -> Iterator[Finding]:
    """Say whether the newest row is the one that was sealed; `audit verify` computes them all."""
    for number, seq, kept in connection.execute(
        select(AuditHead.chain, AuditHead.seq, AuditHead.hash)
    ):
        head = kept.partition(".")[0]
        if kept != chain.sealed_head(settings.keyring, number, seq, head):
            yield wrong(
                "trail",
                "RESETTLE_INDEX_KEY is not the one that sealed the audit trail, or the trail was "
                "tampered with: run `resettle audit verify`.",
            )
            return
    yield well("trail", "Its newest row is the one that was sealed.")


def _work(connection: Connection, clock: Clock) -> Iterator[Finding]:
    with Session(connection) as session:
        late = Job.run_after < clock() - LATE
        waiting = session.scalar(select(func.count()).where(Job.dead.is_(False), late)) or 0
        dead = session.scalar(select(func.count()).where(Job.dead.is_(True))) or 0
    if waiting:
        yield doubtful("worker", f"{waiting} jobs are long due: start `resettle worker`.")
    if dead:
        yield doubtful("worker", f"{dead} jobs were set aside with a fault: look at Jobs.")
    if not waiting and not dead:
        yield well("worker", "No job is late.")


def _purpose(settings: Settings, connection: Connection) -> Iterator[Finding]:
    invented = connection.execute(select(Mark.value).where(Mark.name == "demo")).first()
    if settings.production and invented is not None:
        yield wrong("database", "It holds the demonstration's invented people: name another.")


def _backup(connection: Connection, clock: Clock) -> Iterator[Finding]:
    kept = connection.execute(select(Mark.value).where(Mark.name == BACKED_UP)).scalar()
    if kept is None:
        yield doubtful("backup", "None was ever made: run `resettle backup` every night.")
    elif datetime.fromisoformat(kept) < clock() - OLD_BACKUP:
        yield doubtful("backup", f"The newest is of {kept[:10]}: see why none was made since.")
    else:
        yield well("backup", f"The newest is of {kept[:16]} UTC.")
