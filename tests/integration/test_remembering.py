"""What a unit of work need not ask twice, and when it must ask again."""

from functools import partial

import pytest
from sqlalchemy import bindparam, literal

from resettle.accounts.models import UserAccount
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from tests.groups import a_caseworker
from tests.world import a_household

OWN = Permission.ACCOUNT_OWN
AUDITOR, MANAGER = Actor(role=Role.AUDITOR), Actor(role=Role.PROGRAMME_MANAGER)


@pytest.mark.parametrize(("read_only", "asked"), [(True, 1), (False, 2)])
def test_an_answer_is_kept_only_where_nothing_can_change_it(transactions, read_only, asked):
    answers = iter(["first", "second"])
    with transactions.begin(AUDITOR, "test", read_only=read_only) as uow:
        told = {uow.remembered("key", lambda: next(answers)) for _ in range(2)}

    assert len(told) == asked


def test_another_actor_is_never_told_what_the_first_was(transactions):
    with transactions.begin(AUDITOR, "test", read_only=True) as uow:
        first = uow.remembered("key", lambda: uow.actor.role)
        uow.actor = MANAGER
        second = uow.remembered("key", lambda: uow.actor.role)

    assert (first, second) == (Role.AUDITOR, Role.PROGRAMME_MANAGER)


def by_name(built, uow):
    built.append(uow)
    called = UserAccount.name == bindparam("name")
    return uow.columns(UserAccount, UserAccount.name).where(
        called, UserAccount.created_at <= uow.now
    )


def test_a_question_is_built_once_and_asked_with_the_values_of_each_request(transactions):
    built = []
    build = partial(by_name, built)
    with transactions.begin(SYSTEM, "test") as uow:
        for name in ("Ana", "Ben"):
            uow.add(UserAccount(email=f"{name}@example.org".lower(), name=name))
    with transactions.begin(SYSTEM, "test", read_only=True) as uow:
        found = [uow.ask(build, name=name) for name in ("Ben", "Ana")]

    assert [[row.name for row in rows] for rows in found] == [["Ben"], ["Ana"]]
    assert len(built) == 1


def test_readers_of_one_kind_share_a_question_and_each_gets_their_own_answer(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        homes = [a_household(uow) for _ in range(2)]
        workers = [a_caseworker(uow, home) for home in homes]

    def build(uow):
        return uow.columns(Household, Household.id)

    for worker, home in zip(workers, homes, strict=True):
        with transactions.begin(worker, "test", read_only=True) as uow:
            assert [row.id for row in uow.ask(build)] == [home.id]
            assert [row.id for row in uow.rows(build(uow))] == [home.id]


def test_what_differs_between_readers_of_a_kind_is_built_for_each(transactions):
    built = []

    def build(uow):
        built.append(uow)
        return uow.columns(UserAccount, literal("name" if uow.allows(OWN) else ""))

    for _ in range(2):
        with transactions.begin(MANAGER, "test", read_only=True) as uow:
            uow.ask(build)

    assert [unit for unit in built if isinstance(unit, UnitOfWork)] == built[1:]
    assert len(built) == 3
