"""What forms and the chapter of drafts tell each other of a form that is not sent yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from resettle.core.work import Transactions, UnitOfWork

RESUMED = "draft"


@dataclass(frozen=True, slots=True)
class Place:
    """Which form it is, of which record, and which household that belongs to."""

    endpoint: str
    path: str
    household_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a form says of itself: for whom it was made, its place, its title, its own number."""

    user_id: UUID
    place: Place
    label: str
    nonce: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft as the form offers it to its writer."""

    id: UUID
    saved_at: datetime
    path: str

    @property
    def href(self) -> str:
        return resuming(self.path, self.id)


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is put into its form again."""

    nonce: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Book:
    """What the chapter of drafts does for forms."""

    unfinished: Callable[["UnitOfWork", Place], Sequence[Unfinished]]
    kept: Callable[["UnitOfWork", Place, UUID], Kept | None]
    finished: Callable[["UnitOfWork", str], None]
    rescued: Callable[["Transactions", Ticket, Mapping[str, Any]], UUID | None]


def resuming(path: str, draft_id: UUID) -> str:
    """Give the address of a form as its draft has it."""
    return f"{path}?{RESUMED}={draft_id}"
