"""What every page has: who is signed in, the way around, dates, static files, and safe headers."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import (
    Flask,
    Response,
    current_app,
    g,
    get_flashed_messages,
    request,
    send_from_directory,
    url_for,
)
from jinja2 import StrictUndefined
from werkzeug.exceptions import NotFound, SecurityError

from resettle.core import money, wording
from resettle.core.actor import Actor, Role
from resettle.core.clock import AUCKLAND
from resettle.core.languages import direction, language_tag
from resettle.web import words
from resettle.web.auth import current_actor, transactions
from resettle.web.words import day, moment

STATIC = Path(__file__).parent / "static"
YEAR = 365 * 24 * 3600

ROLE_TITLES: Mapping[Role, str] = {
    Role.CASEWORKER: "caseworker",
    Role.SPONSOR_MEMBER: "sponsor group member",
    Role.SPONSOR_COORDINATOR: "sponsor group coordinator",
    Role.PROGRAMME_MANAGER: "programme manager",
    Role.ADMINISTRATOR: "administrator",
    Role.AUDITOR: "auditor",
    Role.EVALUATOR: "evaluator",
    Role.HOUSEHOLD_PERSON: "household member",
    Role.SYSTEM: "the service itself",
}

__all__ = ["ROLE_TITLES", "Me", "Navigation", "day", "init_app", "moment", "plain", "static_url"]
plain = wording.plain
Navigation = Mapping[Role, Sequence[tuple[str, str]]]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: browsers then send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
HOST = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
HSTS = "max-age=63072000; includeSubDomains; preload"


@dataclass(frozen=True, slots=True)
class Me:
    """The reader, as a page may name them."""

    name: str = ""
    role_title: str = ""
    signed_in: bool = False


def init_app(app: Flask, navigation: Navigation) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters.update(plain=plain, money=money.written)
    app.jinja_env.filters.update(language_tag=language_tag, direction=direction)
    app.before_request(_name_request)
    app.before_request(_refuse_odd_host)
    app.after_request(_secure)
    words.init_app(app)
    app.context_processor(lambda: _context(navigation))
    app.add_url_rule("/static/<version>/<path:name>", "static_file", static_file)


def _name_request() -> None:
    g.request_id = uuid4().hex


def _refuse_odd_host() -> None:
    """Refuse what is no name with at most one port, whatever the list of names would make of it."""
    if not HOST.fullmatch(request.headers.get("Host", "")):
        raise SecurityError


def _secure(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)  # a file that is handed out is bound tighter
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = HSTS
    if request.endpoint != "static_file" or response.status_code != 200:  # noqa: PLR2004
        response.headers["Cache-Control"] = "no-store"
    if not response.headers.get("X-Request-Id"):
        response.headers["X-Request-Id"] = g.get("request_id", "")
    return response


def _context(navigation: Navigation) -> dict[str, Any]:
    actor, spoken = current_actor(), words.language()
    me = Me() if actor is None else Me(actor.name, ROLE_TITLES[actor.role], signed_in=True)
    return {
        "me": me,
        "nav": [] if actor is None else list(_ways(actor, navigation.get(actor.role, ()))),
        "request_id": g.get("request_id", ""),
        "static_url": static_url,
        "lang": "en-NZ" if spoken == words.ENGLISH else spoken,
        "dir": "rtl" if spoken in words.RIGHT_TO_LEFT else "ltr",
        "offered_languages": _languages(actor),
        "here": request.full_path.rstrip("?") if request.method == "GET" else request.path,
        "flash_messages": list(_flashed()),
        "today": transactions().clock().astimezone(AUCKLAND).date(),
    }


def _languages(actor: Actor | None) -> Mapping[str, str]:
    """Offer the languages of families to them, and to whoever is not known yet."""
    if actor is not None and actor.role is not Role.HOUSEHOLD_PERSON:
        return {}
    return words.LANGUAGES


def _ways(actor: Actor, ways: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Offer the ways that the reader may go, and mark the one of the page or of its part."""
    for label, endpoint in ways:
        permission = getattr(current_app.view_functions[endpoint], "permission", None)
        if permission is None or transactions().policy.admits(actor, permission):
            href = url_for(endpoint)
            below = request.path.startswith(f"{href}/")
            yield label, href, "page" if request.path == href else "true" if below else ""


def _flashed() -> Iterator[tuple[str, str, str | None]]:
    found: list[tuple[str, str]] = get_flashed_messages(with_categories=True)  # type: ignore[assignment]  # pairs, so asked
    for category, text in found:
        undo = category if category.startswith("/") else None
        yield ("done" if undo else category), text, undo


def static_url(name: str) -> str:
    """Give the address of a static file, with a hash of its content: it may be kept for good."""
    return f"/static/{_version_of(name)}/{name}"


@cache
def _version_of(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:16]


def static_file(version: str, name: str) -> Response:
    """Serve a static file under its hashed name."""
    if not (STATIC / name).is_file() or version != _version_of(name):
        raise NotFound
    response = send_from_directory(STATIC, name, max_age=YEAR)
    response.cache_control.immutable = True
    response.cache_control.public = True
    return response


static_file.permission = None  # type: ignore[attr-defined]  # open to all
