"""Indicators, time to milestone and the manager's first page, over HTTP."""

from datetime import date, timedelta
from html.parser import HTMLParser
from uuid import uuid4

import pytest

from resettle.cases import service
from resettle.cases.acts import HoldCase
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import Stream
from resettle.incidents.models import Incident
from resettle.placements.models import Dwelling, Tenure
from tests import journeys
from tests.crowds import a_crowd, agrees, has_met, nominated
from tests.functional.keys import with_keys
from tests.groups import a_group

MANAGER = Actor(Role.PROGRAMME_MANAGER, uuid4(), "Hemi")
EVALUATOR = Actor(Role.EVALUATOR, uuid4(), "Mei")
ARRIVED = date(2025, 7, 1)
SPONSORED = {"stream": Stream.CORS, "programme_code": "cors", "programme_version": 2}


@pytest.fixture
def manager(client_of):
    return with_keys(client_of(MANAGER))


@pytest.fixture
def _two_streams(once):
    once(two_streams)


def two_streams(transactions):
    """Forty families of each stream: the quota sees a doctor later than the sponsored."""
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        for facts, wait in (({}, 20), (SPONSORED, 6)):
            for number, home in enumerate(a_crowd(uow, 40, **facts)):
                agrees(uow, home)
                met = ARRIVED + timedelta(days=wait + number % 9) if number % 5 else None
                has_met(uow, home, "HEA-01", met)
        for home in a_crowd(uow, 5):
            has_met(uow, home, "HEA-01", ARRIVED)


def ask(client, kind, code, **more):
    sent = {"kind": kind, "code": code, "audience": "ministry", **more}
    return client.post("/api/releases", json=sent)


def a_full_programme(uow):
    """Fill every list of a manager's first page."""
    for home in a_crowd(uow, 3, arrived_on=None, placed_on=None):
        has_met(uow, home, "PRE-06", None, of_household=True)
        nominated(uow, home, ARRIVED)
    for home in a_crowd(uow, 2, arrived_on=date(2026, 2, 3)):
        nominated(uow, home, ARRIVED)
        has_met(uow, home, "HEA-01", ARRIVED)
    waits, holds = (journeys.a_family(uow, **journeys.QUOTA) for _ in "12")
    journeys.at(journeys.a_quota_case(uow, waits), "RECEIVED", date(2026, 1, 3))
    review = {"review_on": date(2026, 3, 9), "on": date(2026, 2, 1)}
    case = journeys.a_quota_case(uow, holds)
    service.hold(uow, case.id, HoldCase(reason="MEDICAL", **review))
    a_group(uow, status="ACTIVE")
    about = {"household_id": waits.id, "happened_on": date(2026, 2, 9), "severity": 3}
    uow.add(Incident(**about, safeguarding=False, reported_at=uow.now))
    for _ in "12":
        house = Dwelling(location="PMR", bedrooms=3, tenure=Tenure.PRIVATE_RENTAL)
        house.address = "12 Rata Street"
        uow.add(house)


class Numbers(HTMLParser):
    """Gathers what holds a number on a page, each with the link that stands there."""

    def __init__(self):
        super().__init__()
        self.found, self.open = [], []

    def handle_starttag(self, tag, attributes):
        of = dict(attributes)
        if tag in {"td", "li", "p"}:
            self.open.append((tag, of.get("data-label") or "", [], []))
        if tag == "a" and self.open:
            self.open[-1][3].append(of["href"])

    def handle_data(self, data):
        if self.open:
            self.open[-1][2].append(data)

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            _, label, texts, hrefs = self.open.pop()
            text = " ".join("".join(texts).split())
            if any(letter.isdigit() for letter in text):
                self.found.append((f"{label}: {text}", hrefs[0] if hrefs else None))


def numbers_of(page):
    """Name the numbers of what a page is about: its cells, lines and sentences."""
    parser = Numbers()
    parser.feed(page[page.index("<main") : page.index("</main>")])
    return parser.found


