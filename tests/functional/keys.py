"""Clients that give each of their posts a key of its own, for tests that are not about keys."""

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
