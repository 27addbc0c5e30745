"""Somebody’s photo on pages: kept by caseworkers, seen by whom the person agreed to show it."""

import re
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from PIL import ExifTags, Image
from sqlalchemy import select

from resettle.consents.models import ConsentEntry, Item, Method
from resettle.core.actor import SYSTEM
from resettle.core.audit import AuditEntry
from resettle.households.models import HouseholdMember, Person
from resettle.people.models import Photo
from resettle.placements.models import Sponsorship, SponsorshipStatus
from tests import groups, world

PICTURE = re.compile(r'<img[^>]*src="/persons/([0-9a-f-]{36})/photo" alt="([^"]*)"')


@pytest.fixture
def home(transactions, client_of):
    """Give a couple that a group supports; the wife has a name for the group, the husband none."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = world.a_household(uow, display_name="Rahimi")
        zahra = world.a_member(uow, household, given_name="Zahra")
        omid = world.a_member(uow, household, "HUS", given_name="Omid")
        group = groups.a_group(uow)
        match = groups.a_match(uow, group, household, status=SponsorshipStatus.CONFIRMED)
        for person in (zahra, omid):
            groups.shares(uow, household.id, person.id, group.id, Item.PROFILE)
        groups.shares(uow, household.id, zahra.id, group.id, Item.NAME)
        actors = {
            "worker": world.a_caseworker(uow, household),
            "sponsor": groups.a_coordinator(uow, group),
            "stranger": groups.a_coordinator(uow, groups.a_group(uow)),
            "herself": world.a_person_signed_in(uow, zahra),
            "himself": world.a_person_signed_in(uow, omid),
        }
        return SimpleNamespace(
            id=household.id,
            group=group.id,
            match=match.id,
            zahra=zahra.id,
            omid=omid.id,
            people=f"/households/{household.id}/people",
            transactions=transactions,
            clients={name: client_of(actor) for name, actor in actors.items()},
        )


def a_picture(colour="teal", size=(60, 80)):
    """Draw a picture as a phone would send it: with the place where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (43.0, 31.0, 48.0)
    kept = BytesIO()
    Image.new("RGB", size, colour).save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def at(person_id, rest=""):
    return f"/persons/{person_id}/photo{rest}"


def keeps(home, person_id, content=None, **form):
    file = (BytesIO(a_picture() if content is None else content), "zahra rahimi.jpg")
    form = {"form_key": uuid4().hex, "file": file, **form}
    return home.clients["worker"].post(at(person_id, "/new"), data=form)


def agrees(home, person_id):
    with home.transactions.begin(SYSTEM, "arrange") as uow:
        groups.shares(uow, home.id, person_id, home.group, Item.PHOTO)


def removes(home, person_id, **form):
    form = {"form_key": uuid4().hex, **form}
    return home.clients["worker"].post(at(person_id, "/removal"), data=form)


def reads(home, who, path):
    return home.clients[who].get(path)


def pictures(home, who, path):
    """Name the people whose photos stand on a page, each with the words in place of it."""
    found = PICTURE.findall(reads(home, who, path).text)
    return [(UUID(person_id), words) for person_id, words in found]


