"""Two people marry, or separate: what they are to each other, and where they live from then on."""

from uuid import UUID

from resettle.changes import carrying, rules
from resettle.changes.acts import Going, Marriage, Separation
from resettle.changes.carrying import Way
from resettle.changes.splitting import split
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households import service
from resettle.households.acts import JoinHousehold
from resettle.households.models import Household, LeaveReason, Person
from resettle.households.queries import household_of
from resettle.households.rules import Coded, is_adult


def marriage(uow: UnitOfWork, household: Household, act: Marriage) -> Household | None:
    """Record a marriage; who is new, or comes from another household, joins this one.

    Gives the household that the partner came from, if it was another.
    """
    members = carrying.at_home(uow, household.id)
    if act.person_id not in members:
        raise Invalid({"person_id": ["Name somebody who belongs to the household."]})
    if (act.partner_id is None) == (act.partner is None):
        raise Invalid({"partner_id": ["Name one partner: somebody known, or somebody new."]})
    partner_id, before = act.partner_id, None
    if partner_id is None:
        partner_id = _newcomer(uow, household, act)
    elif partner_id not in members:
        before = _from_elsewhere(uow, household, act, partner_id)
    for person_id in (act.person_id, partner_id):
        _become(uow, person_id, act.marital_status, act)
    return before


def _become(uow: UnitOfWork, person_id: UUID, status: str, act: Marriage | Separation) -> None:
    person = uow.edit(Person, person_id, to=Permission.PERSON_UPDATE)
    if not is_adult(act.on, person.born_on):
        raise Invalid({"person_id": ["Both must be adults on that day. Check the birth days."]})
    person.marital_status = status
    uow.session.flush()


def _newcomer(uow: UnitOfWork, household: Household, act: Marriage) -> UUID:
    joining = JoinHousehold(
        person=act.partner, relationship=Coded(_relationship(act)), joined_on=act.on
    )
    return service.join(uow, household.id, joining).person_id


def _relationship(act: Marriage) -> str:
    if act.relationship is None:
        raise Invalid({"relationship": ["Say what the partner is to the principal applicant."]})
    if fault := rules.coming_fault([act.relationship]):
        raise Invalid({"relationship": [fault]})
    return act.relationship


def _from_elsewhere(
    uow: UnitOfWork, household: Household, act: Marriage, partner_id: UUID
) -> Household | None:
    uow.get(Person, partner_id, to=Permission.PERSON_UPDATE)
    home = household_of(uow, partner_id)
    relationship = _relationship(act)
    if home is None:
        known = JoinHousehold(
            person_id=partner_id, relationship=Coded(relationship), joined_on=act.on
        )
        service.join(uow, household.id, known)
        return None
    other = uow.edit(Household, home, to=Permission.HOUSEHOLD_CHANGE)
    if len(carrying.at_home(uow, other.id)) == 1:
        raise Conflict("Their partner lives alone: join the two households instead.")
    way = Way(other.id, household.id, act.on, LeaveReason.JOINED_OTHER_HOUSEHOLD)
    if carrying.at_home(uow, other.id)[partner_id].role == "principal":
        raise Conflict("Their partner leads another household: split that one first.")
    going = [Going(partner_id, relationship)]
    carrying.leave(uow, going, way)
    carrying.arrive(uow, going, way)
    return other


def separation(uow: UnitOfWork, household: Household, act: Separation) -> Household | None:
    """Record that two members separate, and open a file for those who move out, if any do."""
    members = carrying.at_home(uow, household.id)
    if not {act.person_id, act.partner_id} <= members.keys() or act.person_id == act.partner_id:
        raise Invalid({"person_id": ["Name two who belong to the household."]})
    for person_id in (act.person_id, act.partner_id):
        _become(uow, person_id, act.marital_status, act)
    if not act.people:
        return None
    return split(uow, household, act, LeaveReason.SEPARATED)
