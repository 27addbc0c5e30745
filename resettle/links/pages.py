"""Pages on which a caseworker makes a link for one person, and on which that person opens it.

What opens a link stands in its address, so these pages send no path of theirs on to anybody.
"""

from typing import Any
from uuid import UUID

import segno
from flask import Response, current_app, make_response, redirect, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from resettle.accounts import link_entry, sign_in
from resettle.accounts.models import LinkPurpose
from resettle.core.actor import Role
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person
from resettle.households.queries import household_of
from resettle.links import queries, schemas, service
from resettle.settings import Settings
from resettle.web import words
from resettle.web.auth import admit, current_actor, origin, transactions
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("links", __name__, template_folder="templates")

Shown = dict[str, Any]
WANTED = schemas.MakeLinkSchema()
LINK = schemas.LinkShape()
PURPOSES = [
    (LinkPurpose.PAGE.value, "To look at their page"),
    (LinkPurpose.CONSENTS.value, "To look at what they agreed to, or take it back"),
    (LinkPurpose.GOALS.value, "To write down goals"),
    (LinkPurpose.COMPLAINT.value, "To complain"),
    (LinkPurpose.LOOKS.value, "To see who looked at their file"),
]
STATES = {
    "waiting": "Not opened yet",
    "opened": "Opened",
    "revoked": "Revoked",
    "expired": "Ran out",
}
LANDINGS: dict[LinkPurpose, str] = {
    LinkPurpose.PAGE: "my_household.show_mine",
    LinkPurpose.CONSENTS: "my_household.show_mine",
    LinkPurpose.GOALS: "my_plan.show",
    LinkPurpose.COMPLAINT: "complaints.index",
    LinkPurpose.LOOKS: "looks.mine",
}
STAFF = "You are signed in as staff here. Sign out first: a link is for the person it was made for."


@pages.route("/persons/<uuid:person_id>/links", methods=["GET", "POST"])
def make(person_id: UUID) -> ResponseReturnValue:
    """Make a link; its address is told in the answer, once, so there is no redirect."""
    actor = admit(Permission.LINK_MAKE)
    form = Form.sent(WANTED) if request.method == "POST" else Form()
    if form.command is not None:
        try:
            with transactions().begin(actor, Permission.LINK_MAKE, origin=origin()) as uow:
                told = schemas.MadeLinkShape().one(uow, service.make(uow, person_id, form.command))
                shown = _about(uow, person_id)
        except (Invalid, Conflict) as error:
            faults = error.errors if isinstance(error, Invalid) else {"": [str(error)]}
            form = form.refused(faults)
        else:
            return render_template("links/made.html", link=_to_hand_over(told), **shown)
    with transactions().begin(actor, Permission.LINK_MAKE, read_only=True, origin=origin()) as uow:
        shown = {**_about(uow, person_id), **_offered(uow, person_id)}
    return render_template("links/links.html", form=form, **shown), 422 if form.errors else 200


def _about(uow: UnitOfWork, person_id: UUID) -> Shown:
    person = uow.get(Person, person_id, to=Permission.LINK_MAKE)
    household_id = household_of(uow, person.id)
    household = None if household_id is None else uow.find(Household, household_id)
    uow.unlock([person.id])
    return {
        "person_id": person.id,
        "name": person.name,
        "household_id": household_id,
        "reference": "" if household is None else household.reference,
        "their_language": words.of_household(
            None if household is None else household.primary_language
        ),
    }


def _offered(uow: UnitOfWork, person_id: UUID) -> Shown:
    return {
        "links": LINK.many_of(uow, queries.of_person(uow, person_id)),
        "states": STATES,
        "purposes": PURPOSES,
        "languages": [*words.LANGUAGES.items()],
        "hours": uow.use(Settings).link_hours,
    }


def _to_hand_over(made: Shown) -> Shown:
    """Give the address as text and as a picture for a telephone's camera."""
    settings: Settings = current_app.extensions["settings"]
    path = address_of("links.enter", token=made["token"])
    base = settings.public_url or request.host_url.rstrip("/")
    drawn = segno.make(base + path, error="m", micro=False)
    picture = drawn.svg_inline(scale=5, border=4, svgclass="qr", lineclass=None)
    return {**made, "address": base + path, "picture": Markup(picture)}  # noqa: S704  # segno's own


@pages.button("/links/<uuid:link_id>/revocation", permission=Permission.LINK_REVOKE)
def revoke(uow: UnitOfWork, link_id: UUID) -> Led:
    """Let a link open nothing any more."""
    link = service.revoke(uow, link_id)
    message = "The link is revoked. It opens nothing any more."
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return Go("my_household.show_mine", message=message)
    return Go(".make", message=message, person_id=link.person_id)


@pages.route("/l/<string(length=43):token>", methods=["GET", "POST"])
@sign_in.links_limited
def enter(token: str) -> ResponseReturnValue:
    """Ask whether to go on, which takes the link up, once. Whatever is wrong with it is alike."""
    link = link_entry.waiting(token)
    if link is None:
        return _spent()
    _refuse_staff()
    chosen = request.values.get("language", "")
    language = chosen if chosen in words.LANGUAGES else link.language
    if request.method != "POST":
        words.speak(language)
        shown = {"maker": link_entry.maker_of(link), "made_at": link.made_at}
        return _quiet(render_template("links/enter.html", token=token, language=language, **shown))
    purpose = link_entry.enter_by_link(token, language)
    return _spent() if purpose is None else _quiet(redirect(_landing(purpose), code=303))


def _refuse_staff() -> None:
    actor = current_actor()
    if actor is not None and actor.role is not Role.HOUSEHOLD_PERSON:
        raise Conflict(STAFF)


def _landing(purpose: LinkPurpose) -> str:
    anchor = "consents" if purpose is LinkPurpose.CONSENTS else None
    return address_of(LANDINGS[purpose], _anchor=anchor)


def _spent() -> Response:
    """Say in every language that this link opens nothing; used, ended, too old or never made."""
    return _quiet(render_template("links/spent.html", tags=words.sides()), 410)


def _quiet(answer: Any, status: int | None = None) -> Response:
    """Send no more than the name of this site along to wherever the page leads."""
    made = make_response(answer) if status is None else make_response(answer, status)
    made.headers["Referrer-Policy"] = "strict-origin"
    return made


make.permission = Permission.LINK_MAKE  # type: ignore[attr-defined]
enter.permission = None  # type: ignore[attr-defined]  # the address itself is the secret
