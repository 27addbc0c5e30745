"""The hard rules of access, each by its name."""

import pytest
from werkzeug.test import TestResponse

from resettle.core.classes import DataClass as D
from tests.access.canaries import Mark
from tests.access.cast import HOUSEHOLDS
from tests.access.conftest import Stage
from tests.access.requests import Told, headers_of
from tests.access.targets import NEVER

SPONSOR = "sponsor-member"
SPONSORS = (SPONSOR, "sponsor-coordinator", "unconfirmed-sponsor", "expired-sponsor")
NONSENSE = "0123456789abcdef" * 2
SHELVES = ("", "/contact", "/photo", "/needs", "/languages", "/origin", "/health", "/protection")
GATES = {
    "names": ("name", {"person.given_name", "person.family_name"}),
    "photos": ("photo", {"photo.content"}),
    "phones": ("phone", {"person.phone"}),
    "addresses": ("address", {"person.address"}),
    "profiles": ("profile", set()),
}
GATED = {place for _, places in GATES.values() for place in places}

pytestmark = pytest.mark.timeout(600)


def marks_in(stage: Stage, response: TestResponse) -> list[Mark]:
    """Name the canaries that stand in an answer as they were planted."""
    return [*stage.searcher.whole(response.text)]


def person(stage: Stage, household: str, who: str) -> str:
    return f"/api/persons/{stage.made.households[household][who]['person_id']}"


def shelves(stage: Stage, principal: str, household: str, who: str) -> list[Mark]:
    """Read everything that has an address about one person."""
    path = person(stage, household, who)
    told = [stage.sender.send(principal, "GET", path + shelf) for shelf in SHELVES]
    return [mark for each in told for mark in marks_in(stage, each.response)]


@pytest.mark.parametrize("household", HOUSEHOLDS)
@pytest.mark.parametrize("principal", SPONSORS)
def test_sponsors_in_any_state_never_see_origin_health_protection_or_notes(
    stage: Stage, principal: str, household: str
):
    id_ = stage.made.households[household][""]["household_id"]
    found = shelves(stage, principal, household, "first")
    for shelf in ("", "/members", "/milestones", "/notes", "/timeline", "/incidents"):
        told = stage.sender.send(principal, "GET", f"/api/households/{id_}{shelf}")
        found += marks_in(stage, told.response)

    assert {m.place for m in found if m.data_class in {D.ORIGIN, D.HEALTH, D.PROT, D.NOTE}} == set()


@pytest.mark.parametrize("principal", ["programme-manager", "administrator"])
@pytest.mark.parametrize("household", ["main", "strange"])
def test_managers_and_administrators_see_no_content_of_a_household(
    stage: Stage, principal: str, household: str
):
    ids = stage.made.households[household]
    paths = [
        f"/api/households/{ids['']['household_id']}/assignments",
        f"/api/cases/{ids['']['case_id']}",
        "/api/households",
        "/api/sponsorships",
        "/pipeline",
        f"/api/sponsor-groups/{stage.made.groups['near']['group_id']}/reports",
    ]
    told = [stage.sender.send(principal, "GET", path) for path in paths]
    found = [mark for each in told for mark in marks_in(stage, each.response)]

    assert {mark.place for mark in found if mark.household in HOUSEHOLDS} == set()
    assert shelves(stage, principal, household, "first") == []


def test_the_auditor_sees_that_it_was_read_and_never_what(stage: Stage):
    household = stage.made.households["main"][""]["household_id"]
    reader = stage.made.users["caseworker"]["user_id"]
    with stage.sender.undone():
        path = person(stage, "main", "first") + "/protection"
        read = stage.sender.ask("caseworker", "GET", path)
        trail = f"/api/audit?household={household}&change=read&limit=200"
        told = stage.sender.ask("auditor", "GET", trail)

    rows = told.response.get_json()["items"]
    mine = [row for row in rows if row["actor_ref"] == str(reader) and "P6" in row["classes"]]
    assert D.PROT in {mark.data_class for mark in marks_in(stage, read.response)}
    assert "protection_code" in mine[0]["fields"]
    assert marks_in(stage, told.response) == []


@pytest.mark.parametrize("household", GATES)
def test_each_consented_item_opens_its_own_gate_and_no_other(stage: Stage, household: str):
    _, places = GATES[household]
    found = {mark.place for mark in shelves(stage, SPONSOR, household, "first")}
    of_child = {mark.place for mark in shelves(stage, SPONSOR, household, "child")}

    assert found & GATED == places
    assert of_child & GATED == set(), "A child shares nothing by its parents' word on themselves."


def test_a_withdrawal_hides_at_the_next_request(stage: Stage):
    spouse = stage.made.households["main"]["spouse"]
    withdrawal = f"/api/consents/{spouse['entry:name']}/withdrawal"
    name, path = "person.given_name", person(stage, "main", "spouse")
    with stage.sender.undone():
        before = marks_in(stage, stage.sender.ask(SPONSOR, "GET", path).response)
        sent = {"json": {"method": "signed"}, "headers": headers_of("POST")}
        done = stage.sender.ask("caseworker", "POST", withdrawal, **sent)
        after = marks_in(stage, stage.sender.ask(SPONSOR, "GET", path).response)
        other = stage.sender.ask(SPONSOR, "GET", person(stage, "main", "first"))

    assert done.status == 200
    assert name in {mark.place for mark in before}
    assert name not in {mark.place for mark in after}
    assert name in {mark.place for mark in marks_in(stage, other.response)}


