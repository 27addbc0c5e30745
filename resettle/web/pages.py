"""HTML pages: the same work as api.py, told in templates and forms.

A page shows dumped shapes, never entities. A form that is sent ends in a redirect, or comes back
with what was typed and what is wrong beside each field. It carries a version and a key of its own,
so that a double click has one effect and nobody overwrites what they have not seen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from resettle.core import replay
from resettle.core.actor import Actor
from resettle.core.audit import Looks
from resettle.core.errors import Blocked, Conflict, Invalid, NoRoom, Stale, TooLarge
from resettle.core.limits import retried
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.web import bodies, drafting, stale
from resettle.web.auth import admit, origin, transactions
from resettle.web.errors import flat, sentence_of
from resettle.web.forms import Errors, Form, is_long
from resettle.web.schema import NothingSchema

View = Callable[..., Any]
REFUSALS = (Invalid, ValidationError, Conflict, TooLarge, NoRoom, IntegrityError)
__all__ = ["Form", "Go", "Led", "Pages"]


@dataclass(frozen=True, slots=True)
class Led:
    """Where a page leads on, and what it says there. `undo` is a path that takes the act back."""

    location: str
    message: str = ""
    undo: str | None = None


def Go(  # noqa: N802  # reads as the thing that a view gives
    endpoint: str, *, message: str = "", undo: str | None = None, **values: Any
) -> Led:
    """Lead on to the page of an endpoint, with a message."""
    return Led(url_for(endpoint, **values), message, undo)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is declared of a form or a button."""

    permission: Permission
    template: str = ""
    drafted: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request for it: who asks, for which record."""

    view: View
    path: Mapping[str, Any]
    actor: Actor
    kind: _Kind


class _LookAgain(Exception):
    """The view has nothing against what was sent, and asks its reader to look before it acts."""

    def __init__(self, shown: Mapping[str, Any], looks: Looks) -> None:
        super().__init__()
        self.shown = shown
        self.looks = looks


class Pages(Blueprint):
    """A blueprint whose every page names its permission and its template."""

    def page(
        self,
        rule: str,
        *,
        permission: Permission,
        template: str,
        filters: Schema | None = None,
        paged: bool = False,
    ) -> Callable[[View], View]:
        """Declare a page. The view gives what its template shows, as dumped shapes.

        With `filters` the view takes `wanted`; with `paged` it takes `arguments`, for page_of().
        """

        def decorate(view: View) -> View:
            @wraps(view)
            def page(**path: Any) -> ResponseReturnValue:
                actor = admit(permission)
                given = {**path, **_query(filters, paged=paged)}
                with transactions().begin(
                    actor, permission, read_only=True, origin=origin()
                ) as uow:
                    outcome = view(uow, **given)
                return _shown(outcome, template, Form())

            return self._add(rule, view, page, permission, ["GET"])

        return decorate

    def form(
        self, rule: str, *, permission: Permission, schema: Schema, template: str
    ) -> Callable[[View], View]:
        """Declare a form. The view shows it, or acts and says where to go if it has a command.

        A view that has a command and gives what to show all the same asks its reader to look again:
        nothing is done. What is typed into a long form is kept as a draft until it is sent.
        """
        kind = _Kind(permission, template, drafted=is_long(schema))

        def decorate(view: View) -> View:
            @wraps(view)
            def page(**path: Any) -> ResponseReturnValue:
                asked = _Asked(view, path, admit(permission), kind)
                request.max_content_length = bodies.UPLOAD_LIMIT
                if request.method in {"GET", "HEAD"}:
                    return _show_form(asked, Form())
                form = Form.sent(schema)
                return _show_form(asked, form) if form.command is None else _send(asked, form)

            return self._add(rule, view, page, permission, ["GET", "POST"])

        return decorate

    def act(self, rule: str, *, permission: Permission, schema: Schema) -> Callable[[View], View]:
        """Declare a button: a POST that has no page of its own. Its faults become a message."""

        def decorate(view: View) -> View:
            @wraps(view)
            def page(**path: Any) -> ResponseReturnValue:
                actor = admit(permission)
                form = Form.sent(schema)
                if form.errors:
                    raise Invalid(form.errors)
                asked = _Asked(view, path, actor, _Kind(permission))
                return _led_on(_do_once(asked, form))

            return self._add(rule, view, page, permission, ["POST"])

        return decorate

    def button(self, rule: str, *, permission: Permission) -> Callable[[View], View]:
        """Declare a button that carries nothing: its view takes what stands in the address."""

        def decorate(view: View) -> View:
            @wraps(view)
            def pressed(uow: UnitOfWork, form: Form, **path: Any) -> Any:  # noqa: ARG001  # empty
                return view(uow, **path)

            return self.act(rule, permission=permission, schema=NothingSchema())(pressed)

        return decorate

    def _add(
        self, rule: str, view: View, page: View, permission: Permission, methods: list[str]
    ) -> View:
        page.permission = permission  # type: ignore[attr-defined]
        self.add_url_rule(rule, endpoint=view.__name__, view_func=page, methods=methods)
        return view


def _query(filters: Schema | None, *, paged: bool) -> dict[str, Any]:
    known = frozenset(filters.load_fields) if filters else frozenset()
    paging = frozenset({"limit", "sort", "cursor"}) if paged else frozenset()
    arguments = bodies.arguments(known | paging)
    given: dict[str, Any] = {"arguments": arguments} if paged else {}
    if filters is not None:
        given["wanted"] = filters.load(
            {k: v for k, v in arguments.items() if k in known and v.strip()}
        )
    return given


def _show_form(asked: _Asked, form: Form, again: _LookAgain | None = None) -> ResponseReturnValue:
    with transactions().begin(
        asked.actor, asked.kind.permission, read_only=True, origin=origin()
    ) as uow:
        nonce = None
        if again is not None:  # what was shown before it was taken back was shown all the same
            uow.looks = again.looks
        if asked.kind.drafted:
            form, nonce = _resumed(uow, asked, form)
        outcome = asked.view(uow, form=replace(form, command=None), **asked.path)
        if asked.kind.drafted and isinstance(outcome, Mapping):
            form = replace(form, draft=drafting.offered(uow, outcome, nonce))
    if again is not None and isinstance(outcome, Mapping):
        outcome = {**outcome, **again.shown}
    return _shown(outcome, asked.kind.template, form)


def _resumed(uow: UnitOfWork, asked: _Asked, form: Form) -> tuple[Form, str | None]:
    """Take up the draft that the reader asks for; a form that comes back keeps its own."""
    if request.method == "POST":
        return form, drafting.nonce_of(asked.actor)
    kept = drafting.resumed(uow)
    return (form, None) if kept is None else (Form.resumed(kept.content), kept.nonce)


def _send(asked: _Asked, form: Form) -> ResponseReturnValue:
    """Do what a form asks. If it cannot be, what was typed stays, under a new key."""
    try:
        return _led_on(_do_once(asked, form))
    except _LookAgain as again:
        return _show_form(asked, replace(form, command=None, key=uuid4().hex), again)
    except Stale as error:
        kept = form.clashing({"_schema": [_changed(asked, error)]})
    except StaleDataError:
        kept = form.clashing({"_schema": [stale.CHANGED]})
    except REFUSALS as error:
        kept = form.refused(_faults(error))
    return _show_form(asked, replace(kept, key=uuid4().hex))


def _changed(asked: _Asked, error: Stale) -> str:
    with transactions().begin(
        asked.actor, asked.kind.permission, read_only=True, origin=origin()
    ) as uow:
        return stale.changed(uow, error)


def _faults(error: Exception) -> Errors:
    match error:
        case Invalid():
            return error.errors
        case ValidationError():
            return flat(error.messages_dict)
        case _:
            return {"_schema": _sentences(error)}


def _sentences(error: Exception) -> list[str]:
    if isinstance(error, IntegrityError):
        return [sentence_of(error)]
    missing = error.missing.values() if isinstance(error, Blocked) else ()
    return [str(error), *missing]


def _do_once(asked: _Asked, form: Form) -> Led:
    hash_ = replay.request_hash(
        transactions(), request.path, repr(sorted(form.values.items())).encode()
    )
    kept = replay.claim(transactions(), asked.actor, form.key, hash_)
    if kept is not None:
        assert kept.location is not None
        return Led(kept.location, "This was done already; nothing was done twice.")
    try:
        return retried(lambda: _do(asked, form))
    except BaseException:
        replay.forget(transactions(), asked.actor, form.key)
        raise


def _do(asked: _Asked, form: Form) -> Led:
    with transactions().begin(asked.actor, asked.kind.permission, origin=origin()) as uow:
        uow.expected_version = form.version
        outcome: Led | Mapping[str, Any] = asked.view(uow, form=form, **asked.path)
        if isinstance(outcome, Mapping):
            raise _LookAgain(outcome, uow.looks)
        uow.session.flush()
        if asked.kind.drafted:
            drafting.finished(uow, asked.actor)
        replay.keep(uow, form.key, 303, b"", outcome.location)
    return outcome


def _led_on(go: Led) -> ResponseReturnValue:
    if go.message:
        flash(go.message, go.undo or "done")
    return redirect(go.location, code=303)


def _shown(outcome: Any, template: str, form: Form) -> ResponseReturnValue:
    if not isinstance(outcome, Mapping):
        return outcome  # type: ignore[no-any-return]  # a redirect
    status = 422 if form.errors else 200
    return render_template(template, **{"form": form, **outcome}), status
