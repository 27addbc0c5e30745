"""From bytes to a tree of elements, without trusting the file.

No document type, no entities, nothing from outside; limits on size, depth, elements and text; and
photos are decoded as they stream by, so that a huge one never stands in memory twice.
"""

import binascii
import codecs
import re
import string
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from resettle.errf.records import Unreadable

ROOT = "UNHCR_RRF"
NAMESPACE = "http://tempuri.org/ElectronicRRF.xsd"
PHOTO = "Photo"

MIB = 1024 * 1024
MAX_FILE = 120 * MIB
MAX_PHOTO = 50 * MIB
MAX_PHOTOS = 56 * MIB
MAX_TEXT = 4 * MIB
MAX_TOKEN = MIB
MAX_ELEMENTS = 200_000
MAX_RECORDS = 30_000
MAX_ATTRIBUTES = 10_000
MAX_NAMES = 500
MAX_DEPTH = 60
RECORD_DEPTH = 3

_PIECE = 64 * 1024
_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "single-byte",
    "windows-1252": "single-byte",
}
_WHITE = string.whitespace.encode()


@dataclass(slots=True, eq=False)
class Node:
    """One element: its own text, where it stands, and the photo if it is one."""

    tag: str
    line: int
    text: str = ""
    children: list["Node"] = field(default_factory=list)
    image: bytes = b""
    fault: str = ""

    def all(self, tag: str) -> list["Node"]:
        return [child for child in self.children if child.tag == tag]

    def find(self, tag: str) -> "Node | None":
        return next((child for child in self.children if child.tag == tag), None)

    def value(self, tag: str) -> str:
        child = self.find(tag)
        return child.text if child else ""


def tree(data: bytes) -> Node:
    """Read the file into its root element.

    Raises Unreadable with one sentence if it is not XML, not an eRRF, or not to be trusted.
    """
    _check_bytes(data)
    target = _Target()
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    target.position = parser.parser
    try:
        _feed(parser, data)
        parser.close()
    except DefusedXmlException as error:
        raise Unreadable(
            "The file declares a document type or entities, which a case file never needs and "
            "which are refused for safety."
        ) from error
    except ParseError as error:
        raise Unreadable(_not_well_formed(error)) from error
    except (LookupError, ValueError) as error:
        raise Unreadable("The file is written in an encoding that is not known here.") from error
    return target.root


def _check_bytes(data: bytes) -> None:
    if not data or data.isspace():
        raise Unreadable("The file is empty.")
    if len(data) > MAX_FILE:
        raise Unreadable(f"The file is larger than {MAX_FILE // MIB} MB.")
    bom = next((name for mark, name in _BOMS.items() if data.startswith(mark)), "")
    if bom != "utf-16" and b"\x00" in data[:_PIECE] and not _looks_like_utf_16(data):
        raise Unreadable("The file contains NUL bytes: it is damaged, or is not XML.")
    _check_declared(data, bom)


def _looks_like_utf_16(data: bytes) -> bool:
    return data[:4] in {b"<\x00?\x00", b"\x00<\x00?"}


def _check_declared(data: bytes, bom: str) -> None:
    found = _DECLARED.match(data[:_PIECE].removeprefix(b"\xef\xbb\xbf"))
    if found is None:
        return
    name = found[1].decode("ascii", "replace")
    encoding = _ENCODINGS.get(name.lower())
    if encoding is None:
        raise Unreadable(f"The file is written in an encoding that is not known here: {name[:40]}.")
    if (
        (bom and encoding not in {bom, "ascii"})
        or encoding == "utf-16"
        or _is_lying(data, encoding)
    ):
        raise Unreadable(f"The file says that its encoding is {name}, and it is not.")


def _is_lying(data: bytes, encoding: str) -> bool:
    """Tell whether what is declared to be single bytes is UTF-8: names would come out garbled."""
    if encoding != "single-byte" or data.isascii():
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(data[start : start + _PIECE])
    except UnicodeDecodeError:
        return False
    return True


def _feed(parser: DefusedXMLParser, data: bytes) -> None:
    view = memoryview(data)
    for start in range(0, len(data), _PIECE):
        parser.feed(view[start : start + _PIECE])
        if start - parser.parser.CurrentByteIndex > MAX_TOKEN:
            raise Unreadable("The file has a single tag or comment of more than 1 MB.")


