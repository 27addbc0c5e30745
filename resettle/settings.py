"""What the service is told from outside: config/default.toml, then the environment.

Everything that is wrong is told at once, so that an operator mends it in one go.
"""

import base64
import binascii
import os
import re
import secrets
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from resettle.core.crypto import KEY_BYTES, Keyring
from resettle.core.limits import Limits

TOP = Path(__file__).parent.parent
CONFIG = TOP / "config"
PREFIX = "RESETTLE_"
PUBLIC_SECRETS = frozenset({"secret", "changeme", "change-me", "dev", "default", "password"})
ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})
HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})
LEAST_ARGON2_KIB = 19 * 1024
MAIL_SERVER = re.compile(r"[^\s:]+:[0-9]{1,5}")
MAY_BE_NONE = frozenset({"metrics_port", "proxies", "sponsor_access_days"})
SECRETS = ("SECRET_KEY", "MASTER_KEYS", "INDEX_KEY", "PEPPER")


class BadSettings(Exception):
    """The settings have faults; each is one sentence."""

    def __init__(self, faults: list[str]) -> None:
        parting = " " if len(faults) == 1 else "\n  "
        super().__init__(parting.join(["The settings are not right:", *faults]))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Settings:
    """Frozen once the service has started. Secrets are never in its repr."""

    database_url: str
    secret_key: str = field(repr=False)
    pepper: bytes = field(repr=False)
    keyring: Keyring = field(repr=False)
    production: bool = True
    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    privacy_officer: str = ""
    idle_minutes: int = 30
    absolute_hours: int = 12
    sessions_per_account: int = 5
    ask_days: int = 90
    link_hours: int = 72
    link_idle_minutes: int = 30
    link_session_hours: int = 2
    silence_days: int = 30
    draft_days: int = 14
    argon2_memory_kib: int = 65536
    audit_chains: int = 1
    undo_days: int = 7
    decline_cool_off_days: int = 90
    sponsor_access_days: int = 0
    rent_share_most: int = 35
    tenancy_notice_days: int = 60
    training_valid_years: int = 3
    programmes: Path = CONFIG / "programmes"
    storage: Path = TOP / "var"
    import_cases: int = 50
    upload_mib: int = 25
    upload_mib_a_day: int = 500
    uploads_an_hour: int = 20
    database_pool: int = 8
    database_wait_seconds: int = 5
    statement_seconds: int = 30
    lock_seconds: int = 10
    idle_seconds: int = 60
    served_at_once: int = 8
    waiting: int = 24
    proxies: int = 0
    metrics_port: int = 0
    backup_recipient: str = ""
    clamd: str = ""
    public_url: str = ""
    mail_from: str = ""
    mail_folder: str = ""
    smtp: str = ""
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)

    @property
    def limits(self) -> Limits:
        return Limits(
            self.database_pool,
            self.database_wait_seconds,
            self.statement_seconds,
            self.lock_seconds,
            self.idle_seconds,
        )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read config/default.toml and RESETTLE_* variables. Raises BadSettings with every fault.

        Each secret may stand in a file that RESETTLE_<NAME>_FILE points to.
        """
        return _Reading(os.environ if environment is None else environment).settings()

    @classmethod
    def for_tests(cls, database_url: str, **given: Any) -> "Settings":
        """Make settings with random secrets, cheap password hashing and no HTTPS."""
        made = cls(
            database_url=database_url,
            secret_key=secrets.token_hex(KEY_BYTES),
            pepper=secrets.token_bytes(KEY_BYTES),
            keyring=Keyring({1: secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(KEY_BYTES)),
            production=False,
            argon2_memory_kib=64,
            privacy_officer="Mere Tamihana",
            storage=Path(tempfile.gettempdir()) / "resettle-tests",
        )
        return replace(made, **given)


def is_in_the_clear(database_url: str) -> bool:
    """Say whether this address takes people's data over a network that others may read."""
    try:
        url = make_url(database_url)
    except ArgumentError:
        return False
    hosts = {url.host or "", *_listed(url.query.get("host", ()))} - HERE
    remote = {host.partition(":")[0] for host in hosts if not host.startswith("/")} - HERE
    modes = {*_listed(url.query.get("sslmode", ()))}
    return bool(remote) and not modes & ENCRYPTED


def _listed(value: str | tuple[str, ...]) -> list[str]:
    """Take apart what may be given once, often, or with commas between."""
    values = (value,) if isinstance(value, str) else value
    return [each for part in values for each in part.split(",")]


