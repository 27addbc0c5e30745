"""Requests that change something must come from our own pages.

Two checks, since either alone has holes: where the browser says that the request comes from, and a
token of the session that a foreign page cannot read. A request without our cookie has nothing that
a foreign page could ride on, so programs with a token of their own need no CSRF token.
"""

from flask import Flask, current_app, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf

from resettle.core.errors import Forbidden
from resettle.web.bodies import UPLOAD_LIMIT

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OUR_SITES = frozenset({"same-origin", "none"})
SIGNED_IN = "_user_id"  # where Flask-Login keeps whose session it is
RAW_TOKEN = "csrf_token"  # noqa: S105  # where Flask-WTF keeps the session's own, a name

protection = CSRFProtect()


class CrossSite(Forbidden):
    """The request does not come from our own pages, or does not show that it does."""

    slug = "csrf"


class OutOfDate(CrossSite):
    """The request comes from a page of a session that is over."""


def init_app(app: Flask) -> None:
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_HEADERS=["X-CSRF-Token"],
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer, which our pages do not send
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as its session
    )
    protection.init_app(app)
    app.before_request(_refuse_foreign)
    app.before_request(_refuse_without_token)


def token() -> str:
    """Give the token that unsafe requests of this session must show."""
    made: str = generate_csrf()
    return made


def bearer_token() -> str | None:
    """Give the personal token that the request carries in its Authorization header."""
    given = request.authorization
    if given is None or given.type != "bearer":
        return None
    return given.token or ""


def _refuse_foreign() -> None:
    """Refuse what the browser says was set off by another site."""
    site = request.headers.get("Sec-Fetch-Site")
    if request.method in SAFE_METHODS:
        is_followed = request.headers.get("Sec-Fetch-Mode") == "navigate"
        if site not in {None, *OUR_SITES} and not is_followed:
            raise CrossSite("Another site may link here, but not load from here.")
        return
    if site not in {None, *OUR_SITES} or not _is_own(request.headers.get("Origin"), site):
        raise CrossSite("This request was set off by another site, so nothing was done.")


def _is_own(origin: str | None, site: str | None) -> bool:
    """Say whether the origin is ours. A page without referrer says `null`, but names its site."""
    if origin == "null":
        return site == "same-origin"
    scheme = "https" if current_app.config["SESSION_COOKIE_SECURE"] else request.scheme
    return origin is None or origin == f"{scheme}://{request.host}"


def _refuse_without_token() -> None:
    if request.method in SAFE_METHODS or bearer_token() is not None:
        return
    if request.path.startswith("/api/") and SIGNED_IN not in session:
        return
    # Before the body is read: who has no session of ours has no token of it either.
    if RAW_TOKEN not in session:
        raise OutOfDate(STALE)
    if request.mimetype == "multipart/form-data":
        request.max_content_length = UPLOAD_LIMIT
    try:
        protection.protect(apply_exemptions=True)
    except CSRFError as error:
        raise OutOfDate(STALE) from error


STALE = "This page is out of date. Load it again, then repeat what you did."
