"""Pages on which somebody complains, and on which complaints are answered in time."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from resettle.accounts.queries import names
from resettle.complaints import queries, schemas, service
from resettle.complaints.models import About, Complainant, Complaint, ComplaintChannel, Outcome
from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.choices import languages
from resettle.households.models import Household
from resettle.web.frame import plain
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("complaints", __name__, template_folder="templates")

Shown = dict[str, Any]
COMPLAINT = "/complaints/<uuid:complaint_id>"
SHAPE = schemas.ComplaintShape()
MOST = 200
ABOUT = [
    (About.SPONSOR_GROUP.value, "The sponsor group"),
    (About.STAFF.value, "Somebody who works for the agency"),
    (About.SERVICE.value, "The help, or the help that did not come"),
    (About.OTHER.value, "Something else"),
]
CHANNELS = [
    (c.value, plain(c.value)) for c in ComplaintChannel if c is not ComplaintChannel.OWN_ACCOUNT
]
WHO: Mapping[Complainant, str] = {
    Complainant.PERSON: "Somebody of the household",
    Complainant.HOUSEHOLD: "The household together",
    Complainant.SOMEBODY_FOR_THEM: "Somebody for them",
}
COMPLAINANTS = [(each.value, said) for each, said in WHO.items()]
OUTCOMES = [(each.value, plain(each.value)) for each in Outcome]
ABOUT_WORDS = dict(ABOUT)
SENT = "It is sent. You will hear within five working days that it arrived."


@pages.form(
    "/households/<uuid:household_id>/complaints/new",
    permission=Permission.COMPLAINT_CREATE,
    schema=schemas.ComplainSchema(),
    template="complaints/complain.html",
)
def complain(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Take a complaint down, in the words of who complains."""
    own = uow.actor.role is Role.HOUSEHOLD_PERSON
    if form.command:
        made = service.complain(uow, household_id, form.command)
        told = f"You will hear that it arrived by {made.due_on:%-d %B %Y}."
        if own:
            return Go("complaints.show", message=SENT, complaint_id=made.id)
        return Go(
            "household_file.show", message="It is passed on. " + told, household_id=household_id
        )
    household = uow.get(Household, household_id, to=Permission.COMPLAINT_CREATE)
    return {
        "reference": household.reference,
        "household_id": household.id,
        "own": own,
        "about": ABOUT,
        "channels": CHANNELS,
        "complainants": COMPLAINANTS,
        "language": household.primary_language,
        "languages": languages(household.primary_language),
        "today": uow.today,
    }


@pages.page("/complaints", permission=Permission.COMPLAINT_READ, template="complaints/index.html")
def index(uow: UnitOfWork) -> Shown:
    """List the complaints, those first that are next to be answered."""
    query = queries.complaints(uow, queries.ComplaintFilters())
    ordered = query.order_by(Complaint.resolved_on.is_not(None), Complaint.due_on, Complaint.id)
    found = uow.all(ordered.limit(MOST))
    known = queries.references(uow, {complaint.household_id for complaint in found})
    return {
        "own": uow.actor.role is Role.HOUSEHOLD_PERSON,
        "complaints": [_told(uow, each, known) for each in found],
    }


def _told(uow: UnitOfWork, complaint: Complaint, known: Any) -> Shown:
    row = SHAPE.one(uow, complaint)
    return {
        **row,
        "reference": known.get(complaint.household_id, ""),
        "what": ABOUT_WORDS[row["about"]],
        "state": plain(row["status"]),
        "how": plain(row["channel"]),
        "who": WHO[row["complainant"]],
        "clock": complaint.clock.words(uow.today),
        "late": bool(complaint.clock.late_days(uow.today)),
        "decided": plain(row["outcome"]),
    }


@pages.page(COMPLAINT, permission=Permission.COMPLAINT_READ, template="complaints/complaint.html")
def show(uow: UnitOfWork, complaint_id: UUID) -> Shown:
    complaint = uow.get(Complaint, complaint_id, to=Permission.COMPLAINT_READ)
    known = queries.references(uow, {complaint.household_id})
    named = names(uow, [complaint.about_user_id])
    return {
        "complaint": _told(uow, complaint, known),
        "about_whom": named.get(complaint.about_user_id) if complaint.about_user_id else None,
        "own": uow.actor.role is Role.HOUSEHOLD_PERSON,
        "may_decide": uow.allows(Permission.COMPLAINT_DECIDE),
    }


@pages.form(
    COMPLAINT + "/acknowledgement",
    permission=Permission.COMPLAINT_DECIDE,
    schema=schemas.AcknowledgeSchema(),
    template="complaints/acknowledge.html",
)
def acknowledge(uow: UnitOfWork, form: Form, complaint_id: UUID) -> Shown | Led:
    """Record that whoever complained was told that it arrived."""
    if form.command:
        service.acknowledge(uow, complaint_id, form.command)
        return _to(complaint_id, "It is recorded that the complaint was acknowledged.")
    return _asked(uow, complaint_id)


@pages.form(
    COMPLAINT + "/resolution",
    permission=Permission.COMPLAINT_DECIDE,
    schema=schemas.ResolveSchema(),
    template="complaints/resolve.html",
)
def resolve(uow: UnitOfWork, form: Form, complaint_id: UUID) -> Shown | Led:
    """Decide a complaint."""
    if form.command:
        service.resolve(uow, complaint_id, form.command)
        return _to(complaint_id, "The complaint is resolved.")
    return _asked(uow, complaint_id) | {"outcomes": OUTCOMES}


def _asked(uow: UnitOfWork, complaint_id: UUID) -> Shown:
    complaint = uow.get(Complaint, complaint_id, to=Permission.COMPLAINT_DECIDE)
    known = queries.references(uow, {complaint.household_id})
    return {
        "complaint": _told(uow, complaint, known),
        "version": complaint.version,
        "today": uow.today,
    }


def _to(complaint_id: UUID, message: str) -> Led:
    return Go("complaints.show", message=message, complaint_id=complaint_id)
