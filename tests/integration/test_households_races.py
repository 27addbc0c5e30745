"""What two people may do at one moment: with real commits, on either database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from resettle.consents import queries as consent_queries
from resettle.consents import service as consents
from resettle.consents.acts import RecordConsent, WithdrawConsent
from resettle.consents.models import ConsentEntry, Item, Method, Purpose, RecipientType
from resettle.core.actor import SYSTEM
from resettle.households import service
from resettle.households.acts import NewMember, OpenHousehold, PersonFacts
from resettle.households.models import Sex, Stream
from resettle.households.rules import Coded
from tests.world import a_household, a_member

AT_ONCE = 6
PRINCIPAL = NewMember(
    person=PersonFacts(family_name="Haidari", sex=Sex.F, born_on=date(1990, 5, 17)),
    relationship=Coded("PA"),
)
OPENING = OpenHousehold(
    stream=Stream.QUOTA, programme_code="rqp", primary_language="prs", members=[PRINCIPAL]
)
CONSENT = RecordConsent(
    purpose=Purpose.SHARE_WITH_SPONSOR,
    item=Item.NAME,
    recipient_type=RecipientType.SPONSOR_GROUP,
    method=Method.SIGNED,
    language="prs",
    text_version="2026-1",
)


@pytest.fixture
def transactions(committed_app):
    return committed_app.extensions["transactions"]


def at_once(act, number=AT_ONCE):
    with ThreadPoolExecutor(number) as pool:
        return [done.result() for done in [pool.submit(act, n) for n in range(number)]]


def test_no_two_households_share_a_reference(transactions):
    def open_one(_number):
        with transactions.begin(SYSTEM, "test") as uow:
            return service.open_household(uow, OPENING).reference

    references = at_once(open_one)

    assert sorted(references) == [f"R-2026-{n:04d}" for n in range(1, AT_ONCE + 1)]


def test_of_decisions_made_at_once_each_is_kept_and_one_is_last(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        person = a_member(uow, a_household(uow))
        first = consents.record(uow, person.id, CONSENT)

    def decide(number):
        with transactions.begin(SYSTEM, "test") as uow:
            if number % 2:
                return consents.record(uow, person.id, CONSENT).seq
            return consents.withdraw(uow, first.id, WithdrawConsent()).seq

    at_once(decide)

    with transactions.begin(SYSTEM, "test") as uow:
        entries = consent_queries.ledger(uow, person.id).entries
        given = [entry for entry in entries if entry.decision == "give"]
        assert uow.count(ConsentEntry) == len(entries)
    assert [entry.seq for entry in entries] == [*range(len(entries), 0, -1)]
    assert len(given) == 1 + AT_ONCE // 2
