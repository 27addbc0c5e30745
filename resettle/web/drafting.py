"""Drafts of forms, as the pages deal with them: what a form carries, and what it asks of drafts.

Each form that is shown bears a token: which form of which record it is, for whom it was made, and a
number of its own. So a draft comes back only to its writer, and only into the form that it is of.
Where drafts are kept is not known here: a chapter tells it (see core/drafts.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from resettle.core.actor import Actor
from resettle.core.drafts import RESUMED, Book, Kept, Place, Ticket, Unfinished, resuming
from resettle.core.work import UnitOfWork
from resettle.web import bodies
from resettle.web.auth import transactions

SALT = "draft"
GOOD_FOR = 7 * 24 * 3600
TOKEN = "draft_token"  # noqa: S105  # a name of a field
OUTDATED = 0  # no record has this version


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form says of drafts: how its own will be known, and which others wait."""

    user_id: UUID
    place: Place
    nonce: str
    unfinished: Sequence[Unfinished] = ()

    def token(self, label: str) -> str:
        return str(
            _signer().dumps(
                {
                    "user": str(self.user_id),
                    "endpoint": self.place.endpoint,
                    "path": self.place.path,
                    "household": str(self.place.household_id or ""),
                    "label": str(label),
                    "nonce": self.nonce,
                }
            )
        )


def book() -> Book:
    found: Book = current_app.extensions["drafts"]
    return found


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=SALT)


def ticket() -> Ticket | None:
    """Read the token of the form that was sent, if it has a good one."""
    try:
        told = _signer().loads(request.form.get(TOKEN, ""), max_age=GOOD_FOR)
    except BadData:
        return None
    household = told["household"]
    place = Place(told["endpoint"], told["path"], UUID(household) if household else None)
    return Ticket(UUID(told["user"]), place, told["label"], told["nonce"])


def content() -> dict[str, Any]:
    """Give what was typed in the form that was sent, as a draft keeps it."""
    # Where two versions are being compared, the draft keeps to the older: they are compared anew.
    seen = OUTDATED if bodies.beside("clash") else bodies.form_version()
    return {"values": bodies.form_values(), "was": bodies.beside("was"), "version": seen}


def here() -> Place:
    """Name the form that is asked for."""
    return Place(request.endpoint or "", request.path)


def resumed(uow: UnitOfWork) -> Kept | None:
    """Give the draft that the reader asks to have back in this form, if it is theirs and of it."""
    try:
        wanted = UUID(request.args.get(RESUMED, ""))
    except ValueError:
        return None
    return book().kept(uow, here(), wanted)


def offered(uow: UnitOfWork, outcome: Mapping[str, Any], nonce: str | None) -> Draft:
    """Tell a form that is about to be shown how its draft is known, and which others wait."""
    assert uow.actor.user_id is not None
    place = Place(request.endpoint or "", request.path, household_of(outcome))
    waiting = book().unfinished(uow, place) if nonce is None else ()
    return Draft(uow.actor.user_id, place, nonce or uuid4().hex, waiting)


def household_of(outcome: Mapping[str, Any]) -> UUID | None:
    """Find in what a page shows which household it is about."""
    household = outcome.get("household")
    found = household.get("id") if isinstance(household, Mapping) else outcome.get("household_id")
    return found if isinstance(found, UUID) else None


def nonce_of(actor: Actor) -> str | None:
    """Give the number of the form that was sent, if it was made for whoever sends it."""
    sent = ticket()
    if sent is None or sent.user_id != actor.user_id or sent.place.path != request.path:
        return None
    return sent.nonce


def finished(uow: UnitOfWork, actor: Actor) -> None:
    """Throw the draft of a form away that has been sent."""
    nonce = nonce_of(actor)
    if nonce is not None:
        book().finished(uow, nonce)


def rescued() -> str | None:
    """Keep what a form has brought too late, and give the address at which its writer finds it.

    The token shows that the form was ours and for whom it was made; nobody else is ever shown it.
    """
    sent = ticket()
    if sent is None:
        return None
    draft_id = book().rescued(transactions(), sent, content())
    return None if draft_id is None else resuming(sent.place.path, draft_id)
