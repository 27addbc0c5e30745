"""PDF files: nothing that acts, hides or grows when it is opened.

A PDF is not parsed but searched: for the names of what is refused, however they are written, in the
file itself and in the compressed streams in which objects may hide. Where that cannot be searched
(encrypted, or packed in a way that writers of ordinary files do not use) the file is refused.
"""

import re
import zlib
from collections.abc import Iterator

from resettle.documents.refusals import Refused

TAIL = 1024
PAGES_MOST = 2000
UNPACKED_MOST = 64 * 1024 * 1024
DICTIONARY_MOST = 2048
AGAIN = "Print it into a new PDF, and send that."
ACTS = f"The PDF holds something that acts when it is opened, such as a script. {AGAIN}"
LOCKED = f"The PDF is locked with a password. Take the password off. {AGAIN}"
HIDES = f"The PDF is packed in a way that cannot be looked into. {AGAIN}"
BROKEN = "The PDF is broken off or damaged. Save it again."
TOO_MANY = f"The PDF has more than {PAGES_MOST:,} pages. Send a part of it."

ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
ENDS_NAME = rb"(?=[\s/<>\[\]()%{}]|$)"
ACTING = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|ImportData|SubmitForm|GoToE|Rendition)"
    + ENDS_NAME
)
ENCRYPTED = re.compile(rb"/Encrypt" + ENDS_NAME)
COUNT = re.compile(rb"/Count\s+(\d{1,12})")
OBJECTS = re.compile(rb"/ObjStm" + ENDS_NAME)
STREAM = re.compile(rb"(?<!end)stream\r?\n")
FILTER = re.compile(rb"/Filter" + ENDS_NAME)
DEFLATED = re.compile(
    rb"/Filter\s*(/FlateDecode|/Fl|\[\s*(/FlateDecode|/Fl)\s*\])\s*(/(?!Filter)|>>)"
)
UNUSUAL = re.compile(rb"/(DecodeParms|DP|F|FFilter|FDecodeParms)" + ENDS_NAME)
PIECE = 64 * 1024


def check(content: bytes) -> None:
    """Raise Refused for a PDF that is not to be kept."""
    if b"%%EOF" not in content[-TAIL:]:
        raise Refused(BROKEN)
    text = _unescaped(content)
    if ENCRYPTED.search(text):
        raise Refused(LOCKED)
    _search(text)
    packed = [*_object_streams(content)]
    if len(packed) != len(OBJECTS.findall(text)):
        raise Refused(HIDES)
    left = UNPACKED_MOST
    for start in packed:
        unpacked = _unpacked(content, start, left)
        left -= len(unpacked)
        _search(_unescaped(unpacked))


def _unescaped(content: bytes) -> bytes:
    """Write each character of a name plainly: a name may say /J#61vaScript."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _search(text: bytes) -> None:
    if ACTING.search(text):
        raise Refused(ACTS)
    if any(int(found) > PAGES_MOST for found in COUNT.findall(text)):
        raise Refused(TOO_MANY)


def _object_streams(content: bytes) -> Iterator[int]:
    """Tell where the packed content of each stream begins that says it holds objects."""
    for found in STREAM.finditer(content):
        head = content[max(0, found.start() - DICTIONARY_MOST) : found.start()]
        own = _unescaped(head[head.rfind(b"obj") :])
        if not OBJECTS.search(own):
            continue
        if UNUSUAL.search(own) or not DEFLATED.search(own) or len(FILTER.findall(own)) != 1:
            raise Refused(HIDES)
        yield found.end()


def _unpacked(content: bytes, start: int, most: int) -> bytes:
    """Unpack a stream, as far as it says itself: what stands behind it is no part of it."""
    unpacker = zlib.decompressobj()
    unpacked = bytearray()
    try:
        while not unpacker.eof and start < len(content):
            unpacked += unpacker.decompress(content[start : start + PIECE])
            start += PIECE
            if len(unpacked) > most:
                raise Refused(HIDES)
    except zlib.error as error:
        raise Refused(HIDES) from error
    if not unpacker.eof:
        raise Refused(BROKEN)
    return bytes(unpacked)
