"""What a file is, told by what it holds and never by its name; and what is refused in it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from resettle.documents import office, pdf
from resettle.documents.refusals import Refused
from resettle.people import pictures

SIDE_KEPT = 4000
EMPTY = "The file is empty."
UNKNOWN = "This kind of file is not taken. Send a PDF, a JPEG, PNG, WebP or HEIC picture, a Word or Excel file without macros, or plain text."  # noqa: E501  # one sentence
TWO_KINDS = "The file is of two kinds at once. Save it again, as one kind."
MARKUP = re.compile(r"<\s*(!doctype|html|svg|script|\?xml|head|body|iframe)", re.IGNORECASE)
PROGRAMS = ("#!", "MZ", "GIF8", "%!PS", "{\\rtf", "Rar!", "!<arch>", "%PDF", "PK")
ZIP_ENDS = b"PK\x05\x06"
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it will be kept: pictures are drawn anew, all else stays as it came."""

    media_type: str
    extension: str
    content: bytes


def checked(content: bytes) -> Content:
    """Tell what a file is, and make it fit to keep. Raises Refused, before much is unpacked."""
    if not content:
        raise Refused(EMPTY)
    for begins, check in SIGNS.items():
        if content.startswith(begins):
            return check(content)
    if content[4:8] == b"ftyp":
        return _telephone_picture(content)
    return _text(content)


def _telephone_picture(content: bytes) -> Content:
    """Draw a picture anew that a telephone took as HEIC; films begin in the same way."""
    if content[8:12] not in HEIC_BRANDS:
        raise Refused(UNKNOWN)
    return _picture(content)


def _picture(content: bytes) -> Content:
    if content.startswith(b"RIFF") and content[8:12] != b"WEBP":
        raise Refused(UNKNOWN)
    try:
        drawn = pictures.redrawn(content, SIDE_KEPT)
    except pictures.Unusable as error:
        raise Refused(str(error)) from error
    return Content(pictures.MEDIA_TYPE, "jpg", drawn.content)


def _pdf(content: bytes) -> Content:
    pdf.check(content)
    if ZIP_ENDS in content[-70_000:]:
        raise Refused(TWO_KINDS)
    return Content("application/pdf", "pdf", content)


def _office(content: bytes) -> Content:
    kind = office.check(content)
    return Content(kind.media_type, kind.extension, content)


def _text(content: bytes) -> Content:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(UNKNOWN) from error
    begins = text.lstrip()
    if CONTROLS.search(text) or MARKUP.match(begins) or begins.startswith(PROGRAMS):
        raise Refused(UNKNOWN)
    return Content("text/plain; charset=utf-8", "txt", content)


SIGNS: Mapping[bytes, Callable[[bytes], Content]] = {
    b"\xff\xd8\xff": _picture,
    b"\x89PNG\r\n\x1a\n": _picture,
    b"RIFF": _picture,
    b"%PDF-": _pdf,
    b"PK\x03\x04": _office,
}
HEIC_BRANDS = frozenset({b"heic", b"heix", b"mif1"})
