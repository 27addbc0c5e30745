"""The world that bad requests are sent to, and what every answer to one must look like."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import Connection
from werkzeug.test import TestResponse

from resettle.consents.models import Item
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.db import Base
from resettle.core.work import Transactions, UnitOfWork
from resettle.households.models import Household, HouseholdMember, Person
from resettle.placements.models import SponsorshipStatus
from resettle.sponsors.models import SponsorGroup
from tests import boards, groups, world

CANARY = "Zephyrine"
NAMES = frozenset(
    {
        "caseworker",
        "stranger",
        "coordinator",
        "sponsor",
        "treasurer",
        "manager",
        "administrator",
        "auditor",
        "resident",
        "officer",
        "anonymous",
    }
)
Rows = Mapping[str, Sequence[tuple[Any, ...]]]
T = TypeVar("T", bound=Callable[..., None])
TRIED: set[int] = set()
# What may grow by a refused request: the trail, kept answers, counted tries, a session in use.
READ = 'SELECT * FROM "%s"'
BOOKKEEPING = frozenset({"audit_entry", "audit_head", "answer", "sign_in_tries", "user_session"})
LEAKS = re.compile(
    r"Traceback|File \"|site-packages|\bresettle/|\.py\b|sqlalchemy|psycopg|sqlite3?|werkzeug|"
    r"marshmallow|\bSELECT\b|\bINSERT\b|\bUPDATE\b .* \bSET\b|\b\d+\.\d+\.\d+\b|" + CANARY,
    re.IGNORECASE,
)


def tries(*lines: int) -> Callable[[T], T]:
    """Note which lines of the list of bad inputs a test tries."""
    TRIED.update(lines)
    return lambda test: test


def with_key(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


@dataclass(frozen=True, slots=True)
class Scene:
    """Who may send, by name, and the ids that a path or a body may name in braces."""

    actors: Mapping[str, Actor | None]
    ids: Mapping[str, str]


def arrange(transactions: Transactions) -> Scene:
    """Make two households, of which one is the caseworker's, and everybody who works with them."""
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        ours = world.a_household(uow, display_name=CANARY)
        adult = world.a_member(uow, ours, given_name=CANARY)
        child = world.a_member(uow, ours, "SON", given_name=CANARY, born_on=date(2019, 5, 1))
        theirs = world.a_household(uow, display_name=CANARY)
        other = world.a_member(uow, theirs, given_name=CANARY)
        group = groups.a_group(uow)
        waiting = groups.a_member(uow, group, confirmed=False)
        caseworker = groups.a_caseworker(uow, ours)
        actors = {
            "caseworker": caseworker,
            "stranger": groups.a_caseworker(uow),
            "coordinator": groups.a_coordinator(uow, group),
            "sponsor": a_sponsor(uow, group, ours, adult),
            "treasurer": groups.a_treasurer(uow, group),
            "resident": world.a_person_signed_in(uow, adult),
            "officer": boards.an_officer(uow),
            "anonymous": None,
            **_without_households(uow),
        }
        ids = {
            "household": ours.id,
            "other_household": theirs.id,
            "person": adult.id,
            "child": child.id,
            "other_person": other.id,
            "member": _membership(uow, child.id),
            "principal": _membership(uow, adult.id),
            "group": group.id,
            "waiting_member": waiting.id,
            "user": caseworker.user_id,
            "admin_user": actors["administrator"].user_id,
            "run": boards.a_run(uow, [boards.a_place(uow)], {ours.id: None}).id,
            "nobody": uuid4(),
        }
    assert actors.keys() == NAMES
    return Scene(actors, {name: str(id_) for name, id_ in ids.items()})


def a_sponsor(uow: UnitOfWork, group: SponsorGroup, household: Household, person: Person) -> Actor:
    """Make a member who supports the household, and is told nothing but what the person eats."""
    user = world.a_user(uow, Role.SPONSOR_MEMBER)
    groups.a_member(uow, group, user_id=user.id)
    groups.a_match(uow, group, household, status=SponsorshipStatus.CONFIRMED)
    groups.shares(uow, household.id, person.id, group.id, Item.DIET)
    return Actor(Role.SPONSOR_MEMBER, user.id, "Aroha", group_ids=frozenset({group.id}))


def _without_households(uow: UnitOfWork) -> dict[str, Actor]:
    roles = {
        "manager": Role.PROGRAMME_MANAGER,
        "administrator": Role.ADMINISTRATOR,
        "auditor": Role.AUDITOR,
    }
    return {name: Actor(role, world.a_user(uow, role).id) for name, role in roles.items()}


def _membership(uow: UnitOfWork, person_id: UUID) -> UUID:
    query = uow.select(HouseholdMember).where(HouseholdMember.person_id == person_id)
    return uow.session.scalars(query).one().id


def contents(connection: Connection) -> Rows:
    """Read every row of every table that a refused request must leave as it was."""
    return {
        table.name: sorted(map(tuple, connection.exec_driver_sql(READ % table.name)), key=repr)
        for table in Base.metadata.sorted_tables
        if table.name not in BOOKKEEPING
    }


def check_problem(response: TestResponse, status: int, slug: str) -> dict[str, Any]:
    """Check that a refusal has the form that programs read, and tells nothing of the inside."""
    assert response.status_code == status, response.text
    assert response.content_type == "application/problem+json"
    check_no_leak(response)
    problem: dict[str, Any] = json.loads(response.data)
    assert problem["type"] == f"/problems/{slug}", problem
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"].endswith((".", "?")), problem["detail"]
    assert re.fullmatch(r"[0-9a-f]{32}", problem["instance"])
    assert problem["instance"] == response.headers["X-Request-Id"]
    assert problem.keys() <= {"type", "title", "status", "detail", "instance", "errors", "missing"}
    for messages in problem.get("errors", {}).values():
        assert messages, problem
        assert all(isinstance(message, str) for message in messages)
    return problem


def check_page(response: TestResponse, status: int) -> None:
    """Check the same of the page that a person gets."""
    assert response.status_code == status, response.text
    assert response.mimetype == "text/html"
    assert "<h1" in response.text
    check_no_leak(response)


def check_no_leak(response: TestResponse) -> None:
    text = response.text.replace(response.headers["X-Request-Id"], "")
    found = LEAKS.search(re.sub(r"/static/\S+", "", text))
    assert found is None, text
    assert "no-store" in response.headers["Cache-Control"]
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def sign_in(client: FlaskClient, email: str, password: str = world.PASSWORD) -> str:
    """Sign in as a browser does, and give the token for X-CSRF-Token."""
    response = client.post("/api/session", json={"email": email, "password": password})
    assert response.status_code == 200, response.text
    token: str = response.get_json()["csrf_token"]
    return token
