"""From the sign-in to the actor, and from the actor through the door."""

from collections.abc import Callable

from flask import current_app, g, request

from resettle.core.actor import Actor, Origin
from resettle.core.errors import Forbidden, Unauthenticated
from resettle.core.permissions import Permission
from resettle.core.work import Transactions

ActorLoader = Callable[[], Actor | None]


def transactions() -> Transactions:
    found: Transactions = current_app.extensions["transactions"]
    return found


def current_actor() -> Actor | None:
    """Tell who is asking, found once a request."""
    if "actor" not in g:
        loader: ActorLoader = current_app.extensions["actor_loader"]
        g.actor = loader()
    actor: Actor | None = g.actor
    return actor


def admit(permission: Permission) -> Actor:
    """Let the actor in who holds the permission for anything at all.

    Raises Unauthenticated for nobody, Forbidden otherwise, before the body is read.
    """
    actor = current_actor()
    if actor is None:
        raise Unauthenticated("Sign in first. If you were signed in, your session has ended.")
    if not transactions().policy.admits(actor, permission):
        raise Forbidden("Your role does not include this.")
    return actor


def origin() -> Origin:
    """Tell where the request came from, as the audit trail may keep it."""
    rule = request.url_rule
    return Origin(
        request_id=g.get("request_id", ""),
        route="" if rule is None else rule.rule,
        method=request.method,
        address=_truncated(request.remote_addr or ""),
    )


def _truncated(address: str) -> str:
    """Keep the network of an address only: /24 for IPv4, /48 for IPv6."""
    if ":" in address:
        return ":".join(address.split(":")[:3]) + "::"
    return ".".join([*address.split(".")[:3], "0"]) if address.count(".") == 3 else ""  # noqa: PLR2004
