"""What people ask of packs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPack:
    """A file taken out of the service is a disclosure: it has a purpose and somebody it is for."""

    purpose: str
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPack:
    """Nothing is asked: it is counted."""
