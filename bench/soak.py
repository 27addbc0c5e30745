"""A soak: mixed requests at a steady rate for minutes, with what was slow and what failed.

`make soak` runs twenty minutes at fifty requests a second; MINUTES=2 is a taste of it. Requests
come when they are due, whether or not the one before was answered (open loop), so waiting shows.
Reads and writes are those of a caseworker's day; each write has a key of its own.
"""

import argparse
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

from tests.faults import reader
from tests.faults.cluster import Cluster
from tests.faults.service import NOTE, Service, World

CLIENTS = 64
Ask = Callable[[Service], int]


def asked(world: World) -> list[tuple[str, int, Ask]]:
    """Name what people ask, how often in a hundred, and how."""
    file = f"/api/households/{world.household_id}"

    def read(path: str) -> Ask:
        return lambda service: service.ask("GET", path)[0]

    def write(service: Service) -> int:
        return service.ask("POST", f"{file}/notes", NOTE, Idempotency_Key=uuid4().hex)[0]

    return [
        ("list of households", 35, read("/api/households?limit=50")),
        ("household", 30, read(file)),
        ("notes", 15, read(f"{file}/notes")),
        ("contact note", 15, write),
        ("lives", 5, read("/healthz")),
    ]


class Soak:
    """One run: what was asked, how long it took, and how it ended."""

    def __init__(self, service: Service, world: World, rate: float, seconds: float) -> None:
        self._service, self._rate, self._seconds = service, rate, seconds
        self._kinds = asked(world)
        self._lock = threading.Lock()
        self.times: dict[str, list[float]] = defaultdict(list)
        self.ends: Counter[int] = Counter()
        self.written = 0

    def run(self) -> None:
        chance = random.Random(20261127)
        names = [kind[0] for kind in self._kinds]
        weights = [kind[1] for kind in self._kinds]
        asks = {name: ask for name, _, ask in self._kinds}
        begun = time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as pool:
            for number in range(int(self._rate * self._seconds)):
                due = begun + number / self._rate
                time.sleep(max(0.0, due - time.monotonic()))
                name = chance.choices(names, weights)[0]
                pool.submit(self._one, name, asks[name], due)

    def _one(self, name: str, ask: Ask, due: float) -> None:
        status = ask(self._service)
        took = time.monotonic() - due
        with self._lock:
            self.times[name].append(took)
            self.ends[status] += 1
            self.written += name == "contact note" and status in {200, 201}

    def told(self) -> str:
        lines = [f"{'':22}{'asked':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'longest':>9}"]
        every = [each for times in self.times.values() for each in times]
        for name, times in [*self.times.items(), ("all", every)]:
            cuts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
            marks = (cuts[49], cuts[94], cuts[98], max(times))
            figures = "".join(f"{1000 * mark:9.0f}" for mark in marks)
            lines.append(f"{name:22}{len(times):8}{figures}")
        failed = sum(count for status, count in self.ends.items() if status not in {200, 201})
        lines.append(f"ends: {dict(sorted(self.ends.items()))}; errors {failed} of {len(every)}")
        return "\n".join(lines)


def run(top: Path, engine: str, rate: float, seconds: float) -> tuple[Soak, int]:
    """Soak a service of its own. Gives the run, and how many acknowledged notes are lost."""
    cluster = Cluster("soak").make() if engine == "postgresql" else None
    url = cluster.url() if cluster else f"sqlite:///{top}/soak.sqlite"
    world = World.made(url, top)
    service = Service(world).start()
    try:
        soak = Soak(service, world, rate, seconds)
        soak.run()
        return soak, soak.written - len(reader.notes(url))
    finally:
        service.stop()
        if cluster:
            cluster.stop()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=20)
    options.add_argument("--rate", type=float, default=50)
    options.add_argument("--engine", choices=("sqlite", "postgresql"), default="postgresql")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as top:
        soak, lost = run(Path(top), given.engine, given.rate, given.minutes * 60)
    print(f"{given.engine}: {given.minutes:g} minutes at {given.rate:g} requests/s")
    print(soak.told())
    print(f"notes acknowledged {soak.written}, not in the database {max(0, lost)}")
    return 1 if lost > 0 else 0


if __name__ == "__main__":
    sys.exit(main())
