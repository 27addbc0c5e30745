"""The proposal board: what it shows, steps taken and taken back, decisions with what was known."""

import re
from datetime import date
from html import unescape
from uuid import UUID, uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.households.models import Household
from resettle.matching.models import Allocation, PlaceExclusion, PlaceOffer, Ruling
from resettle.matching.run_models import RunStatus
from resettle.placements.models import Sponsorship
from resettle.placements.models import SponsorshipStatus as Status
from resettle.tasks.models import Task
from tests.boards import a_place, a_run, an_officer
from tests.groups import a_coordinator, a_family, a_group, a_manager
from tests.journeys import a_sponsored_case
from tests.world import a_caseworker

ADULT, CHILD = date(1990, 5, 1), date(2019, 5, 1)


@pytest.fixture
def board(transactions, client_of):
    return Board(transactions, client_of)


class Board:
    """Two households in Levin and one without a place; Nelson would have room as well."""

    def __init__(self, transactions, client_of):
        self.transactions, self.client_of = transactions, client_of
        with transactions.begin(SYSTEM, "arrange") as uow:
            rqp = ("rqp", 3)
            self.first, self.second, self.third = (
                a_family(uow, programme=rqp) for _number in range(3)
            )
            self.levin = a_place(uow, "Levin", persons=6, households=2)
            self.nelson = a_place(uow, "Nelson", location="NSN", persons=3, languages=["prs"])
            given = {self.first.id: self.levin, self.second.id: self.levin, self.third.id: None}
            wish = {self.first.id: {"wishes": ("NSN",), "needs": (), "waits_since": "2026-01-05"}}
            self.run = a_run(uow, [self.levin, self.nelson], given, known=wish)
            self.officer = an_officer(uow)
            self.worker = a_caseworker(uow, self.first)
        self.client = client_of(self.officer)
        self.at = f"/placing/{self.run.id}"
        self.api = f"/api/match-runs/{self.run.id}"

    def posts(self, path, client=None, **body):
        headers = {"Idempotency-Key": str(uuid4())}
        return (client or self.client).post(path, json=body, headers=headers)

    def steps(self, home, kind, place=None, **more):
        body = {"household_id": str(home.id), "kind": kind, **more}
        if place is not None:
            body |= {"place_id": str(place.id), "reason_code": "KNOWN_LOCALLY"}
        return self.posts(f"{self.api}/steps", **body)

    def decides(self, home, place, **more):
        body = {"household_id": str(home.id), "place_id": str(place.id), **more}
        return self.posts(f"{self.api}/decisions", **body)

    def card(self, home):
        found = self.client.get(f"{self.api}/cards").json["items"]
        return next(each for each in found if each["household_id"] == str(home.id))

    def column(self, place):
        found = self.client.get(f"{self.api}/board").json["items"]
        return next(each for each in found if each["place_id"] == str(place.id))

    def page(self, path="", **query):
        return self.client.get(self.at + path, query_string=query).text

    def sends(self, path, **form):
        return self.client.post(path, data={"form_key": uuid4().hex, **form})

    def look(self, maker):
        with self.transactions.begin(SYSTEM, "look", read_only=True) as uow:
            return maker(uow)


