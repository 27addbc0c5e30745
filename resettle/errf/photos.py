"""Whether the bytes of a photo are an image that one can look at."""

import warnings
from io import BytesIO

from PIL import Image

FORMATS = ("JPEG", "PNG", "GIF", "BMP")
MIN_SIDE = 10
MAX_PIXELS = 50_000_000


def fault(image: bytes) -> tuple[str, str]:
    """Name the rule that a photo breaks and say why, or give two empty texts.

    Nothing is unpacked: a file may hold thousands of images that are small until one does.
    """
    try:
        with warnings.catch_warnings(action="ignore"), _opened(image) as picture:
            reason = _size_fault(picture.size)
            if not reason:
                _check_whole(picture, image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "photo-undecodable", "is not a JPEG, PNG, GIF or BMP image, or is damaged"
    return ("photo-size", reason) if reason else ("", "")


def _opened(image: bytes) -> Image.Image:
    return Image.open(BytesIO(image), formats=FORMATS)


def _size_fault(size: tuple[int, int]) -> str:
    width, height = size
    if width <= MIN_SIDE or height <= MIN_SIDE:
        return f"is too small to show a face ({width} by {height} pixels)"
    if width * height > MAX_PIXELS:
        return f"has too many pixels ({width} by {height})"
    return ""


def _check_whole(picture: Image.Image, image: bytes) -> None:
    """Look for the end that each format has; PNG has checksums besides."""
    picture.verify()
    match picture.format:
        case "JPEG":
            whole = image.rfind(b"\xff\xd9") > len(image) // 2
        case "GIF":
            whole = image.rstrip(b"\x00").endswith(b";")
        case "BMP":
            whole = int.from_bytes(image[2:6], "little") <= len(image)
        case _:
            whole = True
    if not whole:
        raise ValueError
