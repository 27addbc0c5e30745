import pytest
from click.testing import CliRunner

from resettle.accounts import queries
from resettle.cli import Service, cli
from resettle.core.actor import SYSTEM, Duty, Role
from tests.world import PASSWORD


@pytest.fixture
def run(app):
    service = Service(app.extensions["settings"])
    service.__dict__["app"] = app
    return lambda *arguments, **given: CliRunner().invoke(
        cli, ["users", *arguments], obj=service, **given
    )


def create(run, *more, email="ana@example.org.nz", role="caseworker", password=PASSWORD):
    options = ("--name", "Ana Petelo", "--role", role, "--password-stdin", *more)
    return run("create", email, *options, input=password + "\n")


class TestCreate:
    def test_who_was_created_signs_in(self, app, run):
        outcome = create(run)

        assert (outcome.exit_code, outcome.output) == (
            0,
            "ana@example.org.nz can sign in as caseworker.\n",
        )
        body = {"email": "ana@example.org.nz", "password": PASSWORD}
        assert app.test_client().post("/api/session", json=body).status_code == 200

    def test_with_duties_and_locations(self, run, transactions):
        create(run, "--duty", "privacy_officer", "--location", "AKL", "--location", "HAM")

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            shown = queries.account(uow, queries.by_email(uow, "ana@example.org.nz"))
        assert shown.role is Role.CASEWORKER
        assert [grant.duty for grant in shown.duties] == [Duty.PRIVACY_OFFICER]
        assert shown.locations == ["AKL", "HAM"]

    def test_the_password_is_asked_for_twice(self, run):
        options = ("--name", "Ana Petelo", "--role", "auditor")

        outcome = run("create", "ana@example.org.nz", *options, input=f"{PASSWORD}\n" * 2)

        assert outcome.exit_code == 0
        assert PASSWORD not in outcome.output

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({"password": "short"}, "16 to 128"),
            ({"password": "petelo on the high seas"}, "own name"),
            ({"email": "not an address"}, "email: This is not an e-mail address"),
            ({"role": "system"}, "'system' is not one of"),
        ],
    )
    def test_what_is_wrong_is_told(self, run, given, told):
        outcome = create(run, **given)

        assert outcome.exit_code != 0
        assert told in outcome.output

    def test_not_twice(self, run):
        create(run)

        assert "already" in create(run).output

    def test_an_administrator_carries_no_duty(self, run):
        outcome = create(run, "--duty", "privacy_officer", role="administrator")

        assert outcome.exit_code == 1
        assert "cannot" not in run("list").output
        assert run("list").output == ""


class TestList:
    def test_it(self, run):
        create(run)
        create(run, email="sina@example.org.nz", role="auditor")

        assert run("list").output.splitlines() == [
            "ana@example.org.nz\tcaseworker\tactive\tAna Petelo",
            "sina@example.org.nz\tauditor\tactive\tAna Petelo",
        ]


class TestDeactivate:
    def test_it(self, run):
        create(run)

        outcome = run("deactivate", "ana@example.org.nz", "--reason", "left")

        assert outcome.exit_code == 0
        assert "\tdeactivated\t" in run("list").output

    @pytest.mark.parametrize(
        ("times", "told"), [(0, "no account"), (1, "cannot become deactivated")]
    )
    def test_what_cannot_be(self, run, times, told):
        if times:
            create(run)
            run("deactivate", "ana@example.org.nz", "--reason", "left")

        outcome = run("deactivate", "ana@example.org.nz", "--reason", "left")

        assert outcome.exit_code == 1
        assert told in outcome.output
