"""What becomes of the drafts of somebody who leaves: each is handed over, or not, as they say."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.errors import Conflict
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.drafts import queries
from resettle.drafts.models import Draft

MOST = 1000
OF_NOBODY = "This is about no household, so it goes on with none. Finish it, or discard it."


def begun(uow: UnitOfWork, besides: str) -> Sequence[tuple[Draft, str]]:
    """List the reader's drafts, but for those of one form, with the reference of each household."""
    uow.require(Permission.DRAFT_OWN)
    return [each for each in queries.mine(uow, MOST) if each[0].endpoint != besides]


def decide(uow: UnitOfWork, draft_id: UUID, *, goes_on: bool) -> Draft:
    """Say whether a draft is to go on with its household. Its writer alone decides that."""
    draft = uow.get(Draft, draft_id, to=Permission.DRAFT_OWN)
    if goes_on and draft.household_id is None:
        raise Conflict(OF_NOBODY)
    draft.goes_on = goes_on
    return draft


def hand_over(uow: UnitOfWork, household_id: UUID, to_id: UUID, *, finished: str) -> None:
    """Let a successor have what goes on with a household; of the form that does so, nothing stays.

    What was discarded goes at once, since its writer could not take it back any more.
    """
    uow.require(Permission.DRAFT_OWN)
    for draft in uow.all(uow.select(Draft).where(Draft.household_id == household_id)):
        if draft.endpoint == finished or draft.discarded_at is not None:
            uow.session.delete(draft)
        elif draft.goes_on:
            draft.user_id, draft.from_id, draft.goes_on = to_id, uow.actor.user_id, False
            uow.acted("draft", draft.id, change="handed-over")
