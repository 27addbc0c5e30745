"""A backup: the rows as they were at one moment, the keys apart, and the files as they lie.

A folder of backups holds `data-<moment>.resettle` for each, `documents/` (sealed files, each copied
once) and one `keys.resettle` that is written anew each time. The data holds no person's key: so who
was erased since does not come back with an older backup. All of it is sealed for the holder of the
other half of RESETTLE_BACKUP_RECIPIENT; it takes that, and the master keys, to read a person.
A backup counts only once it was restored into an empty database, and found whole.
"""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from resettle.core import chain, sealed
from resettle.core.actor import SYSTEM
from resettle.core.crypto import Keyring
from resettle.core.marks import Mark
from resettle.core.work import Transactions
from resettle.operations import snapshots, tables
from resettle.operations.copying import in_any_order
from resettle.operations.doctor import BACKED_UP
from resettle.settings import Settings

KEYS = "keys.resettle"
DATA = "data-{:%Y-%m-%dT%H%M%S}Z.resettle"
DOCUMENTS = "documents"


class Refused(Exception):
    """Why no backup was made, or why one was not restored."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was backed up, and what was let go of."""

    data: Path
    rows: int
    documents: int
    forgotten: int


def make(transactions: Transactions, engine: Engine, folder: Path, keep_days: int) -> Made:
    """Back everything up while the service goes on, and prove it by restoring. Raises Refused."""
    settings: Settings = transactions.resources[Settings]
    if not settings.backup_recipient:
        raise Refused("Set RESETTLE_BACKUP_RECIPIENT: make a pair with `resettle keys backup`.")
    moment = transactions.clock()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    data = folder / DATA.format(moment)
    rows = _write(settings, engine, data, moment)
    documents = copy_documents(settings.storage / DOCUMENTS, folder / DOCUMENTS)
    forgotten = _forget(folder, data, moment - timedelta(days=keep_days))
    with transactions.begin(SYSTEM, "backup:make") as uow:
        uow.session.merge(Mark(name=BACKED_UP, value=moment.isoformat()))
        uow.acted("Backup", change="made")
    return Made(data, rows, documents, forgotten)


def _write(settings: Settings, engine: Engine, data: Path, moment: datetime) -> int:
    """Write data and keys as of one moment, and prove that both come back. Gives the rows."""
    to, at_keys = settings.backup_recipient, data.with_name(KEYS)
    with snapshots.snapshot(engine) as connection:
        revision = tables.at(connection)
        if revision is None:
            raise Refused("There are no tables yet: run `resettle db upgrade` first.")
        head = snapshots.Head(moment, revision)
        rest, keys = snapshots.tables_of(connection)
        key, counts = snapshots.write(data, to, head, connection, rest)
        key_of_keys, _ = snapshots.write(at_keys, to, head, connection, keys)
    _prove([(data, key), (at_keys, key_of_keys)], revision, settings.keyring)
    return sum(counts.values())


def _prove(files: list[tuple[Path, bytes]], revision: str, keyring: Keyring) -> None:
    """Restore into a database that is thrown away, and look whether it is whole."""
    with tempfile.TemporaryDirectory(prefix="resettle-proof-") as scratch:
        url = f"sqlite:///{scratch}/proof.sqlite"
        tables.migrate(url, revision)
        with snapshots.filling(url) as connection, in_any_order(connection):
            for file, key in files:
                snapshots.load(file, key, connection)
            examine(connection, keyring)


def examine(connection: Connection, keyring: Keyring) -> int:
    """Compute the trail again, and open every key. Gives how many rows the trail has."""
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        session.info["vault"] = sealed.Vault(keyring)
        verdict = chain.verify(session)
        if not verdict.sound:
            raise Refused(f"The audit trail is not sound at number {verdict.bad_seq}.")
        for key in session.query(sealed.DataKey).yield_per(1000):
            keyring.unwrap(key.owner_id, key.master_version, key.wrapped)
    return verdict.rows


def copy_documents(source: Path, target: Path) -> int:
    """Copy the files that are not there yet; they are sealed, and named by what they hold."""
    copied = 0
    for file in sorted(source.glob("??/*")):
        place = target / file.parent.name / file.name
        if file.name.startswith(".") or place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = place.with_suffix(".part")
        shutil.copyfile(file, beside)
        beside.replace(place)
        copied += 1
    return copied


def _forget(folder: Path, newest: Path, before: datetime) -> int:
    """Let go of what is older than backups are kept, so that what was erased is gone in the end."""
    old = [file for file in folder.glob("data-*.resettle") if file != newest]
    gone = [file for file in old if file.stat().st_mtime < before.timestamp()]
    for file in gone:
        file.unlink()
    return len(gone)
