"""Photos made anew: only the picture is kept, never what the camera wrote beside it."""

import warnings
from dataclasses import dataclass
from io import BytesIO

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

# Telephones take HEIC. Of such a file the one picture is read, and nothing that goes along with it.
pillow_heif.register_heif_opener(
    thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
)

BYTES_MOST = 50 * 1024 * 1024
PIXELS_MOST = 40_000_000
SIDE_LEAST = 20
SIDE_KEPT = 1200
QUALITY = 85
FORMATS = ("JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP", "HEIF")
MEDIA_TYPE = "image/jpeg"
TOO_MANY = "The photo has more than 40 million pixels."
UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, EOFError, ValueError, RuntimeError)


class Unusable(ValueError):
    """The content is no photo that can be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    width: int
    height: int


def redrawn(content: bytes, side: int = SIDE_KEPT) -> Picture:
    """Draw a photo anew as a JPEG of moderate size. Raises Unusable, before much is unpacked."""
    if len(content) > BYTES_MOST:
        raise Unusable("The photo is larger than 50 MB.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _redrawn(content, side)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Unusable(TOO_MANY) from error
    except Unusable:
        raise
    except UNREADABLE as error:
        raise Unusable("The file is not a photo that can be read.") from error


def _redrawn(content: bytes, side: int) -> Picture:
    with Image.open(BytesIO(content), formats=FORMATS) as photo:
        width, height = photo.size
        if width * height > PIXELS_MOST:
            raise Unusable(TOO_MANY)
        if min(width, height) < SIDE_LEAST:
            raise Unusable(f"The photo is smaller than {SIDE_LEAST} by {SIDE_LEAST} pixels.")
        upright = ImageOps.exif_transpose(photo).convert("RGB")
    upright.thumbnail((side, side))
    # A new image, so that no profile, comment or place comes along.
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    kept = BytesIO()
    bare.save(kept, "JPEG", quality=QUALITY)
    return Picture(kept.getvalue(), *bare.size)
