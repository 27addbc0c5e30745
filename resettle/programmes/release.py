"""The record of released files: a released file never changes, so that cases can rely on it."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from resettle.programmes.faults import Fault

RECORD: Final = "RELEASED"


def released(folder: Path) -> dict[str, str]:
    """Read the record: file -> sha256, in the form that sha256sum --check reads too."""
    record = folder / RECORD
    lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def changed(folder: Path) -> Iterator[Fault]:
    """Tell each released file that is gone or no longer what was released."""
    for name, digest in released(folder).items():
        path = folder / name
        if not path.exists():
            yield Fault(name, "", "has been released, and is gone")
        elif digest_of(path) != digest:
            yield Fault(name, "", "has been released, and may not change: make a new version")


def unreleased(folder: Path) -> tuple[str, ...]:
    done = released(folder)
    files = (path.relative_to(folder).as_posix() for path in sorted(folder.glob("*/*.toml")))
    return tuple(name for name in files if name not in done)


def release(folder: Path) -> tuple[str, ...]:
    """Append every file that is not released yet, and tell which they were."""
    names = unreleased(folder)
    with (folder / RECORD).open("a", encoding="utf-8") as record:
        record.writelines(f"{digest_of(folder / name)}  {name}\n" for name in names)
    return names


def digest_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
