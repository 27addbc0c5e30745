"""A stream that anybody can write and only the holder of one key can read.

Whoever makes backups holds the public half alone, so who takes the server cannot open them. Each
file has a key of its own, wrapped for the recipient (X25519, HKDF, AES-256-GCM). The content is cut
into pieces that are numbered, the last of them marked: none can be left out, moved or cut off.
"""

import base64
import binascii
import os
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from resettle.core.crypto import KEY_BYTES, Unsealable, seal, unseal

MAGIC = b"resettle backup 1\n"
PIECE = 1024 * 1024
LENGTH_BYTES = 4
WRAPPED_BYTES = 12 + KEY_BYTES + 16
LEVEL = 3
PLACE = "backup_key"


class BadKey(Exception):
    """What was given is no half of a backup key."""

    def __init__(self) -> None:
        super().__init__("This is no backup key: make a pair with `resettle keys backup`.")


def new_pair() -> tuple[str, str]:
    """Make the public half, which seals, and the private half, which opens."""
    identity = X25519PrivateKey.generate()
    return _text(identity.public_key().public_bytes_raw()), _text(identity.private_bytes_raw())


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadKey from error
    if len(key) != KEY_BYTES:
        raise BadKey
    return key


def _shared(ours: X25519PrivateKey, theirs: X25519PublicKey, once: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=once, info=MAGIC).derive(ours.exchange(theirs))


class Sealer:
    """Seals what is written to it. Its key is kept until it is thrown away, to verify with."""

    def __init__(self, file: BinaryIO, recipient: str) -> None:
        self.key = os.urandom(KEY_BYTES)
        once = X25519PrivateKey.generate()
        public = once.public_key().public_bytes_raw()
        shared = _shared(once, X25519PublicKey.from_public_bytes(_key(recipient)), public)
        self._file, self._piece, self._number = file, bytearray(), 0
        self._packer = zlib.compressobj(LEVEL)
        file.write(MAGIC + public + seal(shared, PLACE, self.key))

    def write(self, content: bytes) -> None:
        self._piece += self._packer.compress(content)
        while len(self._piece) > PIECE:
            self._put(bytes(self._piece[:PIECE]), is_last=False)
            del self._piece[:PIECE]

    def finish(self) -> None:
        """Write what is left, and the mark that nothing more comes."""
        self._piece += self._packer.flush()
        while len(self._piece) > PIECE:
            self._put(bytes(self._piece[:PIECE]), is_last=False)
            del self._piece[:PIECE]
        self._put(bytes(self._piece), is_last=True)

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        sealed = AESGCM(self.key).encrypt(_nonce(self._number, is_last=is_last), piece, MAGIC)
        self._file.write(len(sealed).to_bytes(LENGTH_BYTES) + sealed)
        self._number += 1


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11) + (b"\1" if is_last else b"\0")


def key_of(file: BinaryIO, identity: str) -> bytes:
    """Open the key of a file with the private half. Raises Unsealable, BadKey."""
    public, wrapped = _head(file)
    ours = X25519PrivateKey.from_private_bytes(_key(identity))
    shared = _shared(ours, X25519PublicKey.from_public_bytes(public), public)
    return unseal(shared, PLACE, wrapped)


def _head(file: BinaryIO) -> tuple[bytes, bytes]:
    file.seek(0)
    if file.read(len(MAGIC)) != MAGIC:
        raise Unsealable("this is no backup of resettle")
    return file.read(KEY_BYTES), file.read(WRAPPED_BYTES)


def lines(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    """Read the lines of a sealed file. Raises Unsealable if any of it is missing or changed."""
    _head(file)
    unpacker, rest = zlib.decompressobj(), b""
    for piece in _pieces(file, key):
        *whole, rest = (rest + unpacker.decompress(piece)).split(b"\n")
        yield from whole
    *whole, rest = (rest + unpacker.flush()).split(b"\n")
    yield from whole


def _pieces(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    number, is_last = 0, False
    while not is_last:
        length = int.from_bytes(file.read(LENGTH_BYTES))
        sealed = file.read(length)
        is_last = not file.peek(1) if hasattr(file, "peek") else False
        try:
            yield AESGCM(key).decrypt(_nonce(number, is_last=is_last), sealed, MAGIC)
        except (InvalidTag, ValueError) as error:
            raise Unsealable(f"piece {number} of the backup is missing or was changed") from error
        number += 1
