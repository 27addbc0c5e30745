"""Records that may be of one person, across all households."""

from datetime import date

import pytest

from resettle.cases.models import AssignmentKind
from resettle.core.actor import SYSTEM
from resettle.core.errors import Forbidden
from resettle.duplicates import queries, service
from resettle.duplicates.acts import DecideDuplicate
from resettle.duplicates.models import Verdict
from resettle.households.acts import PersonFacts
from resettle.households.models import Sex
from resettle.people.service import change_person
from tests.world import a_caseworker, a_household, a_member, a_person, a_sponsor_of


def found(uow, person):
    return {pair.person_id: pair for pair in queries.possible_duplicates(uow, person)}


class TestPossibleDuplicates:
    def test_one_name_in_two_spellings_with_one_birth_day(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            here = a_person(uow, given_name="Mohammed", family_name="Al-Hassan", sex=Sex.M)
            there = a_person(
                uow, given_name="Muhamad", family_name="Hasan", name_in_script="محمد الحسن"
            )
            a_person(uow, given_name="Omar", family_name="Haddad")
            change_person(uow, there.id, PersonFacts(sex=Sex.M))

            (pair,) = found(uow, here).values()

        assert pair.person_id == there.id
        assert "The birth day is the same." in pair.reasons

    def test_one_unhcr_number_whatever_the_rest(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            here = a_person(uow)
            there = a_person(uow, given_name="Naw", family_name="Paw", born_on=date(1960, 1, 1))
            for person in (here, there):
                number = PersonFacts(unhcr_individual_id="199-00265997")
                change_person(uow, person.id, number)

            assert found(uow, here)[there.id].score == 100

    def test_twins_of_one_household_are_two(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            one = a_member(uow, household)
            a_member(uow, household, "SIL")

            assert found(uow, one) == {}

    def test_likeliest_first(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            here = a_person(uow)
            near = a_person(uow, born_on=date(1990, 8, 1))
            same = a_person(uow)

            assert [*found(uow, here)] == [same.id, near.id]

    def test_a_sponsor_may_not_ask(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            person = a_member(uow, household)
            sponsor = a_sponsor_of(uow, household)

        with transactions.begin(sponsor, "test") as uow, pytest.raises(Forbidden):
            queries.possible_duplicates(uow, person)


class TestNoteAndDecide:
    def test_a_pair_is_listed_once_and_keeps_its_verdict(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            here, _there = a_person(uow), a_person(uow)
            (candidate,) = service.note_duplicates(uow, here.id)
            verdict = DecideDuplicate(verdict=Verdict.DIFFERENT, reason="Asked both.")
            service.decide(uow, candidate.id, verdict)

            assert service.note_duplicates(uow, here.id) == [candidate]
            assert candidate.reason == "Asked both."
            assert candidate.decided_at == uow.now
        assert candidate.verdict is Verdict.DIFFERENT

    def test_a_verdict_may_be_taken_back(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            here, _there = a_person(uow), a_person(uow)
            (candidate,) = service.note_duplicates(uow, here.id)
            for verdict in (Verdict.SAME, Verdict.OPEN):
                act = DecideDuplicate(verdict=verdict, reason="Looked again.")
                service.decide(uow, candidate.id, act)

        assert candidate.verdict is Verdict.OPEN
        assert candidate.decided_at is None


class TestCompare:
    def test_a_record_of_another_caseworker_is_not_shown(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household, elsewhere = a_household(uow), a_household(uow)
            here, there = a_member(uow, household), a_member(uow, elsewhere)
            caseworker = a_caseworker(uow, household)
            a_caseworker(uow, elsewhere)
            both = a_caseworker(uow, household, elsewhere, kind=AssignmentKind.SECOND)
            (candidate,) = service.note_duplicates(uow, here.id)

        with transactions.begin(caseworker, "test", read_only=True) as uow:
            compared = queries.compare(uow, candidate.id)
            assert compared.other is None
            assert compared.contact == "Contact Mere Tamihana about this record."

        with transactions.begin(both, "test", read_only=True) as uow:
            compared = queries.compare(uow, candidate.id)
            assert compared.other.id == there.id
            assert compared.contact is None

    def test_a_record_without_a_household_belongs_to_the_team_leader(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            here, _loner = a_member(uow, household), a_person(uow)
            caseworker = a_caseworker(uow, household)
            (candidate,) = service.note_duplicates(uow, here.id)

        with transactions.begin(caseworker, "test", read_only=True) as uow:
            contact = queries.compare(uow, candidate.id).contact
        assert contact == "Contact your team leader about this record."
