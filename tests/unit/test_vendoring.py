"""The vendored files are those that were chosen, and no others get in."""

import hashlib
import io
import os
import tarfile
from pathlib import Path

import pytest

from resettle.web import vendoring
from resettle.web.vendoring import Package, VendoredFile, WrongSum

CONTENT = b"body{}"
LICENCE = b"Do as you like."


def sum_of(content):
    return hashlib.sha256(content).hexdigest()


def an_archive(folder):
    path = folder / "paint-1.0.0.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name, content in (("package/paint.css", CONTENT), ("package/LICENSE", LICENCE)):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def a_package(archive, **changed):
    of_file = {"source": "paint.css", "target": "paint/paint.css", "sha256": sum_of(CONTENT)}
    fields = {"name": "paint", "version": "1.0.0", "sha256": sum_of(archive.read_bytes())}
    return Package(
        **{**fields, **{k: v for k, v in changed.items() if k in fields}},
        files=(VendoredFile(**{**of_file, **changed.get("file", {})}),),
    )


class TestWhatTheTestsBring:
    FOLDER = Path(__file__).parents[1] / "browser"

    @pytest.mark.parametrize(
        "package", vendoring.packages(FOLDER / "vendor.toml"), ids=lambda package: package.name
    )
    def test_every_file_is_as_published(self, package):
        assert vendoring.altered(package, self.FOLDER) == []


class TestWhatIsVendored:
    @pytest.mark.parametrize("package", vendoring.packages(), ids=lambda package: package.name)
    def test_every_file_is_as_published(self, package):
        assert vendoring.altered(package) == []

    @pytest.mark.parametrize("package", vendoring.packages(), ids=lambda package: package.name)
    def test_every_package_brings_its_licence(self, package):
        assert any(file.source == "LICENSE" for file in package.files)

    def test_nothing_else_lies_there(self):
        there = {path for path in vendoring.VENDORED.rglob("*") if path.is_file()}
        listed = {
            vendoring.VENDORED / file.target
            for package in vendoring.packages()
            for file in package.files
        }

        assert there == listed


class TestUnpack:
    def test_it(self, tmp_path):
        archive = an_archive(tmp_path)

        vendoring.unpack(a_package(archive), archive, tmp_path / "out")

        assert (tmp_path / "out/paint/paint.css").read_bytes() == CONTENT

    @pytest.mark.parametrize("changed", [{"sha256": "0" * 64}, {"file": {"sha256": "0" * 64}}])
    def test_another_sum_is_refused_and_leaves_nothing(self, tmp_path, changed):
        archive = an_archive(tmp_path)

        with pytest.raises(WrongSum, match=r"has the sum .* vendor\.toml says 0000"):
            vendoring.unpack(a_package(archive, **changed), archive, tmp_path / "out")

        assert not (tmp_path / "out").exists()


class TestAltered:
    def test_what_is_missing_or_changed_is_named(self, tmp_path):
        archive = an_archive(tmp_path)
        package = a_package(archive)
        missing = vendoring.altered(package, tmp_path)
        vendoring.unpack(package, archive, tmp_path)
        sound = vendoring.altered(package, tmp_path)
        (tmp_path / "paint/paint.css").write_bytes(b"body{color:red}")

        assert missing == ["paint/paint.css"]
        assert sound == []
        assert vendoring.altered(package, tmp_path) == ["paint/paint.css"]


class TestMain:
    def test_it_packs_with_npm_and_says_what_it_brought(self, tmp_path, monkeypatch, capsys):
        archive = an_archive(tmp_path)
        npm = tmp_path / "bin/npm"
        npm.parent.mkdir()
        npm.write_text(f'#!/bin/sh\n[ "$*" = "pack --silent paint@1.0.0" ] && cp "{archive}" .\n')
        npm.chmod(0o755)
        monkeypatch.setenv("PATH", f"{npm.parent}{os.pathsep}{os.environ['PATH']}")
        manifest = tmp_path / "vendor.toml"
        manifest.write_text(
            f'[[package]]\nname = "paint"\nversion = "1.0.0"\n'
            f'sha256 = "{sum_of(archive.read_bytes())}"\n'
            f'[[package.file]]\nsource = "LICENSE"\ntarget = "paint/LICENSE"\n'
            f'sha256 = "{sum_of(LICENCE)}"\n'
        )

        vendoring.main(manifest, tmp_path / "out")

        assert (tmp_path / "out/paint/LICENSE").read_bytes() == LICENCE
        assert capsys.readouterr().out == "paint 1.0.0: 1 files\n"
