"""What whoever saves second is told: who has changed the record meanwhile, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from resettle.core.errors import Stale
from resettle.core.work import UnitOfWork
from resettle.web.frame import moment

NEXT = (
    "Nothing is lost: look at what both of you wrote, choose where both changed the same, and "
    "save once more."
)
CHANGED = f"This record was changed by somebody else since you opened it. {NEXT}"


@dataclass(frozen=True, slots=True)
class Editors:
    """Names who has changed a record, to those who may know: told by the chapter of accounts."""

    name: Callable[[UnitOfWork, UUID], str | None] = lambda _uow, _user_id: None


def changed(uow: UnitOfWork, error: Stale) -> str:
    """Say who changed the record, where the reader may know that, and when."""
    if error.changed_at is None:
        return CHANGED
    return f"{_who(uow, error.changed_by)} on {moment(error.changed_at)}. {NEXT}"


def _who(uow: UnitOfWork, user_id: UUID | None) -> str:
    if user_id is None:
        return "The service itself changed this record since you opened it,"
    if user_id == uow.actor.user_id:
        return "You changed this record yourself since you opened it here, in another window,"
    name = uow.use(Editors).name(uow, user_id)
    return f"{name or 'Somebody else'} changed this record since you opened it,"
