"""A virus scanner that speaks as clamd 1.4 does, answer for answer."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# What clamd 1.4.6 of Debian answered, with a signature of our own for the test file of EICAR.
CLEAN = b"stream: OK\0"
FOUND = b"stream: Eicar-Text.UNOFFICIAL FOUND\0"
TOO_LONG = b"INSTREAM size limit exceeded. ERROR\0"


@dataclass
class Scanner:
    """Where it listens, and the pieces of each file that it was sent."""

    address: str
    heard: list[list[bytes]] = field(default_factory=list)

    @property
    def contents(self) -> list[bytes]:
        return [b"".join(pieces) for pieces in self.heard]


@contextmanager
def a_scanner(answer: bytes, path: str = "", most: int | None = None) -> Iterator[Scanner]:
    """Serve one INSTREAM at a socket's path, or at a port; of a file above `most` it hangs up."""
    with socket.socket(socket.AF_UNIX if path else socket.AF_INET) as server:
        server.bind(path or ("127.0.0.1", 0))
        server.listen()
        scanner = Scanner(path or f"127.0.0.1:{server.getsockname()[1]}")
        thread = threading.Thread(target=_serve, args=(server, scanner, answer, most), daemon=True)
        thread.start()
        yield scanner
        thread.join(5)


def _serve(server: socket.socket, scanner: Scanner, answer: bytes, most: int | None) -> None:
    link, _ = server.accept()
    with link, link.makefile("rb") as stream:
        assert stream.read(10) == b"zINSTREAM\0"
        pieces: list[bytes] = []
        while size := struct.unpack(">I", stream.read(4))[0]:
            if most is not None and sum(map(len, pieces)) + size > most:
                break
            pieces.append(stream.read(size))
        scanner.heard.append(pieces)
        link.sendall(answer)
