"""Handing out a file: to be saved, never shown by the browser as a page of ours."""

from typing import Protocol

from flask import Response

SANDBOX = "sandbox; default-src 'none'"


class File(Protocol):
    """A content with its kind, and a name that tells nothing of whom it is about."""

    @property
    def name(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    @property
    def content(self) -> bytes: ...


def handed_out(file: File) -> Response:
    response = Response(file.content, content_type=file.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
