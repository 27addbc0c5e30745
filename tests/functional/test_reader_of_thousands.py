"""What is asked of one household costs alike, however many its reader looks after."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, insert, select, text

from resettle.cases.models import Assignment
from resettle.core.actor import Actor
from resettle.core.work import Transactions
from resettle.households.models import Household
from resettle.milestones.models import Milestone
from tests.desks import a_desk

MANY = 4_000
STEPS_A_TICK = 100  # of which a household that is gathered takes about eight
# PostgreSQL reads small tables otherwise than large ones; SQLite counts up to where much begins.
LITTLE = 100
READ = """SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)
FROM pg_stat_xact_user_tables"""
NOTE = {"channel": "visit", "occurred_at": "2026-03-01T10:00:00+13:00", "text": "All is well."}
MET = {"met_on": "2026-03-01", "reason": "It took a while."}


@dataclass
class Work:
    """What the database has done: steps of SQLite's machine, or rows that PostgreSQL read."""

    done: int = 0


@contextmanager
def worked(connection: Connection) -> Iterator[Work]:
    work = Work()
    if connection.dialect.name == "postgresql":
        before = connection.execute(text(READ)).scalar_one()
        yield work
        work.done = int(connection.execute(text(READ)).scalar_one() - before)
        return
    machine = connection.connection.driver_connection

    def tick() -> None:
        work.done += 1

    machine.set_progress_handler(tick, STEPS_A_TICK)
    yield work
    machine.set_progress_handler(None, 0)


def give_many_more(connection: Connection, worker: Actor, pattern: UUID) -> None:
    """Let the caseworker look after so many more households, like this one."""
    row = connection.execute(select(Household.__table__).filter_by(id=pattern)).mappings().one()
    held = select(Assignment.__table__).filter_by(household_id=pattern)
    theirs = connection.execute(held).mappings().one()
    more = [{**row, "id": uuid4(), "reference": f"R-2024-{n:05d}"} for n in range(MANY)]
    connection.execute(insert(Household), more)
    connection.execute(
        insert(Assignment),
        [{**theirs, "id": uuid4(), "household_id": each["id"]} for each in more],
    )
    if connection.dialect.name == "postgresql":  # which else takes all for as few as before
        connection.exec_driver_sql("ANALYZE")


@pytest.fixture
def desk(transactions: Transactions):
    return a_desk(transactions, 2)


@pytest.fixture
def asked(desk, client_of, connection):
    """Give what each act costs with two households, and with thousands more."""
    worker, homes = desk
    home, client = homes[0], client_of(worker)
    steps = connection.scalars(select(Milestone.id).where(Milestone.household_id.in_(homes))).all()

    def costs(act) -> tuple[int, int]:
        few = measured(act, steps[0], steps[1])
        give_many_more(connection, worker, home)
        return few, measured(act, steps[2], steps[3])

    def measured(act, first, step) -> int:
        act(client, home, first, f"{uuid4()}")  # so that what is built once is built
        with worked(connection) as work:
            answer = act(client, home, step, f"{uuid4()}")
        assert answer.status_code in {200, 201}, answer.text
        return work.done

    return costs


def file(client, home, _step, _key):
    return client.get(f"/api/households/{home}/file")


def household(client, home, _step, _key):
    return client.get(f"/api/households/{home}")


def by_name(client, _home, _step, _key):
    return client.get("/api/caseload?sort=name&limit=2")


def by_reference(client, _home, _step, _key):
    return client.get("/api/households?sort=reference&limit=2")


def note(client, home, _step, key):
    return client.post(f"/api/households/{home}/notes", json=NOTE, headers={"Idempotency-Key": key})


def met(client, _home, step, key):
    return client.post(f"/api/milestones/{step}/met", json=MET, headers={"Idempotency-Key": key})


@pytest.mark.parametrize("act", [file, household, by_name, by_reference, note, met])
def test_it_costs_the_same_with_thousands_more(asked, act):
    few, many = asked(act)

    assert few > 0
    assert many <= few + LITTLE


@pytest.mark.parametrize("order", ["name", "-reference"])
def test_its_list_is_whole_and_holds_no_other(desk, client_of, connection, transactions, order):
    worker, homes = desk
    others = a_desk(transactions, 2)[1]
    give_many_more(connection, worker, homes[0])
    theirs = select(Assignment.household_id).filter_by(user_id=worker.user_id)
    client, asked, walked = client_of(worker), {"sort": order, "limit": 200}, []

    while asked:
        page = client.get("/api/caseload", query_string=asked).json
        walked += [row["id"] for row in page["items"]]
        asked = page["next"] and {**asked, "cursor": page["next"]}

    assert len(walked) == MANY + len(homes)
    assert {*walked} == {str(id_) for id_ in connection.scalars(theirs)}
    assert {*walked}.isdisjoint({str(id_) for id_ in others})
