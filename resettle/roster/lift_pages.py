"""Pages around lifts: caseworkers ask a group for one; a member's licence and car are noted."""

from typing import Any
from uuid import UUID

from flask import url_for

from resettle.appointments.models import Appointment
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements.queries import supporting_group
from resettle.roster import lifts, queries, schemas, shapes
from resettle.sponsors.models import SponsorMember
from resettle.sponsors.shapes import MemberShape
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("lifts", __name__, template_folder="templates")

Shown = dict[str, Any]
LIFT = "/appointments/<uuid:appointment_id>/lift"
ASK = Permission.ROSTER_ASK


@pages.form(LIFT, permission=ASK, schema=schemas.AskForLiftSchema(), template="roster/lift.html")
def ask(uow: UnitOfWork, form: Form, appointment_id: UUID) -> Shown | Led:
    """Ask the sponsor group to drive people to an appointment, or see what came of that."""
    if form.command:
        lifts.ask(uow, appointment_id, form.command)
        message = "The group is asked. It sees the time and who rides, and not what it is about."
        return Go(".ask", message=message, appointment_id=appointment_id)
    appointment = uow.get(Appointment, appointment_id, to=ASK)
    household = uow.get(Household, appointment.household_id, to=ASK)
    found = lifts.of_appointment(uow, appointment_id)
    return {
        "reference": household.reference,
        "appointment_id": appointment.id,
        "lift": None if found is None else shapes.told(uow, [found])[0],
        "counted": None if found is None else queries.riders(uow, [found])[found.id],
        "has_group": supporting_group(uow, household.id) is not None,
    }


@pages.button(LIFT + "/withdrawal", permission=ASK)
def withdraw(uow: UnitOfWork, appointment_id: UUID) -> Led:
    """Ask the group no more."""
    lifts.withdraw(uow, appointment_id)
    return Go(".ask", message="The lift is called off.", appointment_id=appointment_id)


@pages.form(
    "/sponsor-groups/members/<uuid:member_id>/car",
    permission=Permission.MEMBER_CAR,
    schema=schemas.NoteCarSchema(),
    template="roster/car.html",
)
def note_car(uow: UnitOfWork, form: Form, member_id: UUID) -> Shown | Led:
    """Note a member's licence and the seats of their car."""
    if form.command:
        member = lifts.note_car(uow, member_id, form.command)
        where = url_for("sponsor_groups.show", group_id=member.group_id)
        return Led(where, "The car is noted.")
    member = uow.get(SponsorMember, member_id, to=Permission.MEMBER_CAR)
    return {"member": MemberShape().one(uow, member)}