def test_one_spouse_withdrawing_leaves_the_other_as_they_were(stage: Stage):
    first = {mark.place for mark in shelves(stage, SPONSOR, "split", "first")}
    spouse = {mark.place for mark in shelves(stage, SPONSOR, "split", "spouse")}

    assert first & GATED == set()
    assert spouse & GATED == GATED


@pytest.mark.parametrize("household", ["offered", "accepted"])
def test_an_offered_household_is_known_by_its_profile_and_nobody_by_name(
    stage: Stage, household: str
):
    id_ = stage.made.households[household][""]["household_id"]
    told = stage.sender.send(SPONSOR, "GET", f"/api/households/{id_}")

    assert told.response.get_json()["provider"]
    assert {mark.data_class for mark in marks_in(stage, told.response)} == {D.PROFILE}


def test_one_adult_who_does_not_agree_keeps_the_profile_from_being_offered(stage: Stage):
    shown = stage.made.households["offered"][""]["household_id"]
    unshown = stage.made.households["unshown"][""]["household_id"]
    listed = stage.sender.send(SPONSOR, "GET", "/api/households?limit=200").response.get_json()

    assert str(shown) in {row["id"] for row in listed["items"]}
    assert str(unshown) not in {row["id"] for row in listed["items"]}


def canary(stage: Stage, household: str, who: str, place: str) -> str:
    marks = stage.made.canaries.marks.values()
    return next(
        mark.text
        for mark in marks
        if (mark.household, mark.person, mark.place) == (household, who, place)
    )


def by_name(stage: Stage, principal: str, text: str) -> Told:
    """List households by a name: by its key, as far as the reader is given one."""
    more = {"json": {"q": text}, "headers": headers_of("POST")}
    given = stage.sender.ask(principal, "POST", "/api/searches", **more)
    asked = given.response.json["q"] if given.status == 200 else text
    return stage.sender.ask(principal, "GET", "/api/households", query_string={"q": asked})


@pytest.mark.parametrize(
    ("principal", "household", "place"),
    [
        (SPONSOR, "split", "person.given_name"),
        (SPONSOR, "main", "person.given_name"),
        (SPONSOR, "main", "specific_need.practical_support"),
        ("caseworker", "strange", "person.given_name"),
        ("caseworker", "kept", "person.family_name"),
        ("household-person", "strange", "person.given_name"),
    ],
)
def test_a_search_for_a_hidden_name_finds_what_nonsense_finds(
    stage: Stage, principal: str, household: str, place: str
):
    hidden = canary(stage, household, "first", place)
    with stage.sender.undone():
        found, nonsense = (by_name(stage, principal, text) for text in (hidden, NONSENSE))

    assert found.status == nonsense.status == (200 if principal == "caseworker" else 422)
    assert found.answer == nonsense.answer


@pytest.mark.parametrize("sort", ["name", "-name"])
def test_no_sponsor_sorts_by_names_that_may_be_hidden(stage: Stage, sort: str):
    told = stage.sender.send(SPONSOR, "GET", f"/api/households?sort={sort}")
    nonsense = stage.sender.send(SPONSOR, "GET", "/api/households?sort=nonsense")

    assert told.status == 400
    assert told.answer == nonsense.answer
    assert b"name" not in told.answer.replace(b"nonsense", b"")


@pytest.mark.parametrize(
    ("principal", "path"),
    [
        (SPONSOR, "/api/sponsorships?group_id={group}"),
        ("caseworker", "/api/sponsorships?group_id={group}"),
        ("caseworker", "/api/dwellings?household_id={strange}"),
        ("household-person", "/api/households/{main}/milestones?person_id={kept}"),
        (SPONSOR, "/api/households/{main}/milestones?person_id={far}"),
    ],
)
def test_a_filter_by_what_is_hidden_answers_like_what_never_was(
    stage: Stage, principal: str, path: str
):
    homes = stage.made.households
    main = homes["main"][""]["household_id"]
    hidden = {
        "strange": homes["strange"][""]["household_id"],
        "kept": homes["main"]["kept"]["person_id"],
        "far": homes["strange"]["first"]["person_id"],
        "group": stage.made.groups["far" if principal == SPONSOR else "past"]["group_id"],
    }
    nothing = dict.fromkeys(hidden, NEVER)
    told = stage.sender.send(principal, "GET", path.format(main=main, **hidden))
    never = stage.sender.send(principal, "GET", path.format(main=main, **nothing))

    assert told.status == 200
    assert told.answer == never.answer


@pytest.mark.parametrize("principal", [SPONSOR, "household-person"])
def test_counts_leave_out_what_is_hidden(stage: Stage, principal: str):
    household = f"/api/households/{stage.made.households['main']['']['household_id']}"
    listed = stage.sender.send(principal, "GET", f"{household}/milestones?limit=200")
    counted = stage.sender.send(principal, "GET", f"{household}/progress")
    everything = stage.sender.send("caseworker", "GET", f"{household}/progress")

    assert counted.response.get_json()["total"] == len(listed.response.get_json()["items"])
    assert counted.response.get_json()["total"] < everything.response.get_json()["total"]