@pytest.mark.usefixtures("_two_streams")
class TestIndicators:
    def test_a_result_carries_all_that_it_takes_to_read_it(self, manager):
        told = ask(manager, "indicator", "IND-GP-14d").json
        shares = {row["group"]: row for row in told["figures"]["shares"]}

        assert told["status"] == "made"
        assert shares["Sponsored"]["n"] == 160
        assert shares["Sponsored"]["met"] == 128
        assert shares["Sponsored"]["percent"] == 80
        assert shares["Sponsored"]["low"] < 80 < shares["Sponsored"]["high"]
        assert shares["Quota"]["met"] == 0
        assert shares["Quota"]["unknown"] == 20
        assert told["figures"]["warning"].startswith("Sponsorship selects")
        assert told["definition"]["numerator"].startswith("persons enrolled with a GP")
        assert told["definition"]["outcomes"]["NZRRS-2013"] == "Health and wellbeing"
        assert told["as_at"] == "2026-03-02"
        assert len(told["data_hash"]) == 64

    @pytest.mark.parametrize(
        ("code", "by", "field", "words"),
        [
            ("IND-NONE", "", "code", "no such indicator"),
            ("IND-GP-14d", "shoe_size", "by", "not told"),
            ("IND-READY", "sex", "by", "no such thing"),
        ],
    )
    def test_what_cannot_be_asked_is_said_and_not_invented(self, manager, code, by, field, words):
        answer = ask(manager, "indicator", code, by=by)

        assert answer.status_code == 422
        assert words in answer.json["errors"][field][0]

    def test_reviews_and_steps_are_counted_each(self, manager):
        told = ask(manager, "indicator", "IND-MS-ONTIME-90").json

        assert told["figures"]["total"] == 340

    def test_sponsorships_that_there_are_none_of_are_too_few(self, manager):
        assert ask(manager, "indicator", "IND-BREAK-24").json["status"] == "refused"

    def test_all_are_listed_each_with_its_definition(self, manager):
        ask(manager, "indicator", "IND-GP-14d")
        rows = manager.get("/api/figures/indicators").json["items"]

        assert len(rows) >= 44
        for told in ("numerator", "denominator", "level", "window", "unknowns"):
            assert all(row[told] for row in rows), told
        assert [row["code"] for row in rows if row["release"]] == ["IND-GP-14d"]
        assert manager.get("/api/figures/indicators?framework=1840").status_code == 422

    def test_the_page_asks_for_one_and_shows_it(self, manager):
        path = "/figures/indicators/IND-GP-14d/new"
        page = manager.get(path).text
        sent = {"audience": "ministry", "by": "stream", "form_key": uuid4().hex}
        answer = manager.post(path, data=sent)

        assert "People enrolled with a GP" in page
        assert "80 % (7" in manager.get(answer.location).text
        listed = manager.get("/figures/indicators?framework=NZRRS-2013").text
        assert "Health and wellbeing" in listed
        assert "80 % (7" in listed


