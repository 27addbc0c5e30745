"""A house made ready by its group: looked at, shown in photos, its defects followed, confirmed."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import ExifTags, Image

from resettle.core.actor import SYSTEM
from resettle.placements.models import HouseCheck, Placement, PlacementKind, SponsorshipStatus
from resettle.placements.queries import dwelling_for, open_sponsorship, unready
from tests import groups
from tests.functional import bodies
from tests.weeks import a_company
from tests.world import a_caseworker


@pytest.fixture
def house(transactions, client_of):
    return House(transactions, client_of)


class House:
    """The house that a group makes ready before its household arrives."""

    def __init__(self, transactions, client_of):
        self.transactions, self.client_of = transactions, client_of
        with transactions.begin(SYSTEM, "arrange") as uow:
            self.made = a_company(uow)
            self.dwelling = groups.a_dwelling(uow, self.made.household)
            stranger = groups.a_coordinator(uow, groups.a_group(uow))
            actors = {"stranger": stranger, "other": a_caseworker(uow)}
        actors |= {name: getattr(self.made, name) for name in ("lead", "helper", "worker")}
        self.clients = {name: client_of(actor) for name, actor in actors.items()}
        self.at = f"/households/{self.made.household.id}/house-ready"

    def does(self, who, path, **body):
        headers = {"Idempotency-Key": uuid4().hex}
        return self.clients[who].post(f"/api{path}", json=body, headers=headers)

    def sends(self, who, path, **form):
        return self.clients[who].post(path, data={"form_key": uuid4().hex, **form})

    def ticks(self, who="helper", **found):
        items = [{"item_code": code, "status": status} for code, status in found.items()]
        return self.does(who, self.at, items=items)

    def reports(self, who="helper", **more):
        return self.does(who, f"{self.at}/defects", **{"kind": "water", "said": "It drips"} | more)

    def shows(self, path, content, who="helper"):
        form = {"form_key": uuid4().hex, "file": (BytesIO(content), "IMG_2001.jpg")}
        return self.clients[who].post(path, data=form)

    def page(self, who="helper", path=""):
        return self.clients[who].get(self.at + path).text

    def lines(self, who="helper"):
        return {
            row["item_code"]: row for row in self.clients[who].get(f"/api{self.at}").json["items"]
        }

    def confirms(self, *codes):
        seen = self.lines("worker")
        items = [{"item_code": code, "version": seen[code]["version"]} for code in codes]
        return self.does("worker", f"{self.at}/confirmation", items=items)

    def lacking(self):
        with self.transactions.begin(SYSTEM, "look") as uow:
            house = dwelling_for(uow, self.made.household.id)
            return unready(uow, house, self.made.household)


class TestLooking:
    def test_the_group_says_what_it_found_and_everybody_sees_who_did(self, house):
        assert house.ticks(fridge="ok", cooker="missing").status_code == 200

        found = house.lines("lead")
        assert (found["fridge"]["status"], found["fridge"]["waits"]) == ("ok", True)
        assert found["cooker"]["status"] == "missing"
        assert found["bedding"]["status"] is None
        for who in ("lead", "helper", "worker"):
            assert "Tom Fraser" in house.page(who)

    def test_what_it_found_counts_once_the_caseworker_has_confirmed_it(self, house):
        house.ticks(fridge="ok")
        assert "fridge" in house.lacking()

        assert house.confirms("fridge").status_code == 200
        assert "fridge" not in house.lacking()
        assert house.lines()["fridge"]["waits"] is False

        house.ticks("lead", fridge="missing")
        assert "fridge" in house.lacking()
        assert house.lines()["fridge"]["waits"] is True

    def test_nobody_confirms_what_they_have_not_seen(self, house):
        house.ticks(fridge="ok")
        item = {"item_code": "fridge", "version": house.lines("worker")["fridge"]["version"]}
        house.ticks("lead", fridge="missing")

        assert house.does("worker", f"{house.at}/confirmation", items=[item]).status_code == 409
        strange = {"item_code": "bedding", "version": 1}
        assert house.does("worker", f"{house.at}/confirmation", items=[strange]).status_code == 409

    def test_the_form_sends_only_what_is_new(self, house):
        house.ticks("lead", fridge="ok")
        form = {"fridge": "ok", "was-fridge": "ok", "cooker": "not_needed", "was-cooker": ""}

        saved = house.sends("helper", f"{house.at}/look", **form)

        assert saved.location == house.at
        assert house.lines()["cooker"]["status"] == "not_needed"
        with house.transactions.begin(SYSTEM, "look") as uow:
            checks = {c.item_code: c.checked_by for c in uow.all(uow.select(HouseCheck))}
        assert checks["fridge"] == house.made.lead.user_id

    @pytest.mark.parametrize("form", [{}, {"fridge": "sold"}, {"fridge": "", "was-fridge": ""}])
    def test_a_form_without_an_answer_is_told_so(self, house, form):
        assert house.sends("helper", f"{house.at}/look", **form).status_code == 422

    def test_an_item_that_is_not_on_the_list_is_told_so(self, house):
        assert house.ticks(swimming_pool="ok").status_code == 422

    def test_the_caseworker_confirms_on_a_page(self, house):
        house.ticks(fridge="ok")
        assert "1 to confirm" in house.clients["worker"].get(house.at.removesuffix("-ready")).text
        page = house.page("worker", "/confirmation")
        assert "In order, says Tom Fraser" in page
        version = house.lines("worker")["fridge"]["version"]

        assert house.sends("worker", f"{house.at}/confirmation", fridge="x").status_code == 422
        assert house.sends("worker", f"{house.at}/confirmation").status_code == 422
        done = house.sends("worker", f"{house.at}/confirmation", fridge=str(version))

        assert done.location == house.at
        assert "Nothing waits to be confirmed." in house.page("worker", "/confirmation")

    def test_without_a_house_on_file_there_is_nothing_to_look_at(self, house):
        with house.transactions.begin(SYSTEM, "arrange") as uow:
            uow.find(type(house.dwelling), house.dwelling.id).household_id = None

        assert "No house is on file" in house.page()
        assert house.lines() == {}
        assert house.ticks(fridge="ok").status_code == 409

    @pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("other", 404)])
    def test_others_know_nothing_of_it(self, house, who, status):
        assert house.clients[who].get(house.at).status_code == status

    def test_nor_does_the_group_while_it_is_suspended(self, house):
        house.ticks(fridge="ok")
        with house.transactions.begin(SYSTEM, "arrange") as uow:
            match = open_sponsorship(uow, house.made.household.id)
            match.status = SponsorshipStatus.SUSPENDED

        assert house.clients["helper"].get(house.at).status_code == 404
        assert house.clients["worker"].get(house.at).status_code == 200


class TestPhotos:
    def test_a_photo_of_an_item_is_drawn_anew_without_the_place(self, house):
        added = house.shows(f"{house.at}/fridge/photos/new", _with_place())
        assert added.location == house.at

        (photo_id,) = _photos(house)
        shown = house.clients["lead"].get(f"/house-photos/{photo_id}")
        assert shown.content_type == "image/jpeg"
        with Image.open(BytesIO(shown.data)) as picture:
            assert not picture.getexif()
        assert house.clients["worker"].get(f"/api/house-photos/{photo_id}").data == shown.data
        assert house.clients["stranger"].get(f"/house-photos/{photo_id}").status_code == 404

    def test_who_took_it_takes_it_away_and_the_coordinator_may(self, house):
        for who, gone in (("helper", 303), ("lead", 303)):
            house.shows(f"{house.at}/fridge/photos/new", bodies.picture(), "helper")
            (photo_id,) = _photos(house)
            assert "Take it away" in house.clients[who].get(f"/house-photos/{photo_id}/look").text
            assert house.sends(who, f"/house-photos/{photo_id}/removal").status_code == gone
            assert _photos(house) == []

    def test_another_member_does_not(self, house):
        house.shows(f"{house.at}/fridge/photos/new", bodies.picture(), "lead")
        (photo_id,) = _photos(house)

        assert (
            "Take it away" not in house.clients["helper"].get(f"/house-photos/{photo_id}/look").text
        )
        assert house.sends("helper", f"/house-photos/{photo_id}/removal").status_code == 403

    def test_what_is_no_photo_or_of_nothing_on_the_list_is_told_so(self, house):
        path = f"{house.at}/fridge/photos/new"
        assert "Add a photo: Fridge" in house.clients["helper"].get(path).text
        assert house.shows(path, b"not a picture").status_code == 422
        assert house.sends("helper", path).status_code == 422
        other = f"{house.at}/pool/photos/new"
        assert house.shows(other, bodies.picture()).status_code == 422

    def test_there_are_ten_at_most_of_one_thing(self, house, monkeypatch):
        monkeypatch.setattr("resettle.upkeep.rules.MOST_PHOTOS", 1)
        path = f"{house.at}/fridge/photos/new"
        house.shows(path, bodies.picture())

        assert "There are 1 photos of this already." in house.shows(path, bodies.picture()).text


def _with_place():
    """Make a photo as a telephone does, which writes beside it where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "S"
    exif[ExifTags.Base.Model] = "A telephone"
    made = BytesIO()
    Image.new("RGB", (40, 40)).save(made, "JPEG", exif=exif)
    return made.getvalue()


