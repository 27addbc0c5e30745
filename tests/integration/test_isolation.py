"""The tests' own floor: what one test writes, no other test finds."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from resettle.core.actor import SYSTEM
from resettle.core.audit import AuditEntry
from resettle.core.db import Base
from resettle.core.jobs import Job
from resettle.core.work import Transactions
from tests.clock import NOW
from tests.wiping import wipe


def leave_a_job(transactions: Transactions) -> None:
    with transactions.begin(SYSTEM, "tests:isolation") as uow:
        uow.later("nobody-runs-this")
        uow.acted("test")


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect().execution_options(read_only=True) as connection:
        tables = Base.metadata.sorted_tables
        return {t.name: len(connection.execute(select(t)).all()) for t in tables}


def test_what_is_committed_in_a_test_stays_in_its_transaction(app, transactions):
    leave_a_job(transactions)

    with transactions.begin(SYSTEM, "tests:isolation", read_only=True) as uow:
        assert [job.run_after for job in uow.session.scalars(select(Job))] == [NOW]
    assert not any(rows(app.extensions["engine"]).values())


def test_wiping_empties_every_table_and_keeps_the_trail_append_only(committed_app):
    engine = committed_app.extensions["engine"]
    leave_a_job(committed_app.extensions["transactions"])
    assert rows(engine)["audit_entry"] == 1

    wipe(engine)

    assert not any(rows(engine).values())
    leave_a_job(committed_app.extensions["transactions"])
    with engine.begin() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(AuditEntry.__table__.delete())


def test_the_clock_is_set_by_the_test(transactions, clock):
    clock.forward(days=3)

    with transactions.begin(SYSTEM, "tests:isolation") as uow:
        assert (uow.now - NOW).days == 3
