"""A birth, and a death: what follows for the household and for what was planned."""

from resettle.changes import carrying
from resettle.changes.acts import Birth, Death, Departure, Newcomer
from resettle.core.errors import Invalid
from resettle.core.work import UnitOfWork
from resettle.households import service
from resettle.households.acts import RecordDeparture
from resettle.households.events import HouseholdClosed
from resettle.households.models import Household, LeaveReason

DECEASED = "DECEASED"
NOBODY_LEFT = "Nobody of the household is left."


def birth(uow: UnitOfWork, household: Household, act: Birth) -> None:
    service.record_birth(uow, household.id, act)


def newcomer(uow: UnitOfWork, household: Household, act: Newcomer) -> None:
    service.join(uow, household.id, act)


def departure(uow: UnitOfWork, household: Household, act: Departure) -> None:
    """Let somebody leave; a death is one, whichever way it is recorded."""
    members = {stay.id: stay for stay in carrying.at_home(uow, household.id).values()}
    if act.left.reason is LeaveReason.DIED and act.member_id in members:
        successor = members.get(act.left.successor_id) if act.left.successor_id else None
        died = Death(
            on=act.left.left_on,
            person_id=members[act.member_id].person_id,
            successor_id=successor.person_id if successor else None,
        )
        death(uow, household, died)
        return
    at_home = {stay.person_id: stay for stay in members.values()}
    member = service.record_departure(uow, act.member_id, act.left)
    carrying.lose_guardians(uow, at_home, {member.person_id})


def death(uow: UnitOfWork, household: Household, act: Death) -> None:
    """Record a death; what was planned for this person rests with it, and consents end.

    With the last one the household’s file is closed.
    """
    members = carrying.at_home(uow, household.id)
    member = members.get(act.person_id)
    if member is None:
        raise Invalid({"person_id": ["Name somebody who belongs to the household."]})
    successor = members.get(act.successor_id) if act.successor_id else None
    leaving = RecordDeparture(
        left_on=act.on,
        reason=LeaveReason.DIED,
        successor_id=None if successor is None else successor.id,
    )
    service.record_departure(uow, member.id, leaving)
    carrying.lose_guardians(uow, members, {act.person_id})
    carrying.end_consents(uow, act.person_id)
    if len(members) == 1:
        household.exited_on, household.exit_reason = act.on, DECEASED
        uow.session.flush()
        uow.emit(HouseholdClosed(household.id, act.on, DECEASED, NOBODY_LEFT))
