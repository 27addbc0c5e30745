"""Processes are killed in the middle of writes; what was acknowledged is there, and there once."""

import pytest

from tests.faults import reader
from tests.faults.service import Service, World, Writers

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]
WHOLE_EVERY = 20
GENTLE_STOPS = 20


def judge(url: str, writers: Writers, what: str) -> None:
    lost, doubled = reader.compare(url, writers)
    gaps = reader.gaps(url)
    reader.tell(
        f"{what}: {len(writers.acknowledged)} notes acknowledged, {writers.refused} tries "
        f"refused; lost {lost}, doubled {doubled}, gaps in the trail {gaps}"
    )
    assert (lost, doubled, gaps) == (0, 0, 0)
    assert reader.is_sound(url)


def test_the_service_is_killed(url, service, kills):
    with Writers(lambda: service) as writers:
        for number in range(1, kills + 1):
            writers.wait_for(3)
            if number % WHOLE_EVERY == 0:
                service.kill()
                service.start()
            else:
                assert service.kill_worker()

    judge(url, writers, f"{url.partition(':')[0]}: the service killed {kills} times")


def test_the_service_is_stopped_gently(url, service, kills):
    stops = min(kills, GENTLE_STOPS)
    with Writers(lambda: service) as writers:
        for _ in range(stops):
            writers.wait_for(3)
            assert service.end() == 0
            service.start()

    judge(url, writers, f"{url.partition(':')[0]}: the service told to stop {stops} times")


@pytest.mark.usefixtures("postgresql_alone")
def test_the_database_is_killed(cluster, tmp_path, kills, request):
    world = World.made(cluster.url(), tmp_path)
    service = Service(world).start()
    request.addfinalizer(service.stop)
    with Writers(lambda: service) as writers:
        for _ in range(kills):
            writers.wait_for(3)
            cluster.kill()
            cluster.start()

    judge(cluster.url(), writers, f"postgresql: the database killed {kills} times")


def test_two_services_on_one_database(url, world, service, kills):
    other = Service(world).start()
    turns = [service, other]

    def either() -> Service:
        turns.reverse()
        return turns[0]

    try:
        with Writers(either, many=8) as writers:
            writers.wait_for(20 + kills)
    finally:
        other.stop()

    judge(url, writers, f"{url.partition(':')[0]}: two services on one database")
