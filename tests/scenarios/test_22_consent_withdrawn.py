"""Scenario 22: one spouse takes back what the group may know of her; the other has not."""

from datetime import date
from io import BytesIO
from uuid import UUID

from PIL import Image

from resettle.core.actor import Role
from tests.scenarios.journeys import APPROVED_WAY, NOMINATED_WAY, a_nominated_journey
from tests.scenarios.sponsoring import a_ready_group

ITEMS = ("birth_date", "photo", "phone", "address")
CONTACT = {"phone": "+64 21 555 0{}", "email": None, "address": "Tent {}, Jakarta"}
FAMILY = (("Samir", "PA", "M", date(1988, 4, 2)), ("Rana", "WIF", "F", date(1991, 8, 19)))


def a_photo():
    file = BytesIO()
    Image.new("RGB", (200, 260), "grey").save(file, "PNG")
    return file.getvalue()


def known_of(worker, person, number):
    """Record what a group might learn of a person, if the person agrees."""
    path = f"/api/persons/{person}"
    version = worker.get(f"{path}/contact")["version"]
    details = {name: text and text.format(number) for name, text in CONTACT.items()}
    assert worker.puts(f"{path}/contact", version, **details).status_code == 200
    assert worker.sends(f"{path}/photo", a_photo()).status_code == 201


def seen(sponsor, journey, person):
    """Tell all that the sponsor sees of a person."""
    path = f"/api/persons/{person}"
    (listed,) = [m for m in journey.members(sponsor) if m["person_id"] == person]
    return {
        "listed": listed["person"],
        "person": sponsor.get(path),
        "contact": sponsor.get(f"{path}/contact"),
        "photo": sponsor.asks("GET", f"{path}/photo").status_code,
    }


def withdraws_everything(oneself, person):
    ledger = oneself.get(f"/api/persons/{person}/consents")
    for entry in ledger["entries"]:
        oneself.post(f"/api/consents/{entry['id']}/withdrawal", method="own_account")


class TestConsentWithdrawn:
    def test_it(self, office):
        office.on(date(2023, 3, 6))
        group = a_ready_group(office)
        journey = a_nominated_journey(office, group, *FAMILY)
        journey.go(*NOMINATED_WAY, *APPROVED_WAY)
        journey.is_confirmed()
        samir, rana = journey.person("Samir"), journey.person("Rana")
        for number, person in enumerate((samir, rana)):
            known_of(journey.worker, person, number)
            journey.shares(person, *ITEMS)
        sponsor = group.coordinator
        his, hers = seen(sponsor, journey, samir), seen(sponsor, journey, rana)

        assert (his["listed"]["name"], hers["listed"]["name"]) == ("Samir Haddad", "Rana Haddad")
        assert (hers["person"]["born_on"], hers["photo"]) == ("1991-08-19", 200)
        assert hers["contact"]["address"] == "Tent 1, Jakarta"
        assert sponsor.get(journey.home)["name"] == "Haddad"

        herself = office.somebody(Role.HOUSEHOLD_PERSON, person_id=UUID(rana))
        withdraws_everything(herself, rana)

        self.at_the_next_request_she_is_a_person_without_a_name(sponsor, journey, rana)
        self.all_that_is_his_stays_as_it_was(sponsor, journey, samir, his)
        self.she_and_her_caseworker_see_her_as_before(journey, herself, rana)

    def at_the_next_request_she_is_a_person_without_a_name(self, sponsor, journey, rana):
        now = seen(sponsor, journey, rana)

        told = str(now) + str(sponsor.get(journey.home)) + str(sponsor.items("/api/households"))
        assert not [each for each in ("Rana", "1991-08-19", " 555 ", "Tent 1") if each in told]
        assert not {"name", "family_name", "sex", "born_on"} & set(now["listed"] | now["person"])
        assert not {"phone", "address"} & set(now["contact"])
        assert now["photo"] == 404
        assert "Rana" not in sponsor.asks("GET", "/our-household").text
        # The name of the household is hers too.
        assert "name" not in sponsor.get(journey.home)

    def all_that_is_his_stays_as_it_was(self, sponsor, journey, samir, before):
        assert seen(sponsor, journey, samir) == before
        assert "Samir" in sponsor.asks("GET", "/our-household").text

    def she_and_her_caseworker_see_her_as_before(self, journey, herself, rana):
        for who in (journey.worker, herself):
            assert who.get(f"/api/persons/{rana}")["name"] == "Rana Haddad"
            assert who.get(f"/api/persons/{rana}/contact")["address"] == "Tent 1, Jakarta"
