"""How long the service takes to start, and what each worker holds: python -m bench.starting.

Started as it is deployed, on an empty SQLite, then asked for pages and for the description of the
API by several at once. Of a worker's memory is told what it has for itself, and its share of what
all hold together (Pss); Rss counts what is shared anew for each.
"""

import argparse
import statistics
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.serving import Service, serving
from tests.faults.service import Service as Client
from tests.faults.service import World, free_port

KINDS = {"Rss": ("Rss",), "Pss": ("Pss",), "private": ("Private_Clean", "Private_Dirty")}
PATHS = ("/api/households?limit=50", "/api/households/{}", "/api/households/{}/notes", "/sign-in")
AT_ONCE = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--asked", type=int, default=400)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="resettle-starting-") as folder:
        world = World.made(f"sqlite:///{folder}/starting.sqlite", Path(folder))
        rounds = [_started(world, given.asked) for _ in range(given.rounds)]
    waited, spent = zip(*rounds, strict=True)
    print(
        f"started {given.rounds} times: {statistics.median(waited):.1f} s until the first answer "
        f"({min(waited):.1f}-{max(waited):.1f}), {statistics.median(spent):.1f} s of processor"
    )


def _started(world: World, asked: int) -> tuple[float, float]:
    port = free_port()
    told = ("--config", "deploy/gunicorn.py", "wsgi:app")
    with serving("resettle", told, port, world.environment) as service:
        spent = service.cpu()
        print("at the start:", _told(service), flush=True)
        _ask(world, port, asked)
        print(f"after {asked} requests:", _told(service), flush=True)
        return service.started_in, spent


def _ask(world: World, port: int, asked: int) -> None:
    client = Client(world)
    client.port = port
    paths = [PATHS[number % len(PATHS)].format(world.household_id) for number in range(asked)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ends = {*pool.map(lambda path: client.ask("GET", path)[0], [*paths, "/api/openapi.json"])}
    assert ends == {200}, ends


def _told(service: Service) -> str:
    workers = [_held(pid) for pid in service.workers()]
    return "; ".join(
        f"{kind} {' '.join(f'{held[kind]:.0f}' for held in workers)} MB" for kind in KINDS
    )


def _held(pid: int) -> dict[str, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kilobytes = {
        name: int(rest.split()[0])
        for name, _, rest in (line.partition(":") for line in lines[1:])
        if rest
    }
    return {kind: sum(kilobytes[n] for n in names) / 1024 for kind, names in KINDS.items()}


if __name__ == "__main__":
    main()
