"""What a column of a question tells: an aggregate, or something of one person."""

from typing import Any

from sqlalchemy.sql import visitors
from sqlalchemy.sql.functions import FunctionElement

from resettle.core.classes import DataClass

HARMLESS = frozenset({DataClass.OPS, DataClass.PROFILE, DataClass.PLAN})


def aggregates(column: Any) -> bool:
    return any(isinstance(part, FunctionElement) for part in visitors.iterate(column.expression))


def tells(column: Any) -> bool:
    """Say whether a column to group by would tell of one person."""
    return not (found := classes(column)) or not found <= HARMLESS


def classes(column: Any) -> set[DataClass]:
    """Name the data classes of all that a column is made of."""
    infos = [getattr(part, "info", {}) for part in visitors.iterate(column.expression)]
    return {info["class"] for info in infos if "class" in info}
