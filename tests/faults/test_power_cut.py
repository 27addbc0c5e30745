"""SQLite's files are copied in the middle of writes, as a power cut would leave them."""

import shutil
from pathlib import Path

import pytest

from tests.faults import reader
from tests.faults.service import Service, World, Writers

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]


def cut(database: Path, copy: Path) -> bool:
    """Copy database and log as they are at one moment. Say whether the moment held still.

    Only a checkpoint writes into the database itself; if one came between, it is tried again.
    """
    log = Path(f"{database}-wal")
    before = database.stat().st_mtime_ns
    shutil.copyfile(database, copy)
    shutil.copyfile(log, f"{copy}-wal")
    return database.stat().st_mtime_ns == before


def test_every_acknowledged_note_is_in_the_copy(tmp_path, kills, request):
    database = tmp_path / "resettle.sqlite"
    world = World.made(f"sqlite:///{database}", tmp_path)
    service = Service(world).start()
    request.addfinalizer(service.stop)
    lost, torn, cuts = 0, 0, 0
    with Writers(lambda: service) as writers:
        while cuts < kills:
            writers.wait_for(2)
            acknowledged = {each.replace("-", "") for each in [*writers.acknowledged]}
            copy = tmp_path / "copy.sqlite"
            if cut(database, copy):
                cuts += 1
                url = f"sqlite:///{copy}"
                torn += not reader.is_sound(url)
                lost += len(acknowledged - {*reader.notes(url)})
            for left in tmp_path.glob("copy.sqlite*"):
                left.unlink()

    reader.tell(
        f"sqlite: {cuts} power cuts over {len(writers.acknowledged)} acknowledged notes; "
        f"lost {lost}, damaged files {torn}"
    )
    assert (lost, torn) == (0, 0)
