"""Who was erased is nowhere to be read: the planted world is searched, table by table."""

import pytest
from sqlalchemy import select

from resettle.core.actor import SYSTEM
from resettle.core.db import Base
from resettle.core.errors import NotFound
from resettle.core.sealed import sealed_names
from resettle.operations import erasing
from tests.clock import NOW

pytestmark = [pytest.mark.every_way, pytest.mark.timeout(300)]
ERASED = "main"
# Codes of a list, which tell of nobody once no name is left; and what strikes a place.
NOBODYS = {
    "contact_note.language",
    "crisis.closing_note",
    "crisis.reason",
    "dwelling.heating",
    "log_entry.language",
    "sponsorship_answer.language",
    "support_plan.language",
}


def in_the_open(connection) -> str:
    """Give every value of every table as it lies there."""
    tables = Base.metadata.sorted_tables
    return "\n".join(str(row) for table in tables for row in connection.execute(select(table)))


def opened(transactions) -> str:
    """Give every sealed value that still opens."""
    with transactions.begin(SYSTEM, "tests:read", read_only=True) as uow:
        return "\n".join(
            str(value)
            for mapper in Base.registry.mappers
            for name in sealed_names(mapper.class_)
            for row in uow.session.scalars(
                select(mapper.class_).execution_options(covered=frozenset({mapper.class_}))
            )
            if (value := _open(row, name)) is not None
        )


def _open(row, name):
    try:
        return getattr(row, name)
    except (LookupError, NotFound):
        return None


def read(stage) -> set[str]:
    """Name every column in which a canary of the household can be read."""
    told = in_the_open(stage.sender.connection)
    told += opened(stage.sender.app.extensions["transactions"])
    marks = [m for m in stage.made.canaries.marks.values() if m.household == ERASED]
    return {mark.place for mark in marks if mark.text in told}


def test_no_column_tells_of_an_erased_household(stage):
    household_id = stage.made.households[ERASED][""]["household_id"]
    with stage.sender.undone():
        before = read(stage)

        erasing.erase(stage.sender.connection, household_id, NOW)

        left = read(stage)
    assert len(before) > 100
    assert left == NOBODYS
