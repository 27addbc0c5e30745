"""The pulse: one page, by a link without an account, or for a member who is signed in."""

from typing import Any

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from resettle.accounts import sign_in
from resettle.core.actor import Actor, Role
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.pulses import queries, schemas, service
from resettle.pulses.definition import PulseSettings
from resettle.pulses.queries import Asked
from resettle.web import words
from resettle.web.auth import origin, transactions
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("pulses", __name__, template_folder="templates")

Shown = dict[str, Any]
SENT = schemas.AnswerPulseSchema()
THANKS = "Thank you. It is counted, and nobody is told that it was you."
NOBODY_YET = Actor(Role.SPONSOR_MEMBER)
NONE_WAITS = "Nothing is asked of you at the moment."


@pages.route("/p/<string(length=43):token>", methods=["GET", "POST"])
@sign_in.links_limited
def answer_by_link(token: str) -> ResponseReturnValue:
    """Let whoever holds a link answer its questions, and do nothing else."""
    with transactions().begin(NOBODY_YET, "pulse:open", read_only=True) as uow:
        asked = queries.by_token(uow, token)
        shown = _questions(uow)
    if asked is None:
        return _quiet("links/spent.html", 410, tags=words.sides())
    form = Form.sent(SENT) if request.method == "POST" else Form()
    if form.command is not None and not (form := _answered(asked, form)).errors:
        return _quiet("pulses/thanks.html", 200)
    return _quiet("pulses/link.html", 422 if form.errors else 200, form=form, token=token, **shown)


def _answered(asked: Asked, form: Form) -> Form:
    """Keep the answers; what is wrong with them comes back with the form."""
    try:
        with transactions().begin(asked.actor, Permission.PULSE_ANSWER, origin=origin()) as uow:
            service.answer(uow, asked.invitation_id, form.command)
    except Invalid as error:
        return form.refused(error.errors)
    except Conflict as error:
        return form.refused({"_schema": [str(error)]})
    return form


def _questions(uow: UnitOfWork) -> Shown:
    settings = uow.use(PulseSettings)
    return {"questions": [*settings.questions.items()], "scale": [*settings.scale.items()]}


def _quiet(template: str, status: int, **shown: Any) -> Response:
    """Send no more than the name of this site along to wherever the page leads."""
    answer = make_response(render_template(template, **shown), status)
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


@pages.form(
    "/our-pulse", permission=Permission.PULSE_ANSWER, schema=SENT, template="pulses/own.html"
)
def own(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Answer the pulse that waits for the reader."""
    waiting = queries.waiting(uow)
    if form.command:
        if waiting is None:
            raise Conflict(NONE_WAITS)
        service.answer(uow, waiting.id, form.command)
        return Go("week.show", message=THANKS)
    shown = None if waiting is None else schemas.PulseShape().one(uow, waiting)
    return {**_questions(uow), "waiting": shown}


answer_by_link.permission = None  # type: ignore[attr-defined]  # the address itself is the secret
