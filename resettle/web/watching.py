"""What is told of each request: a line of the log, and figures where somebody wants them.

Neither holds an address, a path with ids, a query, a name or a value: the route as it was declared,
the status and the time are enough to look after the service. The audit trail says who did what.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from traceback import extract_tb
from typing import Any

import orjson
from flask import Flask, Response, g, has_request_context, request

log = logging.getLogger("resettle.requests")
OURS = "resettle"
# What others log may hold addresses and what was sent, so of their faults only the pattern is kept.
NO_ROUTE = "(none)"


@dataclass(frozen=True, slots=True)
class Seen:
    """One request, as far as it is told."""

    method: str
    route: str
    status: int
    seconds: float


Watcher = Callable[[Seen], None]


def init_app(app: Flask, *, metrics: bool) -> None:
    watchers: list[Watcher] = [_log]
    if metrics:
        watchers.append(_metrics())
    app.before_request(_start)

    def tell(response: Response) -> Response:
        rule = request.url_rule
        seconds = time.perf_counter() - g.get("started", time.perf_counter())
        route = NO_ROUTE if rule is None else rule.rule
        seen = Seen(request.method, route, response.status_code, seconds)
        for watch in watchers:
            watch(seen)
        return response

    app.after_request(tell)


def _start() -> None:
    g.started = time.perf_counter()


def _metrics() -> Watcher:
    """Take the figures' module, which wants a library that not everybody has."""
    watch: Watcher = import_module("resettle.web.metrics").count
    return watch


def _log(seen: Seen) -> None:
    if log.isEnabledFor(logging.INFO):
        extra = {
            "method": seen.method,
            "route": seen.route,
            "status": seen.status,
            "ms": round(seen.seconds * 1000, 1),
        }
        log.info("request", extra={"told": extra})


class JsonLines(logging.Formatter):
    """One line of JSON a record. Of an error its kind and place, never its words."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            **getattr(record, "told", {}),
        }
        if has_request_context():
            told["request_id"] = g.get("request_id", "")
        if record.exc_info and record.exc_info[0] is not None:
            told |= _fault(record.exc_info[1])
        return orjson.dumps(told).decode()


def _message(record: logging.LogRecord) -> str:
    is_ours = record.name.partition(".")[0] == OURS
    return record.getMessage() if is_ours or record.levelno <= logging.INFO else str(record.msg)


def _fault(error: BaseException | None) -> dict[str, Any]:
    """Name an error without its words: those of a database repeat what people have written."""
    assert error is not None
    orig = getattr(error, "orig", None)
    code = getattr(orig, "sqlstate", None) or getattr(orig, "sqlite_errorname", None)
    frames = [
        f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}"
        for frame in extract_tb(error.__traceback__)
    ]
    return {"fault": type(error).__name__, "code": code, "where": frames[-12:]}


CONFIG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "resettle.web.watching.JsonLines"}},
    "handlers": {
        "out": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "stream": "ext://sys.stdout",
        }
    },
    "root": {"level": "WARNING", "handlers": ["out"]},
    "loggers": {
        "resettle": {"level": "INFO"},
        "gunicorn.error": {"level": "INFO", "handlers": ["out"], "propagate": False},
        "gunicorn.access": {"level": "CRITICAL", "propagate": False},
    },
}
"""How whoever serves configures logging: lines of JSON on standard output."""
