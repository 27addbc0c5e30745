"""JSON endpoints: admit, load, work, dump, commit, in that order.

One declaration gives the route, the permission, the body, the answer, paging, ETag and If-Match,
the Idempotency-Key, the errors, and the endpoint's part of the OpenAPI document.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

import orjson
from flask import Blueprint, Response, current_app, request
from marshmallow import Schema

from resettle.core import replay
from resettle.core.actor import Actor
from resettle.core.errors import BadRequest
from resettle.core.limits import retried
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.web import bodies, paging
from resettle.web.auth import admit, origin, transactions
from resettle.web.errors import PreconditionRequired
from resettle.web.schema import Shape

View = Callable[..., Any]
ETAG = re.compile(r'"([0-9]{1,9})"')
KEY = re.compile(r"[\x21-\x7e]{8,200}")
PAGING = frozenset({"limit", "sort", "cursor"})
EDITS = frozenset({"PATCH", "PUT", "DELETE"})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Everything that is declared of one endpoint; openapi.py reads it too."""

    method: str
    permission: Permission
    summary: str
    returns: Shape | None = None
    many: bool = False
    body: Schema | None = None
    uploads: bool = False
    status: int = 200
    sorts: paging.Sorts | None = None
    filters: Schema | None = None
    versioned: bool = False
    replayed: bool = False
    renders: Callable[[Any], Response] | None = None


class Api(Blueprint):
    """A blueprint whose every endpoint names the permission that it needs."""

    def reads(
        self,
        rule: str,
        *,
        permission: Permission,
        returns: Shape | None = None,
        many: bool = False,
        filters: Schema | None = None,
        renders: Callable[[Any], Response] | None = None,
    ) -> Callable[[View], View]:
        """Declare a GET of one thing, or with `many` of a short list that has no pages.

        `renders` makes the answer of something that is not JSON, such as a photo.
        """
        return self._declare(
            rule,
            "GET",
            permission,
            returns=returns,
            many=many,
            filters=filters,
            renders=renders,
        )

    def lists(
        self,
        rule: str,
        *,
        permission: Permission,
        returns: Shape,
        sorts: paging.Sorts,
        filters: Schema | None = None,
    ) -> Callable[[View], View]:
        """Declare a GET of a paged list. The view gives a select without order and limit."""
        return self._declare(rule, "GET", permission, returns=returns, sorts=sorts, filters=filters)

    def does(  # noqa: PLR0913  # a declaration, read by its names
        self,
        method: str,
        rule: str,
        *,
        permission: Permission,
        returns: Shape | None = None,
        many: bool = False,
        body: Schema | None = None,
        uploads: bool = False,
        status: int | None = None,
        replayed: bool | None = None,
        versioned: bool | None = None,
    ) -> Callable[[View], View]:
        """Declare an act. POST demands an Idempotency-Key; PATCH, PUT and DELETE an If-Match."""
        return self._declare(
            rule,
            method,
            permission,
            returns=returns,
            many=many,
            body=body,
            uploads=uploads,
            status=status or (200 if returns else 204),
            versioned=method in EDITS if versioned is None else versioned,
            replayed=method == "POST" if replayed is None else replayed,
        )

    def _declare(
        self, rule: str, method: str, permission: Permission, **given: Any
    ) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            declared = Endpoint(method, permission, _summary(view), **given)

            @wraps(view)
            def endpoint(**path: Any) -> Response:
                return _run(declared, view, path)

            endpoint.permission = permission  # type: ignore[attr-defined]
            endpoint.declared = declared  # type: ignore[attr-defined]
            name = f"{view.__name__}_{method.lower()}"
            self.add_url_rule(rule, endpoint=name, view_func=endpoint, methods=[method])
            return view

        return decorate


def _summary(view: View) -> str:
    words = (view.__doc__ or view.__name__.replace("_", " ").capitalize()).strip()
    return words.splitlines()[0].rstrip(".")


def _run(declared: Endpoint, view: View, path: Mapping[str, Any]) -> Response:
    actor = admit(declared.permission)
    if declared.method == "GET":
        return _read(declared, view, path, actor)
    request.max_content_length = bodies.UPLOAD_LIMIT if declared.uploads else bodies.JSON_LIMIT
    hash_ = replay.request_hash(transactions(), request.full_path, request.get_data())
    version = _expected_version() if declared.versioned else None
    given = {**path, **_given(declared)}
    if not declared.replayed:
        return retried(lambda: _act(declared, view, given, actor, version=version))
    return _act_once(declared, view, given, actor, hash_)


