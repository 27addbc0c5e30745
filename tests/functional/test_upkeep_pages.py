"""The page on a house and its forms: a defect reported and mended, the house rated, a bill."""

import re
from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from resettle.core.actor import SYSTEM
from resettle.placements.models import Placement, PlacementKind
from tests.functional import bodies
from tests.groups import a_dwelling
from tests.world import a_caseworker, a_household

MARKS = ("warm", "dry", "safe", "affordable", "enough_space")
WORDS = ("Warm", "Dry", "Safe", "Affordable", "Enough space")


@pytest.fixture
def house(transactions, client_of):
    return House(transactions, client_of)


class House:
    """The house of a household, and the caseworker who looks after it."""

    def __init__(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            self.home = a_household(uow)
            uow.add(
                Placement(
                    household_id=self.home.id,
                    kind=PlacementKind.SETTLED,
                    dwelling_id=a_dwelling(uow, self.home).id,
                    location="CHC",
                    start_on=date(2026, 1, 5),
                )
            )
            self.client = client_of(a_caseworker(uow, self.home))
        self.at = f"/households/{self.home.id}/house"

    def page(self):
        return self.client.get(self.at).text

    def sends(self, path, **form):
        return self.client.post(path, data={"form_key": uuid4().hex, **form})

    def reports(self, **more):
        usual = {"kind": "water", "text": "The tap drips", "reported_on": "2026-02-20"}
        return self.sends(f"{self.at}/defects/new", **usual | more)

    def shows(self, defect_id, content, name="a.jpg"):
        form = {"form_key": uuid4().hex, "file": (BytesIO(content), name)}
        return self.client.post(f"/house-defects/{defect_id}/photos/new", data=form)

    def items(self, kind):
        return self.client.get(f"/api{self.at}/{kind}").json["items"]


class TestPhotos:
    def test_one_stands_beside_its_defect_without_where_it_was_taken(self, house):
        house.reports()
        (defect,) = house.items("defects")

        done = house.shows(defect["id"], bodies.picture())

        assert (done.status_code, done.location) == (303, house.at)
        page = house.page()
        found = re.search(r'<img src="(/defect-photos/[^"]+)" alt="([^"]+)"', page)
        assert found[2] == "Photo 1 of the defect: water"
        picture = house.client.get(found[1])
        assert picture.content_type == "image/jpeg"
        assert not Image.open(BytesIO(picture.data)).getexif()

    def test_over_json_it_is_the_same_picture(self, house):
        house.reports()
        (defect,) = house.items("defects")

        made = house.client.post(
            f"/api/house-defects/{defect['id']}/photos",
            data={"file": (BytesIO(bodies.picture()), "a.jpg")},
            headers={"Idempotency-Key": uuid4().hex},
        )

        assert made.status_code == 201
        assert house.client.get(f"/api/defect-photos/{made.json['id']}").data[:2] == b"\xff\xd8"

    @pytest.mark.parametrize(
        ("content", "said"),
        [(b"%PDF-1.7 not a photo", "The file is not a photo"), (b"", "Choose a photo")],
    )
    def test_what_is_no_photo_is_refused_beside_its_field(self, house, content, said):
        house.reports()
        (defect,) = house.items("defects")

        refused = house.shows(defect["id"], content, name="" if not content else "a.pdf")

        assert refused.status_code == 422
        assert said in refused.text

    def test_ten_are_enough(self, house):
        house.reports()
        (defect,) = house.items("defects")
        for _ in range(10):
            assert house.shows(defect["id"], bodies.picture()).status_code == 303

        refused = house.shows(defect["id"], bodies.picture())

        assert "There are 10 photos of this already." in refused.text


class TestDefects:
    def test_one_is_reported_and_stands_on_the_page_with_its_day(self, house):
        done = house.reports()

        assert (done.status_code, done.location) == (303, house.at)
        page = house.page()
        assert "The defect is on the log." in page
        assert "The tap drips" in page

    def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(self, house):
        page = house.reports(reported_on="2026-03-03")

        assert page.status_code == 422
        assert "This day has not come yet." in page.text
        assert "The tap drips" in page.text
        assert house.items("defects") == []

    def test_it_is_mended_once_and_not_before_it_was_reported(self, house):
        house.reports()
        (defect,) = house.items("defects")
        mending = f"/house-defects/{defect['id']}/mending"

        early = house.sends(mending, version=defect["version"], mended_on="2026-02-19")
        done = house.sends(mending, version=defect["version"], mended_on="2026-03-02")
        page = house.page()
        again = house.sends(mending, version=defect["version"] + 1, mended_on="2026-03-02")

        assert early.status_code == 422
        assert "This was before it was reported." in early.text
        assert (done.status_code, done.location) == (303, house.at)
        assert "It is recorded as mended." in page
        assert again.status_code == 422
        assert [each["mended_on"] for each in house.items("defects")] == ["2026-03-02"]


class TestRatings:
    def test_a_house_is_rated_mark_by_mark(self, house):
        marks = dict(zip(MARKS, "54321", strict=True))

        done = house.sends(f"{house.at}/ratings/new", rated_on="2026-03-02", **marks)

        assert done.status_code == 303
        assert "The rating is recorded." in house.page()
        (rating,) = house.items("ratings")
        assert [rating[mark] for mark in MARKS] == [5, 4, 3, 2, 1]
        shown = house.page().split("From 1, bad, to 5, good")[1].split("</table>")[0]
        cells = re.findall(r'data-label="([^"]+)" class="number">\s*<span>(\d)</span>', shown)
        assert cells == [*zip(WORDS, "54321", strict=True)]

    @pytest.mark.parametrize("mark", ["0", "6", "good"])
    def test_a_mark_is_from_one_to_five(self, house, mark):
        marks = dict.fromkeys(MARKS, "3") | {"dry": mark}

        page = house.sends(f"{house.at}/ratings/new", rated_on="2026-03-02", **marks)

        assert page.status_code == 422
        assert house.items("ratings") == []

    def test_each_rating_stays_beside_the_next(self, house):
        for day, marks in (("2026-02-01", "22222"), ("2026-03-02", "54543")):
            given = dict(zip(MARKS, marks, strict=True))
            house.sends(f"{house.at}/ratings/new", rated_on=day, **given)

        found = house.items("ratings")

        assert [each["rated_on"] for each in found] == ["2026-03-02", "2026-02-01"]
        assert [each["warm"] for each in found] == [5, 2]

    def test_a_mark_that_is_missing_is_asked_for(self, house):
        page = house.sends(f"{house.at}/ratings/new", rated_on="2026-03-02", warm="3")

        assert page.status_code == 422
        assert house.items("ratings") == []


class TestPowerBills:
    def test_a_high_bill_of_a_cold_house_brings_a_defect_and_a_rating(self, house):
        bill = {"amount": "450", "days": "30", "billed_on": "2026-03-02", "cold": "true"}

        done = house.sends(f"{house.at}/power-bills/new", **bill)

        assert (done.status_code, done.location) == (303, house.at)
        assert "The bill is recorded." in house.page()
        assert [each["kind"] for each in house.items("defects")] == ["heating"]
        assert [each["affordable"] for each in house.items("ratings")] == [1]
        assert [each["amount"] for each in house.items("power-bills")] == ["450"]

    @pytest.mark.parametrize("amount", ["lots", "-3", "1,000"])
    def test_what_is_no_amount_is_refused(self, house, amount):
        bill = {"amount": amount, "days": "30", "billed_on": "2026-03-02"}

        assert house.sends(f"{house.at}/power-bills/new", **bill).status_code == 422
        assert house.items("power-bills") == []


def test_whose_house_is_not_on_file_is_told_to_record_it_first(transactions, client_of):
    with transactions.begin(SYSTEM, "arrange") as uow:
        home = a_household(uow)
        client = client_of(a_caseworker(uow, home))
    form = {"kind": "water", "text": "It drips", "reported_on": "2026-03-02"}

    page = client.post(f"/households/{home.id}/house/defects/new", data=form)

    assert page.status_code == 422
    assert "Record first in which house the household lives." in page.text


def test_over_json_defects_are_reported_and_the_house_rated(house):
    headers = {"Idempotency-Key": uuid4().hex}
    defect = {"kind": "water", "text": "The tap drips", "reported_on": "2026-02-20"}
    marks = dict.fromkeys(MARKS, 2)

    made = house.client.post(f"/api{house.at}/defects", json=defect, headers=headers)
    rated = house.client.post(
        f"/api{house.at}/ratings",
        json={"rated_on": "2026-03-02", "note": "Draughts", **marks},
        headers={"Idempotency-Key": uuid4().hex},
    )

    assert (made.status_code, made.json["due_on"]) == (201, "2026-02-22")
    assert (rated.status_code, rated.json["note"]) == (201, "Draughts")