class TestWhatItShows:
    def test_each_household_with_where_it_is_why_and_what_else_could_be(self, board):
        card = board.card(board.first)

        assert (card["place"], card["standing"], card["persons"]) == ("Levin", "proposed", 3)
        assert (card["points"], card["regret"]) == (60, 0)
        assert [(each["name"], each["points"]) for each in card["best"]] == [
            ("Levin", 60),
            ("Nelson", 40),
        ]
        assert card["best"][1]["parts"] == [{"name": "Its own wish", "points": 40}]

    def test_who_has_no_place_and_how_full_the_places_are(self, board):
        assert board.card(board.third)["standing"] == "waiting"
        levin = board.column(board.levin)
        assert (levin["taken_persons"], levin["persons_left"], levin["is_over"]) == (6, 0, False)
        page = board.page()
        assert "6 of 9 people have a place." in page
        assert "Without a place" in page
        assert "Haddad" not in page

    def test_a_place_that_is_not_open_says_no_more_than_that(self, board):
        with board.transactions.begin(SYSTEM, "arrange") as uow:
            known = {board.first.id: {"closed": (board.nelson,), "wishes": ("NSN",)}}
            run = a_run(
                uow, [board.levin, board.nelson], {board.first.id: board.levin}, known=known
            )

        (card,) = board.client.get(f"/api/match-runs/{run.id}/cards").json["items"]

        assert card["best"][1]["why_not"] == ["It is not open to this household."]
        page = board.client.get(f"/placing/{run.id}/households/{board.first.id}").text
        assert "It is not open to this household." in page

    def test_filters_keep_to_a_place_or_to_what_is_to_be_done(self, board):
        board.steps(board.first, "keep", board.levin)

        def shown(**query):
            found = board.client.get(f"{board.api}/cards", query_string=query).json["items"]
            return {each["household_id"] for each in found}

        assert shown(place_id=str(board.nelson.id)) == set()
        assert shown(which="changed") == {str(board.first.id)}
        assert shown(which="waiting") == {str(board.third.id)}
        assert board.client.get(f"{board.api}/cards?which=all").status_code == 422
        assert "No household is here." in board.page(place_id=str(board.nelson.id))

    def test_many_households_are_shown_some_at_a_time(self, board):
        with board.transactions.begin(SYSTEM, "arrange") as uow:
            every = [a_family(uow, born=(ADULT,), programme=("rqp", 3)) for _number in range(23)]
            run = a_run(uow, [board.levin, board.nelson], {h.id: board.levin for h in every[:22]})
            run.created_at = run.created_at.replace(year=2027)
        at, last = f"/placing/{run.id}", every[21]

        first, second = board.client.get(at).text, board.client.get(f"{at}?page=2").text
        sent = board.sends(
            f"{at}/households/{last.id}",
            household_id=str(last.id),
            kind="keep",
            place_id=str(board.levin.id),
            reason_code="AGREED",
        )

        found = [re.findall(r'id="household-([^"]+)"', page) for page in (first, second)]
        assert [len(each) for each in found] == [20, 2]
        assert {*found[0], *found[1]} == {str(home.id) for home in every[:22]}
        assert "Households 1 to 20 of 22" in first
        assert f'href="{at}?page=2"' in first
        assert f'href="{at}?page=1"' in second
        # Back to where the household stands, which is not on the first leaf.
        assert sent.location == f"{at}?page=2#household-{last.id}"
        items = board.client.get(f"/api/match-runs/{run.id}/cards?page=2").json["items"]
        assert {each["household_id"] for each in items} == {*found[1]}

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            (
                {"weight": 7.6, "greedy_weight": 8.8, "outlook": {"coming": 1429}},
                (
                    "It weighs less than one by one would: 7.600 against 8.800. It keeps places "
                    "back for the 1429 people still to come this year, where they are worth more "
                    "to them."
                ),
            ),
            (
                {"weight": 7.6, "greedy_weight": 8.8, "placed_persons": 9, "greedy_persons": 7},
                (
                    "It weighs less than one by one would: 7.600 against 8.800. It places 2 people "
                    "more."
                ),
            ),
            (
                {
                    "weight": 7.6,
                    "greedy_weight": 8.8,
                    "placed_persons": 6,
                    "greedy_persons": 7,
                    "outlook": {"coming": 1},
                },
                "It places 1 person fewer now. It keeps places back for the one person still",
            ),
            (
                {"weight": 7.6, "greedy_weight": 8.8},
                "It keeps to what people ruled, and to what one by one does not see",
            ),
            (
                {"gap": 0.0125, "short": 3, "seconds": 10.0},
                (
                    "The search was stopped by its time, before this was proven to be the best. A "
                    "better answer may have up to 1.25 % more weight. It may also place up to 3 "
                    "people more. Match again with more seconds to find out."
                ),
            ),
            (
                {"gap": 1.0, "seconds": 10.0},
                (
                    "before anything better than one by one was found. How much better an answer "
                    "could be is not known."
                ),
            ),
        ],
    )
    def test_what_stands_out_of_the_figures_of_a_run_is_said(self, board, facts, said):
        with board.transactions.begin(SYSTEM, "arrange") as uow:
            run = a_run(uow, [board.levin], {board.first.id: board.levin}, **facts)

        for path in (f"/match-runs/{run.id}", f"/placing/{run.id}"):
            page = unescape(board.client.get(path).text)
            assert said in " ".join(page.split())

    def test_of_a_run_that_is_proven_and_weighs_more_nothing_is_said(self, board):
        for path in (f"/match-runs/{board.run.id}", board.at):
            page = board.client.get(path).text
            assert "one by one would" not in page
            assert "stopped by its time" not in page

    def test_the_menu_leads_to_the_last_run(self, board):
        assert board.client.get("/placing").location == board.at
        with board.transactions.begin(SYSTEM, "arrange") as uow:
            a_run(uow, [], {}, base_id=board.run.id, title="Scenario")
        assert board.client.get("/placing").location == board.at

    def test_before_the_first_run_it_says_what_a_run_is(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            client = client_of(an_officer(uow))

        assert "Nothing has been matched yet." in client.get("/placing").text

    def test_only_who_places_households_sees_it(self, board):
        with board.transactions.begin(SYSTEM, "arrange") as uow:
            manager = a_manager(uow)
        for actor in (board.worker, manager):
            assert board.client_of(actor).get(board.at).status_code == 403

    def test_while_a_run_goes_on_it_tells_how_far_it_is(self, board):
        with board.transactions.begin(SYSTEM, "arrange") as uow:
            run = a_run(uow, [board.levin], {board.first.id: None}, status=RunStatus.FROZEN)

        page = board.client.get(f"/placing/{run.id}").text

        assert 'value="10"' in page
        assert "You can leave this page meanwhile." in page


class TestSteps:
    def test_a_household_is_moved_and_the_places_count_it_there(self, board):
        made = board.steps(board.first, "move", board.nelson)

        assert made.status_code == 201
        card = board.card(board.first)
        assert (card["place"], card["standing"], card["given"]) == ("Nelson", "moved", "Levin")
        assert card["regret"] == 20
        assert board.column(board.nelson)["taken_persons"] == 3
        assert board.column(board.levin)["taken_persons"] == 3
        page = board.page()
        assert "Moved here by a person" in page
        assert "The run proposed:" in page

    def test_too_many_in_a_place_are_shown_before_anybody_decides(self, board):
        board.steps(board.first, "move", board.nelson)
        board.steps(board.second, "move", board.nelson)

        assert board.column(board.nelson)["is_over"] is True
        assert "Too full: run again" in board.page()

    def test_a_place_is_ruled_out_and_the_household_waits_for_the_next_run(self, board):
        board.steps(board.first, "forbid", board.levin)

        card = board.card(board.first)
        assert (card["place"], card["standing"]) == ("", "ruled_out")
        assert card["rulings"][0]["kind"] == "forbid"

    def test_keeping_moving_and_freeing_follow_each_other(self, board):
        assert board.steps(board.first, "keep", board.levin).status_code == 201
        assert board.steps(board.first, "keep", board.levin).status_code == 409
        assert board.steps(board.first, "move", board.nelson).status_code == 201
        assert board.steps(board.first, "forbid", board.nelson).status_code == 201
        assert board.card(board.first)["standing"] == "proposed"
        assert board.steps(board.first, "free").status_code == 201
        assert board.card(board.first)["rulings"] == []
        assert board.steps(board.first, "free").status_code == 409

    def test_a_step_is_taken_back_and_what_it_lifted_holds_again(self, board):
        board.steps(board.first, "keep", board.levin)
        step = board.steps(board.first, "move", board.nelson).json["id"]

        undone = board.posts(f"/api/board-steps/{step}/undoing")

        assert undone.status_code == 200
        assert board.card(board.first)["standing"] == "kept"
        assert board.posts(f"/api/board-steps/{step}/undoing").status_code == 409

    @pytest.mark.parametrize(
        ("kind", "body", "fields"),
        [
            ("move", {}, ["place_id", "reason_code"]),
            ("move", {"place_id": "levin", "reason_code": "OTHER"}, ["place_id"]),
            ("keep", {"place_id": "levin"}, ["reason_code"]),
            ("forbid", {"place_id": str(uuid4()), "reason_code": "OTHER"}, ["place_id"]),
        ],
    )
    def test_a_step_says_where_to_and_why(self, board, kind, body, fields):
        if body.get("place_id") == "levin":
            body = {**body, "place_id": str(board.levin.id)}

        refused = board.steps(board.first, kind, **body)

        assert refused.status_code == 422
        assert sorted(refused.json["errors"]) == fields

    def test_of_a_household_that_is_not_in_the_run_nothing_is_said(self, board):
        body = {"household_id": str(uuid4()), "kind": "free"}

        assert board.posts(f"{board.api}/steps", **body).status_code == 404
        assert board.client.get(f"{board.at}/households/{uuid4()}").status_code == 404

    def test_by_forms_alone_with_a_way_back(self, board):
        path = f"{board.at}/households/{board.first.id}"
        form = {"household_id": str(board.first.id), "place_id": str(board.nelson.id)}

        silent = board.sends(path, **form, kind="move")
        sent = board.sends(path, **form, kind="move", reason_code="FAMILY_ASKED", note="Near kin")

        assert silent.status_code == 422
        assert "Say why, so that others can read it later." in silent.text
        assert sent.status_code == 303
        page = board.client.get(sent.location).text
        assert "is moved to Nelson." in page
        undo = re.search(r'action="(/placing/steps/[^"]+/undoing)"', page)[1]
        assert board.client.post(undo).status_code == 303
        assert board.card(board.first)["standing"] == "proposed"
        assert "Taken back" in board.page()


class TestDecisions:
    def test_it_takes_room_and_keeps_what_was_known(self, board):
        made = board.decides(board.first, board.levin)

        assert made.status_code == 201
        assert made.json["differs"] is False
        known = made.json["known"]
        assert (known["points"], known["regret"], known["proposed"]) == (60, 0, "Levin")
        assert [each["name"] for each in known["options"]] == ["Levin", "Nelson"]
        assert known["place"]["persons"] == 6
        assert known["household"]["wishes"] == ["NSN"]
        assert "closed" not in known["household"]
        taken = board.look(lambda uow: uow.first(uow.select(Allocation)))
        assert (taken.persons, taken.place_id) == (3, board.levin.id)
        assert board.card(board.first)["standing"] == "decided"

    def test_what_was_known_stays_whatever_becomes_known_later(self, board):
        made = board.decides(board.first, board.levin).json
        with board.transactions.begin(SYSTEM, "arrange") as uow:
            offer = uow.first(uow.select(PlaceOffer).where(PlaceOffer.place_id == board.levin.id))
            offer.persons, offer.languages = 99, []

        again = board.client.get(f"/api/place-decisions/{made['id']}").json

        assert again["known"] == made["known"]
        page = board.client.get(f"/placing/decisions/{made['id']}").text
        assert "Kept as it was on that day." in page
        assert "Community of the same language 60" in page

    def test_the_location_is_noted_and_the_caseworker_asked_to_talk(self, board):
        board.decides(board.first, board.levin)

        home = board.look(lambda uow: uow.find(Household, board.first.id))
        task = board.look(
            lambda uow: uow.first(uow.select(Task).where(Task.household_id == board.first.id))
        )
        assert home.location == "LEV"
        assert "Levin" in task.title
        assert task.assignee_id == board.worker.user_id

    def test_its_caseworker_reads_it_and_another_does_not(self, board):
        made = board.decides(board.first, board.levin).json
        with board.transactions.begin(SYSTEM, "arrange") as uow:
            stranger = a_caseworker(uow)

        paths = (f"/placing/decisions/{made['id']}", f"/api/place-decisions/{made['id']}")
        for path in paths:
            assert board.client_of(board.worker).get(path).status_code == 200
            assert board.client_of(stranger).get(path).status_code == 404
        listed = board.client_of(board.worker).get("/api/place-decisions").json["items"]
        assert [each["id"] for each in listed] == [made["id"]]
        file = board.client_of(board.worker).get(f"/households/{board.first.id}/placements").text
        assert f"/placing/decisions/{made['id']}" in file

    def test_nobody_decides_what_the_board_does_not_show(self, board):
        assert board.decides(board.first, board.nelson).status_code == 409
        assert board.decides(board.third, board.levin).status_code == 409
        assert board.decides(board.first, board.levin).status_code == 201
        assert board.decides(board.first, board.levin).status_code == 409
        assert board.steps(board.first, "keep", board.levin).status_code == 409

    def test_a_decision_otherwise_than_the_run_keeps_the_reason_of_the_move(self, board):
        board.steps(board.first, "move", board.nelson, note="Cousins there")

        made = board.decides(board.first, board.nelson).json

        assert (made["differs"], made["reason_code"]) == (True, "KNOWN_LOCALLY")
        assert made["note"] == "Cousins there"
        assert made["known"]["regret"] == 20

    def test_the_next_one_finds_no_room(self, board):
        with board.transactions.begin(SYSTEM, "arrange") as uow:
            offer = uow.first(uow.select(PlaceOffer).where(PlaceOffer.place_id == board.levin.id))
            offer.households = 1

        assert board.decides(board.first, board.levin).status_code == 201
        refused = board.decides(board.second, board.levin)

        assert refused.status_code == 409
        assert "no room left" in refused.json["detail"]

    def test_a_danger_that_became_known_since_closes_the_place_without_a_word_of_it(self, board):
        with board.transactions.begin(SYSTEM, "arrange") as uow:
            row = PlaceExclusion(household_id=board.first.id, set_on=date(2026, 3, 1))
            row.location, row.reason = "LEV", "A former husband lives there"
            uow.add(row)

        refused = board.decides(board.first, board.levin)

        assert refused.status_code == 409
        assert refused.json["detail"].startswith("This place is not open to the household")
        assert board.look(lambda uow: uow.count(Allocation)) == 0

    def test_on_a_scenario_and_on_an_older_run_nothing_is_decided(self, board):
        with board.transactions.begin(SYSTEM, "arrange") as uow:
            given = {board.first.id: board.levin}
            scenario = a_run(uow, [board.levin], given, base_id=board.run.id)
        body = {"household_id": str(board.first.id), "place_id": str(board.levin.id)}
        path = f"/api/match-runs/{scenario.id}/decisions"
        assert board.posts(path, **body).status_code == 409
        assert "This is a scenario" in board.client.get(f"/placing/{scenario.id}").text

        with board.transactions.begin(SYSTEM, "arrange") as uow:
            later = a_run(uow, [board.levin], given)
            later.created_at = later.created_at.replace(year=2027)
        refused = board.decides(board.first, board.levin)
        assert refused.status_code == 409
        assert "newer run" in refused.json["detail"]

    def test_by_forms_with_what_follows_before_and_a_way_back_after(self, board):
        path = f"{board.at}/households/{board.first.id}/decision"

        shown = board.client.get(path).text
        sent = board.sends(
            path, household_id=str(board.first.id), place_id=str(board.levin.id), note="Agreed"
        )

        assert "What follows" in shown
        assert "its caseworker is asked to talk" in shown
        assert sent.status_code == 303
        page = board.client.get(sent.location).text
        undo = re.search(r'action="(/placing/decisions/[^"]+/undoing)"', page)[1]
        assert "Wed 1 Apr 2026" in board.client.get(undo.removesuffix("/undoing")).text
        assert board.client.post(undo).status_code == 303
        assert board.card(board.first)["standing"] == "proposed"
        assert board.look(lambda uow: uow.find(Household, board.first.id)).location is None
        assert "There is nothing to decide" in board.page(f"/households/{board.third.id}/decision")


class TestDeclines:
    def test_a_no_gives_room_back_and_is_read_with_its_reason(self, board):
        made = board.decides(board.first, board.levin).json
        path = f"/placing/decisions/{made['id']}/decline"

        assert board.client.get(path).status_code == 200
        assert board.sends(path).status_code == 422
        sent = board.sends(path, reason="HOUSEHOLD_DECLINED")

        assert sent.status_code == 303
        again = board.client.get(f"/api/place-decisions/{made['id']}").json
        assert again["decline_reason"] == "HOUSEHOLD_DECLINED"
        assert board.look(lambda uow: uow.first(uow.select(Allocation))).released_on is not None
        assert "The household said no" in board.client.get("/placing/decisions").text
        refused = board.posts(f"/api/place-decisions/{made['id']}/decline", reason="NOT_COMING")
        assert refused.status_code == 409

    def test_after_a_no_the_same_place_is_not_offered_again_so_soon(self, board):
        made = board.decides(board.first, board.levin).json
        board.posts(f"/api/place-decisions/{made['id']}/decline", reason="HOUSEHOLD_DECLINED")

        refused = board.decides(board.first, board.levin)

        assert refused.status_code == 409
        assert "It can be offered again from 31 May 2026." in refused.json["detail"]
        assert board.card(board.first)["again_on"] == "2026-05-31"
        said = "Levin can be offered to it again from Sun 31 May 2026. Move it, or match again."
        one = f"/households/{board.first.id}"
        assert said in board.page()
        assert said in board.page(one)
        assert f"{one}/decision" not in board.page() + board.page(one)
        assert said in board.page(f"{one}/decision")
        board.steps(board.first, "move", board.nelson)
        assert board.card(board.first)["again_on"] is None
        assert f"{one}/decision" in board.page()

    def test_what_was_given_back_without_a_no_may_be_offered_at_once(self, board):
        made = board.decides(board.first, board.levin).json
        board.posts(f"/api/place-decisions/{made['id']}/decline", reason="RECORDED_IN_ERROR")

        assert board.card(board.first)["again_on"] is None
        assert board.decides(board.first, board.levin).status_code == 201

    def test_nothing_decided_leaves_an_empty_list(self, board):
        assert "Nothing was decided yet." in board.client.get("/placing/decisions").text


class TestGroups:
    @pytest.fixture
    def sponsored(self, board):
        with board.transactions.begin(SYSTEM, "arrange") as uow:
            board.family = a_family(uow, born=(ADULT, CHILD))
            a_sponsored_case(uow, board.family)
            board.group = a_group(uow)
            board.coordinator = a_coordinator(uow, board.group)
            place = a_place(uow, "Kōwhai group", location="Whangārei", group=board.group)
            board.place = place
            board.run = a_run(uow, [place], {board.family.id: place}, programme_code="cors")
        board.api = f"/api/match-runs/{board.run.id}"
        board.at = f"/placing/{board.run.id}"
        return board

    def match(self, board, made):
        return board.look(lambda uow: uow.find(Sponsorship, UUID(made["sponsorship_id"])))

    def test_the_group_is_asked_and_who_decided_does_not_confirm(self, sponsored):
        made = sponsored.decides(sponsored.family, sponsored.place).json

        match = self.match(sponsored, made)
        assert (match.status, match.group_id) == (Status.PROPOSED, sponsored.group.id)
        assert match.proposed_by == sponsored.officer.user_id
        page = sponsored.client.get(f"/placing/decisions/{made['id']}").text
        assert f"/sponsorships/{match.id}" in page
        decide = sponsored.page(f"/households/{sponsored.family.id}/decision")
        assert "There is nothing to decide" in decide

    def test_before_it_the_officer_reads_that_the_group_is_asked(self, sponsored):
        page = sponsored.page(f"/households/{sponsored.family.id}/decision")

        assert "The group is asked." in page

    def test_the_groups_no_gives_the_room_back_with_its_reason(self, sponsored):
        made = sponsored.decides(sponsored.family, sponsored.place).json
        client = sponsored.client_of(sponsored.coordinator)

        no = sponsored.posts(
            f"/api/sponsorships/{made['sponsorship_id']}/decline", client, reason="OTHER", note="x"
        )

        assert no.status_code == 200
        again = sponsored.client.get(f"/api/place-decisions/{made['id']}").json
        assert again["decline_reason"] == "PLACE_DECLINED"
        free = sponsored.look(lambda uow: uow.count(Allocation, Allocation.released_on.is_(None)))
        assert free == 0

    @pytest.mark.parametrize(
        ("kind", "reason"),
        [
            ("WITHDRAWN_BY_HOUSEHOLD", "HOUSEHOLD_DECLINED"),
            ("WITHDRAWN_BY_SPONSOR", "PLACE_DECLINED"),
            ("PROGRAMME_CLOSED", "NOT_COMING"),
        ],
    )
    def test_a_proposal_that_a_caseworker_ends_lets_the_household_wait_again(
        self, sponsored, kind, reason
    ):
        made = sponsored.decides(sponsored.family, sponsored.place).json
        with sponsored.transactions.begin(SYSTEM, "arrange") as uow:
            worker = a_caseworker(uow, sponsored.family)

        ended = sponsored.posts(
            f"/api/sponsorships/{made['sponsorship_id']}/end",
            sponsored.client_of(worker),
            ending_kind=kind,
            ended_on="2026-03-02",
        )

        assert ended.status_code == 200
        again = sponsored.client.get(f"/api/place-decisions/{made['id']}").json
        assert again["decline_reason"] == reason
        free = sponsored.look(lambda uow: uow.count(Allocation, Allocation.released_on.is_(None)))
        assert free == 0

    def test_taking_it_back_takes_the_proposal_back(self, sponsored):
        made = sponsored.decides(sponsored.family, sponsored.place).json

        done = sponsored.posts(f"/api/place-decisions/{made['id']}/decline", reason="NOT_COMING")

        assert done.status_code == 200
        assert self.match(sponsored, made).status is Status.ENDED

    def test_a_match_that_is_confirmed_is_not_taken_back_here(self, sponsored):
        made = sponsored.decides(sponsored.family, sponsored.place).json
        with sponsored.transactions.begin(SYSTEM, "arrange") as uow:
            match = uow.find(Sponsorship, UUID(made["sponsorship_id"]))
            match.status, match.confirmed_on = Status.CONFIRMED, date(2026, 3, 2)

        done = sponsored.posts(f"/api/place-decisions/{made['id']}/decline", reason="NOT_COMING")

        assert done.status_code == 409

    def test_without_a_route_no_group_is_asked(self, sponsored):
        with sponsored.transactions.begin(SYSTEM, "arrange") as uow:
            home = a_family(uow)
            run = a_run(uow, [sponsored.place], {home.id: sponsored.place}, programme_code="cors")
            run.created_at = run.created_at.replace(year=2027)
        sponsored.api = f"/api/match-runs/{run.id}"

        refused = sponsored.decides(home, sponsored.place)

        assert refused.status_code == 409
        assert "route" in refused.json["detail"]


def test_rulings_are_read_by_name_of_place_and_reason(board):
    board.steps(board.first, "forbid", board.nelson, note="Asked twice")

    page = board.page(f"/households/{board.first.id}")

    assert "Kept away from" in page
    assert "Something that is known locally" in page
    assert board.look(lambda uow: uow.count(Ruling)) == 1
