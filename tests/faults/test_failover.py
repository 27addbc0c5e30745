"""The primary is killed under load and its synchronous standby promoted; writers go on."""

import time

import pytest

from tests.faults import reader
from tests.faults.cluster import Cluster
from tests.faults.service import Service, World, Writers

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(3600),
    pytest.mark.usefixtures("postgresql_alone"),
]
SYNCHRONOUS = "ALTER SYSTEM SET synchronous_standby_names = '*'"
MOST_ROUNDS = 10


def follow(primary: Cluster) -> Cluster:
    """Give a primary a standby that confirms each commit."""
    standby = primary.standby("standby")
    primary.ask(SYNCHRONOUS)
    primary.ask("SELECT pg_reload_conf()")
    until = time.monotonic() + 30
    while primary.ask("SELECT sync_state FROM pg_stat_replication") != [("sync",)]:
        assert time.monotonic() < until, "the standby does not follow"
        time.sleep(0.1)
    return standby


def test_what_was_acknowledged_is_on_the_standby(tmp_path, kills, request):
    rounds, lost, doubled, notes, longest = min(kills, MOST_ROUNDS), 0, 0, 0, 0.0
    for number in range(rounds):
        one = _round(tmp_path / str(number), request)
        lost, doubled, notes = lost + one[0], doubled + one[1], notes + one[2]
        longest = max(longest, one[3])

    reader.tell(
        f"postgresql: {rounds} primaries killed and standbys promoted over {notes} acknowledged "
        f"notes; lost {lost}, doubled {doubled}, longest until the next was acknowledged "
        f"{longest:.1f} s"
    )
    assert (lost, doubled) == (0, 0)


def _round(folder, request) -> tuple[int, int, int, float]:
    folder.mkdir()
    primary = Cluster("primary").make()
    request.addfinalizer(primary.stop)
    standby = follow(primary)
    request.addfinalizer(standby.stop)
    world = World.made(primary.url(standby), folder)
    service = Service(world).start()
    try:
        with Writers(lambda: service) as writers:
            writers.wait_for(10)
            primary.kill()
            begun = time.monotonic()
            standby.ask("ALTER SYSTEM SET synchronous_standby_names = ''")
            standby.promote()
            standby.ask("SELECT pg_reload_conf()")
            writers.wait_for(1)
            took = time.monotonic() - begun
            writers.wait_for(10)
    finally:
        service.stop()
    lost, doubled = reader.compare(standby.url(), writers)
    assert reader.gaps(standby.url()) == 0
    primary.stop()
    standby.stop()
    return lost, doubled, len(writers.acknowledged), took


def test_a_commit_that_no_standby_confirms_is_not_acknowledged(tmp_path, request):
    primary = Cluster("primary").make()
    request.addfinalizer(primary.stop)
    standby = follow(primary)
    request.addfinalizer(standby.stop)
    world = World.made(primary.url(), tmp_path)
    service = Service(world).start()
    request.addfinalizer(service.stop)
    assert service.note("before-the-standby-is-gone")[0] == 201

    standby.stop()
    status, body = service.note("while-the-standby-is-gone")

    reader.tell(f"postgresql: a commit without its standby is answered {status} {body.get('type')}")
    assert (status, body["type"]) == (503, "/problems/unconfirmed")
