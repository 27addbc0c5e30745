"""Filling a database with an invented country: the service's own tables, then those to compare.

Rows are sent in bulk (COPY on PostgreSQL), so that 100,000 households take minutes. What the
service seals is sealed here too, under keys of the households' own.
"""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, text

from bench import rows
from bench.world import TODAY, Country
from resettle.accounts import models as accounts
from resettle.accounts.credentials import digest
from resettle.core.crypto import Keyring
from resettle.core.permissions import Permission
from resettle.sponsors import models as sponsors

Row = rows.Row

PLAIN = Path(__file__).parent / "plain.sql"
BATCH = 2_000
NOW = rows.NOW
LATER = f"{datetime.now(UTC) + timedelta(days=300):%Y-%m-%d %H:%M:%S}.000000"
Say = Callable[[str], None]


class Keys(StrEnum):
    """The tokens under which the bench asks: rs_ and a name, of a user of each kind."""

    CASEWORKER = "rs_bench_caseworker"
    AGENCY = "rs_bench_agency"
    MANAGER = "rs_bench_manager"
    SPONSOR = "rs_bench_sponsor"


class Filler:
    """Sends rows of one table; what a row does not name has the default of its column."""

    def __init__(self, model: Any) -> None:
        self.table: Table = model.__table__
        self.defaults = {c.name: _default(c) for c in self.table.columns}
        self.names = [*self.defaults]

    def values(self, row: Row) -> list[Any]:
        return [row.get(name, default) for name, default in self.defaults.items()]


def _default(column: Any) -> Any:
    given = {"created_at": NOW, "updated_at": NOW, "version": 1}
    if column.name in given:
        return given[column.name]
    value = getattr(column.default, "arg", None)
    if callable(value):
        return "[]" if column.type.python_type is list else "{}"
    return getattr(value, "value", value)


class Sink:
    """Writes rows into a database, as quickly as its engine takes them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_postgresql = engine.dialect.name == "postgresql"

    def write(self, model: Any, given: Iterable[Row]) -> None:
        filler = Filler(model)
        left = iter(given)
        while batch := [filler.values(row) for row in islice(left, BATCH * 20)]:
            self._send(filler, batch)

    def _send(self, filler: Filler, batch: Sequence[Sequence[Any]]) -> None:
        columns = ", ".join(f'"{name}"' for name in filler.names)
        with self.engine.begin() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            if not self.is_postgresql:
                marks = ", ".join("?" * len(filler.names))
                sql = (
                    f"INSERT INTO {filler.table.name} ({columns}) VALUES ({marks})"  # our own names
                )
                raw.executemany(sql, batch)
                return
            sql = f"COPY {filler.table.name} ({columns}) FROM STDIN"
            with raw.cursor().copy(sql) as copy:
                for values in batch:
                    copy.write_row(values)

    def script(self, path: Path) -> None:
        """Run statements, each ended by a semicolon at the end of a line."""
        for statement in path.read_text().split(";\n"):
            body = "\n".join(line for line in statement.splitlines() if not line.startswith("--"))
            if body.strip():
                with self.engine.begin() as connection:
                    connection.execute(text(body))


def fill(engine: Engine, country: Country, keyring: Keyring, say: Say) -> None:
    """Fill an empty, migrated database; say how far it is."""
    started = time.monotonic()
    sink = Sink(engine)
    ids = _staff(sink, country)
    families = iter(country.families())
    done = 0
    while batch := [*islice(families, BATCH)]:
        for model, found in rows.of_families(batch, ids, keyring, country):
            sink.write(model, found)
        done += len(batch)
        say(f"  {done:7,} of {country.households:,} households, {time.monotonic() - started:.0f} s")
    sink.script(PLAIN)
    _settle(engine)
    say(f"  with the tables to compare: {time.monotonic() - started:.0f} s")


def _settle(engine: Engine) -> None:
    """Do what a database in use has done to it: count its rows, and on PostgreSQL tidy them."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (ANALYZE)"))
        return
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))


def _staff(sink: Sink, country: Country) -> rows.Ids:
    workers = [country.id() for _ in range(country.caseworkers)]
    agency, manager, sponsor = country.id(), country.id(), country.id()
    groups = [country.id() for _ in range(country.groups)]
    roles = {**dict.fromkeys(workers, "caseworker"), agency: "caseworker"}
    roles |= {manager: "programme_manager", sponsor: "sponsor_coordinator"}
    sink.write(
        accounts.UserAccount,
        (
            {"id": id_, "email": f"u{n}@bench.invalid", "name": f"User {n}", "status": "active"}
            for n, id_ in enumerate(roles)
        ),
    )
    sink.write(
        accounts.RoleGrant,
        (
            {"id": country.id(), "user_id": id_, "role": role, "from_at": NOW}
            for id_, role in roles.items()
        ),
    )
    holders = {workers[0]: Keys.CASEWORKER, agency: Keys.AGENCY}
    holders |= {manager: Keys.MANAGER, sponsor: Keys.SPONSOR}
    sink.write(accounts.ApiToken, (_token(country, *each) for each in holders.items()))
    sink.write(sponsors.SponsorGroup, (_group(n, id_) for n, id_ in enumerate(groups)))
    sink.write(sponsors.SponsorMember, [_member(country, groups[0], sponsor)])
    return rows.Ids(workers, groups, agency)


def _token(country: Country, user_id: str, token: str) -> Row:
    scopes = json.dumps(sorted(Permission))
    given = {"user_id": user_id, "name": "bench", "token_hash": digest(token), "auth_epoch": 1}
    return {"id": country.id(), **given, "scopes": scopes, "made_at": NOW, "expires_at": LATER}


def _group(number: int, id_: str) -> Row:
    code, version = rows.PROGRAMMES[True]
    return {
        "id": id_,
        "legal_name": f"Group {number}",
        "entity_type": "incorporated_society",
        "location": "WLG",
        "programme_code": code,
        "programme_version": version,
        "status": "ACTIVE",
        "status_since": TODAY.isoformat(),
        "status_at": NOW,
    }


def _member(country: Country, group_id: str, user_id: str) -> Row:
    given = {"id": country.id(), "group_id": group_id, "user_id": user_id, "name": "Coordinator"}
    confirmed = {
        "confirmed_by_group_by": user_id,
        "confirmed_by_group_at": NOW,
        "confirmed_by_manager_by": user_id,
        "confirmed_by_manager_at": NOW,
        "vetted_until": (TODAY + timedelta(days=300)).isoformat(),
    }
    return {**given, **confirmed, "roles": '["coordinator"]', "joined_on": "2020-01-01"}
