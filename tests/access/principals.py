"""Who asks, how they stand to whom, and how their requests are signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient

from resettle.accounts import own, service
from resettle.accounts.loader import of_user
from resettle.accounts.models import UserSession
from resettle.accounts.own import MakeToken
from resettle.accounts.service import Deactivate
from resettle.core.actor import SYSTEM
from resettle.core.permissions import Permission
from resettle.core.work import Transactions
from tests.access.cast import ACCOUNTS, NEVER_ACTIVE, World
from tests.world import PASSWORD

# The relations of each principal: the columns of expected.csv. Where a way in speaks of no
# household, the first column of the principal says what it answers.
RELATIONS: Mapping[str, tuple[str, ...]] = {
    "anonymous": ("any",),
    "deactivated": ("any",),
    "invited": ("any",),
    "caseworker": ("assigned", "cover", "former", "denied", "none"),
    "team-leader": ("assigned", "none"),
    "privacy-officer": ("none",),
    "denied-caseworker": ("denied", "none"),
    "token": ("assigned", "none"),
    "sponsor-member": ("active", "offered", "suspended", "ended", "denied", "none"),
    "sponsor-coordinator": ("active", "offered", "suspended", "ended", "none"),
    "unconfirmed-sponsor": ("any",),
    "expired-sponsor": ("any",),
    "ended-sponsor": ("ended", "none"),
    "programme-manager": ("any",),
    "administrator": ("any", "own"),
    "auditor": ("any",),
    "evaluator": ("any",),
    "household-person": ("self", "guardian", "withheld", "other-adult", "none"),
}

_SPONSORED: Mapping[str, str] = {
    **dict.fromkeys(("main", "split", "names", "photos", "phones"), "active"),
    **dict.fromkeys(("addresses", "profiles", "kept"), "active"),
    **dict.fromkeys(("offered", "accepted"), "offered"),
    **dict.fromkeys(("ended", "declined", "silent", "taken-back", "lapsed", "unshown"), "ended"),
    "suspended": "suspended",
}
_WORKED: Mapping[str, str] = {
    "main": "assigned",
    "cover": "cover",
    "former": "former",
    "kept": "denied",
}
# How each principal stands to each household; to all others, not at all.
HOUSEHOLDS: Mapping[str, Mapping[str, str]] = {
    "caseworker": _WORKED,
    "team-leader": {"main": "assigned"},
    "denied-caseworker": {"main": "denied"},
    "token": _WORKED,
    "sponsor-member": {**_SPONSORED, "kept": "denied"},
    "sponsor-coordinator": _SPONSORED,
    "ended-sponsor": {"past": "ended"},
    "household-person": {"main": "self"},
}
_ANYBODY = ("main", "offered")
_BY_SPONSORS = (
    *("main", "split", "names", "offered", "accepted", "suspended", "ended", "declined"),
    *("silent", "taken-back", "lapsed", "past", "strange"),
)
# Which households each principal asks for on the walk.
WALKED: Mapping[str, tuple[str, ...]] = {
    "anonymous": ("main",),
    "deactivated": ("main",),
    "invited": ("main",),
    "caseworker": ("main", "cover", "former", "kept", "strange", "quota"),
    "team-leader": ("main", "strange"),
    "privacy-officer": ("main", "strange"),
    "denied-caseworker": ("main", "strange"),
    "token": ("main", "strange"),
    "sponsor-member": (*_BY_SPONSORS, "kept"),
    "sponsor-coordinator": ("main", "split", "offered", "suspended", "ended", "silent", "strange"),
    "unconfirmed-sponsor": ("main",),
    "expired-sponsor": ("main",),
    "ended-sponsor": ("past", "main"),
    "programme-manager": _ANYBODY,
    "administrator": _ANYBODY,
    "auditor": _ANYBODY,
    "evaluator": _ANYBODY,
    "household-person": ("main", "offered", "strange"),
}
AT_HOME = {"first": "self", "child": "guardian", "kept": "withheld", "spouse": "other-adult"}
GROUPS: Mapping[str, Mapping[str, str]] = {
    "caseworker": {"near": "assigned", "far": "cover", "past": "none"},
    "team-leader": {"near": "assigned", "past": "none"},
    "privacy-officer": {"near": "none"},
    "denied-caseworker": {"near": "none"},
    "token": {"near": "assigned", "past": "none"},
    "sponsor-member": {"near": "active", "far": "none"},
    "sponsor-coordinator": {"near": "active", "far": "none"},
    "ended-sponsor": {"past": "ended", "near": "none"},
    "household-person": {"near": "self", "past": "none"},
}
USUAL_GROUPS = {"near": "any"}


@dataclass(frozen=True, slots=True)
class Key:
    """What a principal's requests carry: a cookie and a token of the session, or a bearer token."""

    environ: Mapping[str, str] = field(default_factory=dict)
    session_id: str = ""


def first_of(principal: str) -> str:
    return RELATIONS[principal][0]


def other_of(principal: str) -> str:
    """Name the column of what is somebody else's."""
    found = RELATIONS[principal]
    return "none" if "none" in found else "any"


def stands(principal: str, household: str) -> str:
    """Say how a principal stands to a household."""
    return HOUSEHOLDS.get(principal, {}).get(household, other_of(principal))


def sign_in(app: Flask, transactions: Transactions, made: World) -> Mapping[str, Key]:
    """Sign everybody in as they would be, then shut the account that is to be shut."""
    keys = {"anonymous": Key(), "token": _bearer(transactions, made)}
    for name in RELATIONS:
        if name not in keys:
            keys[name] = _forged(app, transactions, made, name)
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        service.deactivate(uow, made.users["deactivated"]["user_id"], Deactivate("left"))
    return keys


def _bearer(transactions: Transactions, made: World) -> Key:
    """Make a token of the caseworker that carries one permission."""
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        actor = of_user(uow, made.users["caseworker"]["user_id"])
    with transactions.begin(actor, "tests:arrange") as uow:
        token = own.make_token(uow, MakeToken("sheet", [Permission.HOUSEHOLD_READ], 30))
    made.users["caseworker"]["token_id"] = token.id
    return Key({"HTTP_AUTHORIZATION": f"Bearer {token.token}"})


def _forged(app: Flask, transactions: Transactions, made: World, name: str) -> Key:
    """Sign in over HTTP; who was only invited gets the session that they cannot have."""
    as_whom = "colleague" if name in NEVER_ACTIVE else name
    key = _signed_in(app, as_whom)
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        of_whom = UserSession.user_id == made.users[as_whom]["user_id"]
        session = uow.first(uow.select(UserSession).where(of_whom))
        assert session is not None
        session.user_id = made.users[name]["user_id"]
        made.users[name]["session_id"] = session.id
    return key


def _signed_in(app: Flask, name: str) -> Key:
    client: FlaskClient = app.test_client()
    sent = {"email": f"{name}@example.org.nz", "password": PASSWORD}
    response = client.post("/api/session", json=sent)
    assert response.status_code == 200, response.text
    cookie = response.headers["Set-Cookie"].split(";")[0]
    token = response.get_json()["csrf_token"]
    return Key({"HTTP_COOKIE": cookie, "HTTP_X_CSRF_TOKEN": token})


assert ACCOUNTS.keys() | {"anonymous", "token"} >= RELATIONS.keys()
