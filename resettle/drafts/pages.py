"""Drafts over HTTP: saved by a script or a button, listed for their writer, discarded."""

from typing import Any
from uuid import UUID

from flask import flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from resettle.accounts.queries import names
from resettle.core.drafts import resuming
from resettle.core.errors import Forbidden, Invalid
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.drafts import queries, service
from resettle.web import drafting
from resettle.web.auth import admit, origin, transactions
from resettle.web.forms import several
from resettle.web.frame import moment
from resettle.web.pages import Go, Led, Pages

TOO_OLD = "This page is too old for its draft to be saved. Copy your text, and load it again."

pages = Pages("drafts", __name__, template_folder="templates")


@pages.page("/drafts", permission=Permission.DRAFT_OWN, template="drafts/drafts.html")
def index(uow: UnitOfWork) -> dict[str, Any]:
    """List what the reader has begun to write and not sent."""
    found = queries.mine(uow)
    known = names(uow, [draft.from_id for draft, _reference in found])
    return {
        "drafts": [
            {
                "id": draft.id,
                "label": draft.label,
                "reference": reference,
                "saved_at": draft.saved_at,
                "href": resuming(draft.path, draft.id),
                "begun_by": known.get(draft.from_id, "") if draft.from_id else "",
            }
            for draft, reference in found
        ]
    }


@pages.page(
    "/drafts/<uuid:draft_id>", permission=Permission.DRAFT_OWN, template="drafts/draft.html"
)
def read(uow: UnitOfWork, draft_id: UUID) -> dict[str, Any]:
    """Show what is written in a draft, also where its form cannot be opened any more."""
    draft, values = queries.read(uow, draft_id)
    return {
        "label": draft.label,
        "href": resuming(draft.path, draft.id),
        "saved_at": draft.saved_at,
        "values": [(plain(name), ", ".join(several(value))) for name, value in values.items()],
    }


@pages.post("/drafts")
def keep() -> ResponseReturnValue:
    """Save a form as far as it is written: a form of any kind, so nothing in it is judged."""
    actor = admit(Permission.DRAFT_OWN)
    ticket = drafting.ticket()
    if ticket is None:
        raise Invalid({"_schema": [TOO_OLD]})
    if ticket.user_id != actor.user_id:
        raise Forbidden("This form was opened by somebody else, so it is not saved as yours.")
    with transactions().begin(actor, Permission.DRAFT_OWN, origin=origin()) as uow:
        draft = service.keep(uow, ticket, drafting.content(), request.form.get("form_key", ""))
        saved_at = moment(uow.now)
    if request.accept_mimetypes.best == "application/json":
        return jsonify({"id": str(draft.id), "saved_at": saved_at})
    flash("Your draft is saved. Go on writing, or come back to it from any device.", "done")
    return redirect(resuming(draft.path, draft.id), code=303)


keep.permission = Permission.DRAFT_OWN  # type: ignore[attr-defined]


@pages.button("/drafts/<uuid:draft_id>/removal", permission=Permission.DRAFT_OWN)
def discard(uow: UnitOfWork, draft_id: UUID) -> Led:  # nothing is typed
    """Put a draft away, with a way to have it back."""
    draft = service.discard(uow, draft_id)
    undo = Go("drafts.take_back", draft_id=draft.id).location
    return Led(draft.path, "The draft is discarded.", undo)


@pages.button("/drafts/<uuid:draft_id>/return", permission=Permission.DRAFT_OWN)
def take_back(uow: UnitOfWork, draft_id: UUID) -> Led:  # the same
    """Have a draft back that was discarded by mistake."""
    draft = service.take_back(uow, draft_id)
    return Led(resuming(draft.path, draft.id), "The draft is back.")
