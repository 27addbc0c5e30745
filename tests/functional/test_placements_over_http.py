"""Houses, placements and matches over JSON: what each role may do and is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from resettle.consents.models import Item
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.work import Transactions
from resettle.households.models import Household
from resettle.placements.models import SponsorshipStatus as Status
from resettle.placements.queries import adults_at_home, house_ready_items
from tests.clock import NOW
from tests.groups import (
    a_caseworker,
    a_coordinator,
    a_deed,
    a_dwelling,
    a_family,
    a_group,
    a_manager,
    a_match,
    all_in_place,
    everybody_agrees,
    shares,
)

TODAY = "2026-03-02"
HOUSE = {
    "location": "Christchurch",
    "address": "12 Kōwhai Street",
    "bedrooms": 3,
    "tenure": "private_rental",
    "weekly_rent": "450",
}


def post(client: FlaskClient, path: str, **body: object):
    return client.post(path, json=body, headers={"Idempotency-Key": str(uuid4())})


@pytest.fixture
def arrange(transactions: Transactions) -> Callable:
    """Return a function that makes things in a work of the system and gives what it made."""

    def make(maker: Callable):
        with transactions.begin(SYSTEM, "arrange") as uow:
            return maker(uow)

    return make


@dataclass(frozen=True)
class World:
    """A household with two caseworkers, and the ids and actors that a test needs."""

    family: Household
    caseworker: Actor
    leader: Actor
    items: tuple[str, ...]
    adults: tuple[UUID, ...]


@pytest.fixture
def world(arrange) -> World:
    def make(uow):
        family = a_family(uow)
        return World(
            family,
            a_caseworker(uow, family),
            a_caseworker(uow, family, leads=True),
            tuple(item.code for item in house_ready_items(uow, family)),
            tuple(adults_at_home(uow, family.id, NOW.date())),
        )

    return arrange(make)


class TestHouse:
    def test_a_house_is_put_on_file_checked_and_moved_into(self, world, client_of):
        client, home = client_of(world.caseworker), f"/api/households/{world.family.id}"
        post(client, f"{home}/arrival", arrived_on=TODAY)
        house = post(client, "/api/dwellings", household_id=str(world.family.id), **HOUSE)
        checks = f"/api/dwellings/{house.json['id']}/house-checks"
        placement = {"kind": "settled", "start_on": TODAY, "dwelling_id": house.json["id"]}

        blocked = post(client, f"{home}/placements", **placement)
        found = post(client, checks, items=[{"item_code": c, "status": "ok"} for c in world.items])
        placed = post(client, f"{home}/placements", **placement)

        assert (house.json["location"], house.json["weekly_rent"]) == ("CHC", "450.00")
        assert blocked.status_code == 409
        assert blocked.json["missing"]["fridge"] == "Fridge"
        assert {line["status"] for line in found.json["items"]} == {"ok"}
        assert placed.status_code == 201
        assert client.get(checks).json == found.json
        assert client.get(f"{home}/placements").json["items"] == [placed.json]

    def test_a_team_leader_may_go_past_an_unready_house_with_a_reason(
        self, world, arrange, client_of
    ):
        def make(uow):
            dwelling = a_dwelling(uow, world.family)
            all_in_place(uow, dwelling, world.family, "fridge")
            return dwelling.id

        dwelling = arrange(make)
        home = f"/api/households/{world.family.id}"
        post(client_of(world.leader), f"{home}/arrival", arrived_on=TODAY)
        body = {
            "kind": "settled",
            "start_on": TODAY,
            "dwelling_id": str(dwelling),
            "override": True,
        }

        other = post(client_of(world.caseworker), f"{home}/placements", reason="Late", **body)
        silent = post(client_of(world.leader), f"{home}/placements", **body)
        placed = post(client_of(world.leader), f"{home}/placements", reason="Late", **body)

        assert [other.status_code, silent.status_code] == [403, 422]
        assert (placed.status_code, placed.json["unready"]) == (201, ["fridge"])

    def test_a_house_is_corrected_only_as_it_was_seen(self, world, client_of):
        client = client_of(world.caseworker)
        house = post(client, "/api/dwellings", household_id=str(world.family.id), **HOUSE).json
        path = f"/api/dwellings/{house['id']}"
        etag = client.get(path).headers["ETag"]

        changed = client.patch(path, json={"bedrooms": 2}, headers={"If-Match": etag})
        stale = client.patch(path, json={"bedrooms": 1}, headers={"If-Match": etag})

        assert (changed.status_code, changed.json["bedrooms"]) == (200, 2)
        assert stale.status_code == 412

    def test_lists_have_no_addresses(self, world, client_of):
        client = client_of(world.caseworker)
        post(client, "/api/dwellings", household_id=str(world.family.id), **HOUSE)

        answer = client.get("/api/dwellings?location=CHC")

        assert len(answer.json["items"]) == 1
        assert "Kōwhai" not in answer.text

    def test_a_house_for_nobody_yet_has_no_checklist(self, world, client_of):
        client = client_of(world.caseworker)
        house = post(client, "/api/dwellings", **HOUSE).json

        assert client.get(f"/api/dwellings/{house['id']}/house-checks").json == {"items": []}

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"weekly_rent": "a lot"}, "weekly_rent"),
            ({"bedrooms": -1}, "bedrooms"),
            ({"tenure": "palace"}, "tenure"),
            ({"address": " "}, "address"),
            ({"version": 3}, "version"),
        ],
    )
    def test_what_does_not_fit_is_named(self, world, client_of, change, field):
        answer = post(client_of(world.caseworker), "/api/dwellings", **(HOUSE | change))

        assert answer.status_code == 422
        assert field in answer.json["errors"]

    def test_a_stranger_finds_nothing(self, world, arrange, client_of):
        stranger = client_of(arrange(a_caseworker))
        home = f"/api/households/{world.family.id}"

        assert stranger.get(f"{home}/placements").status_code == 404
        assert post(stranger, f"{home}/arrival", arrived_on=TODAY).status_code == 404


class TestPlacement:
    def test_a_second_place_at_once_is_refused_until_the_first_has_ended(self, world, client_of):
        client, home = client_of(world.caseworker), f"/api/households/{world.family.id}"
        post(client, f"{home}/arrival", arrived_on="2026-02-01")
        stay = {"kind": "reception", "start_on": "2026-02-01", "location": "AKL"}
        motel = {"kind": "emergency", "start_on": "2026-02-20", "location": "CHC"}

        first = post(client, f"{home}/placements", **stay)
        refused = post(client, f"{home}/placements", **motel)
        ended = post(client, f"/api/placements/{first.json['id']}/end", end_on="2026-02-20")
        second = post(client, f"{home}/placements", **motel)

        codes = [r.status_code for r in (first, refused, ended, second)]
        assert codes == [201, 409, 200, 201]

    def test_a_wrong_day_is_moved_and_not_recorded_twice(self, world, client_of):
        client, home = client_of(world.caseworker), f"/api/households/{world.family.id}"
        post(client, f"{home}/arrival", arrived_on="2026-02-01")

        again = post(client, f"{home}/arrival", arrived_on="2026-02-02")
        moved = post(client, f"{home}/anchor-moves", anchor="arrived", to="2026-02-02")

        assert again.status_code == 409
        assert moved.json["arrived_on"] == "2026-02-02"


class TestMatch:
    def test_the_whole_way_of_a_match(self, world, arrange, client_of):
        def make(uow):
            group = a_group(uow)
            a_deed(uow, group)
            return group.id, a_coordinator(uow, group)

        group, coordinator = arrange(make)
        one, other = client_of(world.caseworker), client_of(world.leader)
        home = f"/api/households/{world.family.id}"

        match = post(one, f"{home}/sponsorships", group_id=str(group), route="NOMINATED")
        path = f"/api/sponsorships/{match.json['id']}"
        early = post(other, f"{path}/confirmation").json["missing"]
        accepted = post(client_of(coordinator), f"{path}/acceptance")
        everybody_says_yes(one, path, world)
        waiting = other.get(f"{path}/readiness").json["missing"]
        arrange(lambda uow: share_names(uow, world, group))
        by_proposer = post(one, f"{path}/confirmation")
        confirmed = post(other, f"{path}/confirmation")

        assert {"sponsorship.accepted", "household.accepted"} <= early.keys()
        assert list(waiting) == ["consent.adults_given"]
        assert [accepted.status_code, by_proposer.status_code] == [200, 403]
        assert confirmed.json["status"] == "confirmed"
        assert len(one.get(f"{path}/adult-answers").json["items"]) == 2

    def test_a_breakdown_changes_no_visa_and_says_so(self, world, arrange, client_of):
        path = f"/api/sponsorships/{arrange(lambda uow: a_running_match(uow, world))}"
        client = client_of(world.caseworker)

        suspended = post(client, f"{path}/suspension", reason="A concern")
        resumed = post(client_of(world.leader), f"{path}/resumption")
        ended = post(
            client, f"{path}/end", ending_kind="BREAKDOWN", reasons=["FUNDS"], ended_on=TODAY
        )
        planned = post(client, f"{path}/continuity-plan", reason="Another group takes over")

        assert suspended.json["continuity_since"] == TODAY
        assert resumed.json["status"] == "confirmed"
        assert ended.json["status"] == "ended"
        assert "nothing about anybody’s visa" in ended.json["visa_note"]
        assert ended.json["continuity_since"] == TODAY
        assert planned.json["continuity_plan"] == "Another group takes over"

    def test_a_manager_suspends_at_once_and_sees_no_reasons_of_the_case(
        self, world, arrange, client_of
    ):
        path = f"/api/sponsorships/{arrange(lambda uow: a_running_match(uow, world))}"

        answer = post(client_of(arrange(a_manager)), f"{path}/suspension", reason="A concern")

        assert answer.json["status"] == "suspended"
        assert "suspension_reason" not in answer.json

    def test_a_group_declines_what_it_was_offered(self, world, arrange, client_of):
        def make(uow):
            group = a_group(uow)
            return a_match(uow, group, world.family).id, a_coordinator(uow, group)

        match, coordinator = arrange(make)

        answer = post(
            client_of(coordinator), f"/api/sponsorships/{match}/decline", reason="CAPACITY"
        )

        assert answer.status_code == 200
        listed = client_of(world.caseworker).get(f"/api/households/{world.family.id}/sponsorships")
        assert [item["status"] for item in listed.json["items"]] == ["declined"]

    def test_each_reader_lists_their_own(self, world, arrange, client_of):
        match = arrange(lambda uow: a_running_match(uow, world))
        client = client_of(world.caseworker)

        mine = client.get("/api/sponsorships?status=confirmed").json["items"]
        strangers = client_of(arrange(a_caseworker)).get("/api/sponsorships").json["items"]

        assert [item["id"] for item in mine] == [str(match)]
        assert mine[0]["group_name"].startswith("Ōtautahi Welcome Trust")
        assert strangers == []
        assert client.get(f"/api/sponsorships/{match}").json["persons"] == 3

    def test_an_adult_answers_for_themselves_alone(self, world, arrange, client_of):
        match = arrange(lambda uow: a_match(uow, a_group(uow), world.family).id)
        one, other = world.adults
        client = client_of(Actor(Role.HOUSEHOLD_PERSON, uuid4(), person_id=one))
        said = {"agrees": True, "method": "own_account", "answered_on": TODAY}

        path = f"/api/sponsorships/{match}/adult-answers"

        assert post(client, path, person_id=str(one), **said).status_code == 201
        assert post(client, path, person_id=str(other), **said).status_code == 403


def everybody_says_yes(client: FlaskClient, path: str, world: World) -> None:
    for adult in world.adults:
        said = {"person_id": str(adult), "agrees": True, "method": "signed_form"}
        answer = post(client, f"{path}/adult-answers", answered_on=TODAY, **said)
        assert answer.status_code == 201


def share_names(uow, world: World, group_id: UUID) -> None:
    for adult in world.adults:
        shares(uow, world.family.id, adult, group_id, Item.NAME)


def a_running_match(uow, world: World) -> UUID:
    group = a_group(uow)
    group.persons_now, group.households_now = 3, 1
    a_coordinator(uow, group)
    deed = a_deed(uow, group)
    match = a_match(uow, group, world.family, status=Status.CONFIRMED)
    match.deed_id = deed.id
    everybody_agrees(uow, match)
    return match.id