def _photos(house):
    page = house.page()
    marks = page.split('src="/house-photos/')[1:]
    return [mark.partition('"')[0] for mark in marks]


class TestDefects:
    def test_a_defect_has_a_day_and_its_way_is_seen_by_all(self, house):
        defect = house.reports().json
        assert (defect["due_on"], defect["said"]) == ("2026-03-04", "It drips")
        assert "The landlord does not know yet" in house.page("worker")

        path = f"/house-defects/{defect['id']}/progress"
        told = house.sends("worker", path, version=1, step="told")
        assert told.location == house.at
        assert "Waits for the landlord" in house.page("helper")
        assert house.sends("worker", path, version=2, step="told").status_code == 409

        assert house.sends("helper", path, version=2, step="mended").status_code == 303
        assert "Mended" in house.page("worker")
        assert house.sends("helper", path, version=3, step="mended").status_code == 409
        (listed,) = house.clients["lead"].get(f"/api{house.at}/defects").json["items"]
        assert listed["mended_on"] == "2026-03-02"

    def test_the_form_takes_a_day_of_its_own_and_a_photo_follows(self, house):
        assert "Something is broken" in house.page("helper", "/defects/new")
        form = {"kind": "heating", "said": "No hot water", "due_on": "2026-03-20"}
        assert house.sends("helper", f"{house.at}/defects/new", **form).location == house.at
        (defect,) = house.clients["lead"].get(f"/api{house.at}/defects").json["items"]
        assert defect["due_on"] == "2026-03-20"

        path = f"/house-defects/{defect['id']}/pictures/new"
        assert house.clients["helper"].get(path).status_code == 200
        assert house.shows(path, bodies.picture()).location == house.at
        assert len(_photos(house)) == 1

    def test_the_caseworker_finds_it_among_the_defects_of_the_house(self, house):
        house.reports()

        page = house.clients["worker"].get(house.at.removesuffix("-ready")).text

        assert "It drips" in page
        assert "Reported by the sponsor group" in page

    def test_what_a_caseworker_put_there_is_not_the_groups_to_know(self, house):
        with house.transactions.begin(SYSTEM, "arrange") as uow:
            uow.add(
                Placement(
                    household_id=house.made.household.id,
                    kind=PlacementKind.SETTLED,
                    dwelling_id=house.dwelling.id,
                    location="CHC",
                    start_on=date(2026, 2, 1),
                )
            )
        body = {"kind": "damp", "text": "Mould at the bed", "reported_on": "2026-03-01"}
        path = f"/households/{house.made.household.id}/house/defects"
        theirs = house.does("worker", path, **body).json

        assert house.clients["helper"].get(f"/api{house.at}/defects").json["items"] == []
        assert (
            house.does("helper", f"/house-defects/{theirs['id']}/progress", step="told").status_code
            == 404
        )
