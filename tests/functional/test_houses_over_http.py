"""How a house suits a household: what it needs, its tenancy, where it lived; pages and JSON."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.placements import houses, service
from resettle.placements.acts import ChangeDwelling, EndPlacement, MakePlacement
from resettle.placements.models import PlacementKind
from resettle.upkeep.models import DefectKind, HouseDefect
from tests.functional.test_queue_over_http import queue
from tests.groups import a_dwelling
from tests.world import a_caseworker, a_household, a_member

TODAY = date(2026, 3, 2)


@pytest.fixture
def house(transactions, client_of):
    return House(transactions, client_of)


class House:
    """A couple with a girl of 9 and a boy of 7, in a house of three bedrooms."""

    def __init__(self, transactions, client_of):
        self.transactions = transactions
        with transactions.begin(SYSTEM, "arrange") as uow:
            self.home = a_household(uow, arrived_on=date(2025, 12, 1))
            a_member(uow, self.home)
            a_member(uow, self.home, "HUS", sex="M")
            a_member(uow, self.home, "DAU", born_on=date(2016, 5, 1))
            a_member(uow, self.home, "SON", born_on=date(2018, 5, 1), sex="M")
            self.dwelling = a_dwelling(uow, self.home)
            kind = PlacementKind.TRANSITIONAL
            stay = MakePlacement(kind=kind, start_on=TODAY, dwelling_id=self.dwelling.id)
            self.placement = service.place(uow, self.home.id, stay)
            self.client = client_of(a_caseworker(uow, self.home))
        self.at = f"/households/{self.home.id}"
        self.path = f"/api/dwellings/{self.dwelling.id}"

    def posts(self, path, **body):
        headers = {"Idempotency-Key": str(uuid4())}
        return self.client.post(f"/api{path}", json=body, headers=headers)

    def sends(self, path, **form):
        return self.client.post(self.at + path, data={"form_key": uuid4().hex, **form})

    def changes(self, **body):
        etag = self.client.get(self.path).headers["ETag"]
        return self.client.patch(self.path, json=body, headers={"If-Match": etag})

    def needs(self, **body):
        return self.posts(f"{self.at}/housing-needs", told_on="2026-03-01", **body)

    def fit(self):
        return self.client.get(f"{self.path}/fit").json

    def page(self, path="/house"):
        return self.client.get(self.at + path).text


class TestFit:
    def test_bedrooms_are_counted_from_who_belongs_to_the_household(self, house):
        assert house.fit() == {
            "dwelling_id": str(house.dwelling.id),
            "household_id": str(house.home.id),
            "bedrooms": 3,
            "bedrooms_needed": 3,
            "crowding": "enough",
            "room": "Enough room: the household needs 3 bedrooms, the house has 3.",
            "standard": "Canadian National Occupancy Standard",
            "lacks": [],
            "rent_share": None,
            "rent_share_most": 35,
        }

    def test_a_house_too_small_too_dear_and_up_some_steps_says_so_everywhere(self, house):
        house.changes(bedrooms=1, weekly_rent="450")
        needed = house.needs(step_free=True, features=["wide_doors"], weekly_income="900")

        fit, page = house.fit(), house.page()

        assert needed.status_code == 201
        assert (fit["crowding"], fit["bedrooms_needed"]) == ("severe", 3)
        assert fit["lacks"] == ["no steps on the way in", "doors wide enough for a wheelchair"]
        assert fit["rent_share"] == 50
        assert "Severely crowded: the household needs 3 bedrooms, the house has 1." in page
        assert "By the Canadian National Occupancy Standard." in page
        assert "More than 35 % is hard to bear" in page
        assert "The rent takes 50 % of the income." in page
        assert "No steps on the way in, doors wide enough for a wheelchair" in page
        assert "Severely crowded" in house.page("/homes/new")

    def test_the_last_word_on_what_is_needed_counts_and_the_earlier_ones_stay(self, house):
        house.needs(step_free=True)
        house.posts(f"{house.at}/housing-needs", told_on="2026-02-01", features=["grab_rails"])
        house.posts(f"{house.at}/housing-needs", told_on="2026-03-02", weekly_income="1300")

        found = house.client.get(f"/api{house.at}/housing-needs").json["items"]

        assert [each["step_free"] for each in found] == [False, True, False]
        assert found[0]["weekly_income"] == "1300.00"
        assert house.fit()["lacks"] == []

    def test_it_was_not_told_tomorrow(self, house):
        refused = house.posts(f"{house.at}/housing-needs", told_on="2026-03-03")

        assert refused.status_code == 422
        assert refused.json["errors"] == {"told_on": ["This day is still to come."]}

    def test_a_house_for_nobody_fits_nobody(self, house):
        body = {"location": "CHC", "address": "9 Rātā", "bedrooms": 2, "tenure": "private_rental"}
        found = house.posts("/dwellings", **body)

        refused = house.client.get(f"/api/dwellings/{found.json['id']}/fit")

        assert refused.status_code == 409


class TestPages:
    def test_what_is_needed_is_recorded_and_offered_again(self, house):
        assert "Nobody has asked the household yet." in house.page()

        form = {"told_on": "2026-03-01", "step_free": "true", "features": "level_shower"}
        sent = house.sends("/housing-needs/new", **form, weekly_income="900")

        assert (sent.status_code, sent.location) == (303, f"{house.at}/house")
        again = house.page("/housing-needs/new")
        assert 'value="900.00"' in again
        assert 'value="level_shower" checked' in again
        assert 'value="wide_doors">' in again

    def test_a_house_is_changed_and_an_unticked_box_says_no(self, house):
        house.changes(step_free=True, features=["grab_rails"], landlord="Mr Aroha")
        version = house.client.get(house.path).json["version"]
        form = {"landlord_kind": "private", "tenancy_to": "2026-08-01", "features": "wide_doors"}

        sent = house.sends(
            f"/houses/{house.dwelling.id}/change", version=str(version), bedrooms="4", **form
        )

        assert sent.status_code == 303
        found = house.client.get(house.path).json
        assert (found["step_free"], found["features"]) == (False, ["wide_doors"])
        assert (found["bedrooms"], found["landlord_kind"]) == (4, "private")
        assert found["landlord"] == "Mr Aroha"
        page = house.page()
        assert "Sat 1 Aug 2026" in page
        assert "Mr Aroha" in page

    def test_a_tenancy_that_goes_on_has_no_last_day(self, house):
        house.changes(tenancy_from="2026-01-05", tenancy_to="2026-08-01")

        sent = house.sends(f"/houses/{house.dwelling.id}/change", no_end="true")

        assert sent.status_code == 303
        assert house.client.get(house.path).json["tenancy_to"] is None
        assert "No last day" in house.page()

    def test_all_that_is_on_file_of_a_tenancy_is_read_again(self, house):
        known = {
            "weekly_rent": "450.00",
            "bond": "1800.00",
            "rent_paid_by": "mixed",
            "landlord_kind": "private",
            "tenancy_from": "2026-01-05",
            "tenancy_to": "2026-08-01",
            "healthy_homes_seen": True,
            "heating": "Heat pump",
            "directions": "Behind the dairy",
        }
        assert house.changes(**known).status_code == 200

        found = house.client.get(house.path).json

        assert {name: found[name] for name in known} == known

    def test_a_tenancy_does_not_end_before_it_begins(self, house):
        days = {"tenancy_from": "2026-08-01", "tenancy_to": "2026-01-05"}
        fault = ["A tenancy cannot end before it begins."]
        new = {"location": "CHC", "address": "9 Rātā", "bedrooms": 2, "tenure": "private_rental"}

        changed = house.changes(**days)
        made = house.posts("/dwellings", **new, **days)

        assert [changed.status_code, made.status_code] == [422, 422]
        assert changed.json["errors"] == made.json["errors"] == {"tenancy_to": fault}


class TestAddresses:
    def test_who_lived_where_remains_when_the_house_is_another_familys(self, house):
        with house.transactions.begin(SYSTEM, "arrange") as uow:
            service.end_placement(uow, house.placement.id, EndPlacement(TODAY))
            other = a_household(uow)
            houses.change_dwelling(uow, house.dwelling.id, ChangeDwelling(household_id=other.id))

        (stay,) = house.client.get(f"/api{house.at}/placements").json["items"]

        assert stay["address"] == "12 Kōwhai Street"
        assert (stay["start_on"], stay["end_on"]) == ("2026-03-02", "2026-03-02")
        assert "12 Kōwhai Street" in house.page("/placements")
        assert "No house is on file for this household." in house.page()


class TestQueue:
    def test_a_tenancy_that_ends_is_asked_about_sixty_days_before(self, house):
        house.changes(tenancy_to="2026-04-20")

        (line,) = queue(house.client, source="tenancy")

        assert line["title"] == "Ask whether the tenancy goes on"
        assert (line["due_on"], line["group"]) == ("2026-02-19", "now")
        assert "It ends on 20 April 2026." in line["why"]
        house.changes(no_end=True)
        assert queue(house.client, source="tenancy") == []

    def test_one_that_ends_in_a_year_is_not_on_it_nor_one_of_a_house_left(self, house):
        house.changes(tenancy_to="2027-03-01")
        assert queue(house.client, source="tenancy") == []
        house.changes(tenancy_to="2026-04-20")
        with house.transactions.begin(SYSTEM, "arrange") as uow:
            service.end_placement(uow, house.placement.id, EndPlacement(TODAY))

        assert queue(house.client, source="tenancy") == []

    def test_what_the_landlord_has_not_mended_is_asked_for_when_it_is_due(self, house):
        about = {"household_id": house.home.id, "dwelling_id": house.dwelling.id}
        with house.transactions.begin(SYSTEM, "arrange") as uow:
            for kind, due_on, mended_on in (
                (DefectKind.HEATING, TODAY - timedelta(days=3), None),
                (DefectKind.DAMP, TODAY + timedelta(days=8), None),
                (DefectKind.WATER, TODAY, TODAY),
            ):
                days = {"reported_on": TODAY, "due_on": due_on, "mended_on": mended_on}
                uow.add(HouseDefect(**about, kind=kind, text="secret", **days))

        (line,) = queue(house.client, source="defect")

        assert line["title"] == "Ask the landlord to mend: heating"
        assert (line["due_on"], line["group"]) == ("2026-02-27", "now")
        assert "secret" not in str(line)
