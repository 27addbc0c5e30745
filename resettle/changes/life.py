"""A birth, a death, who comes, who leaves: what follows for the household and what was planned."""

from collections.abc import Sized
from datetime import date

from resettle.changes import carrying, rules
from resettle.changes.acts import Birth, Death, Departure, Newcomer
from resettle.core.errors import Invalid
from resettle.core.work import UnitOfWork
from resettle.households import service
from resettle.households.acts import RecordDeparture
from resettle.households.events import HouseholdClosed
from resettle.households.models import Household, LeaveReason
from resettle.placements import endings
from resettle.placements.queries import all_open, current_placement

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
    _close_with_the_last(uow, household, members, act.left)


def death(uow: UnitOfWork, household: Household, act: Death) -> None:
    """Record a death; what was planned for this person rests with it, and consents end.

    With the last one the household’s file is closed, as it is when the last one leaves.
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
    _close_with_the_last(uow, household, members, leaving)


def _close_with_the_last(
    uow: UnitOfWork, household: Household, before: Sized, left: RecordDeparture
) -> None:
    """Close the file of a household without anybody, and end its home and its support."""
    if len(before) <= 1:
        close(uow, household, left.left_on, left.reason)


def close(uow: UnitOfWork, household: Household, on: date, left: LeaveReason) -> None:
    """Close the file of a household without anybody, for the reason for which the last one left."""
    reason = rules.exit_reason(left)
    household.exited_on, household.exit_reason = on, reason
    _leave_home(uow, household, on)
    for sponsorship in all_open(uow, household.id):
        endings.end_with_case(uow, sponsorship, on, None, NOBODY_LEFT)
    uow.session.flush()
    uow.emit(HouseholdClosed(household.id, on, reason, NOBODY_LEFT))


def _leave_home(uow: UnitOfWork, household: Household, on: date) -> None:
    if (home := current_placement(uow, household.id)) is not None:
        home.end_on, home.end_reason = max(on, home.start_on), NOBODY_LEFT
