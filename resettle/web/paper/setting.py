"""Sets one file: its content comes in as JSON, and a tagged PDF goes out (PDF/UA-1).

It runs as a process of its own and knows nothing of resettle. It reads sheet.typ beside it and the
fonts that it unpacked, no other file, and loads no package. Fonts are Noto's and Vazirmatn, under
the SIL Open Font License, out of packages of web fonts (fonts.toml). Noto draws the dots of Arabic
letters by themselves, and programs that read aloud take them for letters; so it comes second. What
no font has is written in Latin letters: an accessible file holds no sign that cannot be shown.
"""

import json
import re
import resource
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from string import ascii_letters
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import typst
from anyascii import anyascii
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
LATIN = "noto-sans/latin"
LEFT = ("vazirmatn/arabic", "noto-sans-arabic/arabic")
NAMES = (
    LATIN,
    "noto-sans/latin-ext",
    "noto-sans/cyrillic",
    "noto-sans/cyrillic-ext",
    *LEFT,
    "noto-sans-myanmar/myanmar",
    "noto-sans-ethiopic/ethiopic",
)
WEIGHTS = (400, 700)
FAMILY, OTHER_NAMES = 1, (16, 17)
WINDOWS, UNICODE, ENGLISH = 3, 1, 0x409
UNKNOWN = "\ufffd"
KEPT = "\n\u200c\u200d"
INSTEAD = {"Cc": " ", "Zl": " ", "Zp": " ", "Zs": " ", "Mn": ""}
MEMORY = 2 << 30
WAYS = {"L": "L", "R": "R", "AL": "R"}
NUMBER = re.compile(
    r"(?<![\w+])((?:[A-Za-z]+-)?[0-9]+(?:[-–/.: ][0-9]+)+|\+[0-9]+(?:[-–/.: ][0-9]+)*)(?!\w)"
)
LEFTWARD = re.compile("R(?:[R ]*R)?")
Covers = Mapping[str, Sequence[int]]


def unpacked(folder: Path) -> Covers:
    """Unpack the fonts, once a folder; tell which characters each of them has."""
    ready = folder / "ready"
    if not ready.exists():
        with TemporaryDirectory(dir=folder) as found:
            made = Path(found) / "made"
            made.mkdir()
            covers = {name: _unpack(name, made) for name in NAMES}
            (made / "covers.json").write_text(json.dumps(covers))
            put(made, ready)
    told: Covers = json.loads((ready / "covers.json").read_text())
    return told


def _unpack(name: str, into: Path) -> Sequence[int]:
    """Unpack both weights of a font under a name of its own: parts of Noto Sans share theirs."""
    has: set[int] = set()
    for weight in WEIGHTS:
        font = TTFont(FONTS / f"{name}-{weight}.woff", recalcTimestamp=False)
        # One or two Latin letters stand in the others as samples.
        has = {c for c in font.getBestCmap() if name == LATIN or chr(c) not in ascii_letters}
        for other in OTHER_NAMES:
            font["name"].removeNames(nameID=other)
        font["name"].setName(name, FAMILY, WINDOWS, UNICODE, ENGLISH)
        font.flavor = None
        font.save(into / f"{name.replace('/', '-')}-{weight}.ttf")
    return sorted(has)


def put(made: Path, ready: Path) -> None:
    """Put a folder in its place, unless another process was quicker."""
    try:
        made.rename(ready)
    except OSError:
        if not ready.exists():
            raise


def worded(told: Any, has: frozenset[int]) -> Any:
    """Write every text within what is told so that the fonts can show it, with its directions."""
    match told:
        case str():
            return _spans("".join(_shown(c, has) for c in unicodedata.normalize("NFC", told)))
        case dict():
            return {name: worded(value, has) for name, value in told.items()}
        case list():
            return [worded(value, has) for value in told]
        case _:
            return told


def _spans(text: str) -> Mapping[str, Any]:
    """Part a text where its direction turns; spaces between words stay with the words.

    A number of several groups is a part of its own, set from the left: beside Arabic letters the
    groups of a phone, or the day, month and year of a date, would stand in the other order.
    """
    ways = "".join(WAYS.get(unicodedata.bidirectional(c), " ") for c in text)
    parts = [text] if "R" not in ways else NUMBER.split(text)
    spans = [span for at, part in enumerate(parts) for span in _turns(part, number=at % 2 == 1)]
    return {"text": text, "leftward": ways.lstrip()[:1] == "R", "spans": spans}


def _turns(text: str, *, number: bool) -> list[Mapping[str, Any]]:
    ways = "".join(WAYS.get(unicodedata.bidirectional(c), " ") for c in text)
    found, at = [], 0
    for leftward in LEFTWARD.finditer(ways):
        start, end = leftward.span()
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    found.append((text[at:], False))
    return [{"text": part, "leftward": way, "number": number} for part, way in found if part]


def _shown(character: str, has: frozenset[int]) -> str:
    """Keep a character that has a shape, or joins others; spell those that no font has.

    What only steers is left out: it would stand as letters in what is read aloud.
    """
    kind = unicodedata.category(character)
    if kind == "Cf" and character not in KEPT:
        return ""
    if character in KEPT or ord(character) in has:
        return character
    return INSTEAD[kind] if kind in INSTEAD else anyascii(character) or UNKNOWN


def typeset(told: Mapping[str, Any], folder: Path) -> bytes:
    """Set what is told as a PDF, with fonts that are unpacked under the folder."""
    covers = unpacked(folder)
    has = frozenset(code for codes in covers.values() for code in codes)
    fonts = [{"name": name, "covers": _pattern(codes)} for name, codes in covers.items()]
    left = sorted(fonts, key=lambda font: font["name"] not in LEFT)
    nothing = folder / "nothing"
    return typst.compile(
        HERE / "sheet.typ",
        root=HERE,
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[folder / "ready"],
        ),
        sys_inputs={
            "told": json.dumps(worded(told, has)),
            "fonts": json.dumps({"right": fonts, "left": left}),
        },
        pdf_standards="ua-1",
        timestamp=datetime.fromtimestamp(told["made_at"], UTC),
        package_path=nothing,
        package_cache_path=nothing,
    )


def _pattern(codes: Sequence[int]) -> str:
    """Write a set of characters as a class of a regular expression."""
    return "[" + "".join(f"\\u{{{code:x}}}" for code in codes) + "]"


def main(folder: Path, given: BinaryIO, into: BinaryIO) -> None:
    into.write(typeset(json.load(given), folder))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    main(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
