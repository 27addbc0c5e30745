"""Work that the database has undone is done again, three times at most."""

import pytest
from psycopg import errors
from sqlalchemy.exc import OperationalError

from resettle.core.limits import Limits, retried
from resettle.settings import is_in_the_clear

DEADLOCK = errors.DeadlockDetected("they wait for each other")
SERIALISATION = errors.SerializationFailure("it would not have been in order")
GONE = errors.AdminShutdown("the server is stopping")


def failing(*faults: Exception):
    """Make an act that fails in these ways, one after the other, and then holds."""
    left = [*faults]
    tries = []

    def act() -> str:
        tries.append(1)
        if left:
            raise OperationalError("a statement", {}, left.pop(0))
        return "done"

    return act, tries


@pytest.mark.parametrize("faults", [(), (DEADLOCK,), (SERIALISATION, DEADLOCK, SERIALISATION)])
def test_what_the_database_asks_for_again_is_done_again(faults):
    act, tries = failing(*faults)

    assert retried(act) == "done"
    assert len(tries) == len(faults) + 1


def test_it_is_told_after_three_more_tries():
    act, tries = failing(*[DEADLOCK] * 9)

    with pytest.raises(OperationalError):
        retried(act)
    assert len(tries) == 1 + 3


@pytest.mark.parametrize("fault", [GONE, ValueError("not of PostgreSQL")])
def test_other_faults_are_told_at_once(fault):
    act, tries = failing(fault)

    with pytest.raises(OperationalError):
        retried(act)
    assert len(tries) == 1


def test_what_the_address_asks_for_comes_after_the_limits():
    limits = Limits(statement_seconds=3)

    given = limits.connecting("postgresql+psycopg://a@b/c?options=-c work_mem=1MB")["options"]

    assert given.startswith("-c statement_timeout=3000 ")
    assert given.endswith(" -c work_mem=1MB")


@pytest.mark.parametrize(
    ("url", "clear"),
    [
        ("sqlite:///var/resettle.sqlite", False),
        ("postgresql+psycopg://resettle@localhost/resettle", False),
        ("postgresql+psycopg:///resettle?host=/var/run/postgresql", False),
        ("postgresql+psycopg://resettle@db.example.org.nz/resettle", True),
        ("postgresql+psycopg://resettle@db.example.org.nz/resettle?sslmode=prefer", True),
        ("postgresql+psycopg://resettle@db.example.org.nz/resettle?sslmode=verify-full", False),
        ("postgresql+psycopg://resettle@/resettle?host=127.0.0.1:5432&host=db-b:5432", True),
        ("postgresql+psycopg://resettle@/r?host=db-a,db-b&sslmode=require", False),
        ("postgresql+psycopg://resettle@/r?host=127.0.0.1:5432&host=127.0.0.1:5433", False),
        ("no address", False),
    ],
)
def test_a_network_that_others_may_read(url, clear):
    assert is_in_the_clear(url) is clear
