"""The drill: what was backed up comes back whole on either engine, and who was erased does not."""

import dataclasses
import os

import pytest
from alembic import command
from click.testing import CliRunner
from sqlalchemy import select

from resettle.app import create_app
from resettle.cli import Service, cli
from resettle.core.actor import SYSTEM
from resettle.core.crypto import Unsealable
from resettle.core.db import Base
from resettle.core.sealed import DataKey
from resettle.core.storage import Shelf
from resettle.core.work import Transactions
from resettle.households.models import HouseholdMember, Person
from resettle.operations import backup, erasing, snapshots, tables
from resettle.operations.copying import columns_of, rows_out
from resettle.operations.restore import restore
from resettle.operations.sealing import Sealer, key_of, lines, new_pair
from resettle.people.models import Relative
from resettle.settings import Settings
from tests.world import a_household, a_member

pytestmark = pytest.mark.timeout(300)  # it makes whole databases, some of them twice
RECIPIENT, IDENTITY = new_pair()


@pytest.fixture
def running(databases, database, tmp_path):
    """Give a service on a database of its own."""
    fresh = databases.fresh(database.engine)
    settings = Settings.for_tests(
        fresh.url, storage=tmp_path / "storage", backup_recipient=RECIPIENT
    )
    app = create_app(settings)
    Base.metadata.create_all(app.extensions["engine"])
    command.stamp(tables.alembic_config(fresh.url), "head")
    yield app
    app.extensions["engine"].dispose()
    databases.drop(fresh)


@pytest.fixture
def empty(databases):
    made = []

    def empty(engine: str) -> str:
        made.append(databases.fresh(engine))
        return made[-1].url

    yield empty
    for database in made:
        databases.drop(database)


def settings_of(app) -> Settings:
    return app.extensions["settings"]


def transactions_of(app) -> Transactions:
    return app.extensions["transactions"]


def a_family(app, phone: str):
    """Put a household on record, with a person, a sealed number and a file."""
    with transactions_of(app).begin(SYSTEM, "arrange") as uow:
        household = a_household(uow)
        person = a_member(uow, household)
        uow.add(Relative(person_id=person.id, name=phone))
        uow.use(Shelf).storage.put(phone.encode())
        return person.id


def make(app, folder):
    return backup.make(transactions_of(app), app.extensions["engine"], folder, keep_days=35)


def everything(url: str):
    """Read all rows of a database, as texts, whatever the engine."""
    with tables.opened(url) as engine, snapshots.snapshot(engine) as connection:
        return {
            columns.table: sorted(
                str(sorted(zip(columns.names, row, strict=True)))
                for row in rows_out(connection, columns)
            )
            for columns in columns_of(connection, {"mark", "audit_entry", "audit_head"})
        }


def numbers(app) -> list[str]:
    with transactions_of(app).begin(SYSTEM, "look", read_only=True) as uow:
        return sorted(point.name for point in uow.all(uow.select(Relative)))


class TestDrill:
    def test_what_was_there_comes_back_on_either_engine(self, running, empty, tmp_path, database):
        for number in range(3):
            a_family(running, f"021 555 00{number}")
        made = make(running, tmp_path / "backups")

        for engine in {"sqlite", database.engine}:
            target = dataclasses.replace(
                settings_of(running),
                database_url=empty(engine),
                storage=tmp_path / f"restored-{engine}",
            )
            done = restore(target, tmp_path / "backups", IDENTITY)

            assert everything(target.database_url) == everything(settings_of(running).database_url)
            assert done.trail > 3
            assert done.documents == made.documents == 3
            again = create_app(target)
            assert numbers(again) == ["021 555 000", "021 555 001", "021 555 002"]
            again.extensions["engine"].dispose()

    def test_an_erased_person_does_not_come_back(self, running, empty, tmp_path):
        stays = a_family(running, "021 555 0001")
        goes = a_family(running, "021 555 0002")
        before = make(running, tmp_path / "backups")
        with transactions_of(running).begin(SYSTEM, "erase") as uow:
            of = select(HouseholdMember.household_id).where(HouseholdMember.person_id == goes)
            connection = uow.session.connection()
            erasing.erase(connection, connection.execute(of).scalar_one(), uow.now)
        make(running, tmp_path / "backups")

        target = dataclasses.replace(settings_of(running), database_url=empty("sqlite"))
        restore(target, tmp_path / "backups", IDENTITY, before.data)

        app = create_app(target)
        with transactions_of(app).begin(SYSTEM, "look", read_only=True) as uow:
            kept = {point.person_id: point.name for point in uow.all(uow.select(Relative))}
            names = {row.id: row.family_name for row in uow.all(uow.select(Person))}
            keys = {*uow.session.scalars(select(DataKey.owner_id))}
        assert kept == {stays: "021 555 0001", goes: None}
        assert names == {stays: "Haidari", goes: ""}
        assert stays in keys
        assert goes not in keys
        app.extensions["engine"].dispose()

    def test_writers_go_on_while_it_is_made(self, running, tmp_path):
        a_family(running, "021 555 0001")
        engine = running.extensions["engine"]

        with snapshots.snapshot(engine) as connection:
            data, _ = snapshots.tables_of(connection)
            points = next(columns for columns in data if columns.table == "relative")
            assert len([*rows_out(connection, points)]) == 1
            a_family(running, "021 555 0002")
            assert len([*rows_out(connection, points)]) == 1

        assert make(running, tmp_path / "backups").rows > 1


