"""The disk runs full in the middle of writes: nothing acknowledged is lost, and it serves on."""

import os
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults import reader
from tests.faults.cluster import Cluster
from tests.faults.service import Service, World, Writers

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
ROOM = {"sqlite": 12, "postgresql": 150}
BLOCK = 64 * 1024


@pytest.fixture
def small_disk(engine: str, tmp_path: Path):
    """Mount a disk of a few megabytes, which only root may do."""
    folder = tmp_path / "disk"
    folder.mkdir()
    size = f"size={ROOM[engine]}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def on_disk(engine: str, small_disk: Path):
    """Give the address of a database on the small disk, and what to do once there is room again."""
    if engine == "sqlite":
        yield f"sqlite:///{small_disk}/resettle.sqlite", lambda: None
        return
    cluster = Cluster("full", small_disk).make()
    yield cluster.url(), cluster.start
    cluster.stop()


def fill(folder: Path) -> Path:
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(os.urandom(BLOCK))
        except OSError:
            return ballast


def test_it_is_told_and_nothing_is_lost(engine, on_disk, small_disk, tmp_path):
    url, come_back = on_disk
    world = World.made(url, tmp_path)
    service = Service(world).start()
    try:
        with Writers(lambda: service) as writers:
            writers.wait_for(20)
            ballast = fill(small_disk)
            while not writers.refused:
                assert service.ask("GET", "/healthz")[0] == 200
            before = len(writers.acknowledged)
            ballast.unlink()
            if engine == "postgresql":
                _start_again(come_back)
            writers.wait_for(20)
    finally:
        service.stop()

    lost, doubled = reader.compare(url, writers)
    reader.tell(
        f"{engine}: disk full after {before} notes, {writers.refused} tries refused, "
        f"{len(writers.acknowledged)} acknowledged in the end; lost {lost}, doubled {doubled}"
    )
    assert (lost, doubled, reader.gaps(url)) == (0, 0, 0)
    assert reader.is_sound(url)


def _start_again(come_back) -> None:
    """Start PostgreSQL if it has stopped, as its service manager would."""
    with suppress(AssertionError):
        come_back()
