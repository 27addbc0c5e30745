"""How often one person may search: more than anybody types, less than a sweep needs."""

from flask import current_app

from resettle.accounts.sign_in import limiter
from resettle.core.errors import TooMany
from resettle.settings import Settings
from resettle.web.auth import current_actor


def _reader() -> str:
    actor = current_actor()
    return "nobody" if actor is None else str(actor.user_id)


def _allowed() -> str:
    settings: Settings = current_app.extensions["settings"]
    return "60 per minute" if settings.production else "1000 per minute"


def _too_fast(_limit: object) -> None:
    raise TooMany("You search faster than we can answer. Wait a minute, then try again.", 60)


limited = limiter.shared_limit(_allowed, scope="search", key_func=_reader, on_breach=_too_fast)