def _not_well_formed(error: ParseError) -> str:
    line, column = error.position
    reason = str(error).split(":", maxsplit=1)[0]
    return f"The file is not well-formed XML: {reason}, in line {line}, column {column + 1}."


class _Target:
    """Builds the tree as the parser reads, and stops it at the first limit."""

    def __init__(self) -> None:
        self.position: object = None
        self.root: Node = Node("", 0)
        self.elements = 0
        self.records = 0
        self.attributes = 0
        self.characters = 0
        self.names: set[str] = set()
        self.photo_room = MAX_PHOTOS
        self.open: list[Node] = []
        self.texts: list[list[str]] = []
        self.photo: _PhotoStream | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(self._own(tag), getattr(self.position, "CurrentLineNumber", 0))
        if self.open:
            self.open[-1].children.append(node)
        else:
            _check_root(tag, attributes)
            self.root = node
        self.open.append(node)
        self.texts.append([])
        self.elements += 1
        self.records += len(self.open) == RECORD_DEPTH
        self.attributes += len(attributes)
        self.names.add(tag)
        self.photo = _PhotoStream(self.photo_room) if node.tag == PHOTO else None
        self._check_limits()

    def data(self, text: str) -> None:
        if self.photo is not None:
            self.photo.feed(text)
            return
        self.characters += len(text)
        if self.characters > MAX_TEXT:
            raise Unreadable("The file holds more text than any case file has.")
        self.texts[-1].append(text)

    def end(self, _tag: str) -> None:
        node = self.open.pop()
        node.text = "".join(self.texts.pop()).strip()
        if self.photo is not None:
            node.image, node.fault = self.photo.close()
            self.photo_room -= len(node.image)
            self.photo = None

    def close(self) -> None:
        """Nothing is left to do; the parser wants to say that it is done."""

    def _own(self, tag: str) -> str:
        return tag.removeprefix(f"{{{NAMESPACE}}}")

    def _check_limits(self) -> None:
        if len(self.open) > MAX_DEPTH:
            raise Unreadable(f"The file nests elements more than {MAX_DEPTH} deep.")
        if self.elements > MAX_ELEMENTS or self.records > MAX_RECORDS:
            raise Unreadable("The file has more elements than any case file: send it in parts.")
        if len(self.names) > MAX_NAMES or self.attributes > MAX_ATTRIBUTES:
            raise Unreadable("The file has more kinds of elements, or attributes, than any eRRF.")


def _check_root(tag: str, attributes: dict[str, str]) -> None:
    namespace, _, name = tag.rpartition("}")
    if name != ROOT:
        raise Unreadable(f"The file is not an eRRF: its root is {name[:40]} and not {ROOT}.")
    if namespace.removeprefix("{") not in {"", NAMESPACE}:
        raise Unreadable(f"The eRRF is of another namespace: {namespace[1:81]}.")
    for attribute, value in attributes.items():
        if attribute.lower().endswith("version") and not re.match(r"v?(2\.8|3|4)(\.|$)", value):
            raise Unreadable(f"The eRRF is of a version that is not known here: {value[:40]}.")


class _PhotoStream:
    """Decodes base64 as it comes, and stops keeping it once it is too large."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.image = BytesIO()
        self.rest = b""
        self.fault = "empty"
        self.ended = False

    def feed(self, text: str) -> None:
        if self.fault not in {"", "empty"}:
            return
        try:
            letters = self.rest + text.encode("ascii").translate(None, _WHITE)
            whole = len(letters) // 4 * 4
            self.rest = letters[whole:]
            self._keep(letters[:whole])
        except ValueError:
            self._drop("undecodable")

    def close(self) -> tuple[bytes, str]:
        """Give the image and no fault, or nothing and what is wrong."""
        if self.rest:
            self.feed("=" * (4 - len(self.rest)))
        return self.image.getvalue(), self.fault

    def _keep(self, letters: bytes) -> None:
        if not letters:
            return
        if self.ended:
            raise binascii.Error
        self.image.write(binascii.a2b_base64(letters, strict_mode=True))
        self.ended = letters.endswith(b"=")
        self.fault = ""
        if self.image.tell() >= MAX_PHOTO:
            self._drop("too large")
        elif self.image.tell() > self.room:
            self._drop("too many")

    def _drop(self, fault: str) -> None:
        self.image = BytesIO()
        self.rest = b""
        self.fault = fault
