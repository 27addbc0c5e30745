"""Word and Excel files: an archive of the right parts, without macros, and no larger than it says.

Sizes are read from the archive's own list before anything is unpacked; then each part is unpacked
within the size that it named, and its sum is checked.
"""

import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from resettle.documents.refusals import Refused

ENDS, END_BYTES = b"PK\x05\x06", 22
ENTRIES_MOST = 1000
RATIO_MOST = 100
SMALL = 64 * 1024
TOTAL_MOST = 100 * 1024 * 1024
TYPES = "[Content_Types].xml"
NO_OFFICE = "The file is an archive, and no Word or Excel file. Send the files one by one."
TOO_LARGE = "The file unpacks to more than is taken."
UNSOUND = "The file is damaged, or made to mislead. Save it again in Word or Excel."
MACROS = "The file holds macros or other parts that act. Save it without them."
OUTSIDE = "The file loads something from elsewhere. Save it without linked parts."
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACTING = re.compile(
    r"macroEnabled|vbaProject|activeX|oleObject|vnd\.ms-package|sheetdata-binary",
    re.IGNORECASE,
)
ACTING_NAMES = re.compile(
    r"vbaProject|activeX/|embeddings/|oleObject|\.(exe|dll|js|vbs|bat|ps1|zip|bin)$",
    re.IGNORECASE,
)
RELATION = re.compile(r"<Relationship\b[^>]*>")
LINK = "/hyperlink"


@dataclass(frozen=True, slots=True)
class Kind:
    media_type: str
    extension: str


KINDS = (Kind(WORD, "docx"), Kind(EXCEL, "xlsx"))


def check(content: bytes) -> Kind:
    """Tell what kind of office file it is. Raises Refused for what is not to be kept."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _checked(archive, content)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(UNSOUND) from error


def _checked(archive: zipfile.ZipFile, content: bytes) -> Kind:
    entries = archive.infolist()
    starts = min((entry.header_offset for entry in entries), default=-1)
    if starts != 0 or content[-END_BYTES:][:4] != ENDS:  # something stands before or behind it
        raise Refused(UNSOUND)
    _check_sizes(entries, len(content))
    _check_names(entries)
    for entry in entries:
        _check_part(archive, entry)
    return _kind(archive)


def _kind(archive: zipfile.ZipFile) -> Kind:
    types = _text(archive, TYPES) if TYPES in archive.namelist() else ""
    if ACTING.search(types):
        raise Refused(MACROS)
    found = [kind for kind in KINDS if f"{kind.media_type}.main+xml" in types]
    if len(found) != 1:
        raise Refused(NO_OFFICE)
    return found[0]


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    total = sum(entry.file_size for entry in entries)
    is_bomb = total > TOTAL_MOST or total > max(SMALL, packed) * RATIO_MOST
    if len(entries) > ENTRIES_MOST or is_bomb:
        raise Refused(TOO_LARGE)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len({name.lower() for name in names}) != len(names):
        raise Refused(UNSOUND)
    if any(_is_odd(entry) for entry in entries):
        raise Refused(UNSOUND)
    if any(ACTING_NAMES.search(_harmless(name)) for name in names):
        raise Refused(MACROS)


def _harmless(name: str) -> str:
    """Leave out the settings of a printer, which Excel keeps as they came."""
    return "" if "/printerSettings/" in name else name


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    climbs = name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name or ":" in name
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return climbs or is_link or bool(entry.flag_bits & 1)


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as part:
        while chunk := part.read(1024 * 1024):  # the sum is checked at the end of it
            if chunk.startswith((b"PK\x03\x04", b"MZ", b"\xd0\xcf\x11\xe0")):
                raise Refused(MACROS)
    if not entry.filename.endswith(".rels"):
        return
    for relation in RELATION.findall(_text(archive, entry.filename)):
        external = re.search(r"TargetMode\s*=\s*[\"']External", relation)
        if external and f'{LINK}"' not in relation and f"{LINK}'" not in relation:
            raise Refused(OUTSIDE)


def _text(archive: zipfile.ZipFile, name: str) -> str:
    return archive.read(name).decode("utf-8", "replace")
