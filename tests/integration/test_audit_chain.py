"""The trail shows every kind of tampering, however the database was brought to allow it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import DBAPIError

from resettle.cli import Service, cli
from resettle.core import chain
from resettle.core.actor import SYSTEM
from resettle.core.audit import FIRST, AuditEntry, AuditHead, AuditSeen
from resettle.core.chain import digest
from resettle.core.classes import DataClass
from resettle.core.crypto import Keyring
from resettle.core.policy import Audience
from tests.world import a_household, a_user

TRAIL, HEADS, SEEN = AuditEntry.__table__, AuditHead.__table__, AuditSeen.__table__
OTHER_KEYS = Keyring({1: b"x" * 32}, b"y" * 32)
ROWS = 12


@pytest.fixture
def trail(transactions) -> None:
    for number in range(ROWS):
        with transactions.begin(SYSTEM, "tests:act") as uow:
            uow.acted("Thing", change=f"act {number}")


@pytest.fixture
def as_owner(connection):
    """Do what only the owner of the database can: lay the triggers aside, change, put them back."""

    def lay_aside(change: Callable[[Connection], None]) -> None:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            change(connection)
            connection.exec_driver_sql("SET LOCAL session_replication_role = origin")
            return
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.exec_driver_sql(query).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        change(connection)
        for _, statement in triggers:
            connection.exec_driver_sql(statement)

    return lay_aside


def verdict(transactions, batch: int = 5) -> chain.Verdict:
    with transactions.begin(SYSTEM, "tests:verify", read_only=True) as uow:
        return chain.verify(uow.session, batch)


def rows_of(connection: Connection) -> list[dict]:
    return [*map(dict, connection.execute(select(TRAIL).order_by(TRAIL.c.seq)).mappings())]


def put(connection: Connection, rows: list[dict]) -> None:
    connection.execute(TRAIL.delete())
    connection.execute(insert(TRAIL), rows)


def edited(**values: object) -> Callable[[Connection], None]:
    return lambda c: c.execute(update(TRAIL).where(TRAIL.c.seq == 5).values(values))


def deleted(*numbers: int) -> Callable[[Connection], None]:
    return lambda c: c.execute(TRAIL.delete().where(TRAIL.c.seq.in_(numbers)))


def swapped(connection: Connection) -> None:
    rows = rows_of(connection)
    rows[4]["seq"], rows[7]["seq"] = 8, 5
    put(connection, rows)


def contents_swapped(connection: Connection) -> None:
    rows = rows_of(connection)
    rows[4]["change"], rows[7]["change"] = rows[7]["change"], rows[4]["change"]
    put(connection, rows)


def moved_up_over_a_gap(connection: Connection) -> None:
    rows = [row for row in rows_of(connection) if row["seq"] != 5]
    put(connection, [row | {"seq": number} for number, row in enumerate(rows, start=1)])


def doubled(connection: Connection) -> None:
    last = rows_of(connection)[-1]
    connection.execute(insert(TRAIL), [last | {"seq": ROWS + 1}])


def hashed_anew(keyring: Keyring, start: int) -> Callable[[Connection], None]:
    """Edit a row and compute all hashes from there on, and the head, with keys of one's own."""

    def change(connection: Connection) -> None:
        rows = rows_of(connection)
        rows[start - 1]["change"] = "nothing"
        prev = rows[start - 2]["hash"] if start > 1 else FIRST
        for row in rows[start - 1 :]:
            row["prev"] = prev
            row["hash"] = prev = digest(keyring, row)
        put(connection, rows)
        connection.execute(update(HEADS).values(hash=chain.sealed_head(keyring, 0, ROWS, prev)))

    return change


def tail_cut_and_head_set_back(connection: Connection) -> None:
    connection.execute(TRAIL.delete().where(TRAIL.c.seq > 8))
    newest = rows_of(connection)[-1]["hash"]
    sealed = chain.sealed_head(OTHER_KEYS, 0, 8, newest)
    connection.execute(update(HEADS).values(seq=8, hash=sealed))


@pytest.mark.parametrize(
    ("tamper", "bad_seq"),
    [
        (edited(change="nothing"), 5),
        (edited(actor_role="auditor"), 5),
        (edited(outcome="deny"), 5),
        (edited(prev=FIRST), 5),
        (edited(hash=FIRST), 5),
        (edited(fields=["born_on"]), 5),
        (deleted(1), 1),
        (deleted(5), 5),
        (deleted(5, 6, 7), 5),
        (deleted(ROWS), ROWS),
        (deleted(*range(1, ROWS + 1)), 1),
        (swapped, 5),
        (contents_swapped, 5),
        (moved_up_over_a_gap, 5),
        (doubled, ROWS + 1),
        (hashed_anew(OTHER_KEYS, 5), 5),
        (hashed_anew(OTHER_KEYS, 1), 1),
        (hashed_anew(OTHER_KEYS, ROWS), ROWS),
        (tail_cut_and_head_set_back, 9),
        (lambda c: c.execute(update(HEADS).values(seq=ROWS - 1)), ROWS + 1),
        (lambda c: c.execute(update(HEADS).values(hash=FIRST)), ROWS + 1),
        (lambda c: c.execute(HEADS.delete()), ROWS + 1),
    ],
)
def test_tampering_is_found_at_its_first_row(
    tamper, bad_seq, trail, as_owner, transactions, connection
):
    assert verdict(transactions).sound
    assert verdict(transactions).rows == ROWS

    as_owner(tamper)

    found = verdict(transactions)
    assert not found.sound
    assert (found.chain, found.bad_seq) == (0, bad_seq)
    assert found.fault


