"""Bad requests that only a real server can get: what they look like on the wire."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from resettle.operations.keys import new_secrets
from resettle.operations.tables import migrate
from resettle.settings import TOP
from tests.functional.hostile import LEAKS, tries

STARTED_WITHIN = 30.0


@pytest.fixture(scope="module")
def port(tmp_path_factory) -> Iterator[int]:
    """Serve the application with gunicorn, on a database of its own."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"sqlite:///{tmp_path_factory.mktemp('served')}/resettle.sqlite"
    migrate(url)
    settings = {**new_secrets(), "RESETTLE_DATABASE_URL": url, "RESETTLE_PRODUCTION": "false"}
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}"]
    served = subprocess.Popen(
        command, cwd=TOP, env=os.environ | settings, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield port
    finally:
        served.terminate()
        served.wait(STARTED_WITHIN)


def _wait_for(port: int) -> None:
    until = time.monotonic() + STARTED_WITHIN
    while ask(port, a_request(b"GET /sign-in HTTP/1.1"))[0] != 200:
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.1)


def ask(port: int, *parts: bytes) -> tuple[int, str]:
    """Send the parts and read until the server closes; a broken connection is an answer too."""
    answer = b""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        with suppress(OSError):
            for part in parts:
                connection.sendall(part)
        while more := connection.recv(65536):
            answer += more
    text = answer.decode("latin-1").removeprefix("HTTP/1.1 100 Continue\r\n\r\n")
    return (int(text.split()[1]) if text else 0), text


def a_request(line: bytes, *headers: bytes, host: bytes = b"Host: localhost") -> bytes:
    return b"\r\n".join([line, host, b"Connection: close", *headers, b"", b""])


@tries(5, 6, 7, 8, 9, 15, 16)
@pytest.mark.parametrize(
    ("words", "request_", "statuses"),
    [
        ("a sound request", a_request(b"GET /sign-in HTTP/1.1"), {200}),
        ("16 kB of URL", a_request(b"GET /" + b"a" * 16_384 + b" HTTP/1.1"), {414}),
        ("64 kB of header", a_request(b"GET / HTTP/1.1", b"X: " + b"a" * 65_536), {431}),
        ("200 headers", a_request(b"GET / HTTP/1.1", *[b"X-%d: a" % n for n in range(200)]), {431}),
        ("16 kB of cookie", a_request(b"GET / HTTP/1.1", b"Cookie: rs=" + b"a" * 16_384), {431}),
        ("HTTP/1.0 without Host", b"GET /sign-in HTTP/1.0\r\n\r\n", {400}),
        ("a foreign host", a_request(b"GET /sign-in HTTP/1.1", host=b"Host: evil.example"), {400}),
        ("two hosts", a_request(b"GET /sign-in HTTP/1.1", b"Host: evil.example"), {400}),
        ("no HTTP at all", b"\x16\x03\x01\x00\xa5\x01\x00\r\n\r\n", {400}),
        (
            "two lengths",
            a_request(
                b"POST /api/session HTTP/1.1", b"Content-Length: 4", b"Transfer-Encoding: chunked"
            )
            + b"0\r\n\r\n",
            {400},
        ),
        (
            "a length that lies in wait",
            a_request(
                b"POST /api/session HTTP/1.1",
                b"Content-Type: application/json",
                b"Content-Length: 30000000",
                b"Expect: 100-continue",
            ),
            {413, 417},
        ),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_it_is_refused_on_the_wire(words, request_, statuses, port):
    started = time.monotonic()

    status, text = ask(port, request_)

    assert status in statuses, text
    assert time.monotonic() - started < 2
    if status >= 400:
        body = text.partition("\r\n\r\n")[2]
        assert LEAKS.search(body) is None, body


@tries(5)
def test_chunks_beyond_the_limit_are_not_read_to_their_end(port):
    head = a_request(
        b"POST /api/session HTTP/1.1",
        b"Content-Type: application/json",
        b"Transfer-Encoding: chunked",
    )
    chunk = b"10000\r\n" + b"a" * 65_536 + b"\r\n"

    status, text = ask(port, head, *[chunk] * 48, b"0\r\n\r\n")

    assert status == 413, text


@tries(10)
def test_no_line_break_reaches_a_header(port):
    _, text = ask(port, a_request(b"GET /sign-in%0d%0aSet-Cookie:%20a=b HTTP/1.1"))

    assert "Set-Cookie: a=b" not in text


def test_it_serves_on_after_all_that(port):
    assert ask(port, a_request(b"GET /sign-in HTTP/1.1"))[0] == 200
