"""Every table says whose it is, and every column how dangerous it is."""

import pytest
from sqlalchemy import Column, Table, UniqueConstraint

import resettle.app  # noqa: F401  # brings every model into the metadata
from resettle.core.classes import SEALED, DataClass, Held
from resettle.core.db import Base
from resettle.core.sealed import SealedBytes
from resettle.policy.scopes import SCOPES, UNSCOPED

MODELS = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda m: m.__name__)
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


@each_model
def test_every_table_is_scoped_or_declared_unscoped(model):
    assert (model in SCOPES) != (model.__tablename__ in UNSCOPED), (
        f"{model.__name__}: give it a scope in policy/scopes.py, or a reason there in UNSCOPED."
    )


def test_nothing_is_scoped_or_excused_that_is_no_table():
    assert {*SCOPES} <= {*MODELS}
    assert {*UNSCOPED} <= {*Base.metadata.tables}


@each_model
def test_every_table_has_its_line_in_the_data_map(model):
    assert isinstance(getattr(model, "held", None), Held), (
        f"{model.__name__}: say about whom it is, how long it is kept and where it is exported."
    )


@each_model
def test_every_column_names_its_data_class(model):
    bare = [c.name for c in columns(model) if not isinstance(c.info.get("class"), DataClass)]

    assert not bare, f"{model.__name__}: give {bare} a data class (core/classes.py)."


@each_model
def test_what_must_be_sealed_is_sealed(model):
    clear = [
        c.name
        for c in columns(model)
        if c.info.get("class") in SEALED and not isinstance(c.type, SealedBytes)
    ]

    assert not clear, f"{model.__name__}: {clear} would lie in clear text: use core.sealed."


@each_model
def test_every_reference_is_indexed(model):
    table = model.__table__
    slow = [c.name for c in table.columns if c.foreign_keys and c not in leading(table)]

    assert not slow, f"{model.__name__}: index {slow}, or deleting and joining will scan."


def columns(model: type) -> list[Column[object]]:
    return list(model.__table__.columns)  # type: ignore[attr-defined]


def leading(table: Table) -> set[Column[object]]:
    """Give the columns with which an index or a key of the table begins."""
    unique = (k for k in table.constraints if isinstance(k, UniqueConstraint))
    ordered = [*table.indexes, *unique, table.primary_key]
    return {next(iter(part.columns)) for part in ordered if len(part.columns)}
