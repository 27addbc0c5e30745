"""Refusals on record: who was refused what, and where; but no more rows than a trail can bear.

Of one actor at one address the first refusal of a minute is written, then the tenth, the
hundredth and so on. Each row says how many there have been by then, so that a flood is seen and
does not fill the disk.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from uuid import UUID

from flask import Flask, Response, current_app, request, session
from sqlalchemy.exc import OperationalError

from resettle.core.actor import SYSTEM, Actor
from resettle.core.permissions import Permission
from resettle.web import errors
from resettle.web.auth import current_actor, origin, transactions

REASONS: Mapping[int, str] = {401: "sign-in", 403: "forbidden", 404: "not-found"}
SIGNED_IN = "_user_id"  # where Flask-Login keeps whose session it is
Key = tuple[UUID | None, str]


@dataclass(slots=True)
class Refusals:
    """How often each actor was refused at each address in this minute, in this process."""

    _minute: datetime | None = None
    _counts: Counter[Key] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def count(self, key: Key, moment: datetime) -> int:
        minute = moment.replace(second=0, microsecond=0)
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, Counter()
            self._counts[key] += 1
            return self._counts[key]


def init_app(app: Flask) -> None:
    app.extensions["refusals"] = Refusals()
    app.after_request(_record)


def _record(response: Response) -> Response:
    """Put a refusal on record before it leaves; if that fails, nobody is told of it."""
    permission = _permission_asked()
    if response.status_code not in REASONS or permission is None:
        return response
    try:
        actor = current_actor() or _whoever_was_signed_in()
        if actor is not None:
            _count_and_record(actor, permission, REASONS[response.status_code])
    except OperationalError as error:
        return errors.operational(error)
    return response


def _permission_asked() -> Permission | None:
    view = None if request.endpoint is None else current_app.view_functions[request.endpoint]
    permission: Permission | None = getattr(view, "permission", None)
    return permission


def _whoever_was_signed_in() -> Actor | None:
    """Stand in for somebody whose session or token is no longer good."""
    is_remembered = SIGNED_IN in session or "Authorization" in request.headers
    return SYSTEM if is_remembered else None


def _count_and_record(actor: Actor, permission: Permission, reason: str) -> None:
    whence = origin()
    refusals: Refusals = current_app.extensions["refusals"]
    count = refusals.count(
        (actor.user_id, f"{whence.method} {whence.route}"), transactions().clock()
    )
    if _is_power_of_ten(count):
        transactions().refused(
            actor, permission, reason, whence, record_ref=_record_asked(), count=count
        )


def _is_power_of_ten(count: int) -> bool:
    return str(count).rstrip("0") == "1"


def _record_asked() -> UUID | None:
    asked = [value for value in (request.view_args or {}).values() if isinstance(value, UUID)]
    return asked[0] if asked else None
