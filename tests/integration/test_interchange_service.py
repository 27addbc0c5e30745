"""Imports ask who acts, which programme is in force, and whether the file came in meanwhile."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.errors import Forbidden, Invalid
from resettle.interchange import rules, service
from resettle.interchange.acts import ImportFile
from resettle.interchange.models import ImportBatch
from tests.functional.case_files import caseworker, sample

IMPORT = "import:commit"


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
