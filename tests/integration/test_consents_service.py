"""Consents: given by the right person, in force as the rules say, withdrawn at once."""

from datetime import date, timedelta
from itertools import count
from random import Random

import pytest

from resettle.consents import queries, service
from resettle.consents.acts import RecordConsent, WithdrawConsent
from resettle.consents.events import ConsentWithdrawn
from resettle.consents.models import ConsentEntry, Item, Method, Purpose, RecipientType
from resettle.consents.rules import Decision
from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Forbidden, Invalid, NotFound
from resettle.households.models import HouseholdMember
from resettle.policy.sharing import shared_items
from tests.clock import NOW
from tests.world import (
    a_consent,
    a_household,
    a_member,
    a_person,
    a_person_signed_in,
    a_sponsor_of,
)

TODAY = date(2026, 3, 2)
CHILD_OF_13 = date(2012, 5, 1)


def consent(item=Item.NAME, **facts):
    usual = {
        "purpose": Purpose.SHARE_WITH_SPONSOR,
        "item": item,
        "recipient_type": RecipientType.SPONSOR_GROUP,
        "method": Method.SIGNED,
        "language": "prs",
        "text_version": "2026-1",
    }
    return RecordConsent(**usual | facts)


class TestRecord:
    def test_sharing_ends_by_itself_after_a_year(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            person = a_member(uow, household)
            entry = service.record(uow, person.id, consent())

            assert queries.ledger(uow, person.id).in_force == [entry]
        assert (entry.seq, entry.decision) == (1, Decision.GIVE)
        assert entry.expires_on == date(2027, 3, 2)
        assert entry.household_id == household.id

    def test_other_purposes_last_until_withdrawn(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_member(uow, a_household(uow))
            command = consent(
                Item.ALL, purpose=Purpose.EVALUATION, recipient_type=RecipientType.EVALUATION
            )
            entry = service.record(uow, person.id, command)

        assert entry.expires_on is None

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"valid_from": NOW + timedelta(minutes=1)}, "valid_from"),
            ({"valid_from": NOW - timedelta(days=32)}, "valid_from"),
            ({"expires_on": date(2027, 3, 3)}, "expires_on"),
            ({"expires_on": TODAY}, "expires_on"),
            ({"method": Method.VERBAL_INTERPRETED}, "interpreter"),
            ({"method": Method.GUARDIAN}, "method"),
        ],
    )
    def test_it_refuses(self, transactions, facts, field):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_member(uow, a_household(uow))
            with pytest.raises(Invalid) as refused:
                service.record(uow, person.id, consent(**facts))

        assert [*refused.value.errors] == [field]

    def test_a_spouse_does_not_decide(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            husband = a_member(uow, household)
            wife = a_member(uow, household, "WIF")
            with pytest.raises(Forbidden):
                service.record(uow, wife.id, consent(given_by=husband.id))

    def test_a_spouse_who_is_signed_in_does_not_decide_either(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            husband = a_person_signed_in(uow, a_member(uow, household))
            wife = a_member(uow, household, "WIF")

        claim = consent(given_by=wife.id)
        with transactions.begin(husband, "consent:record") as uow, pytest.raises(Forbidden):
            service.record(uow, wife.id, claim)

    def test_a_person_who_is_signed_in_decides_for_themselves(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_member(uow, a_household(uow))
            reader = a_person_signed_in(uow, person)

        with transactions.begin(reader, "consent:record") as uow:
            entry = service.record(uow, person.id, consent(method=Method.OWN_ACCOUNT))

        assert entry.recorded_by == reader.user_id

    def test_a_guardian_decides_for_a_child_that_agrees(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            mother = a_member(uow, household)
            father = a_member(uow, household, "HUS")
            child = a_member(uow, household, "DAU", born_on=CHILD_OF_13, guardian_id=mother.id)
            spoken = {"method": Method.GUARDIAN, "given_by": mother.id}

            with pytest.raises(Invalid):
                service.record(uow, child.id, consent(**spoken))
            with pytest.raises(Invalid):
                service.record(uow, child.id, consent())
            with pytest.raises(Forbidden):
                service.record(uow, child.id, consent(**spoken | {"given_by": father.id}))
            signed = spoken | {"method": Method.SIGNED, "child_assents": True}
            with pytest.raises(Invalid):
                service.record(uow, child.id, consent(**signed))
            entry = service.record(uow, child.id, consent(**spoken, child_assents=True))

        assert (entry.given_by, entry.child_assents) == (mother.id, True)

    def test_a_guardian_from_whom_it_is_withheld_does_not_decide(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            father = a_member(uow, household)
            child = a_member(uow, household, "DAU", born_on=CHILD_OF_13, guardian_id=father.id)
            (stay,) = uow.all(uow.select(HouseholdMember).filter_by(person_id=child.id))
            stay.guardian_withheld = True
            said = consent(method=Method.GUARDIAN, given_by=father.id, child_assents=True)
            with pytest.raises(Forbidden):
                service.record(uow, child.id, said)

    def test_nothing_is_shared_of_somebody_without_a_household_or_dead(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            loner = a_person(uow)
            late = a_member(uow, a_household(uow), deceased_on=date(2026, 1, 1))
            for person in (loner, late):
                with pytest.raises(Conflict):
                    service.record(uow, person.id, consent())


class TestWithdraw:
    def test_it_counts_at_once_for_this_person_only(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            husband, wife = a_member(uow, household), a_member(uow, household, "WIF")
            given = [service.record(uow, p.id, consent()) for p in (husband, wife)]
            taken_back = service.withdraw(uow, given[0].id, WithdrawConsent())

            assert uow._events == [  # noqa: SLF001  # what it told
                ConsentWithdrawn(household.id, husband.id, "share_with_sponsor", "name", None)
            ]
            assert queries.items_in_force(uow, [husband.id, wife.id]) == {
                husband.id: frozenset(),
                wife.id: {Item.NAME},
            }
        assert (taken_back.seq, taken_back.decision) == (2, Decision.WITHDRAW)

    def test_twice_is_once(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_member(uow, a_household(uow))
            given = service.record(uow, person.id, consent())
            first = service.withdraw(uow, given.id, WithdrawConsent())
            second = service.withdraw(uow, given.id, WithdrawConsent())

            assert uow.count(ConsentEntry) == 2
        assert second is first

    def test_it_may_be_given_again(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_member(uow, a_household(uow))
            given = service.record(uow, person.id, consent())
            service.withdraw(uow, given.id, WithdrawConsent())
            again = service.record(uow, person.id, consent())

            assert queries.ledger(uow, person.id).in_force == [again]

    def test_another_adult_cannot(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            husband = a_person_signed_in(uow, a_member(uow, household))
            wife = a_member(uow, household, "WIF")
            given = service.record(uow, wife.id, consent())

        with (
            transactions.begin(husband, "consent:withdraw") as uow,
            pytest.raises((NotFound, Forbidden)),
        ):
            service.withdraw(uow, given.id, WithdrawConsent())


class TestItemsInForce:
    def test_what_was_agreed_for_one_group_is_not_shared_with_another(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            person = a_member(uow, household)
            (group,) = a_sponsor_of(uow, household).group_ids
            a_consent(uow, household, person, Item.NAME, seq=1, recipient_id=group)
            a_consent(uow, household, person, Item.PROFILE, seq=2)

            assert queries.items_in_force(uow, [person.id], group) == {
                person.id: {Item.NAME, Item.PROFILE}
            }
            assert queries.items_in_force(uow, [person.id]) == {person.id: {Item.PROFILE}}

    @pytest.mark.parametrize("seed", range(12))
    def test_fields_are_shown_by_the_same_rule(self, transactions, seed):
        """The screen of fields asks the database; it must say what this rule says."""
        random, seqs = Random(seed), count(1)
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            people = [a_member(uow, household), a_member(uow, household, "WIF")]
            sponsor = a_sponsor_of(uow, household)
            (group,) = sponsor.group_ids
            for _ in range(30):
                a_consent(
                    uow,
                    household,
                    random.choice(people),
                    random.choice([Item.NAME, Item.PHOTO]),
                    seq=next(seqs),
                    decision=random.choice([*Decision]),
                    valid_from=NOW + timedelta(hours=random.randint(-4, 1)),
                    expires_on=random.choice(
                        [None, TODAY, TODAY + timedelta(days=1), TODAY - timedelta(days=1)]
                    ),
                    recipient_id=random.choice([None, group]),
                )
            ids = [person.id for person in people]
            ruled = queries.items_in_force(uow, ids, group)

        with transactions.begin(sponsor, "test", read_only=True) as uow:
            asked = shared_items(uow, ids)
        assert {p: asked.get(p, frozenset()) for p in ids} == ruled


class TestProfileConsented:
    def test_every_adult_at_home_is_asked_and_no_child(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            assert not queries.profile_consented(uow, household.id)

            husband, wife = a_member(uow, household), a_member(uow, household, "WIF")
            a_member(uow, household, "DAU", born_on=CHILD_OF_13)
            a_consent(uow, household, husband, Item.PROFILE, seq=1)
            assert not queries.profile_consented(uow, household.id)

            a_consent(uow, household, wife, Item.PROFILE, seq=1)
            assert queries.profile_consented(uow, household.id)
