"""Pages on which a match is proposed, answered by each side, and confirmed."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from resettle.core.actor import SPONSORS, Role
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import members, people_at_home
from resettle.households.shapes import HouseholdMemberShape
from resettle.placements import queries, readiness, schemas, shapes, sponsorships
from resettle.placements.models import AnswerMethod, Sponsorship
from resettle.placements.rules import ANSWERABLE, VISA_NOTE
from resettle.programmes.catalogue import Catalogue
from resettle.sponsors import queries as sponsors
from resettle.sponsors.models import SponsorGroup
from resettle.sponsors.shapes import GroupRow, GroupShape
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("sponsorships", __name__, template_folder="templates")

Shown = dict[str, Any]
MOST_GROUPS = 200
ONE = "/sponsorships/<uuid:sponsorship_id>"
WHO = HouseholdMemberShape(only=("id", "person_id", "person"))
METHODS = [
    (AnswerMethod.SIGNED_FORM.value, "Signed on paper"),
    (AnswerMethod.INTERPRETER_READ.value, "Spoken, with an interpreter"),
]
SAID = [("true", "Yes, this group may support us"), ("false", "No")]


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
        told = "The group is asked. It sees the anonymous profile, with consent."
        return Go("sponsorships.show", message=told, sponsorship_id=made.id)
    household = uow.get(Household, household_id, to=Permission.SPONSORSHIP_PROPOSE)
    query = sponsors.groups(uow, open_=True).order_by(SponsorGroup.legal_name, SponsorGroup.id)
    return {
        "taking_over": queries.running(uow, household.id) is not None,
        "household_id": household.id,
        "reference": household.reference,
        "people": len(people_at_home(uow, household.id, uow.today)),
        "groups": GroupRow().many_of(uow, uow.rows(query.limit(MOST_GROUPS))),
        "routes": [(r, plain(r)) for r in queries.programme_of(uow, household).routes.codes],
    }


@pages.page(ONE, permission=Permission.SPONSORSHIP_READ, template="placements/match.html")
def show(uow: UnitOfWork, sponsorship_id: UUID) -> Shown:
    """Show how a match stands, who has answered, and what the reader may do about it."""
    match = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_READ)
    return {
        **shown(uow, match),
        "answers": _answers(uow, match),
        "missing": _missing(uow, match),
        "may": _may(uow, match),
        "visa_note": VISA_NOTE,
    }


def shown(uow: UnitOfWork, match: Sponsorship) -> Shown:
    """Tell what every page about a match begins with."""
    group = uow.find(SponsorGroup, match.group_id)
    told = shapes.SponsorshipShape().one(uow, match)
    lists = uow.use(Catalogue).lists
    return {
        "match": told,
        "match_id": match.id,
        "state": plain(match.status),
        "group": None if group is None else GroupShape().one(uow, group),
        "ended_as": _titled(lists["ending_kind"].items, told.get("ending_kind")),
        "declined_for": _titled(lists[queries.DECLINES].items, told.get("decline_reason")),
        "because": [_titled(lists["breakdown_reason"].items, r) for r in told.get("reasons", ())],
        "is_home": uow.actor.role is Role.HOUSEHOLD_PERSON,
        "is_worker": uow.actor.role is Role.CASEWORKER,
    }


def _titled(items: Sequence[Any], code: str | None) -> str:
    return next((item.title for item in items if item.code == code), "")


def _answers(uow: UnitOfWork, match: Sponsorship) -> list[Shown]:
    """Tell of everybody who is asked what they said, as far as the reader may know."""
    if uow.actor.role in SPONSORS | {Role.PROGRAMME_MANAGER} or match.status not in ANSWERABLE:
        return []
    asked = queries.asked_at_home(uow, match.household_id, uow.today)
    found = queries.answers_of(uow, match.id)
    said = {row["person_id"]: row for row in shapes.AnswerShape().many_of(uow, found)}
    people = WHO.many_of(uow, members(uow, match.household_id))
    told = [
        {
            "person_id": each["person_id"],
            "name": each["person"].get("name"),
            "said": said.get(each["person_id"]),
            "may_answer": _may_answer(uow, each["person_id"]),
        }
        for each in people
        if each["person_id"] in asked
    ]
    return [row for row in told if uow.actor.role is Role.CASEWORKER or row["may_answer"]]


def _may_answer(uow: UnitOfWork, person_id: UUID) -> bool:
    return uow.actor.role is Role.CASEWORKER or person_id == uow.actor.person_id


def _missing(uow: UnitOfWork, match: Sponsorship) -> list[str]:
    waits = match.status in sponsorships.UNCONFIRMED
    if not waits or not uow.allows(Permission.SPONSORSHIP_CONFIRM, match):
        return []
    return [*readiness.missing_for(uow, match).values()]


def _may(uow: UnitOfWork, match: Sponsorship) -> Mapping[str, bool]:
    """Tell which ways on the reader has from here."""
    status, kinds = match.status, sponsorships.Status
    held = {
        permission: uow.allows(permission, match)
        for permission in (
            Permission.SPONSORSHIP_ACCEPT,
            Permission.SPONSORSHIP_CONFIRM,
            Permission.SPONSORSHIP_SUSPEND,
            Permission.SPONSORSHIP_END,
        )
    }
    confirms = held[Permission.SPONSORSHIP_CONFIRM]
    return {
        "accept": held[Permission.SPONSORSHIP_ACCEPT] and status is kinds.PROPOSED,
        "decline": held[Permission.SPONSORSHIP_ACCEPT] and status in ANSWERABLE,
        "confirm": confirms and status is kinds.ACCEPTED,
        "resume": confirms and status is kinds.SUSPENDED,
        "plan": confirms and match.continuity_since is not None,
        "transfer": confirms and status in {kinds.CONFIRMED, kinds.SUSPENDED},
        "suspend": held[Permission.SPONSORSHIP_SUSPEND] and status is kinds.CONFIRMED,
        "end": held[Permission.SPONSORSHIP_END] and match.ended_on is None,
    }


@pages.button(ONE + "/acceptance", permission=Permission.SPONSORSHIP_ACCEPT)
def accept(uow: UnitOfWork, sponsorship_id: UUID) -> Led:
    """Accept a match on behalf of the group."""
    return to(sponsorships.accept(uow, sponsorship_id), "The group has accepted.")


@pages.button(ONE + "/confirmation", permission=Permission.SPONSORSHIP_CONFIRM)
def confirm(uow: UnitOfWork, sponsorship_id: UUID) -> Led:
    """Confirm a match as a second person."""
    return to(sponsorships.confirm(uow, sponsorship_id), "The match is confirmed.")


@pages.form(
    ONE + "/decline",
    permission=Permission.SPONSORSHIP_ACCEPT,
    schema=schemas.DeclineProposalSchema(),
    template="placements/decline.html",
)
def decline(uow: UnitOfWork, form: Form, sponsorship_id: UUID) -> Shown | Led:
    """Decline a match on behalf of the group, with a reason from the list."""
    if form.command:
        done = sponsorships.decline(uow, sponsorship_id, form.command)
        return to(done, "Declined. Thank you for saying why: it helps to find another group.")
    match = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_ACCEPT)
    listed = uow.use(Catalogue).lists[queries.DECLINES].items
    return {**shown(uow, match), "reasons": [(item.code, item.title) for item in listed]}


@pages.form(
    ONE + "/answers/new",
    permission=Permission.SPONSORSHIP_ANSWER,
    schema=schemas.AnswerProposalSchema(),
    template="placements/answer.html",
)
def answer(uow: UnitOfWork, form: Form, sponsorship_id: UUID) -> Shown | Led:
    """Record what somebody of the household says, or say it for oneself."""
    if form.command:
        sponsorships.answer(uow, sponsorship_id, form.command)
        return Go(
            "sponsorships.show", message="The answer is recorded.", sponsorship_id=sponsorship_id
        )
    match = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_READ)
    asked = _answers(uow, match)
    return {
        **shown(uow, match),
        "people": [(row["person_id"], row["name"] or "") for row in asked],
        "said": SAID,
        "methods": METHODS,
        "own": AnswerMethod.OWN_ACCOUNT.value,
        "today": uow.today,
        "visa_note": VISA_NOTE,
    }


def to(match: Sponsorship, message: str) -> Led:
    """Lead back to the page of a match."""
    return Go("sponsorships.show", message=message, sponsorship_id=match.id)
