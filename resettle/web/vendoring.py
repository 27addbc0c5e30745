"""Fetching the front-end files that the service hands out, so that no page loads from outside.

`bin/vendor` downloads the packages that vendor.toml names with npm, refuses
any whose sum differs, and copies the listed files, licences included, under static/vendor.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
MANIFEST = HERE / "vendor.toml"
VENDORED = HERE / "static" / "vendor"


class WrongSum(RuntimeError):
    """What was fetched is not what was looked at when it was chosen."""


@dataclass(frozen=True, slots=True)
class VendoredFile:
    source: str
    target: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    name: str
    version: str
    sha256: str
    files: tuple[VendoredFile, ...]


def packages(manifest: Path = MANIFEST) -> tuple[Package, ...]:
    listed = tomllib.loads(manifest.read_text(encoding="utf-8"))["package"]
    return tuple(
        Package(
            name=one["name"],
            version=one["version"],
            sha256=one["sha256"],
            files=tuple(VendoredFile(**file) for file in one["file"]),
        )
        for one in listed
    )


def vendor(package: Package, into: Path = VENDORED) -> None:
    with tempfile.TemporaryDirectory() as folder:
        unpack(package, _packed(package, Path(folder)), into)


def unpack(package: Package, archive: Path, into: Path) -> None:
    """Copy the listed files out of the archive.

    Raises WrongSum, before anything is written, if the archive or a file in it is another.
    """
    _check(archive.read_bytes(), package.sha256, f"{package.name} {package.version}")
    contents = _contents(package, archive)
    for file in package.files:
        _check(contents[file.target], file.sha256, file.source)
    for target, content in contents.items():
        (into / target).parent.mkdir(parents=True, exist_ok=True)
        (into / target).write_bytes(content)


def altered(package: Package, under: Path = VENDORED) -> Sequence[str]:
    """List the targets that are missing or are no longer as they were published."""
    return [
        file.target
        for file in package.files
        if not (under / file.target).is_file()
        or _sum((under / file.target).read_bytes()) != file.sha256
    ]


def main(manifest: Path = MANIFEST, into: Path = VENDORED) -> None:
    for package in packages(manifest):
        vendor(package, into)
        sys.stdout.write(f"{package.name} {package.version}: {len(package.files)} files\n")


def _packed(package: Package, folder: Path) -> Path:
    subprocess.run(  # noqa: S603  # the argument comes from our own manifest
        ["npm", "pack", "--silent", f"{package.name}@{package.version}"],  # noqa: S607  # as on PATH
        cwd=folder,
        check=True,
        capture_output=True,
    )
    (archive,) = folder.glob("*.tgz")
    return archive


def _contents(package: Package, archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as opened:
        members = {member.name: member for member in opened.getmembers() if member.isfile()}
        files = [(file.target, members[f"package/{file.source}"]) for file in package.files]
        return {target: _bytes_of(opened, member) for target, member in files}


def _bytes_of(opened: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = opened.extractfile(member)
    assert stream is not None
    return stream.read()


def _check(content: bytes, expected: str, what: str) -> None:
    if (found := _sum(content)) != expected:
        raise WrongSum(f"{what} has the sum {found}, and vendor.toml says {expected}.")


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
