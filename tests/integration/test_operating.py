"""From nothing to a service that runs, by the commands that the documents name, on one database."""

import re
import signal
import socket
import sys

import pytest
from click.testing import CliRunner

from resettle import cli as command_line
from resettle.cli import cli
from resettle.core.actor import SYSTEM
from resettle.demo import place
from resettle.operations.keys import new_secrets
from tests.world import PASSWORD

BAD_SETTINGS, REFUSED = 78, 78


@pytest.fixture(autouse=True)
def signals():
    """Put back what the worker does with signals."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture
def environment(tmp_path):
    return {
        **new_secrets(),
        "RESETTLE_PRODUCTION": "false",
        "RESETTLE_DATABASE_URL": f"sqlite:///{tmp_path}/resettle.sqlite",
    }


@pytest.fixture
def run(environment):
    def run(*arguments, said="", **more):
        return CliRunner().invoke(cli, arguments, env=environment | more, input=said)

    return run


class TestTheFirstDay:
    def test_from_an_empty_place_to_a_sound_trail(self, run):
        assert run("db", "upgrade").output.strip() == "The database is at head."
        options = ("--name", "Ana", "--role", "administrator", "--password-stdin")
        created = run("users", "create", "ana@example.org.nz", *options, said=PASSWORD + "\n")
        assert created.exit_code == 0, created.output
        assert run("worker", "--until-idle").output.strip() == "0 jobs done."
        assert run("audit", "verify").exit_code == 0
        assert '"sound": true' in run("audit", "verify", "--json").output

        assert run("db", "downgrade", "base", said="y\n").exit_code == 0
        assert run("db", "upgrade").exit_code == 0

    def test_a_new_master_key_takes_over(self, run, environment):
        run("db", "upgrade")
        newer = run("keys", "new", "--number", "2").output
        second = re.search(r"RESETTLE_MASTER_KEYS=(\S+)", newer)[1]
        both = f"{environment['RESETTLE_MASTER_KEYS']} {second}"

        turned = run("keys", "rotate", RESETTLE_MASTER_KEYS=both)

        assert turned.exit_code == 0, turned.output
        assert "all" in turned.output

    def test_without_settings_it_says_everything_that_is_missing(self, monkeypatch, capsys):
        for name in new_secrets():
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(sys, "argv", ["resettle", "db", "upgrade"])

        with pytest.raises(SystemExit) as stopped:
            command_line.main()

        told = capsys.readouterr().err
        assert stopped.value.code == BAD_SETTINGS
        assert "RESETTLE_SECRET_KEY" in told
        assert "RESETTLE_MASTER_KEYS" in told


class TestTheDemonstration:
    @pytest.fixture
    def demo(self, monkeypatch, tmp_path):
        monkeypatch.setattr(place, "HOME", tmp_path / "demo")
        return lambda *arguments: CliRunner().invoke(cli, ["demo", *arguments], env={})

    def test_it_loads_once_and_again_only_after_it_was_broken_off(self, demo):
        first = demo("--load-only", "--few")
        again = demo("--load-only", "--few")

        assert first.exit_code == again.exit_code == 0, first.output
        assert "sponsor groups" in first.output
        assert "Loading" not in again.output

    def test_what_was_broken_off_begins_anew(self, demo):
        demo("--load-only", "--few")
        settings = place.settings({})
        service = command_line.Service(settings)
        with service.transactions.begin(SYSTEM, "tests:break-off") as uow:
            mark = uow.session.get(place.Mark, place.MARK)
            mark.value = place.LOADING

        assert "Loading" in demo("--load-only", "--few").output

    def test_a_port_in_use_is_named_with_the_way_out(self, demo):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]

            refused = demo("--port", str(port))

        assert refused.exit_code == 1
        assert f"Port {port} is in use" in refused.output
