"""Reading what a request carries: strict JSON, forms and files, each within its limits."""

import json
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from resettle.core.errors import BadRequest, Invalid
from resettle.web.errors import UnsupportedMedia
from resettle.web.fields import Typed

JSON_LIMIT = 1024 * 1024
UPLOAD_LIMIT = 160 * 1024 * 1024
DEPTH = 32
VALUES = 10_000
FORM_KEYS = frozenset({"csrf_token", "form_key", "version", "draft_token"})
# What a form carries along beside its fields stands under prefix:name.
BESIDE = ":"
VERSION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent. The name is the sender's word: never a path."""

    name: str
    data: bytes


def json_body() -> dict[str, Any]:
    """Read the body as one JSON object. Raises BadRequest for what is not, by kind of fault.

    No body at all, and no word of its kind, says the same as an empty object.
    """
    if not request.content_type and not request.get_data():
        return {}
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != "application/json" or charset != "utf-8":
        raise UnsupportedMedia("media-type", "Send JSON in UTF-8, as application/json.")
    try:
        text = _raw().decode()
        _refuse_bulk(text)
        body = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except UnicodeError as error:
        raise BadRequest("encoding", "The body is not UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise BadRequest("json", "The body is not well-formed JSON.") from error
    if not isinstance(body, dict):
        raise BadRequest("json", "Send one JSON object.")
    return body


def _raw() -> bytes:
    """Read the body. One that told no length is cut at the limit, and so refused there."""
    body = request.get_data()
    limit = request.max_content_length
    if request.content_length is None and limit is not None and len(body) >= limit:
        raise RequestEntityTooLarge
    return body


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise BadRequest("duplicate-key", "A key stands twice in one object of the body.")
    "".join(made).encode()  # an escape may hide half a character, which no answer could name
    return made


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


# A text that never ends is taken as far as it goes: to look for its end anew at each of its
# quotation marks would take time by the square of its length.
TEXTS = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
OTHERS = re.compile(r"[^\[\]{},]+")
BRACKETS = {"[": 1, "{": 1, "]": -1, "}": -1}


def _refuse_bulk(text: str) -> None:
    """Refuse more values, or deeper nesting, than any command has, before a parser sees them."""
    marks = OTHERS.sub("", TEXTS.sub("", text))
    if marks.count(",") >= VALUES:
        raise Invalid({"_schema": [f"Send fewer than {VALUES:,} values at once."]})
    depth = 0
    for mark in marks:
        depth += BRACKETS.get(mark, 0)
        if depth > DEPTH:
            raise BadRequest("json", f"The body is nested deeper than {DEPTH} levels.")


def arguments(known: frozenset[str]) -> dict[str, str]:
    """Read the query string. Raises BadRequest for unknown, repeated or undecodable parameters."""
    try:
        unquote_to_bytes(request.query_string).decode()
    except UnicodeDecodeError as error:
        raise BadRequest("encoding", "The address is not UTF-8.") from error
    given: dict[str, str] = {}
    for name, values in request.args.lists():
        if name not in known:
            offered = ", ".join(sorted(known)) or "none"
            raise BadRequest("parameter", f"A parameter is not known here. Known: {offered}.")
        if len(values) > 1:
            raise BadRequest("duplicate-parameter", f"The parameter {name} stands twice.")
        given[name] = Typed(values[0])
    return given


def form_values() -> dict[str, Any]:
    """Read a form: blank fields are left out, several values of one name become a list."""
    given: dict[str, Any] = {}
    for name, values in request.form.lists():
        filled = [Typed(value) for value in values if value.strip()]
        if name in FORM_KEYS or BESIDE in name or not filled:
            continue
        given[name] = filled[0] if len(filled) == 1 else filled
    return given


def form_version() -> int | None:
    """Read which version of its record a form has shown."""
    text = request.form.get("version", "")
    return int(text) if VERSION.fullmatch(text) else None


def beside(prefix: str) -> dict[str, Any]:
    """Read what a form carries along beside its fields, such as how each stood before."""
    given: dict[str, Any] = {}
    for name, values in request.form.lists():
        kind, _, about = name.partition(BESIDE)
        filled = [Typed(value) for value in values if value.strip()]
        if kind == prefix and about and filled:
            given[about] = filled[0] if len(filled) == 1 else filled
    return given


def uploads(field: str = "file") -> list[Upload]:
    """Read the files of a form. Raises Invalid if there is none."""
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMedia("media-type", "Send the file as multipart/form-data.")
    found = [read(file) for file in request.files.getlist(field)]
    if not any(upload.name or upload.data for upload in found):
        raise Invalid({field: ["Choose a file."]})
    return found


def read(file: FileStorage) -> Upload:
    """Read a file that was sent, and close it: a large one lies on the disk until then."""
    with closing(file):
        return Upload(file.filename or "", file.read())


def sent_file(files: Sequence[Upload]) -> bytes:
    """Give the content of the one file that a form takes. Raises Invalid where there is none."""
    found = [upload.data for upload in files if upload.name or upload.data]
    if not found:
        raise Invalid({"file": ["Choose a file, or take a photo of the paper."]})
    return found[0]
