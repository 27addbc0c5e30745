"""Photos made anew, and what is refused before it is unpacked."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageFile

from resettle.people import pictures, rules
from resettle.people.rules import NeedKind


def a_photo(kind="JPEG", size=(300, 400), mode="RGB", **options) -> bytes:
    kept = BytesIO()
    Image.new(mode, size, "gray").save(kept, kind, **options)
    return kept.getvalue()


def with_a_place() -> bytes:
    """Make a photo whose camera wrote where it was, and an orientation."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "Camp 14, block C"
    return a_photo(exif=exif, comment=b"block C")


def an_immense_picture() -> bytes:
    """Make the head of a PNG that says it is 50,000 pixels wide and high."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + a_chunk(b"IHDR" + head) + a_chunk(b"IDAT" + b"\0" * 8)


def a_chunk(content: bytes) -> bytes:
    length, crc = len(content) - 4, zlib.crc32(content)
    return struct.pack(">I", length) + content + struct.pack(">I", crc)


def test_the_picture_is_kept_and_what_the_camera_wrote_is_not():
    picture = pictures.redrawn(with_a_place())

    with Image.open(BytesIO(picture.content)) as kept:
        assert kept.format == "JPEG"
        assert not kept.getexif()
        assert "comment" not in kept.info
    assert b"block C" not in picture.content
    assert (picture.width, picture.height) == (400, 300)  # turned upright


@pytest.mark.parametrize(
    "content", [a_photo("PNG", mode="RGBA"), a_photo("GIF", mode="P"), a_photo(mode="CMYK")]
)
def test_other_kinds_become_jpeg(content):
    assert pictures.redrawn(content).content.startswith(b"\xff\xd8\xff")


def test_a_large_picture_becomes_smaller():
    picture = pictures.redrawn(a_photo(size=(3000, 1500)))

    assert (picture.width, picture.height) == (1200, 600)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not a photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a photo"),
        (a_photo()[:600], "not a photo"),
        (a_photo(size=(19, 40)), "smaller than"),
        (an_immense_picture(), "40 million pixels"),
        (a_photo("PNG", size=(8000, 5001), mode="1"), "40 million pixels"),
        (b"\0" * (pictures.BYTES_MOST + 1), "50 MB"),
    ],
    ids=["empty", "svg", "truncated", "tiny", "bomb", "wide", "heavy"],
)
def test_what_is_no_usable_photo_is_refused(content, says):
    with pytest.raises(pictures.Unusable, match=says):
        pictures.redrawn(content)


@pytest.mark.parametrize(
    "content",
    [an_immense_picture(), a_photo("PNG", size=(8000, 8000), mode="1")],
    ids=["bomb", "64 million"],
)
def test_what_is_too_large_is_refused_before_a_pixel_is_read(content, monkeypatch):
    def read(_photo):
        pytest.fail("The pixels were unpacked.")

    monkeypatch.setattr(ImageFile.ImageFile, "load", read)

    with pytest.raises(pictures.Unusable, match="40 million pixels"):
        pictures.redrawn(content)


@pytest.mark.parametrize(
    ("code", "kind", "shared"),
    [
        ("SM-CI", NeedKind.HEALTH, True),
        ("DS-PM", NeedKind.HEALTH, True),
        ("SM-MI", NeedKind.HEALTH, False),
        ("SM-AD", NeedKind.HEALTH, False),
        ("SV-VO", NeedKind.PROTECTION, False),
        ("TR", NeedKind.PROTECTION, False),
        ("LP-RR", NeedKind.PROTECTION, False),
        ("SP-PT", NeedKind.PROTECTION, True),
    ],
)
def test_each_need_lies_on_its_shelf(code, kind, shared):
    assert code in rules.CODES
    assert rules.kind_of(code) is kind
    assert rules.may_be_shared(code) is shared
