"""HTML pages: the same work as api.py, told in templates and forms.

A page shows dumped shapes, never entities. A form that is sent ends in a redirect, or comes back
with what was typed and what is wrong beside each field. It carries a version and a key of its own,
so that a double click has one effect and nobody overwrites what they have not seen.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError

from resettle.core import replay
from resettle.core.actor import Actor
from resettle.core.errors import Blocked, Conflict, Invalid, Stale
from resettle.core.permissions import Permission
from resettle.web import bodies
from resettle.web.auth import admit, origin, transactions
from resettle.web.errors import flat
from resettle.web.fields import Typed

View = Callable[..., Any]
VERSION = re.compile(r"[0-9]{1,9}")
Errors = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed, what is wrong with it, and the command that it makes.

    `key` makes a second sending of the same form harmless; `version` is that of the record shown.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Errors = field(default_factory=dict)
    command: Any = None
    key: str = field(default_factory=lambda: uuid4().hex)
    version: int | None = None
    files: Sequence[bodies.Upload] = ()

    @classmethod
    def sent(cls, schema: Schema) -> "Form":
        """Read a form that was sent; faults are in `errors`, and then there is no command."""
        version = request.form.get("version", "")
        made = cls(
            bodies.form_values(),
            key=request.form.get("form_key", "") or uuid4().hex,
            version=int(version) if VERSION.fullmatch(version) else None,
            files=[bodies.Upload(f.filename or "", f.read()) for f in request.files.values()],
        )
        try:
            return replace(made, command=schema.load(as_lists(schema, made.values)))
        except ValidationError as error:
            return made.refused(flat(error.messages_dict))

    def refused(self, errors: Errors) -> "Form":
        return replace(self, errors=errors, command=None)


def as_lists(schema: Schema, values: Mapping[str, Any]) -> dict[str, Any]:
    """Make a list of what a form sent once for a field that takes several."""
    several = {name for name, f in schema.load_fields.items() if hasattr(f, "inner")}
    return {
        name: [value] if name in several and isinstance(value, Typed) else value
        for name, value in values.items()
    }


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
        """Declare a form. The view shows it, or acts and says where to go if it has a command."""

        def decorate(view: View) -> View:
            @wraps(view)
            def page(**path: Any) -> ResponseReturnValue:
                actor = admit(permission)
                request.max_content_length = bodies.UPLOAD_LIMIT
                if request.method in {"GET", "HEAD"}:
                    return _show_form(view, path, actor, permission, template, Form())
                form = Form.sent(schema)
                if form.command is None:
                    return _show_form(view, path, actor, permission, template, form)
                return _send(view, path, actor, permission, template, form)

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
                return _led_on(_do_once(view, path, actor, permission, form))

            return self._add(rule, view, page, permission, ["POST"])

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


def _show_form(
    view: View,
    path: Mapping[str, Any],
    actor: Actor,
    permission: Permission,
    template: str,
    form: Form,
) -> ResponseReturnValue:
    with transactions().begin(actor, permission, read_only=True, origin=origin()) as uow:
        outcome = view(uow, form=replace(form, command=None), **path)
    return _shown(outcome, template, form)


def _send(
    view: View,
    path: Mapping[str, Any],
    actor: Actor,
    permission: Permission,
    template: str,
    form: Form,
) -> ResponseReturnValue:
    try:
        return _led_on(_do_once(view, path, actor, permission, form))
    except Invalid as error:
        faults = error.errors
    except ValidationError as error:
        faults = flat(error.messages_dict)
    except Blocked as error:
        faults = {"_schema": [str(error), *error.missing.values()]}
    except (Conflict, Stale) as error:
        faults = {"_schema": [str(error)]}
    # What was typed stays; the key is new, since this sending had no effect.
    kept = replace(form.refused(faults), key=uuid4().hex)
    return _show_form(view, path, actor, permission, template, kept)


def _do_once(
    view: View, path: Mapping[str, Any], actor: Actor, permission: Permission, form: Form
) -> Led:
    hash_ = replay.request_hash(
        transactions(), request.path, repr(sorted(form.values.items())).encode()
    )
    kept = replay.claim(transactions(), actor, form.key, hash_)
    if kept is not None:
        assert kept.location is not None
        return Led(kept.location, "This was done already; nothing was done twice.")
    try:
        return _do(view, path, actor, permission, form)
    except BaseException:
        replay.forget(transactions(), actor, form.key)
        raise


def _do(
    view: View, path: Mapping[str, Any], actor: Actor, permission: Permission, form: Form
) -> Led:
    with transactions().begin(actor, permission, origin=origin()) as uow:
        uow.expected_version = form.version
        outcome: Led = view(uow, form=form, **path)
        uow.session.flush()
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
