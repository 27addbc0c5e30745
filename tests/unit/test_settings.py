"""Settings tell all that is wrong with them at once, and refuse to serve unsafely."""

import base64

import pytest

from resettle.core.crypto import KEY_BYTES
from resettle.operations.keys import new_secrets
from resettle.settings import BadSettings, Settings

KEY = base64.b64encode(b"k" * KEY_BYTES).decode()
GOOD = {
    "RESETTLE_SECRET_KEY": "s" * 48,
    "RESETTLE_PEPPER": "p" * 48,
    "RESETTLE_MASTER_KEYS": f"1:{KEY} 2:{KEY}",
    "RESETTLE_INDEX_KEY": KEY,
    "RESETTLE_PRIVACY_OFFICER": "Mere Tamihana",
}


def read(**changes: str | None) -> Settings:
    given = {f"RESETTLE_{name}": value for name, value in changes.items()}
    return Settings.from_environment({k: v for k, v in (GOOD | given).items() if v is not None})


def faults_of(**changes: str | None) -> str:
    with pytest.raises(BadSettings) as refused:
        read(**changes)
    assert all(fault.endswith(".") for fault in refused.value.faults)
    return str(refused.value)


def test_the_defaults_and_the_secrets_are_enough():
    settings = read()

    assert settings.production
    assert settings.trusted_hosts == ("localhost", "127.0.0.1")
    assert (settings.idle_minutes, settings.absolute_hours) == (30, 12)
    assert settings.keyring.newest == 2
    assert settings.database_url.startswith("sqlite:///")


def test_no_secret_shows_in_what_is_printed():
    shown = repr(read()) + str(read())

    assert "s" * 48 not in shown
    assert "p" * 48 not in shown
    assert "kkkk" not in shown


def test_the_secrets_that_the_command_makes_are_good():
    made = new_secrets(3)

    settings = Settings.from_environment(made | {"RESETTLE_PRIVACY_OFFICER": "Mere"})

    assert settings.keyring.newest == 3
    assert new_secrets().keys() == made.keys()
    assert not {*new_secrets().values()} & {*made.values()}


def test_postgresql_is_spoken_through_psycopg():
    assert read(DATABASE_URL="postgresql://a@/c").database_url == "postgresql+psycopg://a@/c"
    assert read(DATABASE_URL="postgresql+psycopg://a@/c").database_url.startswith("postgresql+")


def test_production_refuses_what_goes_over_the_network_unencrypted():
    with pytest.raises(BadSettings, match="sslmode=verify-full"):
        read(DATABASE_URL="postgresql://a@b/c")
    assert read(DATABASE_URL="postgresql://a@b/c", PRODUCTION="false")


def test_production_refuses_passwords_that_are_hashed_too_cheaply():
    with pytest.raises(BadSettings, match="ARGON2"):
        read(ARGON2_MEMORY_KIB="64")


def test_a_secret_may_stand_in_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text("f" * 40 + "\n")

    assert read(SECRET_KEY=None, SECRET_KEY_FILE=str(file)).secret_key == "f" * 40


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"SECRET_KEY": None}, "RESETTLE_SECRET_KEY"),
        ({"SECRET_KEY": "changeme"}, "RESETTLE_SECRET_KEY"),
        ({"PEPPER": "short"}, "RESETTLE_PEPPER"),
        ({"SECRET_KEY_FILE": "/nowhere/at/all"}, "cannot be read"),
        ({"MASTER_KEYS": None}, "holds no key"),
        ({"MASTER_KEYS": "one:abc"}, "NUMBER:BASE64"),
        ({"MASTER_KEYS": f"²:{KEY}"}, "NUMBER:BASE64"),
        ({"MASTER_KEYS": "1:c2hvcnQ="}, "32 bytes in base64"),
        ({"MASTER_KEYS": "1:not base64!"}, "32 bytes in base64"),
        ({"INDEX_KEY": None}, "RESETTLE_INDEX_KEY"),
        ({"DATABASE_URL": "mysql://a@b/c"}, "RESETTLE_DATABASE_URL"),
        ({"IDLE_MINUTES": "0"}, "RESETTLE_IDLE_MINUTES"),
        ({"IDLE_MINUTES": "many"}, "whole number"),
        ({"AUDIT_CHAINS": "٣"}, "whole number"),
        ({"PRODUCTION": "maybe"}, "true or false"),
        ({"PRIVACY_OFFICER": ""}, "privacy officer"),
        ({"TRUSTED_HOSTS": ""}, "TRUSTED_HOSTS"),
        ({"TRUSTED_HOSTS": "*.example.org"}, "without wildcards"),
    ],
)
def test_what_is_wrong_is_named(changes, told):
    assert told in faults_of(**changes)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"SMTP": "mail.example.nz"}, "SMTP is 'mail.example.nz': write host:port"),
        ({"MAIL_FOLDER": "var/mail"}, "PUBLIC_URL: say where mail is to lead"),
        ({"MAIL_FOLDER": "var/mail", "PUBLIC_URL": "https://r.nz"}, "MAIL_FROM: name the address"),
    ],
)
def test_mail_that_could_not_be_sent_is_told_at_the_start(changes, told):
    assert told in faults_of(**changes)


@pytest.mark.parametrize("value", ["1", "true", "yes"])
def test_production_refuses_the_debugger(value):
    with pytest.raises(BadSettings, match="FLASK_DEBUG"):
        Settings.from_environment(GOOD | {"FLASK_DEBUG": value})


def test_what_is_unsafe_in_production_may_be_tried_elsewhere():
    settings = Settings.from_environment(
        GOOD
        | {
            "RESETTLE_PRODUCTION": "false",
            "RESETTLE_PRIVACY_OFFICER": "",
            "RESETTLE_TRUSTED_HOSTS": "*",
            "FLASK_DEBUG": "1",
        }
    )

    assert not settings.production


def test_all_faults_are_told_at_once():
    told = faults_of(
        SECRET_KEY=None,
        PEPPER=None,
        MASTER_KEYS=None,
        INDEX_KEY=None,
        PRIVACY_OFFICER=None,
        DATABASE_URL="nothing",
        IDLE_MINUTES="-1",
        TRUSTED_HOSTS="*",
    )

    for name in (
        *("SECRET_KEY", "PEPPER", "MASTER_KEYS", "INDEX_KEY", "PRIVACY_OFFICER"),
        *("DATABASE_URL", "IDLE_MINUTES", "TRUSTED_HOSTS"),
    ):
        assert f"RESETTLE_{name}" in told