class TestTheCaseworker:
    def test_puts_it_on_file_without_where_it_was_taken_or_the_files_name(self, home):
        assert "Add a photo" in reads(home, "worker", home.people).text

        led = keeps(home, home.zahra, taken_on="2026-01-05")

        assert (led.status_code, led.location) == (303, home.people)
        assert pictures(home, "worker", home.people) == [(home.zahra, "Photo of Zahra Haidari")]
        shown = reads(home, "worker", at(home.zahra))
        assert Image.open(BytesIO(shown.data)).getexif() == {}
        assert (shown.content_type, shown.headers["Cache-Control"]) == ("image/jpeg", "no-store")
        assert "rahimi" not in str(shown.headers).lower()

    def test_replaces_it(self, home):
        keeps(home, home.zahra)
        first = reads(home, "worker", at(home.zahra)).data

        assert keeps(home, home.zahra, a_picture("red"), version="1").status_code == 303

        assert reads(home, "worker", at(home.zahra)).data != first

    def test_does_not_replace_what_a_colleague_has_replaced_meanwhile(self, home):
        keeps(home, home.zahra)
        keeps(home, home.zahra, a_picture("red"), version="1")
        now = reads(home, "worker", at(home.zahra)).data

        refused = keeps(home, home.zahra, a_picture("blue"), version="1")

        assert refused.status_code == 422
        assert reads(home, "worker", at(home.zahra)).data == now
        assert removes(home, home.zahra, version="1").status_code in {409, 412}

    def test_takes_it_away_for_everybody(self, home):
        agrees(home, home.zahra)
        keeps(home, home.zahra)
        assert "Take it away" in reads(home, "worker", at(home.zahra, "/new")).text

        assert removes(home, home.zahra, version="1").location == home.people

        for who in ("worker", "sponsor", "herself"):
            assert reads(home, who, at(home.zahra)).status_code == 404
        with home.transactions.begin(SYSTEM, "look") as uow:
            assert uow.first(uow.select(Photo)) is None
        assert pictures(home, "sponsor", "/our-household") == []
        assert removes(home, home.zahra).status_code == 404

    @pytest.mark.parametrize("content", [b"", b"<svg/>", a_picture(size=(10, 10))])
    def test_is_told_what_is_no_photo(self, home, content):
        refused = keeps(home, home.zahra, content)

        assert refused.status_code == 422
        assert "photo" in refused.text
        assert reads(home, "worker", at(home.zahra)).status_code == 404

    def test_is_told_if_no_file_was_chosen(self, home):
        refused = home.clients["worker"].post(
            at(home.zahra, "/new"), data={"form_key": uuid4().hex}
        )

        assert refused.status_code == 422
        assert "Choose a photo, or take one." in refused.text

    def test_keeps_it_of_who_belongs_to_no_household_any_more(self, home):
        with home.transactions.begin(SYSTEM, "arrange") as uow:
            stay = HouseholdMember.person_id == home.omid
            uow.first(uow.select(HouseholdMember).where(stay)).left_on = uow.today

        led = keeps(home, home.omid)

        assert led.location == at(home.omid, "/new")
        assert "Replace the photo" in reads(home, "worker", led.location).text

    def test_takes_it_away_over_json(self, home):
        keeps(home, home.zahra)
        headers = {"Idempotency-Key": uuid4().hex}

        done = home.clients["worker"].post(f"/api{at(home.zahra)}/removal", headers=headers)

        assert done.status_code == 204
        assert reads(home, "worker", f"/api{at(home.zahra)}").status_code == 404


class TestTheGroup:
    def test_sees_it_of_whom_agreed_and_of_nobody_else(self, home):
        for person in (home.zahra, home.omid):
            keeps(home, person)
        assert pictures(home, "sponsor", "/our-household") == []
        assert reads(home, "sponsor", at(home.zahra)).status_code == 404

        agrees(home, home.zahra)

        assert pictures(home, "sponsor", "/our-household") == [
            (home.zahra, "Photo of Zahra Haidari")
        ]
        assert reads(home, "sponsor", at(home.zahra)).status_code == 200
        assert reads(home, "sponsor", at(home.omid)).status_code == 404
        assert reads(home, "stranger", at(home.zahra)).status_code == 404

    def test_of_somebody_without_a_name_the_picture_has_none_either(self, home):
        keeps(home, home.omid)
        agrees(home, home.omid)

        assert pictures(home, "sponsor", "/our-household") == [(home.omid, "Photo of Person 2")]
        assert "Omid" not in reads(home, "sponsor", "/our-household").text

    def test_sees_none_before_the_match_is_confirmed(self, home):
        keeps(home, home.zahra)
        agrees(home, home.zahra)
        for status in (SponsorshipStatus.PROPOSED, SponsorshipStatus.ACCEPTED):
            with home.transactions.begin(SYSTEM, "arrange") as uow:
                uow.find(Sponsorship, home.match).status = status

            assert pictures(home, "sponsor", "/our-household") == []
            assert reads(home, "sponsor", at(home.zahra)).status_code == 404

    def test_each_look_is_on_the_trail(self, home, connection):
        keeps(home, home.zahra)
        agrees(home, home.zahra)
        reads(home, "sponsor", at(home.zahra))

        trail = AuditEntry.__table__.c
        looks = connection.execute(
            select(trail.person_refs, trail.fields, trail.route).where(
                trail.action == "person:read", trail.household_ref == home.id
            )
        )

        assert [(look.person_refs, look.fields) for look in looks] == [
            ([str(home.zahra)], ["photo"])
        ]


class TestTheFamily:
    def test_each_sees_their_own_on_their_page(self, home):
        for person in (home.zahra, home.omid):
            keeps(home, person)

        assert pictures(home, "herself", "/my-household") == [(home.zahra, "Photo: Zahra Haidari")]
        assert reads(home, "herself", at(home.zahra)).status_code == 200
        assert reads(home, "herself", at(home.omid)).status_code == 404

    def test_nobody_of_the_family_puts_one_on_file_or_takes_it_away(self, home):
        form = {"form_key": uuid4().hex, "file": (BytesIO(a_picture()), "me.jpg")}

        for path in ("/new", "/removal"):
            refused = home.clients["herself"].post(at(home.zahra, path), data={**form})
            assert refused.status_code == 403
            form = {"form_key": uuid4().hex}


