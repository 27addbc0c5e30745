"""Keys and sealing: AES-256-GCM under a key of each person's own, wrapped by a master key.

A sealed value is bound to its table, column, row and owner, so that moving it elsewhere fails.
Layout of a sealed value: 12 bytes of nonce, then ciphertext with its tag.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12


class Unsealable(RuntimeError):
    """A sealed value does not open: wrong key, or not the place where it was sealed."""


def seal(key: bytes, place: str, plain: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(key: bytes, place: str, sealed: bytes) -> bytes:
    """Open a sealed value. Raises Unsealable if the key or the place is not the right one."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as error:
        table = place.split("|", maxsplit=1)[0]
        raise Unsealable(f"a value sealed in {table} does not open") from error


@dataclass(frozen=True, slots=True)
class Keyring:
    """The master keys by version, newest wraps; and the key of the blind indexes."""

    masters: Mapping[int, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)

    @property
    def newest(self) -> int:
        return max(self.masters)

    def new_data_key(self) -> bytes:
        return os.urandom(KEY_BYTES)

    def wrap(self, owner_id: UUID, data_key: bytes) -> tuple[int, bytes]:
        """Wrap a data key for keeping; the answer names the version of the master key used."""
        version = self.newest
        return version, seal(self.masters[version], f"data_key|{owner_id}", data_key)

    def unwrap(self, owner_id: UUID, version: int, wrapped: bytes) -> bytes:
        if version not in self.masters:
            raise Unsealable(f"master key {version} is not in the settings")
        return unseal(self.masters[version], f"data_key|{owner_id}", wrapped)

    def witness(self, kind: str, content: bytes) -> str:
        """Give a fingerprint that nobody can make who has the database and not the settings."""
        return hmac.new(self.index_key, kind.encode() + b"|" + content, hashlib.sha256).hexdigest()

    def blind(self, kind: str, text: str) -> str:
        """Give the look-up value of a sealed text: equal texts of one kind, equal values."""
        folded = "".join(text.split()).casefold()
        return self.witness(kind, folded.encode())
