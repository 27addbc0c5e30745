"""What is done with drafts: saved while one writes, discarded, taken back, and gone once sent."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from resettle.core import replay
from resettle.core.drafts import Ticket
from resettle.core.errors import Conflict
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.drafts.models import Draft
from resettle.households.models import Household
from resettle.settings import Settings

FORGET = "forget-draft"
REGRETTED = timedelta(hours=1)


def keep(uow: UnitOfWork, ticket: Ticket, content: Mapping[str, Any], key: str = "") -> Draft:
    """Save what is written in a form so far; the same form is saved over what it saved before.

    Raises Conflict if the form with this key was sent meanwhile: a draft of it would come back.
    """
    uow.require(Permission.DRAFT_OWN)
    if replay.was_done(uow, key):
        raise Conflict("This form was sent already, so there is nothing to keep of it.")
    household_id = ticket.place.household_id
    if household_id is not None:
        uow.get(Household, household_id, to=Permission.DRAFT_OWN)
    draft = _of(uow, ticket.nonce) or _begun(uow, ticket)
    draft.saved_at, draft.discarded_at = uow.now, None
    draft.content = json.dumps(content, ensure_ascii=False)
    uow.session.flush()
    return draft


def _of(uow: UnitOfWork, nonce: str) -> Draft | None:
    return uow.first(uow.select(Draft).where(Draft.nonce == nonce))


def _begun(uow: UnitOfWork, ticket: Ticket) -> Draft:
    draft = uow.add(
        Draft(
            user_id=ticket.user_id,
            household_id=ticket.place.household_id,
            sealed_for=ticket.place.household_id or ticket.user_id,
            endpoint=ticket.place.endpoint,
            path=ticket.place.path,
            label=ticket.label,
            nonce=ticket.nonce,
            begun_at=uow.now,
            saved_at=uow.now,
        )
    )
    _forget_later(uow, draft, timedelta(days=uow.use(Settings).draft_days))
    return draft


def _forget_later(uow: UnitOfWork, draft: Draft, after: timedelta) -> None:
    uow.later(FORGET, at=uow.now + after, draft_id=str(draft.id))


def discard(uow: UnitOfWork, draft_id: UUID) -> Draft:
    """Put a draft away. For an hour its writer may have it back."""
    draft = uow.get(Draft, draft_id, to=Permission.DRAFT_OWN)
    draft.discarded_at = uow.now
    _forget_later(uow, draft, REGRETTED)
    return draft


def take_back(uow: UnitOfWork, draft_id: UUID) -> Draft:
    draft = uow.get(Draft, draft_id, to=Permission.DRAFT_OWN)
    draft.discarded_at = None
    return draft


def finished(uow: UnitOfWork, nonce: str) -> None:
    """Throw a draft away whose form has been sent. Asked by the form, in the same transaction."""
    draft = _of(uow, nonce)
    if draft is not None:
        forget(uow, draft.id)


def forget(uow: UnitOfWork, draft_id: UUID) -> None:
    uow.session.delete(uow.get(Draft, draft_id, to=Permission.DRAFT_OWN))


def forget_if_due(uow: UnitOfWork, draft_id: UUID) -> None:
    """Throw a draft away that nobody has touched for long, or that was discarded."""
    uow.require(Permission.DRAFT_OWN)
    draft = uow.find(Draft, draft_id)
    if draft is None:
        return
    until = draft.saved_at + timedelta(days=uow.use(Settings).draft_days)
    if draft.discarded_at is not None or until <= uow.now:
        uow.session.delete(draft)
    else:
        uow.later(FORGET, at=until, draft_id=str(draft.id))
