"""What drafts do for a form that comes too late, when nobody is signed in any more."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from resettle.accounts import loader
from resettle.core.actor import SYSTEM
from resettle.core.drafts import Ticket
from resettle.core.errors import Conflict, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import Transactions
from resettle.drafts import service


def rescue(transactions: Transactions, ticket: Ticket, content: Mapping[str, Any]) -> UUID | None:
    """Keep what was written for whom the form was made, with no more than that person's rights."""
    # As the system, since nobody is signed in: it asks only who the writer is.
    with transactions.begin(SYSTEM, "draft:rescue", read_only=True) as uow:
        writer = loader.if_active(uow, ticket.user_id)
    if writer is None:
        return None
    try:
        with transactions.begin(writer, Permission.DRAFT_OWN) as uow:
            return service.keep(uow, ticket, content).id
    except (NotFound, Conflict):
        return None
