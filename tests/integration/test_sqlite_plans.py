"""SQLite knows what is rare in its tables, and keeps nobody's name to know it."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import insert, select

from resettle.app import create_app
from resettle.core.actor import SYSTEM
from resettle.core.db import make_engine
from resettle.operations import retention
from resettle.operations.keys import new_secrets
from resettle.operations.planning import learn
from resettle.operations.tables import migrate, opened
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.placements.seen import runs
from resettle.settings import Settings

CANARY = "5e1f0f3a9c"
NOW = datetime(2026, 3, 2, tzinfo=UTC)
MATCHES = 400


@pytest.fixture
def filled(tmp_path):
    """Give a database in which all matches run, two to a group."""
    url = f"sqlite:///{tmp_path}/resettle.sqlite"
    migrate(url)
    engine = make_engine(url)
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(insert(Sponsorship.__table__), [a_match(n) for n in range(MATCHES)])
        connection.commit()
    yield engine
    engine.dispose()


def a_match(number: int) -> dict[str, object]:
    return {
        "id": UUID(int=number),
        "group_id": UUID(int=number // 2),
        "household_id": UUID(int=MATCHES + number),
        "route": CANARY,
        "status": SponsorshipStatus.CONFIRMED,
        "persons": 4,
        "proposed_on": date(2026, 1, 5),
        "reasons": [],
        "created_at": NOW,
        "updated_at": NOW,
        "version": 1,
    }


def test_the_matches_of_a_group_are_looked_up_by_the_group(filled):
    assert "status" in way_to(filled)

    with filled.begin() as connection:
        learn(connection)
    filled.dispose()

    assert "group_id" in way_to(filled)


def test_what_it_keeps_are_averages(filled):
    with filled.begin() as connection:
        learn(connection)
        kept = connection.exec_driver_sql("SELECT idx, stat FROM sqlite_stat1").all()

    assert ("ix_sponsorship_group_id", "400 2") in [*map(tuple, kept)]
    assert CANARY not in str(kept)
    assert str(UUID(int=MATCHES).hex) not in str(kept)


def test_a_new_release_learns_anew(tmp_path):
    url = f"sqlite:///{tmp_path}/resettle.sqlite"

    migrate(url)

    with opened(url) as engine, engine.connect() as connection:
        looked_at = connection.exec_driver_sql("SELECT tbl FROM sqlite_stat1").scalars().all()
    assert "alembic_version" in looked_at


def test_each_night_it_learns_anew(tmp_path):
    url = f"sqlite:///{tmp_path}/resettle.sqlite"
    migrate(url)
    settings = {**new_secrets(), "RESETTLE_DATABASE_URL": url, "RESETTLE_PRODUCTION": "false"}
    transactions = create_app(Settings.from_environment(settings)).extensions["transactions"]

    with transactions.begin(SYSTEM, "worker:begin") as uow:
        retention.expect_night(uow)
    with transactions.begin(SYSTEM, "retention") as uow:
        retention.every_night(uow, {})

    with opened(url) as engine, engine.connect() as connection:
        looked_at = connection.exec_driver_sql("SELECT tbl FROM sqlite_stat1").scalars().all()
    assert "job" in looked_at


def way_to(engine) -> str:
    """Name the index by which a group's matches are found."""
    of_group = select(Sponsorship.id).where(Sponsorship.group_id.in_([UUID(int=7)]), runs())
    asked = of_group.compile(engine, compile_kwargs={"literal_binds": True})
    with engine.connect() as connection:
        return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").all()[0])
