"""A soak: mixed requests at a steady rate for minutes, with what was slow and what failed.

`make soak` runs twenty minutes at fifty requests a second; MINUTES=2 is a taste of it. The service
is served as it is deployed. Requests come when they are due, whether or not the one before was
answered (open loop), so waiting shows, and a time is counted from when its request was due. Reads
and writes are those of a caseworker's day; each write has a key of its own. Each of the clients
keeps its connection. What the service, the database and the asking have cost is told beside.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from uuid import uuid4

from bench.serving import cpu_of, serving
from tests.faults import reader
from tests.faults.cluster import Cluster
from tests.faults.service import NOTE, World, free_port

CLIENTS, PATIENCE = 32, 20
HOUSEHOLDS = 60
# What people ask, and how often in a hundred.
ASKED = {
    "list of households": 30,
    "household": 30,
    "notes": 15,
    "contact note": 15,
    "queue of the day": 5,
    "lives": 5,
}


class Client(threading.local):
    """One thread's connection, kept while the service keeps it."""

    def __init__(self, port: int, token: str) -> None:
        self._headers = {"Authorization": f"Bearer {token}", "Host": "localhost"}
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[str, bytes]:
        """Give how it ended, and what was answered. A write has a key, so it may be sent again."""
        more = {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex} if body else {}
        fresh = self._connection.sock is None
        try:
            return self._send(method, path, body, more)
        except (OSError, HTTPException) as error:
            self._connection.close()
            if fresh:
                return type(error).__name__, b""
        # A connection that was kept may have been let go of just now: that is no fault.
        try:
            return self._send(method, path, body, more)
        except (OSError, HTTPException) as error:
            self._connection.close()
            return type(error).__name__, b""

    def _send(
        self, method: str, path: str, body: bytes | None, more: Mapping[str, str]
    ) -> tuple[str, bytes]:
        self._connection.request(method, path, body, {**self._headers, **more})
        answer = self._connection.getresponse()
        return str(answer.status), answer.read()


@dataclass(frozen=True, slots=True)
class Stage:
    """A service that is asked, and the process of its database, if it has one."""

    url: str
    client: Client
    service: int
    database: int | None

    def spent(self) -> tuple[float, float, float]:
        """Give the processor seconds of the service, of the database and of this process."""
        database = cpu_of(self.database) if self.database else 0.0
        return cpu_of(self.service), database, time.process_time()


class Soak:
    """One run: what was asked, how long it took, and how it ended."""

    def __init__(self, stage: Stage, rate: float, seconds: float) -> None:
        self._stage, self._rate, self._seconds = stage, rate, seconds
        self._lock = threading.Lock()
        self._note = json.dumps(NOTE).encode()
        self.times: dict[str, list[float]] = defaultdict(list)
        self.ends: Counter[tuple[str, str]] = Counter()
        self.late = 0.0
        self.spent: tuple[float, ...] = ()

    def run(self) -> None:
        chance = random.Random(20261127)
        _, listed = self._stage.client.ask("GET", "/api/households?limit=50")
        files = [f"/api/households/{item['id']}" for item in json.loads(listed)["items"]]
        before, begun = self._stage.spent(), time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as pool:
            for number in range(int(self._rate * self._seconds)):
                due = begun + number / self._rate
                time.sleep(max(0.0, due - time.monotonic()))
                self.late = max(self.late, time.monotonic() - due)
                name = chance.choices([*ASKED], [*ASKED.values()])[0]
                pool.submit(self._one, name, chance.choice(files), due)
        took = time.monotonic() - begun
        after = self._stage.spent()
        self.spent = tuple((a - b) / took for a, b in zip(after, before, strict=True))

    def _one(self, name: str, file: str, due: float) -> None:
        method, path, body = {
            "list of households": ("GET", "/api/households?limit=50", None),
            "household": ("GET", file, None),
            "notes": ("GET", f"{file}/notes", None),
            "contact note": ("POST", f"{file}/notes", self._note),
            "queue of the day": ("GET", "/api/queue", None),
            "lives": ("GET", "/healthz", None),
        }[name]
        end, _ = self._stage.client.ask(method, path, body)
        took = time.monotonic() - due
        with self._lock:
            self.times[name].append(took)
            self.ends[name, end] += 1

    @property
    def written(self) -> int:
        return self.ends["contact note", "201"]

    def told(self) -> str:
        lines = [f"{'':22}{'asked':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'longest':>9}"]
        every = [each for times in self.times.values() for each in times]
        for name, times in [*self.times.items(), ("all", every)]:
            cuts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
            marks = (cuts[49], cuts[94], cuts[98], max(times))
            figures = "".join(f"{1000 * mark:9.0f}" for mark in marks)
            lines.append(f"{name:22}{len(times):8}{figures}")
        failed = {key: n for key, n in self.ends.items() if key[1] not in {"200", "201"}}
        kinds = ", ".join(f"{name} {end}: {n}" for (name, end), n in sorted(failed.items()))
        lines.append(
            f"errors {sum(failed.values())} of {len(every)}{f' ({kinds})' if kinds else ''}"
        )
        cores = zip(("service", "database", "asking"), self.spent, strict=True)
        used = ", ".join(f"{name} {share:.2f}" for name, share in cores)
        lines.append(
            f"processors in use: {used}; the asking itself was late by at most "
            f"{1000 * self.late:.0f} ms"
        )
        return "\n".join(lines)


@contextmanager
def staged(engine: str, top: Path) -> Iterator[Stage]:
    """Serve a world of its own on a database of its own."""
    cluster = Cluster("soak").make() if engine == "postgresql" else None
    try:
        url = cluster.url() if cluster else f"sqlite:///{top}/soak.sqlite"
        world = World.made(url, top, HOUSEHOLDS)
        port = free_port()
        given = ("--config", "deploy/gunicorn.py", "wsgi:app")
        with serving("resettle", given, port, world.environment) as service:
            client = Client(port, world.token)
            for _ in range(40):  # both workers have seen each kind before it counts
                client.ask("GET", f"/api/households/{world.household_id}")
            yield Stage(url, client, service.process.pid, cluster.pid() if cluster else None)
    finally:
        if cluster:
            cluster.stop()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=20)
    options.add_argument("--rate", type=float, default=50)
    options.add_argument("--engine", choices=("sqlite", "postgresql"), default="postgresql")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as top, staged(given.engine, Path(top)) as stage:
        soak = Soak(stage, given.rate, given.minutes * 60)
        soak.run()
        lost = soak.written - len(reader.notes(stage.url))
    print(f"{given.engine}: {given.minutes:g} minutes at {given.rate:g} requests/s")
    print(soak.told())
    print(f"notes acknowledged {soak.written}, not in the database {max(0, lost)}")
    return 1 if lost > 0 else 0


if __name__ == "__main__":
    sys.exit(main())
