"""The keys of the release path: for rounding, for naming nobody, for what is kept sealed."""

import hashlib
import hmac
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from resettle.core.crypto import Keyring, seal, unseal
from resettle.releases.telling import Told, number_of

KEPT_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class ReleaseKeys:
    """Keys that follow from the service's own, so that a series rounds alike for good."""

    rounding: bytes = field(repr=False)
    naming: bytes = field(repr=False)
    sealing: bytes = field(repr=False)

    @classmethod
    def of(cls, keyring: Keyring) -> "ReleaseKeys":
        def derived(purpose: str) -> bytes:
            return hmac.new(keyring.index_key, purpose.encode(), hashlib.sha256).digest()

        return cls(*map(derived, ("releases: rounding", "releases: naming", "releases: sealing")))

    def name(self, id_: UUID) -> str:
        """Give the key of a person or household, from which nobody finds back to them."""
        return hmac.new(self.naming, id_.bytes, hashlib.sha256).hexdigest()[:KEPT_CHARACTERS]

    def seal(self, place: str, content: Any) -> bytes:
        """Put content away that only the release path may read again."""
        return seal(self.sealing, place, zlib.compress(json.dumps(content).encode()))

    def unseal(self, place: str, sealed: bytes) -> Any:
        return json.loads(zlib.decompress(unseal(self.sealing, place, sealed)))


def written(told: Sequence[Told]) -> list[Any]:
    """Write cells of the ledger down."""
    return [[sorted(each.definition), dict(each.members), each.number] for each in told]


def read(kept: Sequence[Any]) -> list[Told]:
    return [
        Told(frozenset((name, value) for name, value in definition), members, number_of(number))
        for definition, members, number in kept
    ]


def digest(content: Any) -> str:
    """Give the fingerprint of what figures were made of, or of the figures themselves."""
    said = json.dumps(content, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(said.encode()).hexdigest()