def _given(declared: Endpoint) -> dict[str, Any]:
    given: dict[str, Any] = {}
    bodies.arguments(frozenset())
    if declared.uploads:
        given["files"] = bodies.uploads()
        if declared.body is not None:
            given["command"] = declared.body.load(bodies.form_values())
    elif declared.body is not None:
        given["command"] = declared.body.load(bodies.json_body())
    return given


def _read(declared: Endpoint, view: View, path: Mapping[str, Any], actor: Actor) -> Response:
    filters = frozenset(declared.filters.load_fields) if declared.filters else frozenset()
    paged = PAGING if declared.sorts else frozenset()
    arguments = bodies.arguments(filters | paged)
    given = dict(path)
    if declared.filters is not None:
        asked = {k: v for k, v in arguments.items() if k in filters and v.strip()}
        given["wanted"] = declared.filters.load(asked)
    with transactions().begin(actor, declared.permission, read_only=True, origin=origin()) as uow:
        found = view(uow, **given)
        if declared.sorts is None:
            response = _dump(declared, uow, found)
        else:
            response = _list(declared, uow, found, arguments)
    # Only here, when the looks are on record, does the answer leave.
    return response


def _list(
    declared: Endpoint, uow: UnitOfWork, query: Any, arguments: Mapping[str, str]
) -> Response:
    assert declared.sorts is not None
    assert declared.returns is not None
    found = page_of(uow, query, declared.sorts, arguments)
    body = {
        "items": declared.returns.many_of(uow, found.rows),
        "next": found.following,
        "sort": found.sort,
        "limit": found.limit,
    }
    return _json(body)


def page_of(
    uow: UnitOfWork, query: Any, sorts: paging.Sorts, arguments: Mapping[str, str]
) -> paging.Page:
    """Run the page of a list that the request asks for, in JSON and HTML alike."""
    cursors: paging.Cursors = current_app.extensions["cursors"]
    filters = "&".join(f"{k}={v}" for k, v in sorted(arguments.items()) if k not in PAGING)
    sorts = paging.offered(uow, query, sorts)
    asked, place = paging.read(arguments, sorts, f"{request.path}|{filters}", cursors)
    rows, last = paging.page(uow, query, sorts, asked)
    following = None if last is None else cursors.make(place, last)
    return paging.Page(rows, following, asked.sort, asked.limit)


def _dump(declared: Endpoint, uow: UnitOfWork, found: Any, status: int = 200) -> Response:
    if declared.renders is not None:
        return declared.renders(found)
    if declared.returns is None:
        return Response(status=204)
    if declared.many:
        return _json({"items": declared.returns.many_of(uow, found)}, status)
    response = _json(declared.returns.one(uow, found), status)
    version = getattr(found, "version", None)
    if isinstance(version, int):
        # For If-Match. Never for 304: what a reader sees also moves with consents and relations.
        response.set_etag(str(version))
    return response


def _json(body: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, content_type="application/json")


def _expected_version() -> int:
    """Read If-Match: exactly one version, since nobody should change what they have not seen."""
    given = request.headers.get("If-Match")
    if given is None:
        raise PreconditionRequired(
            "precondition-required",
            "Send If-Match with the ETag of the record that you read before changing it.",
        )
    match = ETAG.fullmatch(given)
    if match is None:
        raise BadRequest("if-match", 'If-Match takes one ETag as it was given, such as "3".')
    return int(match[1])


def _act(
    declared: Endpoint,
    view: View,
    given: Mapping[str, Any],
    actor: Actor,
    *,
    version: int | None = None,
    key: str | None = None,
) -> Response:
    with transactions().begin(actor, declared.permission, origin=origin()) as uow:
        uow.expected_version = version
        found = view(uow, **given)
        uow.settle()
        uow.session.flush()
        # What is taken in but is not there yet, such as a file that waits for the scanner.
        status = 202 if getattr(found, "is_pending", False) else declared.status
        response = _dump(declared, uow, found, status)
        if key is not None:
            replay.keep(uow, key, response.status_code, response.get_data(), response.location)
    return response


def _act_once(
    declared: Endpoint, view: View, given: Mapping[str, Any], actor: Actor, hash_: str
) -> Response:
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise BadRequest(
            "idempotency-missing",
            "Send an Idempotency-Key of 8 to 200 characters, new for each thing that you do.",
        )
    kept = replay.claim(transactions(), actor, key, hash_)
    if kept is not None:
        return _again(kept, actor)
    try:
        return retried(lambda: _act(declared, view, given, actor, key=key))
    except BaseException:
        replay.forget(transactions(), actor, key)
        raise


def _again(kept: replay.Answer, actor: Actor) -> Response:
    with transactions().begin(actor, "request:again", read_only=True) as uow:
        body = replay.body_of(uow, kept)
    response = Response(body, kept.status, content_type="application/json")
    response.headers["Idempotency-Replayed"] = "true"
    return response
