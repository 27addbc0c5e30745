"""Pages of figures over a programme large enough to tell something: tables, curves, a report."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from resettle.core import jobs
from resettle.core.actor import SYSTEM
from resettle.core.work import Transactions
from resettle.demo.staff import open_accounts
from resettle.households.models import Stream
from resettle.judgements import service as judgements
from resettle.judgements.acts import Judge
from resettle.judgements.rules import Confidence
from resettle.releases import service as releases
from resettle.releases.acts import AskRelease
from resettle.runs import service as runs
from resettle.runs.acts import AskRun
from resettle.wiring import RUNNERS
from tests.browser import looking
from tests.browser.conftest import Served, serving
from tests.crowds import a_crowd, agrees, has_met, nominated
from tests.databases import Databases

pytestmark = pytest.mark.timeout(600)
SPONSORED = {"stream": Stream.CORS, "programme_code": "cors", "programme_version": 2}
ASKED = (
    AskRelease("people-by-age-and-sex", "ministry"),
    AskRelease("IND-GP-14d", "ministry", "indicator"),
    AskRelease("IND-WAIT-DAYS", "ministry", "indicator"),
    AskRelease("IND-INC", "ministry", "indicator"),
    AskRelease("IND-PLACES", "ministry", "indicator", "programme"),
    AskRelease("IND-DATA", "ministry", "indicator"),
    AskRelease("IND-BREAK-24", "ministry", "indicator"),
    AskRelease("HEA-01", "ministry", "survival"),
)
OTHERS = (
    "/figures",
    "/figures/indicators?framework=NZRRS-2013",
    "/figures/time-to-milestone?code=HEA-01",
    "/report-runs",
    "/evaluation/record",
    "/evaluation/surveys",
)
FORMS = (
    "/figures/new",
    "/figures/indicators/IND-GP-14d/new",
    "/figures/time-to-milestone/HEA-01/new",
    "/report-runs/new",
    "/evaluation/surveys/new",
    "/evaluation/record/C3/judge",
    "/pipeline",
    "/pipeline/households",
    "/pipeline/houses",
    "/data-quality",
)


class Programme:
    """Eighty families of two streams, and the figures of them that were told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.refused: list[str] = []

    def load(self, transactions: Transactions) -> None:
        with transactions.begin(SYSTEM, "arrange") as uow:
            staff = open_accounts(uow)
            self.families(uow)
        manager, second = (staff.actors[f"{name}@demo.test"] for name in ("manager", "panel"))
        with transactions.begin(manager, "arrange") as uow:
            made, refused, run = self.asked(uow)
        while jobs.run_next(transactions, RUNNERS):
            pass
        with transactions.begin(second, "arrange") as uow:
            runs.confirm(uow, run)
            for id_ in made:
                releases.let_go(uow, id_)
        self.told = [*(f"/figures/{id_}" for id_ in made), f"/report-runs/{run}"]
        self.refused = [f"/figures/{id_}" for id_ in refused]

    def asked(self, uow):
        found = [releases.ask(uow, each) for each in ASKED]
        uow.settle()
        run = runs.ask(uow, AskRun(report="quarterly", audience="ministry")).id
        criterion = {"programme": "cors", "criterion": "C3", "rating": 3}
        why = {"confidence": Confidence.MEDIUM, "reasoning": "Most say so."}
        judgements.judge(uow, Judge(**criterion, **why, indicator=["IND-WAIT-DAYS"]))
        made = [each.id for each in found if each.status == "made"]
        return made, [each.id for each in found if each.id not in made], run

    def families(self, uow) -> None:
        came = uow.today - timedelta(days=200)
        for facts, wait in (({}, 20), (SPONSORED, 6)):
            for number, home in enumerate(
                a_crowd(uow, 40, arrived_on=came, placed_on=came, **facts)
            ):
                agrees(uow, home)
                nominated(uow, home, date(2025, 1, 1))
                met = came + timedelta(days=wait + number % 9) if number % 5 else None
                has_met(uow, home, "HEA-01", met)


@pytest.fixture(scope="module")
def programme() -> Programme:
    return Programme()


@pytest.fixture(scope="module")
def served(databases: Databases, programme: Programme) -> Iterator[Served]:
    with serving(databases, programme.load) as served:
        yield served


@pytest.mark.parametrize("user", ["manager", "evaluator", "auditor"])
def test_they_are_sound(page_of, programme, user):
    page = page_of(user)
    paths = [*programme.told, *OTHERS]
    if user == "manager":
        paths += [*programme.refused, *FORMS]
    found = []

    for path in paths:
        answer = page.goto(path)
        found += [] if answer.ok else [f"{path} answers {answer.status}"]
        found += looking.faults(page)

    assert found == []
    assert len(programme.told) > 6
