"""Clients that give each of their posts a key, and the keys of what is looked for."""

from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient


def with_keys(client: FlaskClient) -> FlaskClient:
    post = client.post

    def keyed(path: str, **options: Any) -> Any:
        headers = {"Idempotency-Key": uuid4().hex} | options.pop("headers", {})
        return post(path, headers=headers, **options)

    client.post = keyed
    return client


def key_of(client: FlaskClient, text: str) -> str:
    """Ask for the key by which an address names what is looked for."""
    headers = {"Idempotency-Key": uuid4().hex}
    key: str = client.post("/api/searches", json={"q": text}, headers=headers).json["q"]
    return key
