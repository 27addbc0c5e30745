"""The gate before the application: whether it lives, whether it is ready, and when it is full.

A few requests are served at once, some wait a moment, and the rest is told at once to come again: a
service that takes on everything serves nobody. Whether it lives is answered without any of that.
"""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from threading import BoundedSemaphore, Lock
from typing import Any

import orjson

from resettle.web.errors import TITLES
from resettle.web.frame import HEADERS

Serve = Callable[[Any, Any], Iterable[bytes]]
PATIENCE_SECONDS = 2.0
RETRY_SECONDS = "3"
FULL = "More people are asking than the service can answer at once. Nothing was done; try again."
BUSY = orjson.dumps(
    {"type": "/problems/busy", "title": TITLES[503], "status": 503, "detail": FULL, "instance": ""}
)
TEXT = "text/plain; charset=utf-8"


class Gate:
    """Stands before a WSGI application, in each of its processes."""

    def __init__(
        self, serve: Serve, at_once: int, waiting: int, faults: Callable[[], Iterable[str]]
    ) -> None:
        self._serve = serve
        self._faults = faults
        self._room = BoundedSemaphore(at_once)
        self._places = waiting
        self._lock = Lock()
        self.turned_away = 0

    def __call__(self, environ: Any, start: Any) -> Iterable[bytes]:
        match environ["PATH_INFO"]:
            case "/healthz":
                return _said(start, HTTPStatus.OK, b"alive\n", {"Content-Type": TEXT})
            case "/readyz":
                return self._readiness(start)
            case _:
                return self._through(environ, start)

    def _readiness(self, start: Any) -> Iterable[bytes]:
        """Say whether this process can serve; a balancer then sends nobody here, or somebody."""
        faults = "\n".join(self._faults())
        status = HTTPStatus.SERVICE_UNAVAILABLE if faults else HTTPStatus.OK
        return _said(start, status, f"{faults or 'ready'}\n".encode(), {"Content-Type": TEXT})

    def _through(self, environ: Any, start: Any) -> Iterable[bytes]:
        if not self._admit():
            return self._turn_away(environ, start)
        try:
            return self._serve(environ, start)
        finally:
            self._room.release()

    def _admit(self) -> bool:
        if self._room.acquire(blocking=False):
            return True
        with self._lock:
            if not self._places:
                return False
            self._places -= 1
        try:
            return self._room.acquire(timeout=PATIENCE_SECONDS)
        finally:
            with self._lock:
                self._places += 1

    def _turn_away(self, environ: Any, start: Any) -> Iterable[bytes]:
        with self._lock:
            self.turned_away += 1
        is_program = environ["PATH_INFO"].startswith("/api/")
        kind, body = ("application/problem+json", BUSY) if is_program else (TEXT, FULL.encode())
        headers = {"Content-Type": kind, "Retry-After": RETRY_SECONDS}
        return _said(start, HTTPStatus.SERVICE_UNAVAILABLE, body, headers)


def _said(
    start: Any, status: HTTPStatus, body: bytes, headers: Mapping[str, str]
) -> Iterable[bytes]:
    all_headers = {
        **HEADERS,
        **headers,
        "Cache-Control": "no-store",
        "Content-Length": str(len(body)),
    }
    start(f"{status.value} {status.phrase}", [*all_headers.items()])
    return [body]
