"""Requests that leave nothing behind, with bodies made from the description of the API."""

import dataclasses
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import sessionmaker
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from resettle.core.audit import AuditEntry
from resettle.core.db import WorkSession
from resettle.core.work import Transactions
from tests.access.principals import Key
from tests.access.targets import CODES, Target

# What an address cannot be asked without.
QUERIES: Mapping[str, Mapping[str, str]] = {
    "/api/households/<uuid:household_id>/anchor-preview": {
        "anchor": "arrived",
        "to": "2025-12-02",
    },
    "/api/sponsor-groups/<uuid:group_id>/funds/minimum-support": {"persons": "4"},
    "/api/households/<uuid:household_id>/roster/hours": {
        "first": "2026-02-01",
        "last": "2026-03-31",
    },
}
# Codes that a description tells as text.
WORDS: Mapping[str, str] = {
    "amount": "450.00",
    "ending_kind": "WITHDRAWN_BY_SPONSOR",
    "language": "prs",
    "primary_language": "prs",
    "programme": "cors",
    "programme_code": "cors",
}
# Without the hashes of the chain, which look like parts of anything.
TOLD = [column for column in AuditEntry.__table__.columns if column.name not in {"prev", "hash"}]
# All stands on one chain, by which the newest are found without reading what was planted.
ONE_CHAIN = AuditEntry.chain == 0
TRAIL = select(*TOLD).where(ONE_CHAIN, AuditEntry.seq > bindparam("planted"))
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(slots=True)
class Told:
    """Everything that one request gave away: its answer, what was logged, what is on the trail."""

    response: TestResponse
    logged: list[str] = field(default_factory=list)
    trail: list[Any] = field(default_factory=list)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def answer(self) -> bytes:
        """The answer as it would be to any other request: without the request's number."""
        number = self.response.headers.get("X-Request-Id", "").encode()
        return self.response.data.replace(number, b"") if number else self.response.data


class Ear(logging.Handler):
    """Hears everything that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(logging.Formatter().format(record) + repr(record.args))


@dataclass
class Sender:
    """Sends requests to one application, on one connection that is always rolled back."""

    app: Flask
    connection: Connection
    keys: Mapping[str, Key]
    document: dict[str, Any]
    planted: int
    ear: Ear = field(default_factory=Ear)

    def send(self, principal: str, method: str, path: str, **more: Any) -> Told:
        """Send a request and undo whatever it did."""
        with self.undone():
            return self.ask(principal, method, path, **more)

    def ask(self, principal: str, method: str, path: str, **more: Any) -> Told:
        self.ear.heard.clear()
        client = self.app.test_client(use_cookies=False)
        response = client.open(
            path, method=method, environ_overrides=dict(self.keys[principal].environ), **more
        )
        return Told(response, [*self.ear.heard], self._trail())

    @contextmanager
    def undone(self) -> Iterator[None]:
        transaction = self.connection.begin()
        try:
            yield
        finally:
            transaction.rollback()

    def _trail(self) -> list[Any]:
        """Read what the requests that are not yet undone have put on the trail."""
        return [*map(tuple, self.connection.execute(TRAIL, {"planted": self.planted}))]


def sender_to(app: Flask, keys: Mapping[str, Key]) -> Sender:
    """Let an application work on one connection, and listen to its logs."""
    connection = app.extensions["engine"].connect()
    sessions = sessionmaker(
        connection,
        class_=WorkSession,
        expire_on_commit=False,
        join_transaction_mode="create_savepoint",
    )
    real: Transactions = app.extensions["transactions"]
    assert real.audit_chains == 1
    app.extensions["transactions"] = dataclasses.replace(real, sessions=sessions)
    with connection.begin():
        planted = connection.scalar(select(func.max(AuditEntry.seq)).where(ONE_CHAIN)) or 0
    sender = Sender(app, connection, keys, app.extensions["openapi"]().to_dict(), planted)
    logging.getLogger().addHandler(sender.ear)
    return sender


def path_of(app: Flask, rule: Rule, target: Target) -> str:
    values = {name: target.ids[name] for name in rule.arguments if name in target.ids}
    adapter = app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, {**values, **CODES.get(rule.rule, {})})


def headers_of(method: str, version: int = 1) -> dict[str, str]:
    """Give what an act demands: a key for what is made, a version for what is edited."""
    if method == "POST":
        return {"Idempotency-Key": uuid4().hex}
    return {"If-Match": f'"{version}"'} if method in UNSAFE else {}


def usual(  # noqa: PLR0911  # one a kind
    sender: Sender,
    method: str,
    rule: Rule,
    ids: Mapping[str, UUID],
    form: Mapping[str, Any],
) -> dict[str, Any]:
    """Give an act a plausible body: what its description says is required, or what a form sends."""
    sent: dict[str, Any] = {"headers": headers_of(method)}
    if method not in UNSAFE:
        return sent | {"query_string": QUERIES.get(rule.rule, {})}
    if not rule.rule.startswith("/api/"):
        return sent | {"data": {"form_key": uuid4().hex, **form}}
    content = _content(sender.document, method, rule)
    if "multipart/form-data" in content:
        schema = dict(content["multipart/form-data"]["schema"])
        schema["required"] = [name for name in schema["required"] if name != "file"]
        told = _example(sender.document, schema, ids)
        return sent | {"data": {**told, "file": (BytesIO(b"x"), "x.xml")}}
    if "application/json" in content:
        schema = content["application/json"]["schema"]
        return sent | {"json": _example(sender.document, schema, ids)}
    return sent


def _content(document: dict[str, Any], method: str, rule: Rule) -> dict[str, Any]:
    path = _as_documented(rule.rule)
    operation = document["paths"][path][method.lower()]
    found: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    return found


def _as_documented(path: str) -> str:
    parts = (p.strip("<>").split(":")[-1] if p[:1] == "<" else p for p in path.split("/"))
    given = path.split("/")
    return "/".join(
        f"{{{part}}}" if old[:1] == "<" else old for part, old in zip(parts, given, strict=True)
    )


def _example(  # noqa: C901, PLR0911  # one a kind
    document: dict[str, Any], schema: dict[str, Any], ids: Mapping[str, UUID], name: str = ""
) -> Any:
    """Make the smallest value that a description allows."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].split("/")[-1]]
    if "enum" in schema:
        return schema["enum"][0]
    type_ = schema.get("type", "object")
    match type_ if isinstance(type_, str) else type_[0]:
        case "object":
            wanted = schema.get("required", [])
            parts = schema.get("properties", {})
            return {key: _example(document, parts[key], ids, key) for key in wanted}
        case "array":
            return [_example(document, schema["items"], ids)]
        case "integer":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case _:
            return _text(schema.get("format", ""), ids, name)


def _text(format_: str, ids: Mapping[str, UUID], name: str) -> str:  # noqa: PLR0911  # one a kind
    match format_:
        case "date":
            return "2026-03-02"
        case "date-time":
            return "2026-03-02T09:00:00Z"
        case "uuid":
            return str(ids.get(name, uuid4()))
        case "email":
            return "nobody@example.org.nz"
        case _:
            return WORDS.get(name, "Something")
