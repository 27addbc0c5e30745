"""What each database role may do on PostgreSQL, so that no process may more than it must.

Three roles that nobody signs in as; whoever signs in is made a member of one. `resettle_service`
reads and writes rows, but to the trail it only adds; it changes no tables. `resettle_reader` sees
figures about the machinery and households, and nothing that tells of a person. `resettle_backup`
reads everything and writes nothing. Migrations run as the owner of the tables.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Engine, Table

from resettle.core.audit import AuditEntry, AuditSeen
from resettle.core.classes import DataClass
from resettle.core.db import Base

SERVICE, READER, BACKUP = "resettle_service", "resettle_reader", "resettle_backup"
ROLES = (SERVICE, READER, BACKUP)
TRAIL = (AuditEntry.__table__, AuditSeen.__table__)
ADD_ONLY, ALL = "SELECT, INSERT", "SELECT, INSERT, UPDATE, DELETE"
VERSION = "alembic_version"
TELLS_OF_NOBODY = frozenset({DataClass.OPS, DataClass.PROFILE})


def statements() -> Sequence[str]:
    """Write the roles and their privileges as SQL; run again, it says the same."""
    everyone = ", ".join(ROLES)
    return [
        *map(_role, ROLES),
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {everyone}",
        f"GRANT USAGE ON SCHEMA public TO {everyone}",
        f"GRANT SELECT ON {VERSION} TO {everyone}",
        *_grants(),
    ]


def _role(name: str) -> str:
    # Two who make the same role at once: the second finds it there.
    return (
        f"DO $$ BEGIN CREATE ROLE {name} NOLOGIN; "
        "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    )


def _grants() -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        may = ADD_ONLY if table in TRAIL else ALL
        yield f"GRANT {may} ON {_named(table)} TO {SERVICE}"
        yield f"GRANT SELECT ON {_named(table)} TO {BACKUP}"
        yield f"GRANT SELECT ({', '.join(_shown(table))}) ON {_named(table)} TO {READER}"


def _named(table: Table) -> str:
    return f'"{table.name}"'


def _shown(table: Table) -> list[str]:
    return [f'"{c.name}"' for c in table.columns if c.info["class"] in TELLS_OF_NOBODY]


def apply(engine: Engine) -> None:
    """Make the roles, and give them what they may do, all at once."""
    with engine.begin() as connection:
        for statement in statements():
            connection.exec_driver_sql(statement)


def exist(engine: Engine) -> bool:
    """Say whether the roles are kept here, and so have to follow each change of the tables."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{SERVICE}'")  # noqa: S608  # a name of ours
        return found.first() is not None
