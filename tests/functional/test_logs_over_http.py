"""The log over HTTP: what sponsors and families write, who reads it, and how it is taken back."""

import pytest

from resettle.consents.models import Item
from resettle.core.actor import SYSTEM
from resettle.placements.models import Sponsorship, SponsorshipStatus
from tests.functional.keys import with_keys
from tests.world import (
    a_caseworker,
    a_consent,
    a_household,
    a_member,
    a_person_signed_in,
    a_sponsor_of,
)

DARI = "امروز همه با هم به کتابخانه رفتیم."
RODE = "We rode the bus to the clinic together."


@pytest.fixture
def scene(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        home = a_household(uow)
        wife, husband = a_member(uow, home), a_member(uow, home, "SP")
        a_consent(uow, home, wife, Item.NAME, seq=1)
        return {
            "home": home,
            "caseworker": a_caseworker(uow, home),
            "sponsor": a_sponsor_of(uow, home),
            "wife": a_person_signed_in(uow, wife),
            "husband": a_person_signed_in(uow, husband),
        }


@pytest.fixture
def of(client_of, scene):
    return lambda who: with_keys(client_of(scene[who]))


@pytest.fixture
def path(scene):
    return f"/api/households/{scene['home'].id}/log"


def texts(client, path):
    return [row["text"] for row in client.get(path).json["items"]]


class TestWhoReads:
    def test_what_a_sponsor_writes_is_for_the_group_and_the_caseworkers(self, of, path):
        written = of("sponsor").post(path, json={"text": RODE})

        assert (written.status_code, written.json["side"]) == (201, "sponsor")
        assert texts(of("sponsor"), path) == texts(of("caseworker"), path) == [RODE]
        assert texts(of("wife"), path) == []

    def test_and_for_the_family_if_the_writer_says_so(self, of, path):
        of("sponsor").post(path, json={"text": RODE, "with_family": True})

        assert texts(of("wife"), path) == texts(of("husband"), path) == [RODE]

    def test_what_somebody_at_home_writes_is_for_the_caseworkers_alone(self, of, path):
        of("wife").post(path, json={"text": DARI, "language": "prs"})

        assert texts(of("wife"), path) == texts(of("caseworker"), path) == [DARI]
        assert texts(of("husband"), path) == texts(of("sponsor"), path) == []

    def test_and_for_the_others_and_the_group_if_the_writer_says_so(self, of, path):
        of("wife").post(path, json={"text": DARI, "with_family": True, "with_sponsors": True})

        assert texts(of("husband"), path) == texts(of("sponsor"), path) == [DARI]

    def test_the_next_group_does_not_read_what_was_for_the_last(
        self, of, path, scene, transactions
    ):
        of("wife").post(path, json={"text": DARI, "with_sponsors": True})
        with transactions.begin(SYSTEM, "arrange") as uow:
            home = scene["home"]
            (match,) = uow.all(uow.select(Sponsorship).where(Sponsorship.household_id == home.id))
            match.status, match.ended_on = SponsorshipStatus.ENDED, uow.today
            uow.session.flush()
            scene["next"] = a_sponsor_of(uow, home)

        assert of("sponsor").get(path).status_code == 404
        assert texts(of("next"), path) == []

    def test_without_a_group_that_is_said_beside_the_field(self, of, path, scene, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            (match,) = uow.all(uow.select(Sponsorship))
            match.status, match.ended_on = SponsorshipStatus.ENDED, uow.today

        answer = of("wife").post(path, json={"text": DARI, "with_sponsors": True})

        assert (answer.status_code, answer.json["errors"].keys()) == (422, {"with_sponsors"})
        page = of("wife").get(f"/households/{scene['home'].id}/log/new").text
        assert "Our sponsor group may read it" not in page

    def test_a_day_to_come_is_refused(self, of, path):
        answer = of("sponsor").post(path, json={"text": RODE, "happened_on": "2026-03-03"})

        assert answer.json["errors"].keys() == {"happened_on"}


class TestTakingBack:
    def test_only_the_writer_and_the_caseworkers_read_it_then(self, of, path):
        entry = of("wife").post(path, json={"text": DARI, "with_family": True}).json

        taken = of("wife").post(f"/api/log-entries/{entry['id']}/withdrawal")

        assert taken.status_code == 201
        assert texts(of("wife"), path) == texts(of("caseworker"), path) == [DARI]
        assert texts(of("husband"), path) == []

    def test_nobody_takes_back_what_another_wrote_and_nothing_twice(self, of, path):
        entry = of("wife").post(path, json={"text": DARI, "with_family": True}).json
        back = f"/api/log-entries/{entry['id']}/withdrawal"

        assert of("husband").post(back).status_code == 403
        assert of("wife").post(back).status_code == 201
        assert of("wife").post(back).status_code == 409


class TestPages:
    def test_a_family_writes_reads_and_takes_back(self, of, scene):
        wife, home = of("wife"), f"/households/{scene['home'].id}"
        assert f"{home}/written" in wife.get("/my-household").text
        assert "Nothing is written down yet." in wife.get(f"{home}/written").text
        assert "Our sponsor group may read it" in wife.get(f"{home}/log/new").text

        sent = wife.post(f"{home}/log/new", data={"text": DARI, "with_family": "true"})
        page = wife.get(sent.location).text
        assert DARI in page
        assert "Read by the caseworkers, everybody at home." in page
        assert "Take back" not in of("husband").get(f"{home}/written").text

        back = page.split('action="/log-entries/')[1].split('"')[0]
        taken = wife.get(wife.post(f"/log-entries/{back}").location).text
        assert "Only the writer and the caseworkers read it." in taken

    def test_a_sponsor_is_led_to_where_worries_are_told(self, of, scene):
        sponsor, home = of("sponsor"), f"/households/{scene['home'].id}"
        assert f"{home}/written" in sponsor.get("/our-household").text

        assert "If something worries you" in sponsor.get(f"{home}/log/new").text
        sponsor.post(f"{home}/log/new", data={"text": RODE})

        assert RODE in sponsor.get(f"{home}/written").text

    def test_a_caseworker_reads_it_in_the_file_with_the_name_of_the_writer(self, of, scene):
        log = f"/households/{scene['home'].id}/log"
        of("sponsor").post(f"{log}/new", data={"text": RODE})

        page = of("caseworker").get(log).text

        assert RODE in page
        assert 'aria-current="page">Log</a>' in page
        assert "The sponsor group," in page
        assert "Write something down" not in page

    def test_a_long_log_goes_on_on_the_next_page(self, of, path, scene):
        for number in range(3):
            of("sponsor").post(path, json={"text": f"Ride {number}"})

        first = of("caseworker").get(f"/households/{scene['home'].id}/log?limit=2").text
        following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
        second = of("caseworker").get(following).text

        told = [page.count(f"Ride {number}") for number in range(3) for page in (first, second)]
        assert sorted(told) == [0, 0, 0, 1, 1, 1]
        assert (first.count("Ride"), second.count("Ride")) == (2, 1)
