"""Files on paper, read as a program reads them that speaks them aloud: by their tags."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

LETTER = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]+)>")
INLINE = {"Span", "Strong", "Em"}


def opened(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def tags(content: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give what the file says of its structure: each element's kind, with all that it tells."""
    for kind, told, _ in _elements(opened(content)):
        yield kind, told


def kinds(content: bytes) -> list[str]:
    return [kind for kind, _ in tags(content)]


def pictures(content: bytes) -> list[str]:
    """Give the texts that stand for the pictures."""
    return [str(told.get("/Alt", "")) for kind, told in tags(content) if kind == "Figure"]


def spoken(content: bytes) -> list[str]:
    """Give the texts in the order of the tags, one for each heading, cell and paragraph."""
    reader = opened(content)
    said = {page.indirect_reference.idnum: _said(page, reader) for page in reader.pages}
    found: list[str] = []
    for kind, _, marks in _elements(reader):
        text = "".join(said[page].get(mark, "") for page, mark in marks)
        if kind in INLINE and found:
            found[-1] += text
        else:
            found.append(text)
    return ["".join(filter(str.isprintable, text)) for text in found if text]


def text_of(content: bytes) -> str:
    return "\n".join(spoken(content))


def drawn(content: bytes) -> list[str]:
    """Give the lines of the first page as they stand on paper: sign by sign, from the left."""
    reader = opened(content)
    page = reader.pages[0]
    found: dict[float, list[tuple[float, str]]] = defaultdict(list)
    letters: Mapping[str, str] = {}
    at = (0.0, 0.0)
    for given, act in ContentStream(page["/Contents"], reader).operations:
        match act:
            case b"cm":
                at = float(given[4]), float(given[5])
            case b"Tf":
                letters = _letters(page["/Resources"]["/Font"][given[0]])
            case b"Tj" | b"TJ":
                parts = given[0] if act == b"TJ" else given
                found[round(at[1], 1)].append((at[0], "".join(_text(parts, letters))))
    return ["".join(text for _, text in sorted(found[y])) for y in sorted(found, reverse=True)]


def _elements(reader: PdfReader) -> Iterator[tuple[str, dict[str, Any], list[tuple[int, int]]]]:
    return _under(reader.trailer["/Root"]["/StructTreeRoot"], 0)


def _under(node: Any, page: int) -> Iterator[tuple[str, dict[str, Any], list[tuple[int, int]]]]:
    found = node.get_object()
    children = found.get("/K", [])
    if not isinstance(children, list):
        children = [children]
    page = found.raw_get("/Pg").idnum if "/Pg" in found else page
    if "/S" in found:
        yield str(found["/S"])[1:], found, [*_marks(children, page)]
    for child in children:
        if isinstance(child.get_object(), dict) and "/MCID" not in child.get_object():
            yield from _under(child, page)


def _marks(children: list[Any], page: int) -> Iterator[tuple[int, int]]:
    for child in (each.get_object() for each in children):
        if isinstance(child, int):
            yield page, child
        elif isinstance(child, dict) and "/MCID" in child:
            yield (child.raw_get("/Pg").idnum if "/Pg" in child else page), child["/MCID"]


def _said(page: Any, reader: PdfReader) -> Mapping[int, str]:
    """Give what each marked part of a page says."""
    said: dict[int, str] = defaultdict(str)
    letters: Mapping[str, str] = {}
    open_: list[dict[str, Any]] = []
    for given, act in ContentStream(page["/Contents"], reader).operations:
        match act:
            case b"BMC" | b"BDC":
                open_.append({"tag": given[0], "text": [], **(given[1] if len(given) > 1 else {})})
            case b"EMC":
                _close(open_, said)
            case b"Tf":
                letters = _letters(page["/Resources"]["/Font"][given[0]])
            case b"Tj" | b"TJ":
                parts = given[0] if act == b"TJ" else given
                open_[-1]["text"] += _text(parts, letters)
    return said


def _close(open_: list[dict[str, Any]], said: dict[int, str]) -> None:
    """End a part. What is written from right to left was drawn from the left, word by word."""
    last = open_.pop()
    signs = [str(last["/ActualText"])] if "/ActualText" in last else last["text"]
    if "/MCID" in last:
        said[last["/MCID"]] += "".join(signs)
    elif open_ and last["tag"] == "/ReversedChars":
        open_[-1]["text"] = signs[::-1] + open_[-1]["text"]
    elif open_:
        open_[-1]["text"] += signs


def _text(parts: list[Any], letters: Mapping[str, str]) -> list[str]:
    """Give what each sign says: two letters that are drawn as one stay in their order."""
    codes = b"".join(part.original_bytes for part in parts if hasattr(part, "original_bytes"))
    return [letters[codes[at : at + 2].hex().upper()] for at in range(0, len(codes), 2)]


def _letters(font: Any) -> Mapping[str, str]:
    told = font["/ToUnicode"].get_data().decode()
    return {code: bytes.fromhex(text).decode("utf-16-be") for code, text in LETTER.findall(told)}
