"""The second person: spending counts when somebody who neither spent nor recorded it approves."""

from collections.abc import Mapping
from uuid import UUID

from resettle.core.errors import Blocked, Conflict, Forbidden
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.documents import quarantine
from resettle.documents.rules import State as Hold
from resettle.funds import queries, rules
from resettle.funds.acts import Reasoned
from resettle.funds.models import FundEntry
from resettle.funds.rules import State
from resettle.sponsors.models import SponsorMember

TWO_PERSONS = "Somebody else decides on this: neither who spent it nor who recorded it."
EVIDENCE = {"receipt": "Add the receipt, or say why there is none."}
LARGE = {"receipt": quarantine.TOO_LARGE}
CHECKED = {"receipt": "The receipt is still being checked for viruses. Come back in a few minutes."}


def approve(uow: UnitOfWork, entry_id: UUID) -> FundEntry:
    """Let spending count. Raises Forbidden for the first person, Blocked without a receipt."""
    entry = _to_decide(uow, entry_id)
    if not entry.no_receipt and not queries.has_receipt(uow, entry):
        raise Blocked("There is nothing yet that shows what was paid.", _lacking(uow, entry))
    return _decided(uow, entry, State.APPROVED)


def _lacking(uow: UnitOfWork, entry: FundEntry) -> Mapping[str, str]:
    states = {row.state for row in queries.receipts(uow, entry)}
    if Hold.QUARANTINED in states:
        return CHECKED
    return LARGE if Hold.TOO_LARGE in states else EVIDENCE


def refuse(uow: UnitOfWork, entry_id: UUID, command: Reasoned) -> FundEntry:
    """Say that the group does not bear this, and why."""
    entry = _to_decide(uow, entry_id)
    entry.reason = command.reason
    return _decided(uow, entry, State.REFUSED)


def _to_decide(uow: UnitOfWork, entry_id: UUID) -> FundEntry:
    entry = uow.edit(FundEntry, entry_id, to=Permission.FUNDS_APPROVE)
    if may_not := fault(uow, entry):
        raise Forbidden(may_not)
    _check_waiting(entry)
    return entry


def fault(uow: UnitOfWork, entry: FundEntry) -> str | None:
    """Say why the reader may not decide on an entry, or None if they may."""
    member = None if entry.member_id is None else uow.find(SponsorMember, entry.member_id)
    spender_id = None if member is None else member.user_id
    first = rules.Two(uow.actor.user_id, spender_id, entry.created_by)
    return TWO_PERSONS if first.is_one_person else None


def withdraw(uow: UnitOfWork, entry_id: UUID) -> FundEntry:
    """Take back spending that nobody has decided on yet."""
    entry = uow.edit(FundEntry, entry_id, to=Permission.FUNDS_CLAIM)
    _check_waiting(entry)
    return _decided(uow, entry, State.WITHDRAWN)


def _check_waiting(entry: FundEntry) -> None:
    if entry.state is not State.WAITING:
        raise Conflict("This does not wait for a decision any more. Load it again.")


def _decided(uow: UnitOfWork, entry: FundEntry, state: State) -> FundEntry:
    entry.state, entry.decided_by, entry.decided_at = state, uow.actor.user_id, uow.now
    uow.session.flush()
    return entry
