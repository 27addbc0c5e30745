"""Where a request's time goes: python -m bench.profiling.

Each operation of `bench.service` is asked of the application in this process, on a PostgreSQL of
its own: once as it is, for its processor time and that of the database, and once under a profiler,
for the share of each layer. The profiler itself costs most where functions are small and many, so
the shares are a guide, and the milliseconds beside them are without it.
"""

import argparse
import cProfile
import pstats
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import event
from werkzeug.test import Client

from bench import filling, operations
from bench.asking import Making
from bench.databases import Place, place
from bench.service import OURS, SERVED, codes, environment_of
from bench.serving import serving
from bench.world import Country
from resettle.app import create_app
from resettle.core.db import make_engine
from resettle.operations.tables import migrate
from resettle.settings import Settings

PORT = 8621
WARM = 15
# The first that a file's path holds; what is built into Python counts for who calls it.
LAYERS = (
    ("scopes and grants", "resettle/policy/"),
    ("unit of work, trail, keys", "resettle/core/"),
    ("requests and answers", "resettle/web/"),
    ("chapters", "resettle/"),
    ("SQLAlchemy", "/sqlalchemy/"),
    ("driver", "/psycopg"),
    ("Flask", "/flask"),
    ("Flask", "/werkzeug/"),
)
REST = "the rest"
BUILT_IN = "~"


def main() -> None:
    """Print a line for each operation: milliseconds, statements, calls, and shares of layers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--only", default="", help="operations whose name holds this")
    given = parser.parse_args()
    with place("postgresql") as where:
        environment = environment_of(where)
        settings = Settings.from_environment(environment)
        migrate(where.url)
        database = make_engine(where.url)
        country = Country(given.households, codes(settings), 1)
        filling.fill(database, country, settings.keyring, lambda _line: None)
        found = operations.subjects(database, country.first_location)
        with serving(OURS, SERVED[OURS], PORT, environment):
            asked = operations.operations(found, PORT)
        app = create_app(settings)
        for operation in asked:
            if given.only in operation.name:
                print(_line(app, where, operation.name, operation.ours, given.times), flush=True)


def _line(app: Any, where: Place, name: str, make: Making, times: int) -> str:
    ask = _asking(app, make)
    _ask(ask, 0, WARM)
    before = time.process_time(), where.cpu()
    _ask(ask, WARM, times)
    ours = 1000 * (time.process_time() - before[0]) / times
    theirs = 1000 * (where.cpu() - before[1]) / times
    statements = Counter[str]()

    def count(*_given: object) -> None:
        statements["all"] += 1

    profile = cProfile.Profile(time.process_time)
    event.listen(app.extensions["engine"], "before_cursor_execute", count)
    profile.enable()
    _ask(ask, WARM + times, times)
    profile.disable()
    event.remove(app.extensions["engine"], "before_cursor_execute", count)
    stats: Any = pstats.Stats(profile)
    return (
        f"{name:42} service {ours:6.2f} ms, database {theirs:6.2f} ms, "
        f"{statements['all'] / times:4.1f} statements, {stats.total_calls / times:7,.0f} calls\n"
        f"{'':42} {_shares(stats.stats)}"
    )


def _asking(app: Any, make: Making) -> Callable[[int], None]:
    client = Client(app)

    def ask(number: int) -> None:
        wanted = make(number)
        path, _, query = wanted.path.partition("?")
        answer = client.open(
            path,
            method=wanted.method,
            query_string=query,
            headers=[*wanted.headers.items()],
            data=wanted.body,
        )
        if not 200 <= answer.status_code < 300:  # noqa: PLR2004  # a success
            raise RuntimeError(answer.get_data(as_text=True))

    return ask


def _ask(ask: Callable[[int], None], first: int, times: int) -> None:
    for number in range(first, first + times):
        ask(number)


def _shares(stats: Mapping[Any, Any]) -> str:
    """Tell each layer's share of the time: of its own functions, and of what is built in."""
    spent = Counter[str]()
    for function, (_calls, _primitive, own, _whole, callers) in stats.items():
        if function[0] == BUILT_IN and callers:
            for caller, (_n, _p, for_it, _w) in callers.items():
                spent[_layer(caller)] += for_it
        else:
            spent[_layer(function)] += own
    total = sum(spent.values())
    return ", ".join(f"{layer} {100 * share / total:.0f} %" for layer, share in _sorted(spent))


def _sorted(spent: Counter[str]) -> Sequence[tuple[str, float]]:
    return spent.most_common()


def _layer(function: tuple[str, int, str]) -> str:
    found = (layer for layer, part in LAYERS if part in function[0])
    return next(found, REST)


if __name__ == "__main__":
    main()
