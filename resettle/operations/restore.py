"""A backup brought back into an empty database, of either engine, and found whole.

The data may be of any day that is kept; the keys are always the newest. Whoever was erased between
the two has no key any more, and stays erased.
"""

from dataclasses import dataclass
from pathlib import Path

from resettle.operations import erasing, letting_go, snapshots, tables
from resettle.operations.backup import DOCUMENTS, KEYS, Refused, copy_documents, examine
from resettle.operations.copying import in_any_order
from resettle.operations.sealing import key_of
from resettle.settings import Settings


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: from which file, how many rows, how many of them of the trail, and files."""

    data: Path
    rows: int
    trail: int
    documents: int


def restore(settings: Settings, folder: Path, identity: str, data: Path | None = None) -> Restored:
    """Fill an empty database from a folder of backups. Raises Refused, Unsealable or BadKey."""
    url = settings.database_url
    with tables.opened(url) as engine:
        if tables.present(engine) is not None:
            raise Refused("This database is not empty: name one that is, so nothing is lost.")
    data = data or _newest(folder)
    keys = folder / KEYS
    if not keys.exists():
        raise Refused(f"{KEYS} is missing: without it nobody's file can be read.")
    rows = _fill(url, data, keys, identity)
    tables.migrate(url)
    with snapshots.filling(url) as connection:
        erasing.again(connection)
        letting_go.again(connection)
    with tables.opened(url) as engine, engine.connect() as connection:
        trail = examine(connection, settings.keyring)
    documents = copy_documents(folder / DOCUMENTS, settings.storage / DOCUMENTS)
    return Restored(data, rows, trail, documents)


def _newest(folder: Path) -> Path:
    files = sorted(folder.glob("data-*.resettle"))
    if not files:
        raise Refused(f"There is no backup in {folder.name}.")
    return files[-1]


def _fill(url: str, data: Path, keys: Path, identity: str) -> int:
    opened = [(file, _key(file, identity)) for file in (data, keys)]
    of_data, of_keys = (snapshots.head_of(file, key) for file, key in opened)
    if of_keys.moment < of_data.moment:
        raise Refused(f"{KEYS} is older than the data: some files could not be read. Find a newer.")
    rows = 0
    for (file, key), head in zip(opened, (of_data, of_keys), strict=True):
        tables.migrate(url, head.revision)
        with snapshots.filling(url) as connection, in_any_order(connection):
            rows += sum(snapshots.load(file, key, connection).values())
    return rows


def _key(file: Path, identity: str) -> bytes:
    with file.open("rb") as raw:
        return key_of(raw, identity)
