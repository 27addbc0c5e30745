"""What goes out on paper: written down as parts, and set as a tagged PDF by a process of its own.

The process starts for one file and ends with it, so the memory that it took is given back, and it
knows nothing of the service: no settings, no keys, no database. What is set is handed to it as
data; no text of anybody is ever read as markup (see sheet.typ).
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import orjson

from resettle.core.errors import Conflict

HERE = Path(__file__).parent
SETTING, FONTS = HERE / "setting.py", HERE / "fonts"
SECONDS, LINES = 60, 10_000
TOO_LONG = "This is too much for one file on paper."


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what is said of each; the names may be in a language of their own."""

    pairs: Sequence[tuple[str, str]]
    names_in: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Lines under the heads of their columns."""

    heads: Sequence[str]
    lines: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of lengths, each a name, what is told and per cent; `alt` says what is seen."""

    alt: str
    bars: Sequence[tuple[str, str, float]]


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str


Block = Facts | Table | Bars | Words


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file as it is to be set. Its title stands at its foot and in its data, so it is no name."""

    title: str
    heading: str
    lines: Sequence[str]
    parts: Sequence[Part]
    made_at: datetime
    language: str = "en-NZ"


@cache
def _place() -> tempfile.TemporaryDirectory[str]:
    """Keep a folder for unpacked fonts that goes with the process."""
    return tempfile.TemporaryDirectory(prefix="resettle-fonts-")


def printed(paper: Paper) -> bytes:
    """Set a file: the same content of the same moment gives the same bytes.

    Raises Conflict if it is longer than anybody should wait for.
    """
    if sum(_length(block) for part in paper.parts for block in part.blocks) > LINES:
        raise Conflict(TOO_LONG)
    told = {
        **asdict(paper),
        "parts": [_written(part) for part in paper.parts],
        "made_at": int(paper.made_at.timestamp()),
    }
    try:
        done = subprocess.run(  # noqa: S603  # our own file, and no word of anybody
            [sys.executable, "-I", SETTING, _place().name],
            input=orjson.dumps(told),
            capture_output=True,
            check=True,
            timeout=SECONDS,
            env={"RAYON_NUM_THREADS": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise Conflict(TOO_LONG) from error
    return done.stdout


def _length(block: Block) -> int:
    match block:
        case Facts():
            return len(block.pairs)
        case Table():
            return len(block.lines)
        case Bars():
            return len(block.bars)
        case Words():
            return 1


def _written(part: Part) -> dict[str, object]:
    blocks = [{"kind": type(block).__name__.lower(), **asdict(block)} for block in part.blocks]
    return {"title": part.title, "blocks": blocks}
