"""Where files lie: sealed by whoever stores them, found by the hash of what is stored.

A file is whole or not there: it is written beside its place, forced to disk, and moved. Its name
is a hash of ciphertext, which tells nothing; two writings of one content have two names.
"""

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from resettle.core.errors import NoRoom

ADDRESS = re.compile(r"[0-9a-f]{64}")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Missing(RuntimeError):
    """A file that a row names is not there, or is not what was stored: a damage to look into."""


class Storage(Protocol):
    """A place for files. Whoever keeps them elsewhere writes another of these."""

    def put(self, content: bytes) -> str:
        """Store a content and give its address. Raises NoRoom."""

    def get(self, address: str) -> bytes:
        """Fetch a content as it was stored. Raises Missing."""

    def remove(self, address: str) -> None:
        """Remove a content, if it is there."""

    def stored_before(self, moment: datetime) -> Iterator[str]:
        """Name all that has been there since before a moment."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The storage that the service was started with: uow.use(Shelf).storage."""

    storage: Storage


@dataclass(frozen=True, slots=True)
class Folder:
    """A storage on a local disk, in folders by the first two letters of the address."""

    root: Path

    def put(self, content: bytes) -> str:
        address = hashlib.sha256(content).hexdigest()
        place = self._place(address)
        try:
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(place, content)
        except OSError as error:
            if error.errno in FULL:
                raise NoRoom from error
            raise
        return address

    def get(self, address: str) -> bytes:
        try:
            content = self._place(address).read_bytes()
        except FileNotFoundError as error:
            raise Missing(address) from error
        if hashlib.sha256(content).hexdigest() != address:
            raise Missing(address)
        return content

    def remove(self, address: str) -> None:
        self._place(address).unlink(missing_ok=True)

    def stored_before(self, moment: datetime) -> Iterator[str]:
        for path in sorted(self.root.glob("??/*")):
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            if written >= moment:
                continue
            if ADDRESS.fullmatch(path.name):
                yield path.name
            else:  # what a writing that was broken off has left
                path.unlink(missing_ok=True)

    def _place(self, address: str) -> Path:
        assert ADDRESS.fullmatch(address), "an address is a hash"
        return self.root / address[:2] / address


def _write(place: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
