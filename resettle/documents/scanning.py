"""The virus scanner that an office may run beside the service: clamd, by its INSTREAM command."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum

CHUNK = 64 * 1024
PATIENCE = 60.0
ANSWER_MOST = 4096


class Unreachable(Exception):
    """The scanner does not answer, or cannot say."""


class Verdict(StrEnum):
    CLEAN = "clean"
    FOUND = "found"
    TOO_LARGE = "too large"


def scan(address: str, content: bytes) -> Verdict:
    """Ask the scanner at a socket's path or host:port. Raises Unreachable."""
    try:
        with _connected(address) as link:
            # Of a file that is too large for it, it hangs up on what is still sent, and says so.
            with suppress(BrokenPipeError, ConnectionResetError):
                _send(link, content)
            return _verdict(_answer(link))
    except OSError as error:
        raise Unreachable from error


def _send(link: socket.socket, content: bytes) -> None:
    link.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), CHUNK):
        part = content[start : start + CHUNK]
        link.sendall(struct.pack(">I", len(part)) + part)
    link.sendall(struct.pack(">I", 0))


@contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    if address.startswith("/"):
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(PATIENCE)
            link.connect(address)
            yield link
    else:
        host, _, port = address.rpartition(":")
        with socket.create_connection((host, int(port)), PATIENCE) as link:
            yield link


def _answer(link: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < ANSWER_MOST:
        part = link.recv(ANSWER_MOST)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0")


def _verdict(answer: bytes) -> Verdict:
    if answer == b"stream: OK":
        return Verdict.CLEAN
    if answer == b"INSTREAM size limit exceeded. ERROR":
        return Verdict.TOO_LARGE
    if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
        return Verdict.FOUND
    raise Unreachable
