"""Scopes ask about the very row that they are asked for, however deep their questions nest."""

from uuid import UUID

import pytest
from sqlalchemy.dialects import postgresql

from resettle.core.actor import Actor, Duty, Role
from resettle.policy import relations
from tests.databases import BESIDE

SOMEBODY = frozenset({UUID(int=1)})
READERS = {
    role: Actor(
        role,
        user_id=UUID(int=2),
        person_id=UUID(int=3),
        group_ids=SOMEBODY,
        locations=frozenset({"PMR"}),
        duties=frozenset(Duty) if role is Role.CASEWORKER else frozenset(),
    )
    for role in Role
    if role is not Role.SYSTEM
}


def _asked(app, role):
    transactions = app.extensions["transactions"]
    with transactions.begin(READERS[role], "test", read_only=True) as uow:
        for model in sorted(transactions.policy.scoped_models, key=lambda model: model.__name__):
            yield model.__name__, uow.subquery(model, model.id)
        for relation in relations.ASKED.get(role, ()):
            yield relation.value, relations.BY_RELATION[relation](uow)


@pytest.mark.parametrize("role", READERS)
def test_no_scope_reads_a_table_beside_another(app, role):
    said = {
        name: str(query.compile(dialect=postgresql.dialect())) for name, query in _asked(app, role)
    }

    assert [name for name, sql in said.items() if BESIDE.search(sql)] == []
    assert said