LISTED = [UUID(int=number) for number in (1, 2, 3)]
OF_FIRST = SEEN.c.household_ref == LISTED[0]


@pytest.fixture
def a_list_seen(transactions) -> None:
    """Look at three households at once: one row of the trail, the second."""
    with transactions.begin(SYSTEM, "tests:act") as uow:
        uow.acted("Thing")
    with transactions.begin(SYSTEM, "tests:list", read_only=True) as uow:
        for home in LISTED:
            uow.shown(Audience(household_id=home), [("name", DataClass.IDENT)])


@pytest.mark.parametrize(
    "tamper",
    [
        lambda c: c.execute(SEEN.delete().where(OF_FIRST)),
        lambda c: c.execute(SEEN.delete()),
        lambda c: c.execute(SEEN.update().where(OF_FIRST).values(household_ref=UUID(int=9))),
        lambda c: c.execute(SEEN.insert(), [{"chain": 0, "seq": 2, "household_ref": UUID(int=9)}]),
    ],
    ids=["one taken away", "all taken away", "another put there", "one more"],
)
def test_tampering_with_the_households_of_a_list_is_found(
    tamper, a_list_seen, as_owner, transactions
):
    assert verdict(transactions).sound

    as_owner(tamper)

    assert verdict(transactions).bad_seq == 2


@pytest.mark.parametrize("statement", [SEEN.update().values(seq=1), SEEN.delete()])
def test_the_database_refuses_to_change_what_a_list_showed(statement, a_list_seen, connection):
    with pytest.raises(DBAPIError, match="append-only"), connection.begin_nested():
        connection.execute(statement)


@given(
    seq=st.integers(1, ROWS),
    column=st.sampled_from(["action", "change", "resource", "route", "method", "address"]),
    text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_other_text_in_any_row_is_found(  # drawn values and fixtures
    seq, column, text, as_owner, transactions, connection
):
    with connection.begin_nested() as attempt:
        for number in range(ROWS):
            with transactions.begin(SYSTEM, "tests:act") as uow:
                uow.acted("Thing", change=f"act {number}")
        change = update(TRAIL).where(TRAIL.c.seq == seq).values({column: f"other {text}"})

        as_owner(lambda c: c.execute(change))

        assert verdict(transactions).bad_seq == seq
        attempt.rollback()


@pytest.mark.parametrize("statement", [TRAIL.update().values(change="x"), TRAIL.delete()])
def test_the_database_refuses_to_change_the_trail(statement, trail, connection, transactions):
    with pytest.raises(DBAPIError, match="append-only"), connection.begin_nested():
        connection.execute(statement)

    assert verdict(transactions).rows == ROWS


def test_acts_of_one_work_follow_each_other(transactions, connection):
    with transactions.begin(SYSTEM, "tests:act") as uow:
        a_household(uow)
        a_user(uow)

    rows = rows_of(connection)
    assert [row["seq"] for row in rows] == [*range(1, len(rows) + 1)]
    assert [row["prev"] for row in rows[1:]] == [row["hash"] for row in rows[:-1]]


@pytest.mark.parametrize(("tamper", "code"), [(None, 0), (edited(change="nothing"), 2)])
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_command_tells_by_its_exit(tamper, code, options, app, trail, as_owner):
    if tamper is not None:
        as_owner(tamper)
    service = Service(app.extensions["settings"])
    service.__dict__["app"] = app

    outcome = CliRunner().invoke(cli, ["audit", "verify", *options], obj=service)

    assert outcome.exit_code == code, outcome.output
    expected = ("5", "changed") if code else (str(ROWS),)
    assert all(part in outcome.output for part in expected)


def test_of_many_who_begin_a_chain_at_once_each_has_a_place_in_it(committed_app):
    transactions = committed_app.extensions["transactions"]
    together = Barrier(4)

    def act(number: int) -> None:
        together.wait(timeout=20)
        with transactions.begin(SYSTEM, "tests:act") as uow:
            uow.acted("Thing", change=f"did {number}")

    with ThreadPoolExecutor(4) as pool:
        [*pool.map(act, range(4))]

    with transactions.begin(SYSTEM, "audit:verify", read_only=True) as uow:
        verdict = chain.verify(uow.session)
    assert (verdict.sound, verdict.rows) == (True, 4)
