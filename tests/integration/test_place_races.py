"""Many people decide at the same moment: the last room of a place is given once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError

from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict
from resettle.core.work import Transactions
from resettle.matching.models import Allocation
from resettle.proposals import decisions
from resettle.proposals.acts import Decide
from resettle.proposals.models import PlaceDecision
from tests.boards import a_place, a_run, an_officer
from tests.groups import a_family

MANY = 32
ADULT = date(1990, 5, 1)


@pytest.fixture
def committing(committed_app) -> Transactions:
    return committed_app.extensions["transactions"]


def at_once(transactions, officer, run_id, commands) -> Counter[str]:
    """Let as many officers decide in works of their own that begin together; count the outcomes."""
    start = Barrier(len(commands))

    def decide(command: Decide) -> str:
        start.wait()
        try:
            with transactions.begin(officer, "place:decide") as uow:
                decisions.decide(uow, run_id, command)
        except (Conflict, IntegrityError) as error:
            return type(error).__name__
        return "won"

    with ThreadPoolExecutor(len(commands)) as pool:
        return Counter(pool.map(decide, commands))


def test_of_many_decisions_at_once_one_takes_the_last_room_of_a_location(committing):
    with committing.begin(SYSTEM, "arrange") as uow:
        officer = an_officer(uow)
        levin = a_place(uow, "Levin", persons=40, households=1)
        homes = [a_family(uow, born=(ADULT,), programme=("rqp", 3)).id for _number in range(MANY)]
        run = a_run(uow, [levin], dict.fromkeys(homes, levin)).id
    commands = [Decide(household_id=home, place_id=levin.id) for home in homes]

    outcome = at_once(committing, officer, run, commands)

    assert outcome == {"won": 1, "Conflict": MANY - 1}
    with committing.begin(SYSTEM, "look", read_only=True) as uow:
        assert uow.count(Allocation, Allocation.released_on.is_(None)) == 1
        assert uow.count(PlaceDecision) == 1


def test_of_many_decisions_of_one_household_at_once_one_stands(committing):
    with committing.begin(SYSTEM, "arrange") as uow:
        officer = an_officer(uow)
        levin = a_place(uow, "Levin", persons=40, households=20)
        home = a_family(uow, born=(ADULT,), programme=("rqp", 3)).id
        run = a_run(uow, [levin], {home: levin}).id

    outcome = at_once(committing, officer, run, [Decide(household_id=home, place_id=levin.id)] * 8)

    assert outcome["won"] == 1
    assert outcome["Conflict"] + outcome["IntegrityError"] == 7