@pytest.mark.usefixtures("_two_streams")
class TestTiming:
    def test_streams_stand_beside_each_other_on_one_clock(self, manager):
        told = ask(manager, "survival", "HEA-01").json
        groups = told["figures"]["groups"]

        assert told["title"] == "Days from arrival to: Enrolled with a GP"
        assert {name: group["n"] for name, group in groups.items()} == {
            "Quota": 160,
            "Sponsored": 160,
        }
        assert (groups["Sponsored"]["median"], groups["Quota"]["median"]) == (10, 25)
        steps = groups["Sponsored"]["steps"]
        assert steps[0]["day"] % 5 == 0
        assert [step["reached"] for step in steps] == sorted(step["reached"] for step in steps)
        assert steps[-1]["reached"] == 80
        assert steps[-1]["low"] < 80 < steps[-1]["high"]
        assert told["figures"]["log_rank"]["p"] <= 0.01
        assert told["figures"]["warning"].startswith("Sponsorship selects")
        assert told["figures"]["standardised"]["covered"] == {"Quota": 100, "Sponsored": 100}

    def test_curves_stand_until_enough_people_changed(self, manager, transactions, clock):
        first = ask(manager, "survival", "HEA-01").json["figures"]["groups"]
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            [home] = a_crowd(uow, 1, size=1)
            agrees(uow, home)
            has_met(uow, home, "HEA-01", ARRIVED)
        clock.forward(days=1)

        assert (
            ask(manager, "survival", "HEA-01").json["figures"]["groups"]["Quota"] == first["Quota"]
        )

    def test_a_group_that_is_hidden_has_no_curve_rather_than_one_at_zero(
        self, manager, transactions
    ):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for home in a_crowd(uow, 5, location="TIU"):
                agrees(uow, home)
                has_met(uow, home, "HEA-01", ARRIVED)
        ask(manager, "survival", "HEA-01", by="location")

        page = manager.get("/figures/time-to-milestone?code=HEA-01&by=location").text

        assert page.count('class="key"') == 1
        assert "Timaru" in page

    def test_groups_of_few_are_not_drawn(self, manager):
        told = ask(manager, "survival", "HEA-01", by="household_type").json

        assert told["figures"]["log_rank"] is None
        assert {group["n"] for group in told["figures"]["groups"].values()} == {320}

    @pytest.mark.parametrize(
        ("code", "by", "field"),
        [("ZZZ-99", "", "code"), ("HEA-01", "outcome", "by"), ("HEA-01", "region", "by")],
    )
    def test_what_cannot_be_drawn_is_said(self, manager, code, by, field):
        assert field in ask(manager, "survival", code, by=by).json["errors"]

    def test_the_page_draws_what_was_told_last(self, manager, client_of):
        empty = manager.get("/figures/time-to-milestone?code=HEA-01").text
        sent = {"audience": "ministry", "by": "stream", "form_key": uuid4().hex}
        assert manager.get("/figures/time-to-milestone/HEA-01/new").status_code == 200
        answer = manager.post("/figures/time-to-milestone/HEA-01/new", data=sent)
        page = manager.get("/figures/time-to-milestone?code=HEA-01").text

        assert "Nothing was told of this milestone yet." in empty
        assert manager.get(answer.location).status_code == 200
        assert page.count('class="curve curve-') > 10
        assert "The same as a table" in page
        assert "a raw difference between the two is not an effect" in page.lower()
        unseen = client_of(EVALUATOR).get("/figures/time-to-milestone?code=HEA-01").text
        assert "Nothing was told of this milestone yet." in unseen

    def test_too_few_people_are_refused(self, manager):
        told = ask(manager, "survival", "EMP-05").json

        assert told["status"] == "refused"
        page = manager.get("/figures/time-to-milestone?code=EMP-05").text
        assert "Nothing was told of this milestone yet." in page


