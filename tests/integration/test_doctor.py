"""`resettle doctor` names what is wrong with an installation, whatever it is, and exits so."""

import dataclasses
import json
import shutil
import socketserver
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from alembic import command
from click.testing import CliRunner
from sqlalchemy import Engine

from resettle.app import create_app
from resettle.cli import Service, cli
from resettle.core.actor import SYSTEM
from resettle.core.clock import system_clock
from resettle.core.crypto import Keyring
from resettle.core.db import Base
from resettle.core.jobs import Job
from resettle.core.marks import Mark
from resettle.operations import doctor, surroundings, tables
from resettle.operations.findings import Health
from resettle.settings import Settings
from resettle.web.paper import FONTS
from tests.scanners import CLEAN, TOO_LONG, a_scanner
from tests.world import a_household

OTHER = b"o" * 32


@pytest.fixture(scope="module")
def sound(databases, tmp_path_factory):
    """Give the settings of an installation that has nothing wrong, one for each engine."""
    made: dict[str, Settings] = {}
    engines: list[Engine] = []

    def sound(engine: str) -> Settings:
        if engine not in made:
            made[engine] = _installed(databases.fresh(engine).url, tmp_path_factory)
        return made[engine]

    def _installed(url, folders) -> Settings:
        settings = Settings.for_tests(url, storage=folders.mktemp("storage"))
        app = create_app(settings)
        engines.append(app.extensions["engine"])
        Base.metadata.create_all(engines[-1])
        command.stamp(tables.alembic_config(url), "head")
        with app.extensions["transactions"].begin(SYSTEM, "arrange") as uow:
            household = a_household(uow)
            uow.session.info["vault"].key_for_writing(uow.session, household.id)
            uow.session.add(Mark(name=doctor.BACKED_UP, value=system_clock().isoformat()))
        return settings

    yield sound
    for engine in engines:
        engine.dispose()


@pytest.fixture
def settings(sound, database):
    return sound(database.engine)


@pytest.fixture
def told(settings):
    """Return a function that examines, and tells what is not well: about -> (health, sentence)."""

    def told(clock=system_clock, **changes):
        found = doctor.examine(dataclasses.replace(settings, **changes), clock)
        return {f.about: (f.health, f.sentence) for f in found if f.health}

    return told


@pytest.fixture
def changed(settings):
    """Run statements on the installation, and take them back by others at the end."""
    taken_back: list[str] = []

    def run(*statements: str) -> None:
        with tables.opened(settings.database_url) as engine, engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def changed(statement: str, back: str) -> None:
        taken_back.append(back)
        run(statement)

    yield changed
    run(*taken_back)


