"""Many values as one parameter, on each engine."""

from uuid import UUID

import pytest
from sqlalchemy import Column, MetaData, String, Table, Uuid, event, select

from resettle.core.among import among
from resettle.core.db import make_engine

PETS = Table("pet", MetaData(), Column("id", Uuid(), primary_key=True), Column("name", String()))
IDS = [UUID(int=n) for n in range(1, 5)]
NAMES = ["Ash", "B'ea", 'C"in', "Də"]
BY_ID = select(PETS.c.name).where(PETS.c.id.in_(among("ids", Uuid()))).order_by(PETS.c.id)
BY_NAME = select(PETS.c.id).where(PETS.c.name.in_(among("names", String()))).order_by(PETS.c.id)
OTHERS = select(PETS.c.name).where(PETS.c.id.not_in(among("ids", Uuid()))).order_by(PETS.c.id)


@pytest.fixture
def pets(database):
    engine = make_engine(database.url)
    with engine.connect() as connection:
        PETS.create(connection)
        rows = [{"id": id_, "name": name} for id_, name in zip(IDS, NAMES, strict=True)]
        connection.execute(PETS.insert(), rows)
        yield connection
        connection.rollback()
    engine.dispose()


def names(pets, statement, **given):
    return [*pets.scalars(statement, given)]


@pytest.mark.parametrize("many", range(5))
def test_as_many_are_found_as_are_asked_for(pets, many):
    assert names(pets, BY_ID, ids=IDS[:many]) == NAMES[:many]
    assert names(pets, BY_NAME, names=NAMES[:many]) == IDS[:many]
    assert names(pets, OTHERS, ids=frozenset(IDS[:many])) == NAMES[many:]


def test_the_driver_is_given_the_same_words_for_every_number(pets):
    said = []
    event.listen(pets, "before_cursor_execute", lambda *given: said.append(given[2]))

    for many in range(5):
        names(pets, BY_ID, ids=IDS[:many])

    assert len(said) == 5
    assert len({*said}) == 1
