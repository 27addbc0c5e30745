"""What is done about complaints: taken down, acknowledged, resolved."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from resettle.complaints import rules
from resettle.complaints.acts import Acknowledge, Complain, Resolve
from resettle.complaints.events import ComplaintAcknowledged, ComplaintMade
from resettle.complaints.models import (
    About,
    Complainant,
    Complaint,
    ComplaintChannel,
    ComplaintStatus,
)
from resettle.core.actor import Role
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.placements.queries import open_sponsorship
from resettle.programmes.catalogue import Catalogue


def complain(uow: UnitOfWork, household_id: UUID, command: Complain) -> Complaint:
    """Take a complaint down. Who does so for others need not be able to read it afterwards."""
    household = uow.get(Household, household_id, to=Permission.COMPLAINT_CREATE)
    said = _said(uow, command)
    received_on = said.received_on or uow.today
    match = open_sponsorship(uow, household.id)
    if faults := _faults(uow, household, said, received_on, has_group=match is not None):
        raise Invalid(faults)
    made = _complaint(household.id, said)
    made.received_on, made.due_on = received_on, _due(uow, household, received_on)
    if match is not None and said.about is About.SPONSOR_GROUP:
        made.about_group_id = match.group_id
    uow.add(made)
    uow.emit(ComplaintMade(made.id))
    return made


def _said(uow: UnitOfWork, command: Complain) -> Complain:
    """Let who has an account of their own speak for themselves, today."""
    if uow.actor.role is not Role.HOUSEHOLD_PERSON:
        return command
    return replace(
        command,
        person_id=uow.actor.person_id,
        complainant=Complainant.PERSON,
        channel=ComplaintChannel.OWN_ACCOUNT,
        received_on=uow.today,
    )


def _faults(
    uow: UnitOfWork, household: Household, said: Complain, received_on: date, *, has_group: bool
) -> dict[str, list[str]]:
    faults = rules.about_fault(
        said.about.value, names_somebody=said.about_user_id is not None, has_group=has_group
    )
    home = {stay.person_id for stay in people_at_home(uow, household.id, uow.today)}
    if said.person_id is not None and said.person_id not in home:
        faults["person_id"] = ["Name somebody who belongs to the household."]
    if received_on > uow.today:
        faults["received_on"] = ["This day has not come yet."]
    by_themselves = uow.actor.role is Role.HOUSEHOLD_PERSON
    if not by_themselves and said.channel is ComplaintChannel.OWN_ACCOUNT:
        faults["channel"] = ["Say how the complaint reached you."]
    return faults


def _complaint(household_id: UUID, said: Complain) -> Complaint:
    return Complaint(
        household_id=household_id,
        person_id=said.person_id,
        complainant=said.complainant,
        channel=said.channel,
        language=said.language,
        about=said.about,
        about_user_id=said.about_user_id,
        text=said.text,
        in_english=said.in_english,
        wanted=said.wanted,
    )


def _due(uow: UnitOfWork, household: Household, received_on: date) -> date:
    """Count working days by the holidays of the place where the household lives."""
    catalogue = uow.use(Catalogue)
    place = catalogue.locations.get(household.location or "")
    region = None if place is None else place.region
    days = rules.ACKNOWLEDGED_WITHIN
    return catalogue.working_days.add_working_days(received_on, days, region)


def acknowledge(uow: UnitOfWork, complaint_id: UUID, command: Acknowledge) -> Complaint:
    """Record that whoever complained was told that it arrived, and who looks into it."""
    complaint = uow.edit(Complaint, complaint_id, to=Permission.COMPLAINT_DECIDE)
    if complaint.status is not ComplaintStatus.RECEIVED:
        raise Conflict("This complaint is acknowledged already.")
    if not complaint.received_on <= command.acknowledged_on <= uow.today:
        raise Invalid({"acknowledged_on": ["Name a day between its arrival and today."]})
    complaint.status = ComplaintStatus.ACKNOWLEDGED
    complaint.acknowledged_on, complaint.acknowledged_by = (
        command.acknowledged_on,
        uow.actor.user_id,
    )
    uow.emit(ComplaintAcknowledged(complaint.id))
    return complaint


def resolve(uow: UnitOfWork, complaint_id: UUID, command: Resolve) -> Complaint:
    """Decide a complaint, with the answer that whoever complained is given."""
    complaint = uow.edit(Complaint, complaint_id, to=Permission.COMPLAINT_DECIDE)
    if complaint.status is not ComplaintStatus.ACKNOWLEDGED:
        raise Conflict("A complaint is first acknowledged, then resolved once.")
    assert complaint.acknowledged_on is not None
    if not complaint.acknowledged_on <= command.resolved_on <= uow.today:
        raise Invalid({"resolved_on": ["Name a day since it was acknowledged, and not to come."]})
    complaint.status, complaint.outcome = ComplaintStatus.RESOLVED, command.outcome
    complaint.resolved_on, complaint.resolved_by = command.resolved_on, uow.actor.user_id
    complaint.answer = command.answer
    return complaint
