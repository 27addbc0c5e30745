"""A hold is looked at again, and goes on."""

from uuid import UUID

from resettle.cases import queries
from resettle.cases.acts import ExtendHold
from resettle.cases.models import Hold, ResettlementCase
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork


def extend(uow: UnitOfWork, case_id: UUID, command: ExtendHold) -> Hold:
    """Let a hold go on until a later day. Raises Conflict if the case is not on hold."""
    case = uow.edit(ResettlementCase, case_id, to=Permission.CASE_HOLD)
    held = queries.open_hold(uow, case.id)
    if held is None:
        raise Conflict("This case is not on hold.")
    if command.review_on <= max(held.review_on, uow.today):
        raise Invalid({"review_on": [f"It is on hold until {held.review_on:%-d %B %Y} already."]})
    held.review_on = command.review_on
    if command.note:
        held.note = "\n".join(filter(None, (held.note, command.note)))
    return held
