"""How each error of the domain is told over HTTP: problem+json for the API, a page otherwise."""

import logging
from collections.abc import Mapping
from itertools import islice
from typing import Any

import orjson
from flask import Flask, Response, current_app, g, render_template, request
from marshmallow import ValidationError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from resettle.core.errors import (
    BadRequest,
    Blocked,
    Conflict,
    Forbidden,
    Invalid,
    NoRoom,
    NotFound,
    ResettleError,
    Stale,
    TooLarge,
    TooMany,
    Unauthenticated,
    Unconfirmed,
)

log = logging.getLogger(__name__)


class PreconditionRequired(BadRequest):
    """The request changes a record without saying which version of it."""


class UnsupportedMedia(BadRequest):
    """The content type is not one that this address takes."""


STATUS: Mapping[type[ResettleError], int] = {
    PreconditionRequired: 428,
    UnsupportedMedia: 415,
    BadRequest: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Stale: 412,
    Invalid: 422,
    TooLarge: 413,
    TooMany: 429,
    NoRoom: 507,
    Unconfirmed: 503,
}
TITLES: Mapping[int, str] = {
    400: "The request could not be understood",
    401: "Please sign in",
    403: "You may not do this",
    404: "There is nothing here",
    405: "This cannot be done here",
    409: "This no longer fits",
    410: "This link is no longer good",
    412: "Somebody else changed this",
    413: "That is too large",
    414: "That address is too long",
    415: "This kind of content is not taken here",
    422: "Some of what was sent is not right",
    428: "Say which version you are changing",
    429: "Too many tries",
    431: "The headers are too large",
    500: "Something went wrong on our side",
    503: "The service is busy",
    507: "There is no room left",
}
SLUGS: Mapping[int, str] = {
    400: "bad-request",
    401: "sign-in",
    403: "forbidden",
    404: "not-found",
    405: "method",
    410: "link",
    413: "too-large",
    414: "too-long",
    415: "media-type",
    428: "precondition-required",
    429: "too-many",
    431: "headers-too-large",
    500: "error",
    503: "database",
}
# One sentence each, so that an answer says the same whatever the record's existence.
DETAILS: Mapping[int, str] = {
    404: "There is no such record, or it is not yours to see.",
    405: "This address does not take that method.",
    413: "What was sent is larger than this address takes.",
    500: "The fault is recorded under the number below; nothing of what you sent was kept.",
    503: "The database cannot be reached at the moment. Try again shortly; nothing was lost.",
}


FAULTS_TOLD = 200


def init_app(app: Flask) -> None:
    app.register_error_handler(ResettleError, _domain)
    app.register_error_handler(ValidationError, _validation)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(IntegrityError, _integrity)
    app.register_error_handler(OperationalError, operational)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _bug)


def wants_json() -> bool:
    """Say whether a program asks. A page cannot be made under a name that is not ours."""
    under_other_name = isinstance(request.routing_exception, SecurityError)
    return request.path.startswith("/api/") or under_other_name


def answer(
    status: int, slug: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """Make the answer to an error, in the form that the asker reads."""
    body = {
        "type": f"/problems/{slug}",
        "title": TITLES.get(status, TITLES[400]),
        "status": status,
        "detail": detail,
        "instance": g.get("request_id", ""),
        **more,
    }
    if wants_json():
        response = Response(orjson.dumps(body), status, content_type="application/problem+json")
    else:
        response = Response(
            # The path is not told again: all that is not there is answered alike.
            render_template("error.html", **{"errors": {}, "missing": {}, "here": "/", **body}),
            status,
        )
    response.headers.update(headers or {})
    return response


def _domain(error: ResettleError) -> Response:
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    headers: dict[str, str] = {}
    more: dict[str, Any] = {}
    match error:
        case Invalid():
            more["errors"] = {name: list(messages) for name, messages in error.errors.items()}
        case Blocked():
            more["missing"] = dict(error.missing)
        case Stale():
            headers["ETag"] = f'"{error.current}"'
        case TooMany():
            headers["Retry-After"] = str(error.retry_after)
        case Unauthenticated():
            headers["WWW-Authenticate"] = 'Bearer realm="resettle"'
        case _:
            pass
    more |= error.told
    detail = DETAILS[404] if status == 404 else str(error)  # noqa: PLR2004
    return answer(status, error.slug, detail, headers, **more)


def _validation(error: ValidationError) -> Response:
    faults = flat(error.messages_dict)
    # Whoever sends very many wrong fields learns enough from the first of them.
    told = dict(islice(faults.items(), FAULTS_TOLD))
    return answer(422, "invalid", str(Invalid({})), errors=told)


def flat(messages: Mapping[str, Any], above: str = "") -> dict[str, list[str]]:
    """Flatten nested messages: the key of each is its path, such as members.0.family_name."""
    found: dict[str, list[str]] = {}
    for key, value in messages.items():
        path = f"{above}.{key}" if above else str(key)
        if isinstance(value, Mapping):
            found |= flat(value, path)
        else:
            found[path] = [UNKNOWN if message == "Unknown field." else message for message in value]
    return found


UNKNOWN = "This field is not known here, or not yours to set. Leave it out."


def _stale(_error: StaleDataError) -> Response:
    return answer(
        409, "conflict", "Somebody else changed this at the same moment. Load it again and repeat."
    )


def _integrity(error: IntegrityError) -> Response:
    return answer(409, "conflict", sentence_of(error))


def sentence_of(error: IntegrityError) -> str:
    """Say in words which constraint has refused a write."""
    conflicts: Mapping[str, str] = current_app.extensions["conflicts"]
    told = str(error.orig)
    for constraint, sentence in conflicts.items():
        if constraint in told:
            return sentence
    log.error("a constraint refused a write that no rule had refused", exc_info=error)
    return "This does not fit what is already recorded."


def operational(error: OperationalError) -> Response:
    log.error("the database failed", exc_info=error)
    return answer(503, "database", DETAILS[503], {"Retry-After": "5"})


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:  # noqa: PLR2004  # a redirect
        return error.get_response()  # type: ignore[return-value]
    if isinstance(error, SecurityError):
        return answer(400, "host", "This service does not answer under that name.")
    detail = DETAILS.get(error.code, error.description or "")
    allow = error.get_response().headers.get("Allow")
    headers = {} if allow is None else {"Allow": allow}
    return answer(error.code, SLUGS.get(error.code, "bad-request"), detail, headers)


def _bug(error: Exception) -> Response:
    log.error("a fault of the service", exc_info=error)
    return answer(500, "error", DETAILS[500])