class TestCommands:
    @pytest.fixture
    def run(self, running):
        def run(*arguments, **changes):
            service = Service(dataclasses.replace(settings_of(running), **changes))
            return CliRunner().invoke(cli, [*map(str, arguments)], obj=service)

        return run

    def test_from_a_pair_of_keys_to_a_restored_service(self, running, run, empty, tmp_path):
        a_family(running, "021 555 0001")
        pair = run("keys", "backup", "--identity", tmp_path / "identity")
        recipient = pair.output.strip().removeprefix("RESETTLE_BACKUP_RECIPIENT=")
        folder = tmp_path / "backups"

        made = run("backup", folder, backup_recipient=recipient)
        back = run(
            "restore",
            folder,
            "--identity",
            tmp_path / "identity",
            database_url=empty("sqlite"),
            storage=tmp_path / "restored",
        )

        assert made.exit_code == back.exit_code == 0, made.output + back.output
        assert "restored and found whole" in made.output
        assert "the audit trail is sound" in back.output
        assert (tmp_path / "identity").stat().st_mode & 0o777 == 0o600

    def test_what_is_refused_is_said(self, running, run, empty, tmp_path):
        folder, identity = tmp_path / "backups", tmp_path / "identity"
        identity.write_text(IDENTITY)
        asked = ("restore", folder, "--identity", identity)

        assert "RESETTLE_BACKUP_RECIPIENT" in run("backup", folder, backup_recipient="").output
        assert "no backup key" in run("backup", folder, backup_recipient="short").output
        assert "no tables yet" in run("backup", folder, database_url=empty("sqlite")).output
        assert "is no backup in" in run(*asked, database_url=empty("sqlite")).output
        first = make(running, folder)
        assert "is not empty" in run(*asked).output
        (folder / backup.KEYS).rename(tmp_path / "older-keys")
        assert "is missing" in run(*asked, database_url=empty("sqlite")).output
        first.data.rename(tmp_path / "older-data")
        make(running, folder)
        (tmp_path / "older-keys").rename(folder / backup.KEYS)
        assert "is older than the data" in run(*asked, database_url=empty("sqlite")).output
        identity.write_text(new_pair()[1])
        assert run(*asked, database_url=empty("sqlite")).exit_code == 1

    def test_old_backups_are_let_go(self, running, tmp_path):
        folder = tmp_path / "backups"
        folder.mkdir()
        old = folder / "data-2020-01-01T000000Z.resettle"
        old.touch()
        os.utime(old, (0, 0))

        assert make(running, folder).forgotten == 1
        assert not old.exists()


class TestSealing:
    @pytest.fixture
    def sealed(self, tmp_path):
        file = tmp_path / "sealed"
        with file.open("wb") as raw:
            sealer = Sealer(raw, RECIPIENT)
            for number in range(200_000):
                sealer.write(os.urandom(8).hex().encode() + b"%d\n" % number)
            sealer.finish()
        return file

    def read(self, file):
        with file.open("rb") as raw:
            return sum(1 for _ in lines(raw, key_of(raw, IDENTITY)))

    def test_it_opens_with_the_other_half(self, sealed):
        assert self.read(sealed) == 200_000

    @pytest.mark.parametrize("place", [0, 20, 70, 300, -5, -2_000_000])
    def test_one_changed_byte_is_found(self, sealed, place):
        content = bytearray(sealed.read_bytes())
        content[place] ^= 1
        sealed.write_bytes(content)

        with pytest.raises(Unsealable):
            self.read(sealed)

    def test_a_tail_that_was_cut_is_found(self, sealed):
        content = sealed.read_bytes()
        first = 18 + 32 + 60
        length = int.from_bytes(content[first : first + 4])
        sealed.write_bytes(content[: first + 4 + length])

        with pytest.raises(Unsealable):
            self.read(sealed)
