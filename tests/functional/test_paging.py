"""Lists give every row once and in order, however they are walked while rows are added."""

from datetime import UTC
from itertools import islice
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.errors import BadRequest
from resettle.web.paging import Cursors
from tests.functional.hostile import check_problem
from tests.world import a_user

CURSORS = Cursors.of("a secret")
# Few names, so that many rows share one; in scripts that databases order in their own ways.
NAMES = st.sampled_from(["Aroha", "aroha", "Mere", "Zahra", "زهرا", "Ōtara", "O", "zoë"])


@pytest.fixture
def administrator(transactions) -> Actor:
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        return Actor(Role.ADMINISTRATOR, a_user(uow, Role.ADMINISTRATOR, name="Mere").id)


@pytest.fixture
def ask(client_of, administrator):
    client = client_of(administrator)

    def ask(**arguments: object) -> dict:
        answer = client.get("/api/users", query_string=arguments)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    return ask


def walk(ask, add=lambda: None, **arguments: object) -> list[dict]:
    page = ask(**arguments)
    rows = page["items"]
    while page["next"] is not None:
        add()
        page = ask(cursor=page["next"], **arguments)
        assert page["items"], "a cursor was given where nothing follows"
        rows += page["items"]
    return rows


@given(
    names=st.lists(NAMES, max_size=8),
    limit=st.integers(1, 5),
    sort=st.sampled_from(["name", "-name", "email", "-created_at"]),
)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_pages_give_each_row_once_and_in_order(
    names, limit, sort, ask, transactions, connection
):
    def add(name: str) -> None:
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            a_user(uow, name=name)

    with connection.begin_nested() as attempt:
        for name in names:
            add(name)
        whole = [row["id"] for row in ask(sort=sort, limit=200)["items"]]

        still = [row["id"] for row in walk(ask, sort=sort, limit=limit)]
        # A few only: who adds at the end for ever is walked for ever.
        latecomers = iter(["Nasrin"] * 6)
        growing = [
            row["id"]
            for row in walk(ask, lambda: [*map(add, islice(latecomers, 1))], sort=sort, limit=limit)
        ]

        assert still == whole
        assert len({*growing}) == len(growing)
        assert [id_ for id_ in growing if id_ in whole] == whole
        attempt.rollback()


def test_both_ways_are_each_others_reverse(ask, transactions):
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        for name in ["Mere"] * 3 + ["Aroha"] * 3:
            a_user(uow, name=name)

    there, back = (walk(ask, sort=sort, limit=2) for sort in ("name", "-name"))

    assert [row["id"] for row in there] == [row["id"] for row in reversed(back)]


def test_a_page_says_what_it_is(ask):
    page = ask()

    assert (page["sort"], page["limit"], page["next"]) == ("name", 50, None)
    assert len(page["items"]) == 1


def test_a_page_costs_the_same_number_of_queries_however_many_rows(ask, transactions, whole_app):
    statements: list[str] = []
    engine = whole_app.extensions["engine"]
    counts = []

    def note(_connection, _cursor, statement, *_more):
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    for _ in range(3):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for _ in range(5):
                a_user(uow)
        statements.clear()
        ask(limit=200)
        counts.append(len(statements))
    event.remove(engine, "before_cursor_execute", note)

    assert counts[0] > 0
    assert len({*counts}) == 1, counts


@pytest.mark.parametrize(
    "other", ["sort=-name", "sort=email", "status=active", "role=auditor&sort=name"]
)
def test_a_cursor_is_good_for_its_own_list_only(other, client_of, administrator, ask, transactions):
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        a_user(uow)
    cursor = quote(ask(limit=1)["next"])
    client = client_of(administrator)

    check_problem(client.get(f"/api/users?{other}&cursor={cursor}"), 400, "cursor")
    check_problem(client.get(f"/api/jobs?cursor={cursor}"), 400, "cursor")
    check_problem(client.get(f"/api/users?cursor={cursor[:-2]}"), 400, "cursor")
    assert client.get(f"/api/users?limit=2&cursor={cursor}").status_code == 200


@given(
    values=st.lists(
        st.one_of(
            st.text(),
            st.integers(-(2**53), 2**53),
            st.none(),
            st.uuids(),
            st.dates(),
            st.datetimes(timezones=st.just(UTC)),
        )
    )
)
def test_a_cursor_gives_back_what_it_was_made_of(values):
    values = [v for v in values if not isinstance(v, str) or v.isprintable()]

    assert CURSORS.open("place", CURSORS.make("place", values)) == tuple(values)


@given(place=st.text(max_size=9), cursor=st.text(max_size=60))
def test_no_made_up_cursor_opens(place, cursor):
    with pytest.raises(BadRequest):
        CURSORS.open(place, cursor)


def test_a_cursor_tells_nothing_of_its_row():
    assert "Zahra" not in CURSORS.make("place", ["Zahra"])
    assert CURSORS.make("place", ["Zahra"]) != CURSORS.make("place", ["Zahra"])
    with pytest.raises(BadRequest):
        Cursors.of("another secret").open("place", CURSORS.make("place", ["Zahra"]))
