"""The service beside bare baselines: requests/s, times and processor time of each operation.

All run in turn on the same database, several rounds, so that a busy moment strikes them alike.
What is told is the median of the rounds, with the least and the most; ratios are to the limit.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from bench import filling, operations
from bench.asking import ask
from bench.databases import Place, place
from bench.operations import Operation
from bench.rows import PROGRAMMES
from bench.serving import Service, serving
from bench.world import Country
from resettle.app import create_app
from resettle.core.db import make_engine
from resettle.operations.tables import migrate
from resettle.programmes.catalogue import Catalogue
from resettle.settings import Settings

RESULTS = Path(__file__).parent / "results.json"
WARM = 40
OURS = "resettle"
# The service as it is deployed; the others with four threads in each worker.
SERVED = {
    OURS: ("--config", "deploy/gunicorn.py", "wsgi:app"),
    "limit": ("--threads", "4", "bench.limit:app"),
    "core": ("--threads", "4", "bench.core:app"),
    "drf": ("--threads", "4", "bench.drf:app"),
}
SECRET = "bench-only-" * 4
MASTER = "1:" + "YmVuY2gtb25seS1iZW5jaC1vbmx5LWJlbmNoLW9ubHk="


@dataclass(frozen=True, slots=True)
class Measured:
    """One operation of one service in one round."""

    service: str
    operation: str
    per_second: float
    p50: float
    p99: float
    cpu_service: float
    cpu_database: float

    @property
    def cpu(self) -> float:
        return self.cpu_service + self.cpu_database


def main() -> None:
    """Fill a database, serve, ask, and print a line for each operation."""
    given = _arguments()
    told: dict[str, Any] = {}
    for engine in given.engines.split(","):
        for households in map(int, given.households.split(",")):
            key = f"{engine}, {households:,} households"
            print(f"\n== {key} ==", flush=True)
            told[key] = _one(engine, households, given)
            RESULTS.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engines", default="postgresql,sqlite")
    parser.add_argument("--households", default="10000,100000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="operations whose name holds this")
    return parser.parse_args()


def _one(engine: str, households: int, given: argparse.Namespace) -> Mapping[str, Any]:
    with place(engine) as where:
        environment = environment_of(where)
        migrate(where.url)
        settings = Settings.from_environment(environment)
        country = Country(households, codes(settings), given.seed)
        database = make_engine(where.url)
        filling.fill(database, country, settings.keyring, lambda line: print(line, flush=True))
        found = operations.subjects(database, country.first_location)
        database.dispose()
        with _served(environment) as services:
            asked = operations.operations(found, services[OURS].port)
            wanted = [each for each in asked if given.only in each.name]
            rounds = [*_rounds(wanted, services, where, given)]
            return _told(wanted, rounds, services)


def environment_of(where: Place) -> dict[str, str]:
    return {
        **os.environ,
        "RESETTLE_DATABASE_URL": where.url,
        "RESETTLE_PRODUCTION": "false",
        "RESETTLE_SECRET_KEY": SECRET,
        "RESETTLE_PEPPER": SECRET,
        "RESETTLE_MASTER_KEYS": MASTER,
        "RESETTLE_INDEX_KEY": MASTER.partition(":")[2],
        "BENCH_DATABASE": where.bare,
    }


def codes(settings: Settings) -> Mapping[bool, Sequence[tuple[str, str]]]:
    """Name the steps of the two programmes, of which each household has forty."""
    catalogue = create_app(settings).extensions["transactions"].resources[Catalogue]
    return {
        sponsored: [(step.code, step.domain) for step in catalogue.get(*version).milestones]
        for sponsored, version in PROGRAMMES.items()
    }


@contextmanager
def _served(environment: Mapping[str, str]) -> Iterator[Mapping[str, Service]]:
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(serving(name, given, 8611 + n, environment))
            for n, (name, given) in enumerate(SERVED.items())
        }


def _rounds(
    wanted: Sequence[Operation],
    services: Mapping[str, Service],
    where: Place,
    given: argparse.Namespace,
) -> Iterator[Measured]:
    first = 0
    for number in range(given.rounds + 1):
        warms = number == 0
        for operation in wanted:
            for service in services.values():
                make = operation.ours if service.name == OURS else operation.others
                if make is None:
                    continue
                most = min(operation.most, WARM) if warms else operation.most
                before = service.cpu(), where.cpu()
                got = ask(service.port, make, given.seconds, most, first if most < 10**6 else 0)
                spent = service.cpu() - before[0], where.cpu() - before[1]
                if warms:
                    continue
                each = [1000 * seconds / len(got.times) for seconds in spent]
                yield Measured(
                    service.name, operation.name, got.per_second, got.at(0.5), got.at(0.99), *each
                )
        first += max((each.most for each in wanted if each.most < 10**6), default=0)
        print(f"  round {number} of {given.rounds}", file=sys.stderr, flush=True)


def _told(
    wanted: Sequence[Operation], rounds: Sequence[Measured], services: Mapping[str, Service]
) -> Mapping[str, Any]:
    print(f"{'':42} {'':9} {'req/s':>16} {'CPU ms':>16} {'p50':>7} {'p99':>7}  of the limit")
    rows = []
    for operation in wanted:
        base: Measured | None = None
        for name in ("limit", "core", "drf", OURS):
            found = [m for m in rounds if (m.service, m.operation) == (name, operation.name)]
            if not found:
                continue
            middle = _middle(found)
            base = base or (middle if name == "limit" else None)
            rows.append({**asdict(middle), "spread": [m.cpu for m in found]})
            print(_line(operation.name, middle, found, base))
    started = {name: round(service.started_in, 2) for name, service in services.items()}
    memory = {name: service.memory() // 2**20 for name, service in services.items()}
    print(f"seconds until the first answer: {started}; MiB of a worker: {memory}")
    return {"operations": rows, "started": started, "memory_mib": memory}


def _middle(found: Sequence[Measured]) -> Measured:
    numbers = ("per_second", "p50", "p99", "cpu_service", "cpu_database")
    middles = {name: median(getattr(m, name) for m in found) for name in numbers}
    return Measured(found[0].service, found[0].operation, **middles)


def _line(name: str, middle: Measured, found: Sequence[Measured], base: Measured | None) -> str:
    cpus = sorted(m.cpu for m in found)
    rates = sorted(m.per_second for m in found)
    ratio = ""
    if base is not None and base is not middle:
        ratio = (
            f"  {middle.per_second / base.per_second:5.2f} x  {middle.cpu / base.cpu:5.2f} x CPU"
        )
    return (
        f"{name:42} {middle.service:9} {middle.per_second:6.0f} ({rates[0]:.0f}-{rates[-1]:.0f})"
        f" {middle.cpu:6.2f} ({cpus[0]:.2f}-{cpus[-1]:.2f})"
        f" {middle.p50:7.1f} {middle.p99:7.1f}{ratio}"
    )


if __name__ == "__main__":
    main()
