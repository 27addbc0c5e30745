"""What people ask of documents: commands, each made by one schema."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.documents.rules import Confidentiality, Kind
from resettle.households.acts import UNSET, Unset


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDocument:
    """A paper to file; without a class it gets the one that its kind asks for."""

    kind: Kind
    confidentiality: Confidentiality | None = None
    person_id: UUID | None = None
    title: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    original_seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BringDocument:
    """A paper that somebody brings themselves. Its class follows from what it is."""

    kind: Kind
    about_health: bool = False
    title: str | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceDocument:
    """A newer version of a paper: its days are its own, the rest stays."""

    issued_on: date | None = None
    expires_on: date | None = None
    original_seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDocument:
    kind: Kind | Unset = UNSET
    confidentiality: Confidentiality | Unset = UNSET
    title: str | Unset | None = UNSET
    issued_on: date | Unset | None = UNSET
    expires_on: date | Unset | None = UNSET
    original_seen: bool | Unset = UNSET
    reason: str | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveDocument:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreDocument:
    """Nothing is asked: it comes back as it was."""
