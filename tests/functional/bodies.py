"""Bodies and files that no data file can hold: too large, too deep, or no text at all."""

from collections.abc import Callable, Mapping
from io import BytesIO

from PIL import Image

MIB = 1024 * 1024


def deep_arrays() -> bytes:
    return b'{"a": ' + b"[" * 10_000 + b"]" * 10_000 + b"}"


def deep_objects() -> bytes:
    return b'{"a":' * 10_000 + b"1" + b"}" * 10_000


def brackets_in_texts() -> bytes:
    return b'{"a": "' + b"[" * 900_000 + b'"}'


def unclosed_texts() -> bytes:
    return b'{"a": "' + b'\\"' * 400_000


def many_keys() -> bytes:
    keys = b",".join(b'"%x":1' % number for number in range(95_000))
    return b"{" + keys + b"}"


def many_members() -> bytes:
    return b'{"members": [' + b",".join([b"{}"] * 300_000) + b"]}"


def huge_number() -> bytes:
    return b'{"programme_version": ' + b"9" * 900_000 + b"}"


def latin_1() -> bytes:
    return '{"name": "Zoë"}'.encode("latin-1")


def utf_16() -> bytes:
    return '{"name": "Zoë"}'.encode("utf-16")


def too_large() -> bytes:
    return b'{"name": "' + b"a" * (26 * MIB) + b'"}'


def a_little_too_large() -> bytes:
    return b'{"name": "' + b"a" * MIB + b'"}'


def huge_password() -> bytes:
    return b'{"email": "a@example.org.nz", "password": "' + b"a" * 1_000_000 + b'"}'


MADE: Mapping[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (
        deep_arrays,
        deep_objects,
        brackets_in_texts,
        unclosed_texts,
        many_keys,
        many_members,
        huge_number,
        latin_1,
        utf_16,
        too_large,
        a_little_too_large,
        huge_password,
    )
}


def picture(side: int = 40, kind: str = "JPEG") -> bytes:
    made = BytesIO()
    Image.new("L", (side, side)).save(made, kind)
    return made.getvalue()


FILES: Mapping[str, Callable[[], bytes]] = {
    "good": picture,
    "empty": bytes,
    "truncated": lambda: picture()[:-200],
    "enormous": lambda: picture(8000, "PNG"),
    "markup": lambda: b"<html><script>alert(1)</script></html>",
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "program": lambda: b"MZ\x90\x00" + bytes(200),
    "document": lambda: b"%PDF-1.7\n1 0 obj<</OpenAction 2 0 R>>endobj",
    "script_in_gif": lambda: b"GIF89a=1;alert(1);//" + bytes(40),
}
