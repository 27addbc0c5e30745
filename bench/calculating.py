"""The long works: time to a milestone over millions, and a file of a thousand cases taken in.

Survival is set beside scipy's own, and the import beside the bare reading of the same file.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from scipy.stats import CensoredData, ecdf
from sqlalchemy import func, select

from bench.databases import place
from bench.service import environment_of
from bench.world import Country
from resettle.app import create_app
from resettle.core.actor import SYSTEM
from resettle.evaluation.survival import Observed, curve
from resettle.households.models import Household
from resettle.interchange import service
from resettle.interchange.acts import ImportFile
from resettle.operations.tables import migrate
from resettle.settings import Settings
from tests.functional.case_files import caseworker
from tests.unit import errf_files as made

DAYS = 1_000


def main() -> None:
    """Print a line for each work: seconds of processor, of ours and of what it is set beside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--milestones", type=int, default=4_000_000)
    parser.add_argument("--cases", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engines", default="postgresql,sqlite")
    given = parser.parse_args()
    print(f"{'':52} {'CPU s':>20}   beside")
    for line in _survival(given.milestones, given.rounds):
        print(line)
    for engine in given.engines.split(","):
        print(_import(engine, given.cases), flush=True)


def _survival(number: int, rounds: int) -> list[str]:
    chance = np.random.default_rng(1)
    times = chance.integers(0, DAYS, number).astype(np.float64)
    reached = chance.random(number) < 0.8  # noqa: PLR2004  # a fifth has not come so far
    observed = Observed(times, reached)
    censored = CensoredData(uncensored=times[reached], right=times[~reached])
    ours, scipys = [], []
    for _ in range(rounds):
        ours.append(_spent(lambda: curve(observed, DAYS)))
        scipys.append(_spent(lambda: ecdf(censored).sf))
    return [f"{f'survival over {number:,} milestones':52} {_range(ours)}   scipy: {_range(scipys)}"]


def _import(engine: str, cases: int) -> str:
    data = _file(cases)
    with place(engine) as where:
        migrate(where.url)
        app = create_app(Settings.from_environment(environment_of(where)))
        transactions = app.extensions["transactions"]
        worker = caseworker(transactions)
        before = where.cpu()

        def take_in() -> None:
            with transactions.begin(worker, "bench:import") as uow:
                service.import_file(uow, data, ImportFile())

        spent = _spent(take_in)
        reading = _spent(lambda: [*ET.iterparse(BytesIO(data))])
        with transactions.begin(SYSTEM, "bench:count", read_only=True) as uow:
            count = select(func.count()).select_from(Household)
            found = uow.session.scalar(count.execution_options(covered=frozenset({Household})))
        assert found == cases
        told = f"import of {cases:,} cases of 3 persons, {engine}"
        database = f" + {where.cpu() - before:.1f} of the database" if where.pid else ""
        return f"{told:52} {spent:8.1f}{database}   reading it alone: {reading:.2f}"


def _file(cases: int) -> bytes:
    """Write a case file of families with names and days of birth of their own."""
    names = Country(cases, {})
    root = made.v4(people=3, cases=cases)
    for number, person in enumerate(root.iter("dataIndividual")):
        born = date(1960, 1, 1) + timedelta(days=number * 7 % 20_000)
        for tag, value in {
            "FamilyName": names.name() + names.name(),
            "GivenName": names.name() + names.name(),
            "DateofBirth": f"{born}T00:00:00+02:00",
        }.items():
            found = person.find(tag)
            assert found is not None
            found.text = value
    return made.written(root)


def _spent(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _range(found: list[float]) -> str:
    return f"{sorted(found)[len(found) // 2]:6.2f} ({min(found):.2f}-{max(found):.2f})"


if __name__ == "__main__":
    main()
