"""Many values as one parameter: a statement is the same however many there are.

`column IN (:a, :b, ...)` is another statement for each number of values: it is spelt out, read by
the driver and planned anew each time. One parameter that holds them all is prepared once.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Dialect, Select, String, TypeDecorator, bindparam, column, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

POSTGRESQL = "postgresql"


def among(name: str, type_: Any) -> Select[Any]:
    """Give a select of the values of one parameter, for `column.in_()`."""
    held: Any = _Held(bindparam(name, type_=Several(type_)))
    # SQLite names the column so; PostgreSQL calls it as the table is called.
    values = held.table_valued(column("value", type_), name="value")
    return select(values.c.value).correlate(None)


class Several(TypeDecorator[Collection[Any]]):
    """Several ids or words: an array on PostgreSQL, a list in JSON on SQLite."""

    impl = String()
    cache_ok = True

    def __init__(self, of: Any) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(ARRAY(self.of) if dialect.name == POSTGRESQL else String())

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> Any:
        values = [*(value or ())]
        if dialect.name == POSTGRESQL:
            return values
        return orjson.dumps([_kept(each) for each in values]).decode()


def _kept(value: Any) -> Any:
    """Write an id as SQLite keeps it."""
    return value.hex if isinstance(value, UUID) else value


class _Held(FunctionElement[Any]):
    """The values that a parameter holds, one in each row."""

    inherit_cache = True
    name = "held"


@compiles(_Held, POSTGRESQL)
def _unnest(element: Any, compiler: Any, **given: Any) -> str:
    return f"unnest({compiler.process(element.clause_expr.element, **given)})"


@compiles(_Held)
def _json_each(element: Any, compiler: Any, **given: Any) -> str:
    return f"json_each({compiler.process(element.clause_expr.element, **given)})"
