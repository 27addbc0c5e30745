"""The service as it stands in production: gunicorn behind the nginx of deploy/."""

import getpass
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import select

from resettle.core.audit import AuditEntry
from resettle.core.db import make_engine
from resettle.operations.keys import new_secrets
from resettle.operations.tables import migrate
from resettle.settings import TOP
from tests.browser.conftest import QUIET
from tests.faults.service import NOTE, World, free_port

pytestmark = pytest.mark.timeout(300)
PATIENCE = 60.0
EXAMPLE = TOP / "deploy" / "nginx.conf"
NAME = "resettle.test"
HSTS = "max-age=63072000; includeSubDomains; preload"
WHOLE = """daemon off;
user {user};
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/resettle.conf;
}}
"""
Answer = tuple[int, bytes, Mapping[str, list[str]]]


@dataclass(frozen=True)
class Front:
    """What stands before the service: its ports, where it writes, and who may ask."""

    folder: Path
    plain: int
    secure: int
    world: World

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Ask over TLS; an answer's headers are lists, since one said twice is a fault."""
        trusting = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
        connection = http.client.HTTPSConnection("localhost", self.secure, context=trusting)
        return _asked(connection, method, path, body, headers)

    def ask_in_plain(self, path: str) -> Answer:
        return _asked(http.client.HTTPConnection("localhost", self.plain), "GET", path, None, {})

    @property
    def token(self) -> str:
        return f"Bearer {self.world.token}"


def _asked(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes | None,
    headers: Mapping[str, str],
) -> Answer:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(connection):
        connection.request(method, path, body, {**given, "Host": NAME})
        answer = connection.getresponse()
        names = {name.lower() for name in answer.headers}
        found = {name: answer.headers.get_all(name) or [] for name in names}
        return answer.status, answer.read(), found


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    folder = tmp_path_factory.mktemp("served")
    url = f"sqlite:///{folder}/resettle.sqlite"
    migrate(url)
    environment = {
        **new_secrets(),
        "RESETTLE_PRIVACY_OFFICER": "Mere Tamihana",
        "RESETTLE_DATABASE_URL": url,
        "RESETTLE_STORAGE": f"{folder}",
        "RESETTLE_WORKERS": "1",
        "RESETTLE_PROXIES": "1",
        "RESETTLE_TRUSTED_HOSTS": NAME,
        "RESETTLE_BIND": f"127.0.0.1:{free_port()}",
    }
    return World.of(environment)


@pytest.fixture(scope="module")
def front(world: World, tmp_path_factory) -> Iterator[Front]:
    """Serve by gunicorn and nginx as deploy/ does, but for ports, names and folders."""
    folder = tmp_path_factory.mktemp("nginx")
    front = Front(folder, free_port(), free_port(), world)
    _make_certificate(folder)
    (folder / "resettle.conf").write_text(_here(EXAMPLE.read_text(), front))
    (folder / "nginx.conf").write_text(WHOLE.format(folder=folder, user=getpass.getuser()))
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert nginx, "There is no nginx here: run `make browser`, which installs it."
    with _running([nginx, "-c", f"{folder}/nginx.conf"]):
        _until_it_listens(front)
        yield front


def _until_it_listens(front: Front) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", front.secure)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError((front.folder / "error.log").read_text())


def _here(example: str, front: Front) -> str:
    """Put what is this machine's for what is the example's, each as often as it stands there."""
    changes = [
        (r"listen \[::\]:\d+.*;\n", "", 2),
        ("listen 80;", f"listen 127.0.0.1:{front.plain};", 1),
        ("listen 443 ", f"listen 127.0.0.1:{front.secure} ", 1),
        ("server_name resettle.example.org.nz;", f"server_name {NAME};", 2),
        (r"/etc/letsencrypt/live/resettle.example.org.nz", f"{front.folder}", 2),
        ("/var/log/nginx", f"{front.folder}", 2),
        ("127.0.0.1:8000", front.world.environment["RESETTLE_BIND"], 2),
    ]
    for there, here, times in changes:
        example, found = re.subn(there, here, example)
        assert found == times, there
    return example


