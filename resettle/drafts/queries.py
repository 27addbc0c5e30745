"""Questions about drafts: a writer's own, and only of households that the writer may still see."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.drafts import Kept, Place, Unfinished
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.drafts.models import Draft
from resettle.households.models import Household

OFFERED = 3
LISTED = 50


def unfinished(uow: UnitOfWork, place: Place) -> Sequence[Unfinished]:
    """Name the drafts of this form of this record that wait for their writer, the newest first."""
    query = _own(uow).where(Draft.endpoint == place.endpoint, Draft.path == place.path)
    found = uow.all(query.order_by(Draft.saved_at.desc(), Draft.id).limit(OFFERED))
    return [Unfinished(draft.id, draft.saved_at, draft.path) for draft in found]


def kept(uow: UnitOfWork, place: Place, draft_id: UUID) -> Kept | None:
    """Give what a draft holds, if it is the reader's and of this very form."""
    found = uow.first(
        _own(uow).where(
            Draft.id == draft_id, Draft.endpoint == place.endpoint, Draft.path == place.path
        )
    )
    if found is None or found.content is None:
        return None
    return Kept(found.nonce, json.loads(found.content))


def mine(uow: UnitOfWork, most: int = LISTED) -> Sequence[tuple[Draft, str]]:
    """List the reader's drafts, the newest first, each with the reference of its household."""
    query = _own(uow).order_by(Draft.saved_at.desc(), Draft.id).limit(most)
    drafts = uow.all(query)
    homes = [draft.household_id for draft in drafts if draft.household_id is not None]
    asked = uow.columns(Household, Household.id, Household.reference)
    known = {row.id: row.reference for row in uow.rows(asked.where(Household.id.in_(homes)))}
    return [(draft, known.get(draft.household_id, "")) for draft in drafts]


def read(uow: UnitOfWork, draft_id: UUID) -> tuple[Draft, Mapping[str, Any]]:
    """Give a draft of the reader’s and what is typed in it, field by field."""
    draft = uow.get(Draft, draft_id, to=Permission.DRAFT_OWN)
    values: Mapping[str, Any] = json.loads(draft.content or "{}").get("values", {})
    return draft, values


def _own(uow: UnitOfWork) -> Select[Any]:
    return uow.select(Draft).where(Draft.discarded_at.is_(None))