class _Reading:
    """One reading of the settings, gathering faults on the way."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._faults: list[str] = []
        self._defaults = tomllib.loads((CONFIG / "default.toml").read_text())["service"]

    def settings(self) -> Settings:
        production = self._flag("PRODUCTION")
        numbers: dict[str, Any] = {
            f.name: self._number(f.name.upper(), least=0 if f.name in MAY_BE_NONE else 1)
            for f in fields(Settings)
            if f.type is int
        }
        made = Settings(
            database_url=self._database_url(),
            secret_key=self._secret("SECRET_KEY"),
            pepper=self._secret("PEPPER").encode(),
            keyring=self._keyring(),
            production=production,
            trusted_hosts=tuple(self._text("TRUSTED_HOSTS").split()),
            privacy_officer=self._text("PRIVACY_OFFICER"),
            **numbers,
            programmes=TOP / self._text("PROGRAMMES"),
            storage=TOP / self._text("STORAGE"),
            backup_recipient=self._text("BACKUP_RECIPIENT"),
            clamd=self._text("CLAMD"),
            public_url=self._text("PUBLIC_URL").rstrip("/"),
            mail_from=self._text("MAIL_FROM"),
            mail_folder=self._text("MAIL_FOLDER"),
            smtp=self._text("SMTP"),
            smtp_user=self._text("SMTP_USER"),
            smtp_password=self._secret_text("SMTP_PASSWORD"),
        )
        self._check_mail(made)
        if production:
            self._check_production(made)
        if self._faults:
            raise BadSettings(self._faults)
        return made

    def _check_mail(self, made: Settings) -> None:
        if made.smtp and not MAIL_SERVER.fullmatch(made.smtp):
            self._faults.append(f"{PREFIX}SMTP is {made.smtp!r}: write host:port.")
        if not (made.smtp or made.mail_folder):
            return
        if not made.public_url.startswith(("https://", "http://")):
            self._faults.append(f"{PREFIX}PUBLIC_URL: say where mail is to lead, as https://...")
        if "@" not in made.mail_from:
            self._faults.append(f"{PREFIX}MAIL_FROM: name the address that mail comes from.")

    def _check_production(self, made: Settings) -> None:
        if self._environment.get("FLASK_DEBUG", "0") not in {"", "0"}:
            self._faults.append("FLASK_DEBUG is on: turn it off in production.")
        if not made.privacy_officer:
            self._faults.append("RESETTLE_PRIVACY_OFFICER is empty: name the privacy officer.")
        if not made.trusted_hosts or "*" in "".join(made.trusted_hosts):
            self._faults.append("RESETTLE_TRUSTED_HOSTS must list host names, without wildcards.")
        if made.argon2_memory_kib < LEAST_ARGON2_KIB:
            self._faults.append(
                f"RESETTLE_ARGON2_MEMORY_KIB is {made.argon2_memory_kib}: passwords need "
                f"{LEAST_ARGON2_KIB} at least."
            )
        if is_in_the_clear(made.database_url):
            self._faults.append(
                "RESETTLE_DATABASE_URL reaches another machine unencrypted: add "
                "?sslmode=verify-full."
            )

    def _text(self, name: str) -> str:
        return self._environment.get(PREFIX + name, str(self._defaults[name.lower()]))

    def _flag(self, name: str) -> bool:
        text = self._text(name).lower()
        if text not in {"true", "false", "1", "0"}:
            self._faults.append(f"{PREFIX}{name} is {text!r}: write true or false.")
        return text in {"true", "1"}

    def _number(self, name: str, least: int = 1) -> int:
        text = self._text(name)
        if not text.isascii() or not text.isdigit() or int(text) < least:
            self._faults.append(f"{PREFIX}{name} is {text!r}: write a whole number from {least}.")
            return least
        return int(text)

    def _database_url(self) -> str:
        url = self._text("DATABASE_URL")
        if url.startswith("postgresql://"):
            return url.replace("postgresql://", "postgresql+psycopg://", 1)
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            self._faults.append(
                f"{PREFIX}DATABASE_URL must begin with sqlite:/// or postgresql://."
            )
        return url

    def _secret(self, name: str) -> str:
        value = self._secret_text(name)
        if len(value.encode()) < KEY_BYTES or value.lower() in PUBLIC_SECRETS:
            self._faults.append(
                f"{PREFIX}{name} (or {PREFIX}{name}_FILE) must hold a secret of at least "
                f"{KEY_BYTES} bytes: make one with `resettle keys new`."
            )
        return value

    def _secret_text(self, name: str) -> str:
        file = self._environment.get(f"{PREFIX}{name}_FILE")
        if file is None:
            return self._environment.get(PREFIX + name, "")
        try:
            return Path(file).read_text().strip()
        except OSError as error:
            self._faults.append(f"{PREFIX}{name}_FILE cannot be read: {error.strerror}.")
            return ""

    def _keyring(self) -> Keyring:
        masters = self._masters()
        index_key = self._key("INDEX_KEY", self._secret_text("INDEX_KEY"))
        return Keyring(masters, index_key)

    def _masters(self) -> dict[int, bytes]:
        masters = {}
        for part in self._secret_text("MASTER_KEYS").split():
            version, _, text = part.partition(":")
            if version.isascii() and version.isdigit():
                masters[int(version)] = self._key("MASTER_KEYS", text)
            else:
                self._faults.append(f"{PREFIX}MASTER_KEYS: write each key as NUMBER:BASE64.")
        if not masters:
            self._faults.append(
                f"{PREFIX}MASTER_KEYS (or {PREFIX}MASTER_KEYS_FILE) holds no key: make one with "
                "`resettle keys new`."
            )
        return masters or {1: b""}

    def _key(self, name: str, text: str) -> bytes:
        try:
            key = base64.b64decode(text, validate=True)
        except binascii.Error:
            key = b""
        if len(key) != KEY_BYTES:
            self._faults.append(f"{PREFIX}{name}: a key must be {KEY_BYTES} bytes in base64.")
        return key
