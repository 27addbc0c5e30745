"""Households: opened, changed, born into, joined and left."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from resettle.cases.models import Assignment
from resettle.core.actor import SYSTEM
from resettle.core.crypto import Unsealable
from resettle.core.errors import Conflict, Forbidden, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.households import queries, service
from resettle.households.acts import (
    ChangeHousehold,
    JoinHousehold,
    NameGuardian,
    NewMember,
    OpenHousehold,
    PersonFacts,
    RecordBirth,
    RecordDeparture,
)
from resettle.households.events import MemberJoined, MemberLeft, PersonBorn
from resettle.households.models import (
    Household,
    HouseholdMember,
    LeaveReason,
    MemberRole,
    Person,
    Sex,
    Source,
    Stream,
)
from resettle.households.rules import Coded
from tests.world import a_caseworker, a_household, a_member, a_person

TODAY = date(2026, 3, 2)
HOUSEHOLD_TABLE, PERSON_TABLE = Household.__table__, Person.__table__


def somebody(relationship="PA", **facts):
    usual = {"family_name": "Haidari", "sex": Sex.F, "born_on": date(1990, 5, 17)}
    return NewMember(person=PersonFacts(**usual | facts), relationship=Coded(relationship))


def opening(*members, **facts):
    usual = {
        "stream": Stream.QUOTA,
        "programme_code": "rqp",
        "primary_language": "prs",
        "members": list(members),
    }
    return OpenHousehold(**usual | facts)


def members_of(uow, household):
    return {m.person_id: m for m in queries.current_members(uow, household.id)}


class TestOpenHousehold:
    def test_it(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = service.open_household(
                uow, opening(somebody(), somebody("SON", born_on=date(2020, 1, 1)))
            )
            people = queries.people_at_home(uow, household.id, TODAY)

        assert household.display_name == "Haidari"
        assert (household.programme_code, household.programme_version) == ("rqp", 3)
        assert [p.role for p in people] == [MemberRole.PRINCIPAL, MemberRole.DEPENDANT]

    def test_references_count_up_within_the_year(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            made = [service.open_household(uow, opening(somebody())) for _ in range(3)]

        assert [household.reference for household in made] == [
            "R-2026-0001",
            "R-2026-0002",
            "R-2026-0003",
        ]

    def test_whoever_opens_it_looks_after_it(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            caseworker = a_caseworker(uow)

        with transactions.begin(caseworker, "household:create") as uow:
            household = service.open_household(uow, opening(somebody()))

        with transactions.begin(SYSTEM, "test") as uow:
            assert uow.count(Assignment, Assignment.household_id == household.id) == 1

    def test_a_sponsor_may_not(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            caseworker = a_caseworker(uow)
        sponsor = type(caseworker)(role="sponsor_member", user_id=caseworker.user_id)

        with transactions.begin(sponsor, "household:create") as uow, pytest.raises(Forbidden):
            service.open_household(uow, opening(somebody()))

    @pytest.mark.parametrize(
        ("members", "error"),
        [
            ([somebody("WIF")], Invalid),
            ([somebody(), somebody(born_on=date(1980, 1, 1))], Conflict),
            ([somebody(born_on=date(2024, 1, 1))], Invalid),
            ([somebody(), somebody("SON", born_on=date(2026, 3, 3))], Invalid),
        ],
        ids=["nobody leads", "two lead", "an infant leads", "not born yet"],
    )
    def test_it_refuses(self, transactions, members, error):
        with transactions.begin(SYSTEM, "test") as uow, pytest.raises(error):
            service.open_household(uow, opening(*members))

    @pytest.mark.parametrize("version", [None, 9])
    def test_the_programme_must_be_known(self, transactions, version):
        code = "rqp" if version else "moon"
        command = opening(somebody(), programme_code=code, programme_version=version)

        with transactions.begin(SYSTEM, "test") as uow, pytest.raises(Invalid) as refused:
            service.open_household(uow, command)

        assert "programme_code" in refused.value.errors

    def test_an_earlier_version_may_be_named(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = service.open_household(uow, opening(somebody(), programme_version=1))

        assert household.programme_version == 1

    def test_what_others_told_of_a_person_is_told_to_the_person(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = service.open_household(uow, opening(somebody(source=Source.UNHCR)))
            (stay,) = queries.people_at_home(uow, household.id, TODAY)
            person = uow.find(Person, stay.person_id)

        assert person.notice_due_on == date(2026, 4, 1)


class TestSealedColumns:
    def test_the_database_holds_ciphertext(self, transactions):
        egypt = Coded("EGY", source_code="ARE", code_system="unhcr-errf-v4.1")
        with transactions.begin(SYSTEM, "test") as uow:
            facts = {
                "nationality": egypt,
                "stateless": False,
                "asylum_arrived_on": date(2019, 2, 3),
                "phone": "+64 21 123 4567",
                "religion": None,
                "unhcr_individual_id": "199-00265997",
            }
            household = service.open_household(uow, opening(somebody(**facts)))
            (stay,) = queries.people_at_home(uow, household.id, TODAY)
            person = uow.find(Person, stay.person_id)
            row = uow.session.connection().execute(PERSON_TABLE.select()).mappings().one()

            assert Coded.of(person.nationality) == egypt
            assert (person.stateless, person.asylum_arrived_on) == ("false", "2019-02-03")
            assert person.unhcr_id_index == uow.blind("unhcr_individual_id", "199-00265997")

        stored = b"".join(value for value in row.values() if isinstance(value, bytes))
        assert row["religion"] is None
        assert all(isinstance(row[name], bytes) for name in ("nationality", "phone", "stateless"))
        for plain in (b"EGY", b"ARE", b"4567", b"00265997", b"2019"):
            assert plain not in stored

    def test_a_ciphertext_moved_to_another_person_does_not_open(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            one = a_person(uow, phone="+64 21 123 4567")
            other = a_person(uow, phone="+64 21 765 4321")
            connection = uow.session.connection()
            stolen = PERSON_TABLE.select().where(PERSON_TABLE.c.id == one.id)
            phone = connection.execute(stolen).mappings().one()["phone"]
            moved = PERSON_TABLE.update().where(PERSON_TABLE.c.id == other.id)
            connection.execute(moved.values(phone=phone))
            uow.session.refresh(other)

            with pytest.raises(Unsealable):
                _ = other.phone

    def test_a_ciphertext_moved_to_another_column_does_not_open(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_person(uow, phone="+64 21 123 4567", email="z@example.org")
            connection = uow.session.connection()
            phone = connection.execute(PERSON_TABLE.select()).mappings().one()["phone"]
            connection.execute(PERSON_TABLE.update().values(email=phone))
            uow.session.refresh(person)

            with pytest.raises(Unsealable):
                _ = person.email

    def test_a_households_risk_is_sealed_too(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            a_household(uow, risk_level="high")
            row = uow.session.connection().execute(HOUSEHOLD_TABLE.select()).mappings().one()

        assert isinstance(row["risk_level"], bytes)
        assert b"high" not in row["risk_level"]


class TestChangeHousehold:
    def test_what_is_not_sent_stays(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow, location="CHC", preferred_contact="phone")
            service.change_household(
                uow, household.id, ChangeHousehold(location="TIU", preferred_contact=None)
            )

        assert (household.location, household.preferred_contact) == ("TIU", None)
        assert household.primary_language == "prs"

    def test_a_household_of_another_caseworker_is_not_found(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            stranger = a_caseworker(uow)

        with transactions.begin(stranger, "household:update") as uow, pytest.raises(NotFound):
            service.change_household(uow, household.id, ChangeHousehold(location="TIU"))


class TestJoin:
    def test_somebody_new(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            a_member(uow, household)
            command = JoinHousehold(
                person=somebody().person, relationship=Coded("SIL"), joined_on=TODAY
            )
            member = service.join(uow, household.id, command)

            assert uow._events == [  # noqa: SLF001  # what it told
                MemberJoined(household.id, member.person_id, TODAY, date(1990, 5, 17))
            ]
        assert member.role is MemberRole.OTHER

    def test_somebody_known_who_has_left_another_household(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household, person = a_household(uow), a_person(uow)
            a_member(uow, household)
            command = JoinHousehold(person_id=person.id, relationship=Coded("PRF"), joined_on=TODAY)
            service.join(uow, household.id, command)

            assert person.id in members_of(uow, household)

    def test_nobody_has_two_homes(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household, elsewhere = a_household(uow), a_household(uow)
            a_member(uow, household)
            person = a_member(uow, elsewhere)
            command = JoinHousehold(person_id=person.id, relationship=Coded("PRF"), joined_on=TODAY)
            with pytest.raises(IntegrityError):
                service.join(uow, household.id, command)
            uow.session.rollback()

    @pytest.mark.parametrize(
        ("facts", "error"),
        [
            ({"relationship": Coded("PA")}, Conflict),
            ({"joined_on": date(2026, 3, 3)}, Invalid),
            ({"joined_on": date(1990, 5, 16)}, Invalid),
            ({"person": None}, Invalid),
        ],
    )
    def test_it_refuses(self, transactions, facts, error):
        usual = {"person": somebody().person, "relationship": Coded("SON"), "joined_on": TODAY}
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            a_member(uow, household)
            with pytest.raises(error):
                service.join(uow, household.id, JoinHousehold(**usual | facts))


def birth(**facts):
    usual = {
        "family_name": "Haidari",
        "given_name": "Aroha",
        "sex": Sex.F,
        "born_on": date(2026, 2, 20),
        "relationship": Coded("DAU"),
    }
    return RecordBirth(**usual | facts)


class TestRecordBirth:
    def test_the_child_belongs_to_the_household_from_its_birth(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            mother = a_member(uow, household)
            member = service.record_birth(uow, household.id, birth(guardian_id=mother.id))

            assert uow._events == [  # noqa: SLF001  # what it told
                PersonBorn(household.id, member.person_id, date(2026, 2, 20)),
                MemberJoined(household.id, member.person_id, date(2026, 2, 20), date(2026, 2, 20)),
            ]
            assert len(members_of(uow, household)) == 2
        assert member.joined_on == date(2026, 2, 20)
        assert member.guardian_id == mother.id

    def test_a_child_is_born_before_today_and_does_not_lead(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            with pytest.raises(Invalid):
                service.record_birth(uow, household.id, birth(born_on=date(2026, 3, 3)))
            with pytest.raises(Conflict):
                service.record_birth(uow, household.id, birth(relationship=Coded("PA")))


class TestNameGuardian:
    def test_it(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            mother = a_member(uow, household)
            child = a_member(uow, household, "SON", born_on=date(2015, 1, 1))
            ward = members_of(uow, household)[child.id]
            service.name_guardian(
                uow, ward.id, NameGuardian(guardian_id=mother.id, guardian_withheld=True)
            )
            assert (ward.guardian_id, ward.guardian_withheld) == (mother.id, True)

            service.name_guardian(uow, ward.id, NameGuardian(guardian_id=None))
            assert (ward.guardian_id, ward.guardian_withheld) == (None, False)

    def test_a_guardian_is_another_adult_of_the_household(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            a_member(uow, household)
            child = a_member(uow, household, "SON", born_on=date(2015, 1, 1))
            brother = a_member(uow, household, "SON", born_on=date(2010, 1, 1))
            stranger = a_person(uow)
            ward = members_of(uow, household)[child.id]

            for nobody in (child, brother, stranger):
                with pytest.raises(Invalid):
                    service.name_guardian(uow, ward.id, NameGuardian(guardian_id=nobody.id))


def departure(**facts):
    usual = {"left_on": date(2026, 2, 1), "reason": LeaveReason.MOVED_OUT}
    return RecordDeparture(**usual | facts)


class TestRecordDeparture:
    def test_it(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            a_member(uow, household)
            son = a_member(uow, household, "SON")
            member = members_of(uow, household)[son.id]
            service.record_departure(uow, member.id, departure())

            assert uow._events == [  # noqa: SLF001  # what it told
                MemberLeft(household.id, son.id, date(2026, 2, 1), "moved_out")
            ]
            assert son.id not in members_of(uow, household)
            assert len(queries.people_at_home(uow, household.id, date(2026, 1, 31))) == 2
            with pytest.raises(Conflict):
                service.record_departure(uow, member.id, departure())

    def test_whoever_leads_names_a_successor(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            husband = a_member(uow, household)
            wife = a_member(uow, household, "WIF", family_name="Rahimi")
            members = members_of(uow, household)
            with pytest.raises(Invalid):
                service.record_departure(uow, members[husband.id].id, departure())

            service.record_departure(
                uow, members[husband.id].id, departure(successor_id=members[wife.id].id)
            )

        assert members[wife.id].role is MemberRole.PRINCIPAL
        assert household.display_name == "Rahimi"

    def test_the_last_one_leaves_nobody_behind(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            person = a_member(uow, household)
            member = members_of(uow, household)[person.id]
            service.record_departure(uow, member.id, departure(reason=LeaveReason.DIED))

        assert person.deceased_on == date(2026, 2, 1)

    @pytest.mark.parametrize("left_on", [date(2026, 3, 3), date(2025, 6, 30)])
    def test_the_day_must_fit(self, transactions, left_on):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            person = a_member(uow, household)
            member = members_of(uow, household)[person.id]
            with pytest.raises(Invalid):
                service.record_departure(uow, member.id, departure(left_on=left_on))


class TestOnePrincipal:
    def test_the_database_holds_it(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            a_member(uow, household)
            with pytest.raises(IntegrityError):
                a_member(uow, household)
            uow.session.rollback()

    def test_nobody_can_leave_before_joining(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household, person = a_household(uow), a_person(uow)
            stay = HouseholdMember(
                household_id=household.id,
                person_id=person.id,
                relationship_code="PA",
                role=MemberRole.PRINCIPAL,
                joined_on=TODAY,
                left_on=date(2026, 3, 1),
            )
            with pytest.raises(IntegrityError):
                uow.add(stay)
            uow.session.rollback()


def test_a_household_may_be_asked_of_anybody(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        household, person = a_household(uow), a_person(uow)
        member = a_member(uow, household)

        assert queries.household_of(uow, member.id) == household.id
        assert queries.household_of(uow, person.id) is None
        assert uow.allows(Permission.HOUSEHOLD_READ, household)