@pytest.fixture
def child(home):
    """Add a child of ten, whose guardian the wife is, with a photo on file."""
    with home.transactions.begin(SYSTEM, "arrange") as uow:
        household = SimpleNamespace(id=home.id)
        facts = {"given_name": "Laila", "born_on": date(2016, 2, 1), "guardian_id": home.zahra}
        laila = world.a_member(uow, household, "DAU", **facts).id
    keeps(home, laila)
    return laila


def decides(home, who, child, **changes):
    """Let somebody of the family agree, on their own page, that a child's photo is shared."""
    path = f"/persons/{child}/consents/new"
    page = reads(home, who, path)
    told = "method|language|text_version"
    kept = dict(re.findall(rf'<input type="hidden" name="({told})" value="([^"]*)"', page.text))
    form = {"form_key": uuid4().hex, "purpose": "share_with_sponsor", "item": "photo"}
    form |= {"recipient_type": "sponsor_group", **kept, **changes}
    return home.clients[who].post(path, data=form)


class TestAChild:
    def test_is_seen_by_its_guardian_and_by_no_other_adult_at_home(self, home, child):
        assert pictures(home, "herself", "/my-household") == [(child, "Photo: Laila Haidari")]
        assert pictures(home, "himself", "/my-household") == []
        assert reads(home, "herself", at(child)).status_code == 200
        assert reads(home, "himself", at(child)).status_code == 404

    def test_is_shown_to_the_group_once_the_guardian_agrees_on_the_own_page(self, home, child):
        assert reads(home, "sponsor", at(child)).status_code == 404
        assert f"/persons/{child}/consents/new" in reads(home, "herself", "/my-household").text

        led = decides(home, "herself", child, child_assents="")

        assert (led.status_code, led.location) == (303, "/my-household")
        assert reads(home, "sponsor", at(child)).status_code == 200
        assert [found for found, _ in pictures(home, "sponsor", "/our-household")] == [child]
        with home.transactions.begin(SYSTEM, "look") as uow:
            word = uow.first(uow.select(ConsentEntry).where(ConsentEntry.person_id == child))
        assert (word.method, word.given_by) == (Method.GUARDIAN, home.zahra)

    def test_is_hidden_at_once_when_the_guardian_takes_it_back(self, home, child):
        decides(home, "herself", child)
        page = reads(home, "herself", "/my-household").text
        (take_back,) = set(re.findall(r'action="(/consents/[^"]+/withdrawal)"', page)) - _of(home)

        assert home.clients["herself"].post(take_back, data={}).status_code == 303

        assert reads(home, "sponsor", at(child)).status_code == 404
        assert pictures(home, "sponsor", "/our-household") == []

    def test_is_decided_upon_by_nobody_else(self, home, child):
        refused = decides(home, "himself", child, method="guardian")

        assert refused.status_code in {403, 404}
        assert f"/persons/{child}/consents/new" not in reads(home, "himself", "/my-household").text
        assert reads(home, "sponsor", at(child)).status_code == 404

    def test_from_twelve_on_is_asked_too(self, home, child):
        with home.transactions.begin(SYSTEM, "arrange") as uow:
            uow.find(Person, child).born_on = date(2013, 2, 1)

        assert decides(home, "herself", child).status_code == 422
        assert reads(home, "sponsor", at(child)).status_code == 404
        assert decides(home, "herself", child, child_assents="true").status_code == 303
        assert reads(home, "sponsor", at(child)).status_code == 200

    def test_in_the_preview_the_guardian_tries_it_and_the_other_adult_does_not(self, home, child):
        share = {"form_key": uuid4().hex, "stage": "confirmed", "shares": f"{child}:photo"}
        tried = {
            who: home.clients[who].post("/my-household/sponsor-view", data=share)
            for who in ("herself", "himself")
        }

        assert f"/persons/{child}/photo" in tried["herself"].text
        assert f"{child}" not in tried["himself"].text


def _of(home):
    """Name the ways in which the wife takes back what she agreed to for herself."""
    with home.transactions.begin(SYSTEM, "look") as uow:
        entries = uow.all(uow.select(ConsentEntry).where(ConsentEntry.person_id == home.zahra))
    return {f"/consents/{entry.id}/withdrawal" for entry in entries}
