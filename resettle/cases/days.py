"""Days between two dates, counted by either database."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class days_between(GenericFunction[int]):  # noqa: N801  # a function of the database
    """How many days lie from the first date to the second."""

    type = Integer()
    inherit_cache = True


@compiles(days_between)
def _subtract(element: days_between, compiler: SQLCompiler, **options: Any) -> str:
    first, second = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({second} - {first})"


@compiles(days_between, "sqlite")
def _subtract_in_sqlite(element: days_between, compiler: SQLCompiler, **options: Any) -> str:
    first, second = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)"
