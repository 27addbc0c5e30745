"""What is done about a crisis: the flag is raised, its checks are sent, it is taken down."""

from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.crises import queries, rules
from resettle.crises.acts import CloseFlag, RaiseFlag
from resettle.crises.events import HouseholdsStruck
from resettle.crises.models import CONFLICTS, Crisis


def raise_flag(uow: UnitOfWork, command: RaiseFlag) -> Crisis:
    """Raise a flag, and send one welfare check for each household to its caseworker.

    Raises Conflict if the number that was confirmed is no longer that of the households.
    """
    uow.require(Permission.CRISIS_RAISE)
    reach = command.reach
    if faults := rules.faults(reach, command.ends_on, uow.today):
        raise Invalid(faults)
    if uow.count(Crisis, Crisis.reach_key == reach.key, Crisis.closed_at.is_(None)):
        raise Conflict(CONFLICTS["uq_crisis_reach_key_open"])
    struck = queries.struck(uow, reach)
    if fault := rules.number_fault(command.number, reach, struck):
        raise Conflict(fault)
    crisis = uow.add(
        Crisis(
            reason=command.reason,
            location=command.location,
            language=command.language,
            nationality=command.nationality,
            reach_key=reach.key,
            raised_at=uow.now,
            raised_by=uow.actor.user_id,
            ends_on=command.ends_on,
        )
    )
    uow.emit(HouseholdsStruck(crisis.id, struck))
    return crisis


def send_again(uow: UnitOfWork, crisis_id: UUID) -> Crisis:
    """Send checks for the households that came in since; nobody gets a second one."""
    crisis = _open(uow, crisis_id)
    reach = rules.Reach(crisis.location, crisis.language, crisis.nationality)
    if reach.said:
        uow.emit(HouseholdsStruck(crisis.id, queries.struck(uow, reach)))
    return crisis


def close(uow: UnitOfWork, crisis_id: UUID, command: CloseFlag) -> Crisis:
    """Take a flag down from all files. Checks that are not done stay to be done."""
    crisis = _open(uow, crisis_id)
    crisis.closed_at, crisis.closed_by = uow.now, uow.actor.user_id
    crisis.closing_note = command.note
    return crisis


def _open(uow: UnitOfWork, crisis_id: UUID) -> Crisis:
    crisis = uow.edit(Crisis, crisis_id, to=Permission.CRISIS_RAISE)
    if crisis.closed_at is not None:
        raise Conflict("This flag has been taken down.")
    return crisis
