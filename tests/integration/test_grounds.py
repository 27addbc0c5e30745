"""What tests stand on in a row is arranged once; none finds what another did there."""

import pytest

from resettle.core.actor import SYSTEM
from resettle.households.models import Household
from tests.world import a_household

HOMES = {"one": 1, "two": 2}
arranged: list[str] = []


def one(transactions):
    return homes(transactions, "one")


def two(transactions):
    return homes(transactions, "two")


def homes(transactions, name):
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        arranged.append(name)
        return [a_household(uow).id for _ in range(HOMES[name])]


def standing(transactions):
    with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
        return {home.id for home in uow.all(uow.select(Household))}


@pytest.mark.parametrize("turn", [1, 2, 3])
@pytest.mark.parametrize("arrange", [one, two])
def test_each_finds_what_was_arranged_and_no_more(once, transactions, arrange, turn):
    made = once(arrange)

    assert standing(transactions) == {*made}
    assert len(made) == HOMES[arrange.__name__]
    with transactions.begin(SYSTEM, "tests:act") as uow:
        for home in uow.all(uow.select(Household)):
            uow.session.delete(home)
        a_household(uow)


def test_it_is_arranged_once_as_long_as_it_is_asked_for_again(once, transactions):
    arranged.clear()

    assert once(one) is once(one)
    assert len(arranged) <= 1
    once(two)
    assert arranged[-1] == "two"


def test_it_is_asked_for_before_all_else(once, transactions):
    once(one)
    one(transactions)

    with pytest.raises(AssertionError, match="before all else"):
        once(two)


def test_who_asks_for_nothing_finds_nothing(transactions):
    assert standing(transactions) == set()


def test_others_may_write_meanwhile(committed_app):
    transactions = committed_app.extensions["transactions"]

    one(transactions)

    assert len(standing(transactions)) == 1
