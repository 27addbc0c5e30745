"""Where the demonstration lives: its own database, its own secrets, and nobody else's."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, inspect, select

from resettle.core.db import make_engine
from resettle.core.marks import Mark
from resettle.operations.keys import new_secrets
from resettle.settings import TOP, Settings

HOME = TOP / "var" / "demo"
MARK = "demo"
LOADING, LOADED = "loading", "loaded"


class NotOurs(Exception):
    """The database holds something that the demonstration did not put there."""


def settings(environment: Mapping[str, str], port: int = 8000) -> Settings:
    """Read settings for the demonstration at a port, whose secrets are made on first use."""
    given = {k: v for k, v in environment.items() if k.startswith("RESETTLE_")}
    HOME.mkdir(parents=True, exist_ok=True)
    made = {
        "RESETTLE_PRODUCTION": "false",
        "RESETTLE_PRIVACY_OFFICER": "Mere Tamihana",
        "RESETTLE_DATABASE_URL": f"sqlite:///{HOME / 'resettle.sqlite'}",
        "RESETTLE_STORAGE": str(HOME),
        "RESETTLE_PUBLIC_URL": f"http://localhost:{port}",
        "RESETTLE_MAIL_FROM": "resettle <reminders@demo.test>",
        "RESETTLE_MAIL_FOLDER": str(HOME / "mail"),
        **_secrets(HOME / "secrets"),
    }
    return Settings.from_environment({**made, **given})


def _secrets(path: Path) -> dict[str, str]:
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("\n".join(f"{name}={value}" for name, value in new_secrets().items()))
    lines = path.read_text().splitlines()
    return dict(line.split("=", maxsplit=1) for line in lines)


@contextmanager
def hurried(engine: Engine) -> Iterator[None]:
    """Let SQLite not wait for the disk while the data is loaded.

    A load that is broken off, by a power cut too, is thrown away; everything after it waits.
    """

    def hurry(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    if engine.dialect.name == "sqlite":
        engine.dispose()
        event.listen(engine, "connect", hurry)
    yield
    if engine.dialect.name == "sqlite":
        event.remove(engine, "connect", hurry)
        engine.dispose()


def state(url: str) -> str | None:
    """Tell whether the demonstration is loaded, loading, or not there yet (None).

    Raises NotOurs if there are tables, and no mark that they are the demonstration's.
    """
    engine = make_engine(url)
    try:
        found = _state(engine)
    except NotOurs:
        if str(HOME) in url:  # broken off before it was marked
            return LOADING
        raise
    else:
        return found
    finally:
        engine.dispose()


def _state(engine: Engine) -> str | None:
    tables = {*inspect(engine).get_table_names()}
    if not tables:
        return None
    if Mark.__tablename__ in tables:
        with engine.connect() as connection:
            value = connection.scalar(select(Mark.value).where(Mark.name == MARK))
        if value is not None:
            return value
    raise NotOurs(
        "This database is not the demonstration's own, so nothing was touched. "
        "Leave RESETTLE_DATABASE_URL unset, or name an empty database."
    )
