"""Reading what a request carries: strict JSON, forms and files, each within its limits."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from resettle.core.errors import BadRequest, Invalid
from resettle.web.errors import UnsupportedMedia
from resettle.web.fields import Typed

JSON_LIMIT = 1024 * 1024
UPLOAD_LIMIT = 160 * 1024 * 1024
DEPTH = 32
FORM_KEYS = frozenset({"csrf_token", "form_key", "version"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent. The name is the sender's word: never a path."""

    name: str
    data: bytes


def json_body() -> dict[str, Any]:
    """Read the body as one JSON object. Raises BadRequest for what is not, by kind of fault."""
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != "application/json" or charset != "utf-8":
        raise UnsupportedMedia("media-type", "Send JSON in UTF-8, as application/json.")
    try:
        text = request.get_data().decode()
        _refuse_depth(text)
        body = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise BadRequest("encoding", "The body is not UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise BadRequest("json", "The body is not well-formed JSON.") from error
    if not isinstance(body, dict):
        raise BadRequest("json", "Send one JSON object.")
    return body


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise BadRequest("duplicate-key", "A key stands twice in one object of the body.")
    return made


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"')
BRACKETS = {"[": 1, "{": 1, "]": -1, "}": -1}


def _refuse_depth(text: str) -> None:
    """Refuse nesting that no command has, before a parser descends into it."""
    depth = 0
    for character in TEXTS.sub("", text):
        depth += BRACKETS.get(character, 0)
        if depth > DEPTH:
            raise BadRequest("json", f"The body is nested deeper than {DEPTH} levels.")


def arguments(known: frozenset[str]) -> dict[str, str]:
    """Read the query string. Raises BadRequest for unknown, repeated or undecodable parameters."""
    if "\ufffd" in request.query_string.decode("utf-8", "replace") or _not_utf8():
        raise BadRequest("encoding", "The address is not UTF-8.")
    given: dict[str, str] = {}
    for name, values in request.args.lists():
        if name not in known:
            offered = ", ".join(sorted(known)) or "none"
            raise BadRequest("parameter", f"A parameter is not known here. Known: {offered}.")
        if len(values) > 1:
            raise BadRequest("duplicate-parameter", f"The parameter {name} stands twice.")
        given[name] = Typed(values[0])
    return given


def _not_utf8() -> bool:
    return any("\ufffd" in text for pair in request.args.items(multi=True) for text in pair)


def form_values() -> dict[str, Any]:
    """Read a form: blank fields are left out, several values of one name become a list."""
    given: dict[str, Any] = {}
    for name, values in request.form.lists():
        filled = [Typed(value) for value in values if value.strip()]
        if name in FORM_KEYS or not filled:
            continue
        given[name] = filled[0] if len(filled) == 1 else filled
    return given


def uploads(field: str = "file") -> list[Upload]:
    """Read the files of a form. Raises Invalid if there is none."""
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMedia("media-type", "Send the file as multipart/form-data.")
    found = [Upload(f.filename or "", f.read()) for f in request.files.getlist(field)]
    if not any(upload.name or upload.data for upload in found):
        raise Invalid({field: ["Choose a file."]})
    return found
