"""Imports ask who acts, which programme is in force, and whether the file came in meanwhile."""

from collections import Counter
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, datetime
from random import Random
from string import ascii_lowercase
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.db import Base
from resettle.core.errors import Forbidden, Invalid
from resettle.interchange import rules, service, storing
from resettle.interchange.acts import ImportFile
from resettle.interchange.models import ImportBatch
from tests.functional.case_files import caseworker, sample
from tests.unit import errf_files as made

IMPORT = "import:commit"
# One of each file or year, however many cases.
OF_FILES = {"import_batch", "reference_counter"}


def families(cases):
    """Make a file of so many cases, none of whose people have the name of another."""
    root = made.v4(people=2, cases=cases)
    chance = Random(1)
    for person in root.iter("dataIndividual"):
        for tag in ("FamilyName", "GivenName"):
            person.find(tag).text = "".join(chance.choices(ascii_lowercase, k=12))
    return root


def each_by_itself(root):
    """Give a file of its own for each case of one."""
    for case in root.findall("CASE"):
        alone = ET.Element(root.tag)
        alone.append(deepcopy(root.find("RRFBATCHTYPE")))
        alone.append(deepcopy(case))
        alone.find("RRFBATCHTYPE/GroupIndividualIndicator").text = "Single Submission"
        yield made.written(alone)


class Undone(Exception):  # not an error: the end of a trial
    """Nothing of it is to be kept."""


def stored(transactions, worker, *files):
    """Take files in, count the rows of each table and what the trail would say, and undo it."""
    with suppress(Undone), transactions.begin(worker, IMPORT) as uow:
        before = rows_by_table(uow)
        for data in files:
            service.import_file(uow, data, ImportFile())
        uow.settle()
        trail = Counter(
            (row["change"], row["resource"], *row["fields"], *row["classes"], *counted(row))
            for row in uow.session.info["audit"].rows
            if row["resource"] != "ImportBatch"
        )
        made_now = {name: count - before[name] for name, count in rows_by_table(uow).items()}
        raise Undone
    return made_now, trail


def rows_by_table(uow):
    uow.session.flush()
    connection = uow.session.connection()
    tables = [table for name, table in Base.metadata.tables.items() if name not in OF_FILES]
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) for table in tables
    }


def counted(row):
    return row["household_ref"] is not None, len(row["person_refs"])


def statements(transactions, worker, data):
    """Count what is asked of the database to take a file in."""
    said = []
    with suppress(Undone), transactions.begin(worker, IMPORT) as uow:
        connection = uow.session.connection()
        event.listen(connection, "before_cursor_execute", lambda *given: said.append(given[2]))
        service.import_file(uow, data, ImportFile())
        count = len(said)
        raise Undone
    return count


class TestImportFile:
    def test_a_programme_must_be_in_force(self, transactions, clock):
        worker = caseworker(transactions)
        clock.move_to(datetime(2016, 3, 2, tzinfo=UTC))

        with transactions.begin(worker, IMPORT) as uow, pytest.raises(Invalid) as refusal:
            service.import_file(uow, sample("V3-TEST.xml"), ImportFile(programme="cors"))

        assert "No version of cors is in force" in refusal.value.errors["programme"][0]

    @pytest.mark.parametrize("act", [service.check, service.import_file, service.keep_upload])
    @pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.SPONSOR_COORDINATOR])
    def test_is_for_caseworkers(self, transactions, act, role):
        given = {
            service.check: (b"",),
            service.import_file: (b"", ImportFile()),
            service.keep_upload: ("case.xml", b""),
        }

        with transactions.begin(Actor(role, uuid4()), IMPORT) as uow, pytest.raises(Forbidden):
            act(uow, *given[act])

    def test_two_at_once_cannot_both_bring_a_file(self, transactions):
        data = sample("V3-TEST.xml")
        with transactions.begin(SYSTEM, IMPORT) as uow:
            batch = service.import_file(uow, data, ImportFile())
        facts = {
            column.name: getattr(batch, column.name)
            for column in ImportBatch.__table__.columns
            if column.name != "id"
        }

        with pytest.raises(IntegrityError), transactions.begin(SYSTEM, IMPORT) as uow:
            uow.add(ImportBatch(**facts))

        assert batch.sha256 == rules.sha256(data)

    def test_cases_of_one_file_are_stored_as_each_by_itself_would_be(self, transactions):
        root, worker = families(3), caseworker(transactions)

        together = stored(transactions, worker, made.written(root))

        assert together == stored(transactions, worker, *each_by_itself(root))
        assert together[0]["household"] == 3
        assert together[0]["person"] == 6

    def test_a_further_case_asks_nothing_further_of_the_database(self, transactions):
        worker = caseworker(transactions)
        few, many = (made.written(families(cases)) for cases in (3, 23))
        statements(transactions, worker, few)

        assert statements(transactions, worker, many) == statements(transactions, worker, few)

    def test_no_case_is_left_out_between_two_loads(self, transactions, monkeypatch):
        monkeypatch.setattr(storing, "AT_ONCE", 2)
        root, worker = families(5), caseworker(transactions)

        made_now, _ = stored(transactions, worker, made.written(root))

        assert (made_now["household"], made_now["person"], made_now["imported_case"]) == (5, 10, 5)
