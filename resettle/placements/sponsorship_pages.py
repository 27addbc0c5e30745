"""Pages on which a match is proposed, answered, confirmed, suspended and ended."""

from typing import Any
from uuid import UUID

from resettle.accounts.schemas import NothingSchema
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.placements import queries, schemas, shapes, sponsorships
from resettle.placements.models import Sponsorship
from resettle.placements.rules import VISA_NOTE
from resettle.programmes.catalogue import Catalogue
from resettle.sponsors import queries as sponsors
from resettle.sponsors.models import SponsorGroup
from resettle.sponsors.shapes import GroupRow, GroupShape
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("sponsorships", __name__, template_folder="templates")

Shown = dict[str, Any]
MOST_GROUPS = 200
ONE = "/sponsorships/<uuid:sponsorship_id>"


@pages.form(
    "/households/<uuid:household_id>/sponsors/new",
    permission=Permission.SPONSORSHIP_PROPOSE,
    schema=schemas.ProposeSponsorshipSchema(),
    template="placements/propose.html",
)
def propose(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Propose a household to a sponsor group."""
    if form.command:
        made = sponsorships.propose(uow, household_id, form.command)
        return _to(made, "The group is asked. It sees the anonymous profile, with consent.")
    household = uow.get(Household, household_id, to=Permission.SPONSORSHIP_PROPOSE)
    query = sponsors.groups(uow, open_=True).order_by(SponsorGroup.legal_name, SponsorGroup.id)
    return {
        "household_id": household.id,
        "reference": household.reference,
        "people": len(people_at_home(uow, household.id, uow.today)),
        "groups": GroupRow().many_of(uow, uow.rows(query.limit(MOST_GROUPS))),
        "routes": [(r, plain(r)) for r in queries.programme_of(uow, household).routes.codes],
    }


@pages.page(ONE, permission=Permission.SPONSORSHIP_READ, template="placements/match.html")
def show(uow: UnitOfWork, sponsorship_id: UUID) -> Shown:
    """Show how a match stands, and what the reader may do about it."""
    match = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_READ)
    may_confirm = uow.allows(Permission.SPONSORSHIP_CONFIRM, match)
    waits = match.status in sponsorships.UNCONFIRMED
    return {
        **_match(uow, match),
        "missing": [*sponsorships.missing_for(uow, match).values()]
        if may_confirm and waits
        else [],
        "may_answer": uow.allows(Permission.SPONSORSHIP_ACCEPT, match)
        and match.status is sponsorships.Status.PROPOSED,
        "may_confirm": may_confirm and match.status is sponsorships.Status.ACCEPTED,
        "may_suspend": uow.allows(Permission.SPONSORSHIP_SUSPEND, match)
        and match.status is sponsorships.Status.CONFIRMED,
        "may_end": uow.allows(Permission.SPONSORSHIP_END, match) and match.ended_on is None,
        "visa_note": VISA_NOTE,
    }


def _match(uow: UnitOfWork, match: Sponsorship) -> Shown:
    group = uow.find(SponsorGroup, match.group_id)
    return {
        "match": shapes.SponsorshipShape().one(uow, match),
        "match_id": match.id,
        "state": plain(match.status),
        "group": None if group is None else GroupShape().one(uow, group),
    }


@pages.act(ONE + "/acceptance", permission=Permission.SPONSORSHIP_ACCEPT, schema=NothingSchema())
def accept(uow: UnitOfWork, form: Form, sponsorship_id: UUID) -> Led:  # noqa: ARG001  # a button
    """Accept a match on behalf of the group."""
    return _to(sponsorships.accept(uow, sponsorship_id), "The group has accepted.")


@pages.act(ONE + "/confirmation", permission=Permission.SPONSORSHIP_CONFIRM, schema=NothingSchema())
def confirm(uow: UnitOfWork, form: Form, sponsorship_id: UUID) -> Led:  # noqa: ARG001  # a button
    """Confirm a match as a second person."""
    return _to(sponsorships.confirm(uow, sponsorship_id), "The match is confirmed.")


@pages.form(
    ONE + "/decline",
    permission=Permission.SPONSORSHIP_ACCEPT,
    schema=schemas.GiveReasonSchema(),
    template="placements/reason.html",
)
def decline(uow: UnitOfWork, form: Form, sponsorship_id: UUID) -> Shown | Led:
    """Decline a match on behalf of the group."""
    if form.command:
        return _to(sponsorships.decline(uow, sponsorship_id, form.command), "Declined.")
    match = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_ACCEPT)
    return {**_match(uow, match), "act": "Decline this household"}


@pages.form(
    ONE + "/suspension",
    permission=Permission.SPONSORSHIP_SUSPEND,
    schema=schemas.GiveReasonSchema(),
    template="placements/reason.html",
)
def suspend(uow: UnitOfWork, form: Form, sponsorship_id: UUID) -> Shown | Led:
    """Suspend a sponsorship at once."""
    if form.command:
        done = sponsorships.suspend(uow, sponsorship_id, form.command)
        return _to(done, "Suspended. The group sees nothing of the household from now on.")
    match = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_SUSPEND)
    return {**_match(uow, match), "act": "Suspend at once"}


@pages.form(
    ONE + "/end",
    permission=Permission.SPONSORSHIP_END,
    schema=schemas.EndSponsorshipSchema(),
    template="placements/end.html",
)
def end(uow: UnitOfWork, form: Form, sponsorship_id: UUID) -> Shown | Led:
    """End a sponsorship."""
    if form.command:
        return _to(sponsorships.end(uow, sponsorship_id, form.command), f"Ended. {VISA_NOTE}")
    match = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_END)
    lists = uow.use(Catalogue).lists
    return {
        **_match(uow, match),
        "kinds": [(item.code, item.title) for item in lists["ending_kind"].items],
        "reasons": [(item.code, item.title) for item in lists["breakdown_reason"].items],
        "visa_note": VISA_NOTE,
    }


def _to(match: Sponsorship, message: str) -> Led:
    return Go("sponsorships.show", message=message, sponsorship_id=match.id)