def _make_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.DNSName(NAME)]
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName(names), False)
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


@contextmanager
def _running(command: list[str], environment: Mapping[str, str] | None = None) -> Iterator[None]:
    given = {**os.environ, **(environment or {})}
    process = subprocess.Popen(command, cwd=TOP, env=given, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture
def served(front: Front) -> Iterator[Front]:
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "wsgi:app"]
    with _running(command, front.world.environment):
        _until(front, 200)
        yield front


def _until(front: Front, status: int) -> None:
    until = time.monotonic() + PATIENCE
    while front.ask("GET", "/readyz")[0] != status:
        assert time.monotonic() < until, (front.folder / "error.log").read_text()
        time.sleep(0.1)


def test_it_is_read_over_tls_alone(served):
    status, _, headers = served.ask_in_plain("/sign-in?next=/today")
    assert (status, headers["location"]) == (301, [f"https://{NAME}/sign-in?next=/today"])

    status, body, headers = served.ask("GET", "/sign-in")

    assert status == 200
    assert b"Password" in body
    assert headers["strict-transport-security"] == [HSTS]
    assert headers["server"] == ["nginx"]
    assert all("Secure" in cookie for cookie in headers.get("set-cookie", []))


def test_a_browser_is_heard_there(served, chromium):
    there = f"--host-resolver-rules=MAP {NAME}:443 127.0.0.1:{served.secure}"
    path = shutil.which("chromium")
    with chromium.browser_type.launch(executable_path=path, args=[*QUIET, there]) as browser:
        page = browser.new_page(base_url=f"https://{NAME}", ignore_https_errors=True)
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill("nobody@example.org.nz")
        page.get_by_label("Password").fill("not the password of anybody")
        page.get_by_role("button", name="Sign in").click()

        # Its cookie and its form's token came with it: it is refused for its password alone.
        assert "password" in page.get_by_role("alert").inner_text()


def test_who_asks_is_told_by_nginx_and_by_nobody_else(served):
    path = f"/api/households/{served.world.household_id}/notes"
    told = {"Authorization": served.token, "Content_Type": "application/json"}
    forged = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Host": "elsewhere.example"}
    body = json.dumps(NOTE).encode()

    status, _, _ = served.ask("POST", path, body, Idempotency_Key="a" * 32, **told, **forged)

    assert status == 201
    with make_engine(served.world.environment["RESETTLE_DATABASE_URL"]).connect() as connection:
        act = select(AuditEntry.address).where(AuditEntry.action == "note:write")
        assert {*connection.scalars(act)} == {"127.0.0.0"}


@pytest.mark.parametrize(("stands", "status"), [("served", 410), ("front", 503)])
def test_nothing_of_what_is_asked_for_is_kept(request, stands, status):
    front: Front = request.getfixturevalue(stands)
    secret = "Z" * 43

    front.ask("GET", f"/invitations/{secret}?q=Haidari")

    lines = (front.folder / "resettle.log").read_text().splitlines()
    assert re.fullmatch(rf"\S+ GET {status} [\d.]+", lines[-1])
    kept = "".join(file.read_text(errors="replace") for file in front.folder.glob("*.log"))
    assert secret not in kept
    assert "Haidari" not in kept


def test_what_is_too_large_is_refused_before_the_service(served):
    large = b"x" * 28_000_000

    status, body, headers = served.ask("POST", "/api/imports/checks", large)

    assert (status, body) == (413, b"This is too large to be sent. Nothing was kept.\n")
    guarded(headers)


def test_a_service_that_is_away_comes_again(front):
    status, body, headers = front.ask("GET", "/today")

    assert status == 503
    assert b"Nothing was done; try again in a moment." in body
    assert headers["retry-after"] == ["5"]
    guarded(headers)


def guarded(headers):
    assert headers["strict-transport-security"] == [HSTS]
    assert headers["content-security-policy"] == ["default-src 'none'; frame-ancestors 'none'"]
    assert headers["x-content-type-options"] == ["nosniff"]
    assert headers["cache-control"] == ["no-store"]
    assert headers["server"] == ["nginx"]
