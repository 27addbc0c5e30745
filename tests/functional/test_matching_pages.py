"""The pages of places and runs, and the page on where a household would live well."""

import re
from datetime import date
from html import unescape
from uuid import UUID, uuid4

import pytest

from resettle.core.actor import SYSTEM, Actor, Duty, Role
from resettle.core.jobs import run_next
from resettle.households.models import Person
from resettle.households.queries import principal_of
from resettle.households.rules import Coded
from resettle.matching.models import Allocation
from resettle.people.models import SpecificNeed
from resettle.people.rules import NeedKind
from resettle.wiring import RUNNERS
from tests.places import a_place, who_waits
from tests.world import a_caseworker, a_user


@pytest.fixture
def office(transactions, client_of):
    """Give an officer, a manager and a caseworker, two places and two households that wait."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        levin = a_place(uow, "LEV", 3, name="Levin", languages=["prs"], houses=1)
        dunedin = a_place(uow, "DUD", 8, name="Dunedin", services=["specialist_health"])
        homes = [who_waits(uow), who_waits(uow)]
        officer = Actor(
            Role.CASEWORKER,
            user_id=a_user(uow, duties=(Duty.PLACEMENT_OFFICER,)).id,
            duties=frozenset({Duty.PLACEMENT_OFFICER}),
        )
        manager = Actor(Role.PROGRAMME_MANAGER, user_id=a_user(uow, Role.PROGRAMME_MANAGER).id)
        worker = a_caseworker(uow, homes[0])
    clients = {"officer": officer, "manager": manager, "worker": worker}
    made = {name: client_of(actor) for name, actor in clients.items()}
    return {**made, "levin": levin, "dunedin": dunedin, "homes": homes}


def sent(client, path, **form):
    return client.post(path, data={"form_key": uuid4().hex, **form})


def matched(office, **more) -> str:
    started = sent(office["officer"], "/match-runs", programme="rqp", for_on="2026-03-02", **more)
    assert started.status_code == 303, started.text
    return started.location


class TestPlaces:
    def test_a_place_is_added_offers_something_and_is_corrected(self, office):
        manager = office["manager"]
        form = manager.get("/places/new").text
        added = sent(
            manager, "/places/new", kind="location", location="Nelson", opens_on="2026-01-01"
        )
        offered = sent(manager, added.location, from_on="2026-03-01", persons="12", wait_days="20")
        page = manager.get(offered.location).text
        offer = page.split("/places/offers/")[1].split('"')[0]
        again = manager.get(f"/places/offers/{offer}").text
        sent(manager, f"/places/offers/{offer}", wait_days="5", version="1")
        sent(manager, f"{offered.location}/change", name="Nelson and Tasman", version="1")

        assert "Refugee Quota Programme" in form
        assert "12 of 12 left" in page
        assert 'value="20"' in again
        after = manager.get(offered.location).text
        assert "5 days" in after
        assert "Nelson and Tasman" in after
        assert "Nelson and Tasman" in manager.get(f"{offered.location}/change").text

    def test_the_list_tells_what_is_left_to_all_who_work_there(self, office):
        page = office["worker"].get("/places?kind=location").text

        assert "room for 11 more people" in page
        assert "Add a place" not in page
        assert "No place is on the list" in office["worker"].get("/places?kind=group").text

    def test_a_place_without_an_offer_says_so_and_a_wrong_one_is_refused(self, office):
        manager = office["manager"]
        added = sent(
            manager, "/places/new", kind="location", location="Gore", opens_on="2026-03-02"
        )
        wrong = sent(manager, added.location, from_on="2026-03-02", persons="2", most_persons="5")

        assert wrong.status_code == 422
        assert "cannot be larger" in wrong.text
        assert "It offers nothing today" in manager.get(added.location[: -len("/offers/new")]).text
        assert "No offer today" in manager.get("/places").text


class TestRuns:
    def test_who_waits_is_matched_and_it_is_told_why(self, office):
        officer = office["officer"]
        empty = officer.get("/match-runs").text
        run = matched(office)
        page = officer.get(run).text
        home = office["homes"][0]
        why = officer.get(f"{run}/households/{home.id}").text

        assert "Nobody has been matched yet" in empty
        assert "6 of 6" in page
        assert home.reference in page
        assert home.display_name not in page + why
        assert "Community of the same language" in why
        assert "Done" in officer.get("/match-runs").text

    def test_what_it_would_cost_and_what_more_room_would_bring(self, office):
        officer = office["officer"]
        run = matched(office)
        lines = officer.get(f"/api{run}/households").get_json()["items"]
        away = next(line for line in lines if line["place"] == "Dunedin")
        levin, path = office["levin"].id, f"{run}/households/{away['household_id']}"

        instead = officer.get(f"{path}?place_id={levin}").text
        more = officer.get(f"{run}?place_id={levin}&persons=3&households=1").text
        same = officer.get(f"{run}?place_id={levin}&persons=0").text

        assert "As many people would be placed" in instead
        assert away["reference"] in more.split("Who would move")[1]
        assert "Nobody would move" in same
        told = officer.get(f"/api{path}/places/{levin}").get_json()
        assert told["persons"] == 0
        told = officer.get(f"/api{run}/places/{levin}/more-room?persons=3").get_json()
        assert [move["after"] for move in told["moves"]] == ["Levin"]

    def test_a_scenario_stands_beside_its_run(self, office):
        officer = office["officer"]
        run = matched(office, title="As it is")
        asked = officer.get(f"{run}/scenarios/new").text
        other = sent(
            officer,
            f"{run}/scenarios/new",
            title="One more house in Levin",
            place_id=str(office["levin"].id),
            persons="3",
        ).location
        beside = officer.get(f"{other}/comparison").text
        listed = officer.get(run).text
        same = officer.get(f"{run}/comparison").text
        api = officer.get(f"/api{run}/comparison/{other.rsplit('/', 1)[1]}").get_json()

        assert "As it is" in asked
        assert "Who is placed otherwise" in beside
        assert "One more house in Levin" in listed
        assert "Both place every household alike" in same
        assert len(api["moves"]) == 1

    def test_what_is_pinned_and_cannot_be_is_told(self, office):
        officer, home = office["officer"], office["homes"][0]
        matched(office)
        for each in office["homes"]:
            ruled = officer.post(
                "/api/match-rulings",
                json={
                    "household_id": str(each.id),
                    "place_id": str(office["levin"].id),
                    "kind": "pin",
                    "reason_code": "AGREED",
                },
                headers={"Idempotency-Key": uuid4().hex},
            )
            assert ruled.status_code == 201, ruled.text

        page = officer.get(matched(office)).text

        assert "does not fit together" in page
        assert home.reference not in page

    def test_managers_see_protected_figures_and_no_run(self, office):
        manager = office["manager"]
        nothing = manager.get("/placement-equity").text
        run = matched(office)
        figures = manager.get("/placement-equity").text

        assert "Nobody has been matched yet" in nothing
        assert "Too few have been matched to tell." in figures
        assert manager.get(run).status_code == 403
        assert manager.get("/api/placement-equity").get_json()["items"] == [
            {
                "dimension": "all",
                "name": "all",
                "hidden": True,
                "persons": None,
                "households": None,
                "wait_days": None,
                "placed": None,
                "near_ties": None,
                "fit": None,
            }
        ]

    def test_of_many_the_groups_are_told(self, office, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_place(uow, "MAS", 200, name="Masterton")
            for number in range(22):
                home = who_waits(uow, primary_language="ara")
                person = uow.find(Person, principal_of(uow, home.id).person_id)
                person.nationality = Coded("SYR" if number % 2 else "AFG").text
                if number == 0:
                    need = SpecificNeed(person_id=person.id, kind=NeedKind.HEALTH)
                    need.health_code = Coded("DS-BD").text
                    uow.add(need)
        matched(office)

        page = office["manager"].get("/placement-equity").text

        assert "Syria" in page
        assert "Days waited" in page

    def test_all_placements_count_and_not_the_newest_run_alone(self, office, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            masterton = a_place(uow, "MAS", 200, name="Masterton")
            homes = [who_waits(uow, primary_language="ara") for _ in range(12)]
        run = UUID(matched(office).rsplit("/", 1)[1])
        with transactions.begin(SYSTEM, "arrange") as uow:
            for home in homes:
                taken = {"persons": 3, "for_on": date(2026, 3, 12), "run_id": run}
                uow.add(Allocation(place_id=masterton.id, household_id=home.id, **taken))
        matched(office)

        whole = office["manager"].get("/api/placement-equity").get_json()["items"][0]
        assert (whole["households"], whole["persons"]) == (14, 42)
        assert whole["placed"]["value"] == 1
        assert whole["wait_days"]["low"] <= whole["wait_days"]["value"]


class TestWhereToLive:
    def test_wishes_and_exclusions_are_recorded_by_its_caseworker(self, office):
        worker, home = office["worker"], office["homes"][0]
        where = f"/households/{home.id}/where-to-live"
        empty = worker.get(where).text
        sent(
            worker,
            f"{where}/wishes",
            wishes=["DUD"],
            ties=["LEV", "Gore"],
            needs=["specialist_health"],
        )
        sent(
            worker,
            f"/households/{home.id}/housing-needs/new",
            told_on="2026-03-02",
            step_free="true",
        )
        sent(worker, f"{where}/exclusions/new", location="Levin", reason="He lives there")
        page = worker.get(where).text
        form = worker.get(f"{where}/wishes").text
        lifted = page.split("/place-exclusions/")[1].split("/lifting")[0]
        sent(worker, f"/place-exclusions/{lifted}/lifting")

        assert "Every place is open to it" in empty
        assert "He lives there" in page
        assert "Specialist health" in page
        assert "A house with steps will do" in empty
        assert "Its house must be without steps" in page
        assert "House without steps" not in form
        assert "Gore" in form
        assert "Auckland" in worker.get(f"{where}/exclusions/new").text
        assert "Lifted" in worker.get(where).text
        assert office["officer"].get(where).status_code == 404

    def test_over_json(self, office):
        worker, home = office["worker"], office["homes"][0]
        path = f"/api/households/{home.id}"
        key = {"Idempotency-Key": uuid4().hex}
        nothing = worker.get(f"{path}/placement-wish")
        worker.put(f"{path}/placement-wish", json={"ties": ["Levin"]})
        made = worker.post(
            f"{path}/place-exclusions",
            json={"location": "DUD", "reason": "Threats"},
            headers=key,
        ).get_json()

        assert nothing.status_code == 404
        assert worker.get(f"{path}/placement-wish").get_json()["ties"] == ["LEV"]
        assert [e["id"] for e in worker.get(f"{path}/place-exclusions").get_json()["items"]] == [
            made["id"]
        ]


class TestAgain:
    def test_the_board_matches_again_in_the_background_and_keeps_to_pins(
        self, office, transactions
    ):
        officer = office["officer"]
        run = matched(office, title="March")
        lines = officer.get(f"/api{run}/households").get_json()["items"]
        home = next(line["household_id"] for line in lines if line["place"] == "Levin")
        pins(office, run, home)
        again = sent(officer, f"{run}/renewal").location
        going = officer.get(again).text
        work(transactions)

        assert "Match again" in officer.get(board_of(run)).text
        assert "The run goes on" in going
        assert "Stop it" in going
        found = officer.get(f"/api{run_of(again)}/households").get_json()["items"]
        assert {line["place"] for line in found if line["household_id"] == home} == {"Dunedin"}

    def test_the_board_leads_to_what_else_could_be(self, office, transactions):
        officer = office["officer"]
        run = matched(office, title="March")
        line = officer.get(f"/api{run}/households").get_json()["items"][0]
        pins(office, run, line["household_id"])
        again = sent(officer, f"{run}/renewal").location
        work(transactions)
        page = officer.get(again).text
        one = officer.get(f"{again}/households/{line['household_id']}").text

        assert "Kept for later families, points a person" in page
        assert "Two runs side by side" in officer.get(link(page, "Beside the run before")).text
        assert "people would be placed" in officer.get(link(page, "One house more")).text
        assert "March" in officer.get(link(page, "The run in figures")).text
        assert (
            "Who else would rather" in officer.get(link(one, "What another place would cost")).text
        )

    def test_a_run_that_was_stopped_leaves_the_board_as_it_was(self, office, transactions):
        officer = office["officer"]
        run = matched(office)
        again = sent(officer, f"{run}/renewal").location
        again = run_of(again)
        assert "Stop it" in officer.get(again).text
        stopped = sent(officer, f"{again}/stopping")
        work(transactions)

        assert "Somebody stopped it." in officer.get(stopped.location).text
        assert officer.get("/placing").location == run.replace("/match-runs/", "/placing/")
        assert officer.post(f"/api{again}/stopping", headers=once(1)).status_code in {409, 412}

    def test_a_scenario_is_not_matched_again(self, office):
        officer = office["officer"]
        run = matched(office)
        more = {"title": "More", "place_id": office["levin"].id, "persons": "3"}
        scenario = sent(officer, f"{run}/scenarios/new", **more).location

        refused = officer.post(f"/api{scenario}/renewal", headers=once())
        renewed = officer.post(f"/api{run}/renewal", headers=once())

        assert refused.status_code == 409
        assert "Match again" not in officer.get(scenario.replace("match-runs", "placing")).text
        assert (renewed.status_code, renewed.json["progress"]) == (201, 10)


def pins(office, run: str, home: str) -> None:
    """Move a household to Dunedin, on the board of a run."""
    to = {"place_id": office["dunedin"].id, "reason_code": "AGREED", "household_id": home}
    moved = sent(office["officer"], f"{board_of(run)}/households/{home}", kind="move", **to)
    assert moved.status_code in {303, 422}


def work(transactions) -> None:
    while run_next(transactions, RUNNERS):
        pass


def board_of(run: str) -> str:
    return run.replace("/match-runs/", "/placing/")


def run_of(board: str) -> str:
    return board.replace("/placing/", "/match-runs/")


def link(page: str, words: str) -> str:
    """Find where the link goes that begins with these words."""
    return unescape(re.search(rf'href="([^"]+)">{words}', page).group(1))


def once(version: int | None = None) -> dict[str, str]:
    seen = {} if version is None else {"If-Match": f'"{version}"'}
    return {"Idempotency-Key": uuid4().hex, **seen}
