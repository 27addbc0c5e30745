"""Passwords and tokens: how they are made, kept and compared. Neither is ever kept as it is.

A password is first keyed with the pepper, which is not in the database, then hashed with Argon2id.
A token has 256 random bits, so its plain SHA-256 is enough.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from resettle.settings import CONFIG, Settings

ROUNDS = 3
AT_ONCE = 4
TOKEN_BYTES = 32
TOKEN_MARK = "rs_"  # noqa: S105  # what a token begins with, not a token
COMMON = frozenset((CONFIG / "lists" / "common_passwords.txt").read_text().split())

# Each hash takes argon2_memory_kib of memory, so only a few are made at the same time.
_turns = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Passwords:
    """Hashes and verifies passwords, with the parameters of the settings."""

    hasher: PasswordHasher
    pepper: bytes = field(repr=False)
    nobodys: str = field(repr=False)

    @classmethod
    def of(cls, settings: Settings) -> "Passwords":
        hasher = PasswordHasher(ROUNDS, settings.argon2_memory_kib, parallelism=1)
        return cls(hasher, settings.pepper, hasher.hash(secrets.token_bytes(TOKEN_BYTES)))

    def hash(self, password: str) -> str:
        with _turns:
            return self.hasher.hash(self._keyed(password))

    def verify(self, kept: str | None, password: str) -> bool:
        """Compare with the kept hash; where there is none, take as long and say no."""
        with _turns:
            try:
                self.hasher.verify(kept or self.nobodys, self._keyed(password))
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        return self.hasher.check_needs_rehash(kept)

    def _keyed(self, password: str) -> bytes:
        return hmac.new(self.pepper, password.encode(), hashlib.sha256).hexdigest().encode()


def new_token(mark: str = "") -> str:
    return mark + secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
