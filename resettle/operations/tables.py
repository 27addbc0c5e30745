"""The tables of a database, brought up to a release or taken down."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, String, column, inspect, select, table
from sqlalchemy.exc import OperationalError

from resettle.core.db import make_engine
from resettle.core.late import alembic_commands, alembic_settings
from resettle.operations import indexes, planning, roles
from resettle.settings import TOP

VERSION = table("alembic_version", column("version_num", String))
TRIES = 5
PAUSE_SECONDS = 10.0
LOCK_SECONDS = 5
NO_LOCK = "55P03"


class Held(Exception):
    """Somebody else holds a table that a migration wants to change."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else holds a lock on a table that is to be changed, so nothing more was "
            "changed. What is done stays done: end that work, and run this again."
        )


def migrate(url: str, revision: str = "head") -> None:
    """Bring the tables of a database up to a revision; its indexes are mended, its roles follow."""
    alembic_commands.upgrade(alembic_config(url), revision)
    if revision != "head":
        return
    with opened(url) as engine:
        if url.startswith("sqlite"):
            with engine.begin() as connection:
                planning.learn(connection)
            return
        indexes.mend(engine)
        if roles.exist(engine):
            roles.apply(engine)


def upgrade(
    url: str, revision: str, tell: Callable[[str], None], pause: float = PAUSE_SECONDS
) -> None:
    """Bring the tables up while the service runs. Raises Held if a lock cannot be had.

    A migration that waits for a lock makes everybody else wait behind it, so it gives up after
    seconds, lets the others through, and comes back.
    """
    for left in reversed(range(TRIES)):
        try:
            return migrate(url, revision)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != NO_LOCK:
                raise
            if not left:
                raise Held from error
        tell("A table is in use; letting the others through, then trying again ...")
        time.sleep(pause)
    return None


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Open a database for a command, as whoever the address names."""
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def empty(url: str) -> None:
    """Take the tables of a database down, and all that is in them."""
    alembic_commands.downgrade(alembic_config(url), "base")


def alembic_config(url: str) -> "alembic_settings.Config":
    config = alembic_settings.Config(TOP / "setup.cfg")
    config.set_main_option("script_location", str(TOP / "migrations"))
    config.attributes["url"] = url
    config.attributes["lock_seconds"] = LOCK_SECONDS
    return config


def newest() -> str:
    """Name the revision that this release wants: its migrations stand in one line, numbered."""
    return max(path.stem for path in (TOP / "migrations" / "versions").glob("[0-9]*.py"))


def present(engine: Engine) -> str | None:
    """Name the revision that a database is at; None where nothing was ever brought up."""
    with engine.connect() as connection:
        return at(connection)


def at(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION.name):
        return None
    return connection.scalar(select(VERSION.c.version_num))
