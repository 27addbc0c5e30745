"""What is true of PostgreSQL alone: limits, roles, commits that were not confirmed, upgrades."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError

from resettle.app import create_app
from resettle.cli import cli
from resettle.core import db
from resettle.core.actor import SYSTEM
from resettle.core.db import make_engine
from resettle.core.errors import Unconfirmed
from resettle.core.limits import Limits, retried
from resettle.core.marks import Mark
from resettle.operations import roles, tables
from resettle.operations.keys import new_secrets
from resettle.settings import Settings
from tests.databases import closing_engine

FIRST, SECOND = "0001_create_trail_jobs_and_keys", "0002_create_accounts"
WARN_AT_COMMIT = """
CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE WARNING 'canceling wait for synchronous replication'; RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER warn AFTER INSERT ON mark DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION warn();
"""


@pytest.fixture(scope="module")
def url(postgresql):
    tables.migrate(postgresql.url)
    return postgresql.url


@pytest.fixture
def app(url):
    app = create_app(Settings.for_tests(url, statement_seconds=7))
    yield app
    app.extensions["engine"].dispose()


def write(app, name: str) -> None:
    with app.extensions["transactions"].begin(SYSTEM, "tests:write") as uow:
        uow.session.add(Mark(name=name, value="written"))


def test_each_connection_of_the_service_has_its_limits(app):
    with app.extensions["engine"].connect() as connection:
        limit = connection.exec_driver_sql("SHOW statement_timeout").scalar_one()
        lock = connection.exec_driver_sql("SHOW lock_timeout").scalar_one()
        idle = connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar_one()

    assert (limit, lock, idle) == ("7s", "10s", "1min")


def test_a_statement_that_takes_too_long_is_ended(url):
    engine = make_engine(url, Limits(statement_seconds=1))
    with engine.connect() as connection, pytest.raises(OperationalError, match="timeout"):
        connection.exec_driver_sql("SELECT pg_sleep(30)")
    engine.dispose()


@pytest.mark.parametrize(("rest", "fails"), [(0.0, False), (60.0, True)])
def test_a_connection_that_has_rested_is_tried_before_it_is_used(app, monkeypatch, rest, fails):
    monkeypatch.setattr(db, "REST_SECONDS", rest)
    engine = app.extensions["engine"]
    with engine.connect() as one, engine.connect() as other:
        found = one.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        one.close()
        other.exec_driver_sql(f"SELECT pg_terminate_backend({found}, 5000)")

    def ask() -> int:
        with engine.connect() as connection:
            return connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()

    with pytest.raises(OperationalError) if fails else nullcontext():
        assert ask() != found


def test_a_commit_that_comes_back_with_a_warning_is_a_failure(app):
    with app.extensions["engine"].begin() as connection:
        connection.exec_driver_sql(WARN_AT_COMMIT)

    with pytest.raises(Unconfirmed):
        write(app, "one")
    with app.extensions["engine"].begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER warn ON mark")

    write(app, "two")


def test_it_is_told_as_503_by_name(app):
    @app.get("/unconfirmed")
    def unconfirmed() -> str:
        raise Unconfirmed

    answer = app.test_client().get("/unconfirmed")

    assert answer.status_code == 503
    assert "could not be confirmed on the second server" in answer.text


def test_of_two_that_wait_for_each_other_both_are_done(app):
    for name in ("left", "right"):
        write(app, name)
    together = threading.Barrier(2)
    met = threading.Event()

    def take(first: str, second: str) -> None:
        with app.extensions["transactions"].begin(SYSTEM, "tests:take") as uow:
            for name in (first, second):
                query = select(Mark).where(Mark.name == name).with_for_update()
                mark = uow.session.scalars(query).one()
                mark.value += f" {first}"
                uow.session.flush()
                if not met.is_set():
                    together.wait(5)
                    met.set()

    with ThreadPoolExecutor(2) as pool:
        orders = (("left", "right"), ("right", "left"))
        done = [pool.submit(retried, lambda o=order: take(*o)) for order in orders]
        assert [each.result() for each in done] == [None, None]

    with app.extensions["transactions"].begin(SYSTEM, "tests:look", read_only=True) as uow:
        both = select(Mark.value).where(Mark.name.in_(["left", "right"]))
        values = [sorted(value.split()) for value in uow.session.scalars(both)]
    assert values == [["left", "right", "written"]] * 2


@pytest.fixture(scope="module")
def engine(url):
    with closing_engine(url) as engine:
        roles.apply(engine)
        yield engine


class TestRoles:
    @pytest.mark.parametrize(
        ("role", "statement"),
        [
            ("resettle_service", "INSERT INTO mark VALUES ('a', 'b')"),
            ("resettle_service", "UPDATE mark SET value = 'c'"),
            ("resettle_service", "DELETE FROM mark"),
            ("resettle_service", "SELECT hash FROM audit_entry"),
            ("resettle_service", "SELECT version_num FROM alembic_version"),
            ("resettle_reader", "SELECT id, stream FROM household"),
            ("resettle_backup", "SELECT * FROM data_key"),
        ],
    )
    def test_it_may(self, engine, role, statement):
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SET ROLE {role}")
            connection.exec_driver_sql(statement)

    @pytest.mark.parametrize(
        ("role", "statement"),
        [
            ("resettle_service", "UPDATE audit_entry SET hash = ''"),
            ("resettle_service", "DELETE FROM audit_entry"),
            ("resettle_service", "TRUNCATE audit_entry"),
            ("resettle_service", "DROP TABLE mark"),
            ("resettle_service", "CREATE TABLE more (id int)"),
            ("resettle_service", "ALTER TABLE audit_entry DISABLE TRIGGER ALL"),
            ("resettle_service", "DELETE FROM alembic_version"),
            ("resettle_reader", "SELECT family_name FROM person"),
            ("resettle_reader", "SELECT wrapped FROM data_key"),
            ("resettle_reader", "SELECT password_hash FROM user_account"),
            ("resettle_reader", "INSERT INTO mark VALUES ('a', 'b')"),
            ("resettle_backup", "DELETE FROM mark"),
        ],
    )
    def test_it_may_not(self, engine, role, statement):
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SET ROLE {role}")
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
                connection.exec_driver_sql(statement)

    def test_they_follow_an_upgrade(self, engine, url):
        with engine.begin() as connection:
            connection.exec_driver_sql("REVOKE ALL ON mark FROM resettle_service")

        tables.migrate(url)

        with engine.connect() as connection:
            connection.exec_driver_sql("SET ROLE resettle_service")
            connection.exec_driver_sql("SELECT * FROM mark")

    def test_the_owner_cannot_change_the_trail_either(self, engine):
        with engine.connect() as connection, pytest.raises(Exception, match="append-only"):
            connection.exec_driver_sql("DELETE FROM audit_entry")


class TestCommands:
    @pytest.fixture
    def fresh(self, postgresql, databases):
        assert postgresql.engine == "postgresql"
        fresh = databases.fresh("postgresql")
        yield fresh.url
        databases.drop(fresh)

    @pytest.fixture
    def run(self, url):
        return self.running(url)

    def running(self, url):
        environment = {
            **new_secrets(),
            "RESETTLE_PRODUCTION": "false",
            "RESETTLE_DATABASE_URL": url,
        }
        return lambda *arguments: CliRunner().invoke(cli, arguments, env=environment)

    def test_the_roles_are_printed_or_made(self, run):
        printed = run("db", "roles").output
        made = run("db", "roles", "--apply")

        assert 'GRANT SELECT, INSERT ON "audit_entry" TO resettle_service;' in printed
        assert made.exit_code == 0, made.output

    def test_an_upgrade_gives_way_to_who_holds_a_table(
        self, fresh, postgresql, monkeypatch
    ):  # it says which engine
        run = self.running(fresh)
        monkeypatch.setattr(tables, "TRIES", 2)
        monkeypatch.setattr(tables, "LOCK_SECONDS", 1)
        monkeypatch.setattr(tables.upgrade, "__defaults__", (0.0,))
        tables.migrate(fresh, FIRST)
        plain = fresh.replace("+psycopg", "")
        with psycopg.connect(plain) as holder:
            holder.execute("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE")

            held = run("db", "upgrade", SECOND)

        assert held.exit_code == 1
        assert "letting the others through" in held.output
        assert "Somebody else holds a lock" in held.output
        assert run("db", "upgrade", SECOND).exit_code == 0
