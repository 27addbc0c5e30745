"""A request sent again has one effect, also where the first attempt only seemed to be dead."""

from datetime import timedelta

import pytest

from resettle.core import replay
from resettle.core.actor import SYSTEM
from tests.world import a_caseworker, a_household

KEY = "the-same-visit"


@pytest.fixture
def worker(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        return a_caseworker(uow, a_household(uow))


@pytest.fixture
def tried_twice(transactions, worker, clock):
    """Claim a key for an attempt that is given up for dead, and then for another."""
    assert replay.claim(transactions, worker, KEY, "hash") is None
    clock.now += replay.ABANDONED + timedelta(seconds=1)
    assert replay.claim(transactions, worker, KEY, "hash") is None


def answer(transactions, worker, status):
    with transactions.begin(worker, "note:write") as uow:
        replay.keep(uow, KEY, status, b"{}", None)


@pytest.mark.usefixtures("tried_twice")
def test_of_two_attempts_only_the_first_to_end_has_an_effect(transactions, worker):
    answer(transactions, worker, 201)

    with pytest.raises(replay.InProgress):
        answer(transactions, worker, 202)

    kept = replay.claim(transactions, worker, KEY, "hash")
    assert kept is not None
    assert kept.status == 201


@pytest.mark.usefixtures("tried_twice")
def test_an_attempt_whose_claim_was_given_up_has_none(transactions, worker):
    replay.forget(transactions, worker, KEY)

    with pytest.raises(replay.InProgress):
        answer(transactions, worker, 201)
