"""What somebody looks for, kept out of addresses: there it stands as a key that nobody can read.

A name in an address would stay in histories and logs. So what was typed is sent in a body, and
the address carries it sealed: for whoever typed it, and for some hours.
"""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from typing import Any

from flask import current_app
from marshmallow import ValidationError, fields

from resettle.core.crypto import Unsealable, seal, unseal
from resettle.web.auth import current_actor, transactions

GOOD_FOR = timedelta(hours=12)
BLOCK = 64  # so that the length of a key does not tell how long a name is
OVER = "This search is over, or is not yours. Write what you look for once more."


class Sought(fields.String):
    """A text that somebody looks for, in an address: a key that POST gave."""

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> str:
        return found(str(value))


def hidden(text: str | None) -> str | None:
    """Give the key of a text, for an address; nothing for no text."""
    if not text or not text.strip():
        return None
    told = json.dumps([transactions().clock().timestamp(), text.strip()]).encode()
    told += b" " * (-len(told) % BLOCK)
    return urlsafe_b64encode(seal(_key(), _place(), told)).decode()


def found(key: str) -> str:
    """Give the text of a key. Raises ValidationError for one that is over or somebody else's."""
    try:
        at, text = json.loads(unseal(_key(), _place(), urlsafe_b64decode(key.encode())))
    except (Unsealable, ValueError) as error:
        raise ValidationError(OVER) from error
    if at + GOOD_FOR.total_seconds() < transactions().clock().timestamp():
        raise ValidationError(OVER)
    return str(text)


def _key() -> bytes:
    secret = str(current_app.secret_key)
    return hashlib.sha256(b"sought|" + secret.encode()).digest()


def _place() -> str:
    actor = current_actor()
    return f"sought|{None if actor is None else actor.user_id}"
