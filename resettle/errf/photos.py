"""Whether the bytes of a photo are an image that one can look at."""

import warnings
from io import BytesIO

from PIL import Image

FORMATS = ("JPEG", "PNG", "GIF", "BMP")
MIN_SIDE = 10
MAX_PIXELS = 50_000_000

_PREVIEW = (64, 64)


def fault(image: bytes) -> tuple[str, str]:
    """Name the rule that a photo breaks and say why, or give two empty texts."""
    try:
        with warnings.catch_warnings(action="ignore"), _opened(image) as picture:
            reason = _size_fault(picture.size)
            if not reason:
                _read_through(picture)
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


def _read_through(picture: Image.Image) -> None:
    """Read the whole image without holding it whole: PNG by its checksums, JPEG scaled down."""
    if picture.format == "PNG":
        picture.verify()
        return
    picture.draft("RGB", _PREVIEW)
    picture.load()
