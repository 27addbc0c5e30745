"""The pages by which one comes in and goes out: sign-in, sign-out, invitation, new password.

They are not forms of a unit of work: nobody may be signed in yet, a password is hashed outside of
one, and nothing that was typed here may be kept, not even hashed for replay.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, flash, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from resettle.accounts import own, schemas, sign_in
from resettle.core.actor import Role
from resettle.core.errors import Invalid, TooMany, Unauthenticated
from resettle.core.permissions import Permission
from resettle.web import csrf, drafting, errors, words
from resettle.web.auth import admit, current_actor, origin, transactions
from resettle.web.pages import Form

doors = Blueprint("doors", __name__, template_folder="templates")

SECRETS = frozenset({"password", "current", "new"})
SIGN_IN = schemas.SignInSchema()
CHOOSE_PASSWORD = schemas.ChoosePasswordSchema()
CHANGE_PASSWORD = schemas.ChangePasswordSchema()
HOME = "/"


def init_app(app: Flask) -> None:
    """Lead a reader who is not signed in to the sign-in page, and back afterwards."""
    app.register_error_handler(Unauthenticated, _ask_to_sign_in)
    app.register_error_handler(csrf.OutOfDate, _out_of_date)


def _ask_to_sign_in(error: Unauthenticated) -> ResponseReturnValue:
    if errors.wants_json():
        headers = {"WWW-Authenticate": 'Bearer realm="resettle"'}
        return errors.answer(401, error.slug, str(error), headers)
    if request.method != "POST":
        return _sign_in_page(Form(), request.full_path.rstrip("?")), 401
    kept = drafting.rescued()
    return _sign_in_page(Form(), kept or HOME, is_kept=kept is not None), 401


def _out_of_date(error: csrf.OutOfDate) -> ResponseReturnValue:
    """Lose nothing of a form whose session is over: its writer signs in and finds it again."""
    kept = None if errors.wants_json() else drafting.rescued()
    if kept is None:
        return errors.answer(403, error.slug, str(error))
    if current_actor() is not None:
        flash(
            "This page was out of date, so nothing was done yet. Look, and send it again.", "late"
        )
        return redirect(kept, code=303)
    return _sign_in_page(Form(), kept, is_kept=True), 401


@doors.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@sign_in.limited
def enter() -> ResponseReturnValue:
    return_to = own_path(request.args.get("next", HOME))
    if request.method != "POST":
        if current_actor() is not None:
            return redirect(return_to, code=303)
        return _sign_in_page(Form(), return_to)
    try:
        sign_in.enter(_sent(SIGN_IN).command)
    except (Invalid, Unauthenticated, TooMany) as error:
        return _refused_sign_in(error, return_to)
    return redirect(return_to, code=303)


def own_path(text: str) -> str:
    """Give the path if it is one of this service's own, and the first page otherwise."""
    parts = urlsplit(text)
    is_plain = text.isprintable() and "\\" not in text and not text.startswith("//")
    if parts.scheme or parts.netloc or not text.startswith("/") or not is_plain:
        return HOME
    return text


def _sign_in_page(form: Form, return_to: str, *, is_kept: bool = False) -> str:
    return render_template("accounts/sign_in.html", form=form, return_to=return_to, is_kept=is_kept)


def _refused_sign_in(
    error: Invalid | Unauthenticated | TooMany, return_to: str
) -> ResponseReturnValue:
    faults = error.errors if isinstance(error, Invalid) else {"": [str(error)]}
    page = _sign_in_page(_without_secrets().refused(faults), return_to)
    if isinstance(error, TooMany):
        return page, 429, {"Retry-After": str(error.retry_after)}
    return page, 422 if isinstance(error, Invalid) else 401


@doors.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    sign_in.leave()
    flash("You are signed out.", "done")
    return redirect("/sign-in", code=303)


@doors.post("/language")
def choose_language() -> ResponseReturnValue:
    """Speak the chosen language from now on: to a person of a household wherever they sign in."""
    chosen, back = request.form.get("language", ""), own_path(request.form.get("back", HOME))
    if chosen not in words.LANGUAGES:
        raise Invalid({"language": ["Choose one of the languages on the page."]})
    actor = current_actor()
    if actor is not None and actor.role is Role.HOUSEHOLD_PERSON:
        with transactions().begin(actor, Permission.ACCOUNT_OWN, origin=origin()) as uow:
            own.read_in(uow, chosen)
    session[words.CHOSEN] = chosen
    return redirect(back, code=303)


@doors.route("/account/password", methods=["GET", "POST"])
def change_password() -> ResponseReturnValue:
    admit(Permission.ACCOUNT_OWN)
    return _ask("accounts/password.html", CHANGE_PASSWORD, sign_in.change_password)


@doors.route("/invitations/<string(length=43):token>", methods=["GET", "POST"])
def accept(token: str) -> ResponseReturnValue:
    guest = sign_in.guest(token)
    return _ask(
        "accounts/invitation.html",
        CHOOSE_PASSWORD,
        lambda command: sign_in.accept(token, command),
        guest={"name": guest.name, "email": guest.email or ""},
    )


def _ask(
    template: str, schema: Schema, act: Callable[[Any], None], **shown: Mapping[str, str]
) -> ResponseReturnValue:
    """Ask for a new password, until it is good; then the person signs in with it."""
    if request.method != "POST":
        return render_template(template, form=Form(), **shown)
    try:
        act(_sent(schema).command)
    except Invalid as error:
        form = _without_secrets().refused(error.errors)
        return render_template(template, form=form, **shown), 422
    flash("Your password is set. Sign in with it now.", "done")
    return redirect("/sign-in", code=303)


def _sent(schema: Schema) -> Form:
    form = Form.sent(schema)
    if form.command is None:
        raise Invalid(form.errors)
    return form


def _without_secrets() -> Form:
    typed = {n: v for n, v in request.form.items() if n not in SECRETS and n != "csrf_token"}
    return replace(Form(), values=typed)


# Open: nobody is signed in yet, or any more.
enter.permission = None  # type: ignore[attr-defined]
choose_language.permission = None  # type: ignore[attr-defined]
sign_out.permission = None  # type: ignore[attr-defined]
accept.permission = None  # type: ignore[attr-defined]
change_password.permission = Permission.ACCOUNT_OWN  # type: ignore[attr-defined]
