"""Two act on a group's money at the same moment: it is decided once, and taken back once."""

import pytest

from resettle.core.actor import SYSTEM
from resettle.core.errors import Invalid
from resettle.funds import deciding, service
from resettle.funds.acts import Reasoned, RecordRefund
from resettle.funds.models import FundEntry
from resettle.funds.rules import Category, Kind, State
from tests import groups
from tests.integration.test_sponsorship_races import at_once

MANY = 8


@pytest.fixture
def committing(committed_app):
    return committed_app.extensions["transactions"]


def spent(transactions, state):
    """Make spending of a member without an account, and coordinators who may decide on it."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        group = groups.a_group(uow)
        deciders = [groups.a_coordinator(uow, group) for _ in range(MANY)]
        entry = uow.add(
            FundEntry(
                group_id=group.id,
                member_id=groups.a_member(uow, group).id,
                kind=Kind.SPEND,
                category=Category.FOOD,
                cents=100_00,
                happened_on=uow.today,
                state=state,
                no_receipt="A market stall",
            )
        )
    return entry.id, deciders


def test_of_many_who_approve_or_refuse_at_once_one_decides(committing):
    id_, deciders = spent(committing, State.WAITING)

    def decide(number):
        def act(uow):
            uow.actor = deciders[number]
            if number % 2:
                deciding.refuse(uow, id_, Reasoned("No"))
            else:
                deciding.approve(uow, id_)

        return act

    outcome = at_once(committing, [decide(number) for number in range(MANY)])

    assert outcome == {"won": 1, "Conflict": MANY - 1}


def test_an_entry_is_taken_back_once(committing):
    id_, _ = spent(committing, State.APPROVED)

    outcome = at_once(committing, [lambda uow: service.correct(uow, id_, Reasoned("Wrong"))] * MANY)

    assert outcome["won"] == 1


def test_no_more_comes_back_than_was_spent(committing):
    id_, _ = spent(committing, State.APPROVED)

    def back(uow):
        service.refund(uow, id_, RecordRefund(60_00, uow.today))

    with pytest.raises(Invalid):
        at_once(committing, [back] * 2)

    with committing.begin(SYSTEM, "look", read_only=True) as uow:
        found = uow.all(uow.select(FundEntry).where(FundEntry.refunds_id == id_))
    assert [entry.cents for entry in found] == [60_00]
