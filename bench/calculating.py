"""The long works: time to a milestone over millions, and a file of a thousand cases taken in.

Survival is set beside scipy's own, and the import beside a bare one: the same file read with
ElementTree, its households, persons and cases inserted by hand in one transaction, no more.
"""

import argparse
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import numpy as np
import psycopg
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
PERSON = ("IndividualID", "FamilyName", "GivenName", "DateofBirth", "SexCode")


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

        spent, by_database = _spent(take_in), where.cpu() - before
        bare = _spent(lambda: _taken_in_bare(where.bare, data))
        with transactions.begin(SYSTEM, "bench:count", read_only=True) as uow:
            count = select(func.count()).select_from(Household)
            found = uow.session.scalar(count.execution_options(covered=frozenset({Household})))
        assert found == cases
        told = f"import of {cases:,} cases of 3 persons, {engine}"
        database = f" + {by_database:.1f} of the database" if where.pid else ""
        return f"{told:52} {spent:8.1f}{database}   bare: {bare:.2f} ({spent / bare:.0f} x)"


BARE = {
    "bare_household": ("id", "name", "language"),
    "bare_person": (
        "id",
        "household_id",
        "unhcr_id",
        "family_name",
        "given_name",
        "born_on",
        "sex",
    ),
    "bare_case": ("id", "household_id", "number", "size", "stage"),
}


def _taken_in_bare(url: str, data: bytes) -> None:
    """Read the file and insert what it holds, with the driver alone; sealed, asked and told: no."""
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in BARE}
    for _, element in ET.iterparse(BytesIO(data)):
        if element.tag.endswith("}CASE"):
            _read_bare(element, rows)
            element.clear()
    sqlite = url.startswith("sqlite:///")
    with closing(
        sqlite3.connect(url.removeprefix("sqlite:///")) if sqlite else psycopg.connect(url)
    ) as connection:
        cursor: Any = connection.cursor()
        for table, columns in BARE.items():
            cursor.execute(f"CREATE TABLE {table} ({', '.join(f'{c} text' for c in columns)})")
            places = ", ".join(["?" if sqlite else "%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows[table])
        connection.commit()


def _read_bare(case: ET.Element, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    home, people = uuid4().hex, case.findall("{*}dataIndividual")
    for person in people:
        told = [person.findtext(f"{{*}}{tag}") for tag in PERSON]
        rows["bare_person"].append((uuid4().hex, home, *told))
    number = case.findtext("{*}dataProcessGroup/{*}ProcessingGroupNumber")
    rows["bare_household"].append((home, people[0].findtext("{*}FamilyName"), "und"))
    rows["bare_case"].append((uuid4().hex, home, number, str(len(people)), "SUBMITTED"))


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
