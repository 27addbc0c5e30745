"""`resettle import errf`: exits and errors on every sample; checks ask for nothing at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from resettle.cases.models import Assignment
from resettle.cli import Service, cli
from resettle.core.actor import SYSTEM, Role
from resettle.households.models import Household
from resettle.interchange.models import ImportBatch
from tests.functional.case_files import BOMB, SAMPLES, rows
from tests.unit import errf_files as made
from tests.unit.errf_records import a_photo
from tests.unit.test_errf_samples import EXPECTED
from tests.world import a_user

EMAIL = "ana@example.org.nz"


class Unconfigured:
    """A service that nobody may ask for anything."""

    @property
    def transactions(self):
        raise AssertionError


def check(*files):
    arguments = ["import", "errf", "--check", "--json", *map(str, files)]
    return CliRunner().invoke(cli, arguments, obj=Unconfigured())


@pytest.fixture
def run(app):
    service = Service(app.extensions["settings"])
    service.__dict__["app"] = app
    return lambda *given: CliRunner().invoke(cli, ["import", "errf", *map(str, given)], obj=service)


@pytest.fixture
def file(tmp_path):
    def written(data, name="case.xml"):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return written


class TestCheck:
    @pytest.mark.parametrize(("name", "expected"), EXPECTED.items())
    def test_it(self, name, expected):
        outcome = check(SAMPLES / name)

        told = json.loads(outcome.stdout)
        assert outcome.exit_code == (1 if expected else 0)
        assert set(told) == {"errors", "warnings", "cases"}
        assert (
            {*told["errors"][0]}
            == {
                "rule",
                "record",
                "field",
                "value",
                "message",
            }
            if expected
            else told["errors"] == []
        )
        assert [
            (one["rule"], one["record"], one["field"], one["value"]) for one in told["errors"]
        ] == expected

    def test_in_words(self):
        outcome = CliRunner().invoke(
            cli, ["import", "errf", "--check", str(SAMPLES / "V3-TEST.xml")], obj=Unconfigured()
        )

        assert outcome.exit_code == 0
        assert outcome.stdout.startswith("Form 3: 1 case, 1 individual.")

    def test_several_files_are_told_one_by_one(self, file):
        good, faulty = SAMPLES / "V3-TEST.xml", SAMPLES / "V3-TEST-DateOfBirth.xml"

        outcome = check(good, faulty)
        worst = check(good, file(b"nonsense"), faulty)

        assert (outcome.exit_code, worst.exit_code) == (1, 2)
        assert [
            (each["file"], len(each["errors"])) for each in json.loads(outcome.stdout)["files"]
        ] == [
            (good.name, 0),
            (faulty.name, 1),
        ]
        assert worst.stderr.startswith("case.xml: The file is not well-formed XML")

    @pytest.mark.parametrize("data", [BOMB, b"", b"%PDF-1.7"])
    def test_what_is_no_errf_exits_with_2_and_one_sentence(self, file, data):
        outcome = check(file(data))

        (error,) = json.loads(outcome.stdout)["errors"]
        assert outcome.exit_code == 2
        assert error["rule"] == "unreadable"
        assert outcome.stderr.strip() == error["message"]

    def test_a_file_that_is_not_there_exits_with_2(self, tmp_path):
        outcome = check(tmp_path / "gone.xml")

        assert outcome.exit_code == 2
        assert outcome.stderr.startswith("The file cannot be read: No such file")

    def test_a_machine_without_settings_can_check(self, tmp_path):
        outcome = subprocess.run(
            [
                sys.executable,
                "-c",
                "from resettle.cli import main; main()",
                "import",
                "errf",
                "--check",
                "--json",
                str(SAMPLES / "V4-TEST.xml"),
            ],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

        assert (outcome.returncode, json.loads(outcome.stdout)["errors"]) == (0, [])
        assert [*tmp_path.iterdir()] == []


class TestImport:
    def test_as_a_caseworker_who_takes_the_case_on(self, run, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            user = a_user(uow, email=EMAIL)

        outcome = run("--as", EMAIL.upper(), "--submitted", "2026-02-01", SAMPLES / "V4-TEST.xml")

        assert (outcome.exit_code, outcome.stdout) == (0, "R-2026-0001: 5 people, SUBMITTED.\n")
        with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
            (assignment,) = uow.all(uow.select(Assignment))
            (batch,) = uow.all(uow.select(ImportBatch))
        assert assignment.user_id == batch.imported_by == user.id

    def test_as_the_system_into_the_pool(self, run, transactions):
        outcome = run("--json", SAMPLES / "V3-TEST.xml")

        told = json.loads(outcome.stdout)
        assert outcome.exit_code == 0
        assert [each["reference"] for each in told["imported"]["households"]] == ["R-2026-0001"]
        assert told["errors"] == []
        with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
            assert uow.all(uow.select(Assignment)) == []

    @pytest.mark.parametrize("option", [("--stream", "cors"), ("--programme", "cors")])
    def test_for_the_sponsorship(self, run, transactions, option):
        assert run(*option, SAMPLES / "V3-TEST.xml").exit_code == 0

        with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
            (household,) = uow.all(uow.select(Household))
        assert (household.stream, household.programme_code) == ("cors", "cors")

    def test_the_stream_and_the_programme_must_agree(self, run):
        outcome = run("--stream", "quota", "--programme", "cors", SAMPLES / "V3-TEST.xml")

        assert outcome.exit_code == 2
        assert "give one of the two" in outcome.stderr

    def test_warnings_and_possible_duplicates_are_told(self, run, file):
        run(file(made.written(made.v4(1))))
        again = made.v4(1)
        again.find("CASE/dataProcessGroup/ProcessingGroupNumber").text = "ANOTHER-1"
        again.find("CASE/dataIndividual/ArrivalDate").text = "1950-01-01T00:00:00"

        outcome = run(file(made.written(again)))

        assert outcome.exit_code == 0, outcome.output
        assert "1 person, SUBMITTED." in outcome.stdout
        assert "Look at this: ArrivalDate" in outcome.stdout
        assert "People who may be on record already: 1." in outcome.stdout

    @pytest.mark.parametrize(
        ("data", "code", "told"),
        [
            (b"nonsense", 2, "not well-formed"),
            ((SAMPLES / "V3-TEST-DateOfBirth.xml").read_bytes(), 1, "The file has 1 error"),
            (
                made.written(made.v4(1), made.change("dataPhotograph/Photo", a_photo((15, 15)))),
                1,
                "The photo of",
            ),
        ],
    )
    def test_what_is_refused_stores_nothing(self, run, file, connection, data, code, told):
        before = rows(connection)

        outcome = run(file(data))
        in_json = run("--json", file(data))

        assert (outcome.exit_code, in_json.exit_code) == (code, code)
        assert told in outcome.output
        assert json.loads(in_json.stdout)["errors"]
        assert rows(connection) == before

    def test_the_same_file_again_is_told(self, run):
        run(SAMPLES / "V3-TEST.xml")

        outcome = run("--json", SAMPLES / "V3-TEST.xml")

        (error,) = json.loads(outcome.stdout)["errors"]
        assert outcome.exit_code == 1
        assert error["rule"] == "conflict"
        assert "R-2026-0001" in error["message"]

    @pytest.mark.parametrize("role", [None, Role.AUDITOR])
    def test_nobody_but_a_caseworker_takes_cases_on(self, run, transactions, role):
        if role is not None:
            with transactions.begin(SYSTEM, "tests:arrange") as uow:
                a_user(uow, role, email=EMAIL)

        outcome = run("--as", EMAIL, SAMPLES / "V3-TEST.xml")

        assert outcome.exit_code == 2
        assert "no active caseworker" in outcome.stderr
