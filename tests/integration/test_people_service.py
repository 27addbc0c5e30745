"""What is recorded about one person."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Invalid
from resettle.households.acts import PersonFacts
from resettle.households.events import BirthDateCorrected
from resettle.households.models import Source
from resettle.households.rules import Coded, value_of
from resettle.people import queries, service
from resettle.people.acts import (
    ChangeNeed,
    ContactDetails,
    KeepPhoto,
    RecordLanguage,
    RecordNeed,
    RecordRelative,
)
from resettle.people.models import Photo, Relative, SpecificNeed
from resettle.people.rules import NeedKind
from tests.world import a_household, a_member, a_person

TODAY = date(2026, 3, 2)


class TestChangePerson:
    def test_what_is_not_told_stays(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_person(uow, preferred_name="Zari")
            service.change_person(uow, person.id, PersonFacts(pronunciation="ZAH-ra"))

        assert (person.preferred_name, person.pronunciation) == ("Zari", "ZAH-ra")

    def test_a_corrected_birth_day_is_told(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            person = a_member(uow, household)
            service.change_person(uow, person.id, PersonFacts(born_on=date(1991, 5, 17)))

            assert uow._events == [  # noqa: SLF001  # what it told
                BirthDateCorrected(household.id, person.id, date(1991, 5, 17))
            ]

    def test_the_household_bears_the_name_of_whoever_leads_it(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow)
            leader = a_member(uow, household)
            son = a_member(uow, household, "SON")
            service.change_person(uow, son.id, PersonFacts(family_name="Amiri"))
            assert household.display_name == "Haidari"

            service.change_person(uow, leader.id, PersonFacts(family_name="Haydari"))
        assert household.display_name == "Haydari"

    def test_a_birth_day_must_be_possible(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_person(uow)
            with pytest.raises(Invalid):
                service.change_person(uow, person.id, PersonFacts(born_on=date(2026, 3, 3)))

    def test_a_number_taken_back_is_no_longer_found(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_person(uow)
            service.change_person(uow, person.id, PersonFacts(unhcr_individual_id="199-1"))
            assert person.unhcr_id_index is not None

            service.change_person(uow, person.id, PersonFacts(unhcr_individual_id=None))
        assert person.unhcr_id_index is None


class TestChangeContact:
    def test_it_replaces_all_and_is_confirmed(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_person(uow, phone="+64 21 123 4567", email="z@example.org")
            service.change_contact(uow, person.id, ContactDetails(address="4 Kea Street, Timaru"))

            assert (person.phone, person.email) == (None, None)
            assert person.address == "4 Kea Street, Timaru"
        assert person.contact_confirmed_on == TODAY


class TestNeeds:
    @pytest.mark.parametrize(
        ("code", "kind"), [("SM-CI", NeedKind.HEALTH), ("WR-SF", NeedKind.PROTECTION)]
    )
    def test_a_need_lies_on_one_shelf(self, transactions, code, kind):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_person(uow)
            need = service.record_need(uow, person.id, RecordNeed(code=Coded(code)))
            row = uow.session.connection().execute(SpecificNeed.__table__.select()).mappings().one()

            assert value_of(need.code) == code
        assert need.kind is kind
        assert (row["health_code"] is None) is (kind is NeedKind.PROTECTION)
        assert (row["protection_code"] is None) is (kind is NeedKind.HEALTH)
        assert code.encode() not in (row["health_code"] or row["protection_code"])

    def test_needs_that_sponsors_never_see_stay_restricted(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_person(uow)
            open_need = RecordNeed(code=Coded("SV-VO"), restricted=False)
            with pytest.raises(Invalid):
                service.record_need(uow, person.id, open_need)

            need = service.record_need(uow, person.id, RecordNeed(code=Coded("SM-MI")))
            with pytest.raises(Invalid):
                service.change_need(uow, need.id, ChangeNeed(restricted=False))

    def test_what_helps_may_be_opened_and_a_need_closed(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_person(uow)
            need = service.record_need(uow, person.id, RecordNeed(code=Coded("DS-PM")))
            change = ChangeNeed(restricted=False, practical_support="A house without steps")
            service.change_need(uow, need.id, change)
            service.change_need(uow, need.id, ChangeNeed(active=False))

        assert (need.restricted, need.active) == (False, False)
        assert need.practical_support == "A house without steps"


class TestRecordRelative:
    def test_everything_about_family_abroad_is_sealed(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_person(uow)
            command = RecordRelative(
                name="Karim Haidari",
                relationship=Coded("SBM"),
                born_on=date(1999, 1, 1),
                residence_country=Coded("IRN"),
                deceased=False,
                wants_reunification=True,
                source=Source.UNHCR,
            )
            relative = service.record_relative(uow, person.id, command)
            row = uow.session.connection().execute(Relative.__table__.select()).mappings().one()

            assert relative.name == "Karim Haidari"
            assert relative.wants_reunification == "true"
        assert b"Karim" not in row["name"]
        assert isinstance(row["wants_reunification"], bytes)
        assert row["source"] == "unhcr"

    def test_a_birth_day_must_be_possible(self, transactions):
        command = RecordRelative(name="Karim", relationship=Coded("SBM"), born_on=date(1850, 1, 1))
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_person(uow)
            with pytest.raises(Invalid):
                service.record_relative(uow, person.id, command)


class TestRecordLanguage:
    def test_each_language_stands_once(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_person(uow)
            service.record_language(uow, person.id, RecordLanguage(language="prs"))
            service.record_language(uow, person.id, RecordLanguage(language="eng"))
            with pytest.raises(Conflict):
                service.record_language(uow, person.id, RecordLanguage(language="prs"))

            found = queries.languages(uow, person.id)
        assert [known.language for known in found] == ["eng", "prs"]


def a_picture(colour: str) -> bytes:
    kept = BytesIO()
    Image.new("RGB", (40, 40), colour).save(kept, "PNG")
    return kept.getvalue()


class TestKeepPhoto:
    def test_it_is_sealed_and_replaced(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_person(uow)
            service.keep_photo(uow, person.id, a_picture("red"), KeepPhoto())
            service.keep_photo(uow, person.id, a_picture("blue"), KeepPhoto(taken_on=TODAY))
            row = uow.session.connection().execute(Photo.__table__.select()).mappings().one()
            uow.session.expire_all()
            photo = queries.photo(uow, person.id)

            assert photo.content.startswith(b"\xff\xd8\xff")
            assert photo.content not in row["content"]
        assert photo.taken_on == TODAY

    def test_a_file_that_is_no_photo_is_refused(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            person = a_person(uow)
            with pytest.raises(Invalid) as refused:
                service.keep_photo(uow, person.id, b"MZ", KeepPhoto())

        assert "file" in refused.value.errors