@pytest.fixture
def server():
    """Give a mail server that greets, and answers everything with yes."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 tests\r\n")
            for line in self.rfile:
                self.wfile.write(b"221 bye\r\n" if line.startswith(b"QUIT") else b"250 yes\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_nothing_is_wrong_with_a_sound_installation(told, server, database):
    found = told(smtp=server)

    # Tests own their tables and run without care for power cuts.
    assert {*found} <= {"roles", "durability"} if database.engine == "postgresql" else not found


class TestWrong:
    def test_a_database_that_is_not_there(self, told, tmp_path):
        health, sentence = told(database_url=f"sqlite:///{tmp_path}/no/folder.sqlite")["database"]

        assert health is Health.WRONG
        assert "cannot be reached" in sentence

    def test_tables_of_another_release(self, told, changed):
        newest = tables.newest()
        changed(
            "UPDATE alembic_version SET version_num = '0001_create_trail_jobs_and_keys'",
            f"UPDATE alembic_version SET version_num = '{newest}'",
        )

        health, sentence = told()["migrations"]

        assert health is Health.WRONG
        assert "run `resettle db upgrade`" in sentence

    def test_an_index_whose_building_was_stopped(self, told, changed, database):
        if database.engine == "postgresql":
            changed("DROP INDEX ix_job_due", "CREATE INDEX ix_job_due ON job (dead, run_after)")

            health, sentence = told()["migrations"]

            assert health is Health.WRONG
            assert "ix_job_due" in sentence

    def test_no_tables_at_all(self, told, tmp_path):
        assert (
            "at nothing" in told(database_url=f"sqlite:///{tmp_path}/new.sqlite")["migrations"][1]
        )

    def test_keys_of_another_installation(self, told, settings):
        keyring = Keyring({1: OTHER}, settings.keyring.index_key)

        assert "another installation" in told(keyring=keyring)["keys"][1]

    def test_a_master_key_that_was_taken_out_too_early(self, told, settings):
        keyring = Keyring({2: OTHER}, settings.keyring.index_key)

        assert "Master key 1 is not in" in told(keyring=keyring)["keys"][1]

    def test_a_trail_that_another_key_has_sealed(self, told, settings):
        keyring = Keyring(settings.keyring.masters, OTHER)

        assert told(keyring=keyring)["trail"][0] is Health.WRONG

    def test_a_clock_that_is_wrong(self, told):
        assert told(lambda: datetime(2020, 1, 1, tzinfo=UTC))["clock"][0] is Health.WRONG

    def test_invented_people_in_production(self, told, changed):
        changed(
            "INSERT INTO mark (name, value) VALUES ('demo', 'loaded')",
            "DELETE FROM mark WHERE name = 'demo'",
        )

        assert "invented people" in told(production=True)["database"][1]

    def test_a_folder_that_cannot_be_written(self, told, tmp_path):
        file = tmp_path / "file"
        file.touch()

        assert told(storage=file / "storage")["disk"][0] is Health.WRONG

    @pytest.mark.parametrize(
        ("name", "health"), [("TOO_LITTLE", Health.WRONG), ("LITTLE", Health.DOUBTFUL)]
    )
    def test_a_disk_that_is_full(self, told, monkeypatch, name, health):
        monkeypatch.setattr(surroundings, name, 2**60)

        assert told()["disk"][0] is health

    def test_a_mail_server_that_does_not_answer(self, told):
        assert told(smtp="127.0.0.1:1")["mail"][0] is Health.WRONG

    def test_a_mail_server_without_encryption(self, told, server, monkeypatch):
        monkeypatch.setattr(surroundings, "HERE", frozenset())

        assert told(smtp=server)["mail"][0] is Health.WRONG

    def test_a_mail_server_that_does_not_know_us(self, told, server):
        assert told(smtp=server, smtp_user="somebody")["mail"][0] is Health.WRONG

    @pytest.mark.parametrize(
        ("answer", "most", "said"),
        [
            (TOO_LONG, 1 << 19, "It does not take 1 MB, the largest document."),
            (b"", None, "It does not answer"),
        ],
    )
    def test_a_scanner_that_takes_less_than_may_be_filed_or_nothing(self, told, answer, most, said):
        with a_scanner(answer, most=most) as scanner:
            health, sentence = told(clamd=scanner.address, upload_mib=1)["scanner"]

        assert health is Health.WRONG
        assert said in sentence

    def test_a_scanner_that_takes_the_largest_document_is_well(self, told):
        with a_scanner(CLEAN) as scanner:
            assert "scanner" not in told(clamd=scanner.address, upload_mib=1)

        assert [len(content) for content in scanner.contents] == [1 << 20]

    def test_fonts_that_are_missing(self, told, monkeypatch, tmp_path):
        shutil.copytree(FONTS, tmp_path / "fonts")
        shutil.rmtree(tmp_path / "fonts" / "noto-sans-arabic")
        monkeypatch.setattr(surroundings, "FONTS", tmp_path / "fonts")

        assert "noto-sans-arabic" in told()["fonts"][1]

    def test_programme_files_with_faults(self, told, tmp_path):
        folder = tmp_path / "programmes" / "rqp"
        folder.mkdir(parents=True)
        (folder / "1.toml").write_text("not a programme")

        assert told(programmes=folder.parent)["programmes"][0] is Health.WRONG


class TestDoubtful:
    @pytest.fixture
    def job(self, settings):
        app = create_app(settings)
        transactions = app.extensions["transactions"]

        def job(**facts) -> None:
            with transactions.begin(SYSTEM, "arrange") as uow:
                due = uow.now - timedelta(hours=1)
                uow.session.add(Job(name="nothing", payload={}, run_after=due, **facts))

        yield job
        with transactions.begin(SYSTEM, "arrange") as uow:
            for row in uow.session.query(Job):
                uow.session.delete(row)
        app.extensions["engine"].dispose()

    def test_jobs_that_nobody_does(self, told, job):
        job()

        assert told()["worker"] == (
            Health.DOUBTFUL,
            "1 jobs are long due: start `resettle worker`.",
        )

    def test_jobs_that_were_set_aside(self, told, job):
        job(dead=True)

        assert "set aside" in told()["worker"][1]

    def test_an_old_backup(self, told, changed, settings):
        with tables.opened(settings.database_url) as engine, engine.connect() as connection:
            kept = connection.exec_driver_sql("SELECT value FROM mark WHERE name = 'backup'")
            kept = kept.scalar_one()
        changed(
            "UPDATE mark SET value = '2020-01-01T00:00:00+00:00' WHERE name = 'backup'",
            f"UPDATE mark SET value = '{kept}' WHERE name = 'backup'",
        )

        assert "The newest is of 2020-01-01" in told()["backup"][1]

    def test_no_backup_at_all(self, told, changed):
        changed(
            "UPDATE mark SET name = 'kept' WHERE name = 'backup'",
            "UPDATE mark SET name = 'backup' WHERE name = 'kept'",
        )

        assert "None was ever made" in told()["backup"][1]

    def test_mail_that_goes_nowhere(self, told):
        assert told()["mail"][0] is Health.DOUBTFUL
        assert "into a folder" in told(mail_folder="mail")["mail"][1]


def elsewhere(name, value):
    return lambda settings, _folder: dataclasses.replace(settings, **{name: value})


def with_keys(masters, index_key):
    def changed(settings, _folder):
        ours = settings.keyring
        keyring = Keyring(masters or ours.masters, index_key or ours.index_key)
        return dataclasses.replace(settings, keyring=keyring)

    return changed


def with_a_file_for(name):
    """Put a file where a folder is wanted."""

    def changed(settings, folder):
        (folder / "file").write_text("not a folder")
        return dataclasses.replace(settings, **{name: folder / "file" / "folder"})

    return changed


def with_faulty_programmes(settings, folder):
    (folder / "rqp").mkdir()
    (folder / "rqp" / "1.toml").write_text("not a programme")
    return dataclasses.replace(settings, programmes=folder)


def with_no_tables(settings, folder):
    return dataclasses.replace(settings, database_url=f"sqlite:///{folder}/new.sqlite")


EXITS = [
    ("database", 10, elsewhere("database_url", "sqlite:////no/folder/at/all.sqlite")),
    ("migrations", 11, with_no_tables),
    ("keys", 12, with_keys({1: OTHER}, None)),
    ("trail", 13, with_keys(None, OTHER)),
    ("disk", 15, with_a_file_for("storage")),
    ("mail", 16, elsewhere("smtp", "127.0.0.1:1")),
    ("programmes", 18, with_faulty_programmes),
]


class TestCommand:
    @pytest.mark.parametrize(("about", "code", "broken"), EXITS)
    def test_each_kind_is_told_by_the_exit(self, settings, tmp_path, about, code, broken):
        run = CliRunner().invoke(cli, ["doctor"], obj=Service(broken(settings, tmp_path)))

        assert f"WRONG    {about} " in run.output
        assert run.exit_code == code

    def test_a_clock_is_told_by_the_exit(self, settings):
        with time_machine.travel(datetime(2020, 1, 1, tzinfo=UTC)):
            run = CliRunner().invoke(cli, ["doctor"], obj=Service(settings))

        assert "WRONG    clock" in run.output
        assert run.exit_code == 14

    def test_fonts_are_told_by_the_exit(self, settings, monkeypatch, tmp_path):
        monkeypatch.setattr(surroundings, "FONTS", tmp_path)

        run = CliRunner().invoke(cli, ["doctor"], obj=Service(settings))

        assert "WRONG    fonts" in run.output
        assert run.exit_code == 17

    def test_it_says_all_and_exits_doubtful_where_nothing_is_wrong(self, settings, database):
        run = CliRunner().invoke(cli, ["doctor"], obj=Service(settings))

        # The PostgreSQL of tests need not survive a power cut, and says so.
        assert run.exit_code == {"sqlite": Health.DOUBTFUL, "postgresql": 19}[database.engine]
        assert "DOUBTFUL mail" in run.output
        assert "WELL     keys" in run.output

    def test_it_answers_programs(self, settings):
        run = CliRunner().invoke(cli, ["doctor", "--json"], obj=Service(settings))

        assert {"about", "health", "told"} == {*json.loads(run.output)[0]}

    def test_settings_that_are_wrong_are_told_each(self, monkeypatch):
        monkeypatch.setattr("os.environ", {"RESETTLE_SECRET_KEY": "short"})

        run = CliRunner().invoke(cli, ["doctor"])

        assert run.exit_code == 78
        assert run.output.count("WRONG    settings") >= 4


def test_a_damaged_file_is_told(tmp_path, settings, told, database):
    if database.engine == "sqlite":
        broken = tmp_path / "broken.sqlite"
        with tables.opened(settings.database_url) as engine, engine.connect() as connection:
            connection.connection.driver_connection.execute(f"VACUUM INTO '{broken}'")
        damaged = bytearray(broken.read_bytes())
        half = len(damaged) // 8192 * 4096
        damaged[half : half + 8192] = b"\0" * 8192
        broken.write_bytes(damaged)

        assert told(database_url=f"sqlite:///{broken}")["database"][0] is Health.WRONG
