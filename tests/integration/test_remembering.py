"""What a unit of work need not ask twice, and when it must ask again."""

import pytest
from sqlalchemy import bindparam

from resettle.accounts.models import UserAccount
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.prepared import Prepared

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


def test_a_kept_statement_is_built_once_and_asked_with_the_values_of_each_request(transactions):
    built, prepared = [], Prepared()

    def build(uow):
        built.append(uow)
        called = UserAccount.name == bindparam("name")
        return uow.columns(UserAccount, UserAccount.name).where(
            called, UserAccount.created_at <= uow.now
        )

    with transactions.begin(SYSTEM, "test") as uow:
        for name in ("Ana", "Ben"):
            uow.add(UserAccount(email=f"{name}@example.org".lower(), name=name))
    with transactions.begin(SYSTEM, "test", read_only=True) as uow:
        found = [prepared.rows(uow, "by name", build, name=name) for name in ("Ben", "Ana")]

    assert [[row.name for row in rows] for rows in found] == [["Ben"], ["Ana"]]
    assert len(built) == 1


def test_a_reader_has_no_kept_statements(transactions):
    with (
        transactions.begin(AUDITOR, "test", read_only=True) as uow,
        pytest.raises(AssertionError, match="built for that reader"),
    ):
        Prepared().rows(uow, "x", lambda uow: uow.select(UserAccount))
