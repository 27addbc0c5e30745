"""Files as people send them, and as nobody should: made here, byte by byte."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

from PIL import Image

from resettle.documents.office import EXCEL, WORD
from resettle.people.pictures import MEDIA_TYPE

TYPES = (
    '<?xml version="1.0"?><Types><Override PartName="/word/document.xml" '
    'ContentType="{}.main+xml"/>{}</Types>'
)
LINK = '<Relationship Id="1" Type="http://x/{}" Target="http://example.org" TargetMode="External"/>'
GPS = 34853


def a_picture(kind: str = "JPEG", side: int = 60) -> bytes:
    """Make a picture that says where it was taken."""
    made = BytesIO()
    exif = Image.Exif()
    exif[GPS] = {1: "S", 2: (43.0, 31.0, 0.0)}
    exif[270] = "taken at the house"
    Image.new("RGB", (side, side), "teal").save(made, kind, exif=exif)
    return made.getvalue()


def a_heic_of_another_size(said: int, side: int = 64) -> bytes:
    true, other = (struct.pack(">II", each, each) for each in (side, said))
    return a_picture("HEIF", side).replace(true, other)


def a_pdf(*objects: bytes, end: bytes = b"%%EOF\n") -> bytes:
    body = b"\n".join(b"%d 0 obj\n%s\nendobj" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.7\n" + (body or b"1 0 obj\n<< /Type /Catalog >>\nendobj") + b"\n" + end


def packed(text: bytes, more: bytes = b"/Filter /FlateDecode", pad: int = 0) -> bytes:
    """Hide objects in a compressed stream, as writers of PDF do."""
    data = zlib.compress(text)
    head = b"<< /Type /ObjStm /N 1 /First 4 %s/Length %d %s>>" % (
        b"/Pad (" + b"x" * pad + b") " if pad else b"",
        len(data),
        more + b" ",
    )
    return head + b"\nstream\n" + data + b"\nendstream"


def an_office_file(
    kind: str = WORD, *, more: str = "", parts: Mapping[str, bytes | str] | None = None
) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(kind, more))
        archive.writestr("word/document.xml", "<document>Hello</document>")
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def a_bomb() -> bytes:
    return an_office_file(parts={"word/media/big.xml": b"0" * (101 * 1024 * 1024)})


def locked_office_file() -> bytes:
    made = bytearray(an_office_file())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (found := made.find(sign, start)) >= 0:
            made[found + offset] |= 1
            start = found + 4
    return bytes(made)


def wrong_sum() -> bytes:
    made = an_office_file()
    with zipfile.ZipFile(BytesIO(made)) as archive:
        crc = archive.getinfo("word/document.xml").CRC
    return made.replace(crc.to_bytes(4, "little"), (crc ^ 1).to_bytes(4, "little"))


def twice_the_same_name() -> bytes:
    return an_office_file(parts={"Word/document.xml": "again"})


GOOD: Mapping[str, tuple[bytes, str]] = {
    "jpeg": (a_picture(), MEDIA_TYPE),
    "png": (a_picture("PNG"), MEDIA_TYPE),
    "webp": (a_picture("WEBP"), MEDIA_TYPE),
    "heic": (a_picture("HEIF"), MEDIA_TYPE),
    "pdf": (a_pdf(), "application/pdf"),
    "pdf with objects in a stream": (a_pdf(packed(b"5 0 << /Type /Page >>")), "application/pdf"),
    "pdf with a form to fill in": (a_pdf(b"<< /AcroForm 3 0 R >>"), "application/pdf"),
    "word": (an_office_file(), WORD),
    "excel": (
        an_office_file(EXCEL, parts={"xl/printerSettings/printerSettings1.bin": b"x"}),
        EXCEL,
    ),
    "word with a link": (
        an_office_file(parts={"word/_rels/document.xml.rels": LINK.format("hyperlink")}),
        WORD,
    ),
    "text in Dari": ("سلام، خانهٔ ما\nسطر دوم".encode(), "text/plain; charset=utf-8"),
    "text with a mark at its start": (b"\xef\xbb\xbfHello", "text/plain; charset=utf-8"),
}

HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "empty": bytes,
    "broken off picture": lambda: a_picture()[:-300],
    "enormous picture": lambda: a_picture("PNG", 7000),
    "tiny picture": lambda: a_picture(side=8),
    "sound that says it is a picture": lambda: b"RIFF\x10\x00\x00\x00WAVEfmt " + bytes(40),
    "heic without a picture": lambda: b"\x00\x00\x00\x18ftypheic" + bytes(60),
    "broken off heic": lambda: a_picture("HEIF")[:-30],
    "heic that says it is enormous": lambda: a_heic_of_another_size(50_000),
    "heic that says it is larger than it is": lambda: a_heic_of_another_size(5_000),
    "heic in motion": lambda: b"\x00\x00\x00\x18ftyphevc" + bytes(60),
    "film": lambda: b"\x00\x00\x00\x18ftypmp42" + bytes(60),
    "gif": lambda: a_picture("GIF"),
    "script in a gif": lambda: b"GIF89a=1;alert(1);//",
    "web page": lambda: b" \n<html><script>alert(1)</script></html>",
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "program": lambda: b"MZ\x90\x00" + bytes(200),
    "shell script": lambda: b"#!/bin/sh\nrm -rf /",
    "latin text": lambda: "Zoë".encode("latin-1"),
    "text with a hidden end": lambda: b"Hello\x00there",
    "rich text": lambda: b"{\\rtf1 Hello}",
    "pdf behind a word": lambda: b"Hello\n" + bytes(3) + a_pdf(),
    "text that turns into a pdf": lambda: b"  " + a_pdf(),
    "old office file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "broken off pdf": lambda: a_pdf(end=b""),
    "locked pdf": lambda: a_pdf(b"<< /Encrypt 9 0 R >>"),
    "pdf with a script": lambda: a_pdf(b"<< /OpenAction << /S /JavaScript /JS (app.alert) >> >>"),
    "pdf with a script spelt oddly": lambda: a_pdf(b"<< /S /J#61vaScr#69pt /JS (x) >>"),
    "pdf that launches": lambda: a_pdf(b"<< /S /Launch /F (cmd.exe) >>"),
    "pdf with a file inside": lambda: a_pdf(b"<< /EmbeddedFiles 3 0 R >>"),
    "pdf with a hidden script": lambda: a_pdf(packed(b"5 0 << /S /JavaScript /JS 6 0 R >>")),
    "pdf with a script in a far dictionary": lambda: a_pdf(
        packed(b"5 0 << /S /JavaScript >>", pad=4000)
    ),
    "pdf packed twice": lambda: a_pdf(packed(b"5 0", b"/Filter [/FlateDecode /FlateDecode]")),
    "pdf with two filters": lambda: a_pdf(packed(b"5 0", b"/Filter /ASCIIHexDecode")),
    "pdf whose filter is elsewhere": lambda: a_pdf(packed(b"5 0", b"/Filter 7 0 R")),
    "pdf with a predictor": lambda: a_pdf(
        packed(b"5 0", b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>")
    ),
    "pdf that unpacks to much": lambda: a_pdf(packed(b"0" * (65 * 1024 * 1024))),
    "pdf with a damaged stream": lambda: a_pdf(packed(b"5 0").replace(b"stream\nx", b"stream\ny")),
    "pdf with a stream that never ends": lambda: a_pdf(
        b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + zlib.compress(b"5 0 obj" * 90)[:-9]
    ).replace(b"\nendobj\n%%EOF\n", b"%%EOF"),
    "pdf with a million pages": lambda: a_pdf(b"<< /Type /Pages /Count 1000000 >>"),
    "pdf and archive": lambda: a_pdf(end=an_office_file() + b"%%EOF"),
    "archive": lambda: _archive({"a.txt": b"x"}),
    "archive of nothing": lambda: b"PK\x03\x04" + bytes(40),
    "office bomb": a_bomb,
    "office file of very many parts": lambda: an_office_file(
        parts={f"word/{n}.xml": b"" for n in range(1001)}
    ),
    "office file with macros": lambda: an_office_file(parts={"word/vbaProject.bin": b"x"}),
    "office file that says it has macros": lambda: an_office_file(
        "application/vnd.ms-word.document.macroEnabled"
    ),
    "office file of two kinds": lambda: an_office_file(
        more=f'<Override ContentType="{EXCEL}.main+xml"/>'
    ),
    "office file that climbs": lambda: an_office_file(parts={"../../etc/passwd": b"x"}),
    "office file from a root": lambda: an_office_file(parts={"/etc/passwd": b"x"}),
    "office file with a program": lambda: an_office_file(parts={"word/media/a.png": b"MZ\x90"}),
    "office file within": lambda: an_office_file(parts={"word/media/a.png": an_office_file()}),
    "office file that loads from elsewhere": lambda: an_office_file(
        parts={"word/_rels/settings.xml.rels": LINK.format("attachedTemplate")}
    ),
    "office file with something behind it": lambda: an_office_file() + b"alert(1)\0\0",
    "locked office file": locked_office_file,
    "office file with a wrong sum": wrong_sum,
    "office file with a name twice": twice_the_same_name,
}


def _archive(parts: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