class TestWaits:
    def test_the_middle_of_a_wait_is_told_of_many(self, manager, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for number, home in enumerate(a_crowd(uow, 40)):
                agrees(uow, home)
                nominated(uow, home, ARRIVED - timedelta(days=200 + number))
            for home in a_crowd(uow, 5):  # who did not agree to evaluation
                nominated(uow, home, ARRIVED - timedelta(days=900))

        told = ask(manager, "indicator", "IND-WAIT-DAYS").json
        page = manager.get(f"/figures/{told['id']}").text

        assert told["figures"]["waits"] == [
            {
                "group": group,
                "n": 40,
                "unknown": 5,
                "median": 220,
                "low": 210,
                "high": 230,
                "most": 235,
            }
            for group in ("All", "Quota")
        ]
        assert "220 days (210 to 230)" in page


class TestSums:
    def test_each_part_is_named_once(self, manager):
        sent = {"labels": ["a", "a"], "numbers": [1, 2]}

        assert manager.post("/api/figures/sums", json=sent).status_code == 422


class TestOverview:
    def test_a_manager_sees_what_breaks(self, manager, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for home in a_crowd(uow, 3, arrived_on=None, placed_on=None):
                has_met(uow, home, "PRE-06", None, of_household=True)
                nominated(uow, home, ARRIVED)
            for home in a_crowd(uow, 2, arrived_on=date(2026, 2, 3)):
                nominated(uow, home, ARRIVED)
                has_met(uow, home, "HEA-01", ARRIVED)

        told = manager.get("/api/figures/overview?households=6&month=2026-03-01").json
        page = manager.get("/pipeline?households=6&month=2026-03-01").text

        assert [m["households"] for m in told["arrivals"]][-2:] == [2, 0]
        assert {s["code"]: s["lacking"] for s in told["strains"]}["housing"] == 9
        assert [(d["code"], d["due"], d["in_time"]) for d in told["domains"]] == [
            ("HEA", 8, 8),
            ("PRE", 3, 0),
        ]
        assert len(told["waiting"]) == 5
        assert "What breaks if more come" in page
        assert "9 lacking" in page
        assert "Households who arrived, by month" in page
        assert told["first"]["code"] in {"housing", "caseworkers"}
        assert told["first"]["breaks_in"] == "2026-03-01"
        assert told["left"][0] == {
            "first": "2026-03-01",
            "households": 9,
            "persons": 12,
            "left": [-9, -9, -6],
        }
        assert "Gives way first: " in page
        assert 'href="/pipeline/households?arrived=2026-02-01"' in page
        assert 'href="/figures/indicators#domain-HEA"' in page

    @pytest.mark.parametrize(
        ("asked", "month", "groups"),
        [
            ("stream=quota", "2026-04-01", 0),
            ("households=2&month=2027-09-14", "2027-09-01", 2),
            ("month=2020-01-01", "2026-03-01", 6),
            ("month=2099-01-01", "2029-02-01", 6),
        ],
    )
    def test_who_comes_when_is_for_the_manager_to_say(self, manager, asked, month, groups):
        told = manager.get(f"/api/figures/overview?{asked}").json

        assert told["month"] == month
        assert {s["code"]: s["needed"] for s in told["strains"]}["sponsors"] == groups
        assert told["left"][-1]["first"] >= month

    def test_those_who_are_expected_anyhow_may_be_too_many_already(self, manager, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            [home] = a_crowd(uow, 1, arrived_on=None, placed_on=None)
            has_met(uow, home, "PRE-06", None, of_household=True)
            nominated(uow, home, ARRIVED)

        already = manager.get("/pipeline?households=2&month=2026-06-01").text
        nobody = manager.get("/pipeline?households=0&stream=quota").text

        assert "Gives way already: " in already
        assert "from March 2026 on. With these on top, 3 are lacking by the end of" in already
        assert "1 is lacking" in nobody or "1 are lacking" in nobody

    def test_nothing_gives_way_where_nobody_comes(self, manager):
        assert (
            "Nothing gives way by the end of April 2026."
            in manager.get("/pipeline?households=0").text
        )

    def test_who_waits_is_told_with_what_for(self, manager, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            waits, ready, ends = (journeys.a_family(uow, **journeys.QUOTA) for _ in "123")
            journeys.at(journeys.a_quota_case(uow, waits), "RECEIVED", date(2026, 1, 3))
            case = journeys.at(journeys.a_quota_case(uow, ready), "RECEIVED", date(2026, 1, 2))
            case.cap_group, case.programme_year = "WAR", "2025"
            journeys.at(journeys.a_quota_case(uow, ends), "EXIT_REVIEW", date(2026, 1, 1))

        told = manager.get("/api/figures/overview").json
        why = {row["reference"]: row["reasons"] for row in told["waiting"]}
        page = manager.get("/pipeline/households?programme=rqp&stage=RECEIVED").text

        assert why[waits.reference] == [
            "No quota subcategory has been assigned.",
            "No programme year has been assigned.",
        ]
        assert why[ready.reference] == ["Nothing is missing: it can move on."]
        assert why[ends.reference][0].startswith("The exit review")
        assert ("RECEIVED", "No programme year has been assigned.", 1) in [
            (row["stage_code"], row["reason"], row["households"]) for row in told["reasons"]
        ]
        assert page.index(ready.reference) < page.index(waits.reference)
        assert "No programme year has been assigned." in page
        assert ends.reference not in page

    def test_why_a_case_is_held_is_not_told_nor_what_is_a_familys_own(self, manager, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            held, private = (journeys.a_family(uow, **journeys.QUOTA) for _ in "12")
            case = journeys.a_quota_case(uow, held)
            review = {"review_on": date(2026, 3, 1), "on": date(2026, 2, 1)}
            service.hold(uow, case.id, HoldCase(reason="MEDICAL", **review))
            case = journeys.at(journeys.a_quota_case(uow, private), "EXIT_REVIEW")
            case.exit_reviewed_on, case.exit_handover = date(2026, 2, 1), "x"

        told = manager.get("/api/figures/overview").json
        why = {row["reference"]: row["reasons"] for row in told["waiting"]}

        assert why[held.reference] == [
            "It is on hold.",
            "The day has passed on which its hold was to be looked at again.",
        ]
        assert why[private.reference] == [
            "What is missing, if anything, stands in its file, for its caseworkers."
        ]
        assert "medical" not in repr(told["waiting"]).lower()

    def test_a_list_is_of_those_who_arrived_in_a_month(self, manager, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28)):
                [home] = a_crowd(uow, 1, arrived_on=day)
                nominated(uow, home, ARRIVED)

        page = manager.get("/pipeline/households?arrived=2026-02-01").text

        assert page.count("R-2024-") == 2
        assert "arrived in February 2026" in page
        assert (
            "No household stands here today."
            in manager.get("/pipeline/households?stage=PLACED").text
        )

    def test_every_number_leads_to_its_list_or_its_protected_figure(self, manager, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            a_full_programme(uow)

        page = numbers_of(manager.get("/pipeline?households=6&month=2026-03-01").text)

        assert not [text for text, href in page if not href]
        assert len(page) > 90
        headings = {text.partition(":")[0] for text, _ in page}
        assert headings > {
            "Households",
            "Left",
            "Free today",
            "Days, median",
            "Groups",
            "Due so far",
        }
        for href in {href for _, href in page}:
            assert manager.get(href).status_code == 200, href

    def test_a_list_holds_as_many_as_the_number_that_leads_to_it(self, manager, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            a_full_programme(uow)
        told = manager.get("/api/figures/overview").json

        counted = [
            (f"expected={month['first']}", month["households"]) for month in told["ahead"]
        ] + [(f"arrived={month['first']}", month["households"]) for month in told["arrivals"]]
        counted += [
            (f"programme={r['programme_code']}&stage={r['stage_code']}&lacks={r['code']}", n)
            for r in told["reasons"]
            for n in [r["households"]]
        ]
        assert {n for _, n in counted} >= {0, 1, 2, 3}
        assert {row["code"] for row in told["reasons"]} >= {"held", "PROGRAMME_YEAR"}
        for asked, households in counted:
            page = manager.get(f"/pipeline/households?{asked}").text
            assert page.count("R-20") == households, asked

    def test_nobody_is_expected_in_a_month_that_is_over(self, manager, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            a_full_programme(uow)

        page = manager.get("/pipeline/households?expected=2026-02-01").text

        assert "expected in February 2026" in page
        assert "No household stands here today." in page

    def test_houses_at_hand_are_told_by_place_without_their_address(self, manager, transactions):
        empty = manager.get("/pipeline/houses").text
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            a_full_programme(uow)
        page = manager.get("/pipeline/houses").text

        assert "No house is at hand today." in empty
        assert "Palmerston North" in page
        assert "12 Rata Street" not in page
        free = manager.get("/api/figures/overview").json["resources"][0]["free"]
        assert free == 2
        assert "Houses: 2" in [text for text, _ in numbers_of(page)]

    def test_nothing_yet_is_said(self, manager):
        page = manager.get("/pipeline").text

        assert "No place is taken yet." in page
        assert "There is no sponsor group yet." in page
        assert "No milestone was due yet." in page
