"""A database full of people goes down and up again: nothing that is stored stands in the way."""

import pytest
from alembic import command
from sqlalchemy import Engine, func, inspect, select

from resettle.app import create_app
from resettle.core.audit import AuditEntry
from resettle.core.db import Base
from resettle.demo import story
from resettle.households.models import Person
from resettle.milestones.models import Milestone
from resettle.settings import Settings

SOME = (("quota", "SUPPORT_INTENSIVE"), ("cors", "SETTLING"))


@pytest.fixture
def filled(migrated, empty):
    """Put some of the demonstration's world into a database that the migrations made."""
    app = create_app(Settings.for_tests(empty.url))
    plans = {(plan.stream.value, plan.target): plan for plan in story.households_planned()}
    story.load(app.extensions["transactions"], [].append, [plans[wanted] for wanted in SOME])
    app.extensions["engine"].dispose()
    return migrated


def rows(engine: Engine, model: type[Base]) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(model)) or 0


def test_it_goes_down_and_up_again(filled, engine):
    assert rows(engine, Person) > 3
    assert rows(engine, Milestone) > 20
    assert rows(engine, AuditEntry) > 100

    filled(command.downgrade, "base")
    filled(command.upgrade, "head")

    assert {*inspect(engine).get_table_names()} >= {*Base.metadata.tables}
    assert rows(engine, Person) == 0


def test_an_upgrade_of_what_is_at_the_head_keeps_every_row(filled, engine):
    before = {model: rows(engine, model) for model in (Person, Milestone, AuditEntry)}

    filled(command.upgrade, "head")

    assert {model: rows(engine, model) for model in before} == before
