"""From a refused constraint to its sentence: the two databases name constraints differently."""

from collections.abc import Mapping

from sqlalchemy import CheckConstraint, Table, UniqueConstraint

from resettle.core.db import Base


class UnknownConstraint(RuntimeError):
    """A sentence stands for a constraint that no table has."""


def told(sentences: Mapping[str, str]) -> dict[str, str]:
    """Map what the databases say to sentences: names, and for SQLite the columns of a unique.

    Raises UnknownConstraint if a name is no constraint of ours, so that no sentence goes stale.
    """
    columns = dict(_names())
    found: dict[str, str] = {}
    for name, sentence in sentences.items():
        if name not in columns:
            raise UnknownConstraint(name)
        found[name] = sentence
        found |= {columns[name]: sentence} if columns[name] else {}
    return found


def _names() -> list[tuple[str, str]]:
    tables: list[Table] = list(Base.metadata.tables.values())
    uniques = [
        (str(c.name), _columns(table, [column.name for column in c.columns]))
        for table in tables
        for c in table.constraints
        if isinstance(c, UniqueConstraint)
    ]
    checks = [
        (str(c.name), "")
        for table in tables
        for c in table.constraints
        if isinstance(c, CheckConstraint)
    ]
    indexes = [
        (str(index.name), _columns(table, [column.name for column in index.columns]))
        for table in tables
        for index in table.indexes
        if index.unique
    ]
    return uniques + checks + indexes


def _columns(table: Table, names: list[str]) -> str:
    """Write the columns as SQLite does when it refuses a unique."""
    return ", ".join(f"{table.name}.{name}" for name in names)
