"""Data quality over HTTP: faults are found in one's own files, and counted by team for leaders."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from resettle.cases.models import Assignment, AssignmentKind, ResettlementCase
from resettle.casework.models import Channel, ContactNote
from resettle.core.actor import SYSTEM, Actor, Duty, Role
from resettle.milestones.models import Milestone, Status
from tests import journeys
from tests.world import a_caseworker, a_household, a_member, a_user

LONG_AGO, LATELY = date(2025, 9, 1), datetime(2026, 2, 20, tzinfo=UTC)


def contact(uow, household):
    uow.add(
        ContactNote(household_id=household.id, occurred_at=LATELY, channel=Channel.VISIT, text="x")
    )


def step(uow, household, due_on=LONG_AGO):
    uow.add(
        Milestone(
            household_id=household.id,
            code="EMP-01",
            domain="EMP",
            programme_code=household.programme_code,
            programme_version=household.programme_version,
            due_rule="placed + 180 days",
            round=1,
            due_on=due_on,
            status=Status.NOT_STARTED,
        )
    )


def no_place(uow):
    household = a_household(uow, arrived_on=LONG_AGO)
    contact(uow, household)
    return household


def silent(uow):
    return a_household(uow, arrived_on=LONG_AGO, placed_on=LONG_AGO, location="CHC")


def left_open(uow):
    household = a_household(uow, arrived_on=LONG_AGO, placed_on=LONG_AGO, location="CHC")
    contact(uow, household)
    step(uow, household)
    return household


def placed_first(uow):
    household = a_household(uow, arrived_on=date(2025, 10, 1), placed_on=LONG_AGO, location="CHC")
    contact(uow, household)
    return household


def open_after_exit(uow):
    household = a_household(uow, arrived_on=LONG_AGO, location="CHC", exited_on=LONG_AGO)
    step(uow, household)
    return household


def other_size(uow):
    household = a_household(uow, location="CHC")
    a_member(uow, household)
    case = journeys.a_sponsored_case(uow, household)
    case.case_size = 3
    return household


PLANTED = {
    "no-place": no_place,
    "silent": silent,
    "left-open": left_open,
    "placed-first": placed_first,
    "open-after-exit": open_after_exit,
    "other-size": other_size,
}

# What the page that a line leads to has to mend its fault with.
WAYS = {
    "no-place": 'name="location"',
    "silent": 'name="channel"',
    "left-open": "/milestones/",
    "placed-first": 'name="anchor"',
    "open-after-exit": "/milestones/",
    "other-size": "/newcomers/new",
}


def found(client):
    items = client.get("/api/data-quality").json["items"]
    return {row["code"]: [each["reference"] for each in row["files"]] for row in items}


@pytest.mark.parametrize("code", PLANTED)
def test_each_fault_is_found_in_ones_own_files_and_no_other_fault(transactions, client_of, code):
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = PLANTED[code](uow)
        PLANTED[code](uow)  # somebody else's
        worker = a_caseworker(uow, household)

    told = found(client_of(worker))
    page = client_of(worker).get("/data-quality").text

    assert {name: files for name, files in told.items() if files} == {code: [household.reference]}
    assert f"/households/{household.id}" in page


@pytest.mark.parametrize(("code", "words"), WAYS.items())
def test_a_file_leads_to_the_page_where_its_fault_is_mended(transactions, client_of, code, words):
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = PLANTED[code](uow)
        worker = a_caseworker(uow, household)
    client = client_of(worker)
    page = client.get("/data-quality").text
    line = page[page.index(f">{household.reference}<") - 99 :]

    way = re.search(r'href="([^"]+)"', line[line.index("<a") :])[1]
    mended = client.get(way)

    assert mended.status_code == 200
    assert words in mended.text


def test_a_case_of_the_right_size_is_no_fault_however_many_others_there_are(
    transactions, client_of
):
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = other_size(uow)
        uow.first(uow.select(ResettlementCase)).case_size = 1
        other_size(uow)  # somebody else's, whose people are none of these
        worker = a_caseworker(uow, household)

    assert found(client_of(worker))["other-size"] == []


def test_a_household_that_is_nobodys_first_is_found_by_who_stands_beside(transactions, client_of):
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_household(uow)
        worker = a_caseworker(uow, household, kind=AssignmentKind.SECOND)
        whole = a_household(uow)
        uow.add(
            Assignment(
                household_id=whole.id,
                user_id=worker.user_id,
                kind=AssignmentKind.PRIMARY,
                from_on=LONG_AGO,
            )
        )

    assert found(client_of(worker))["nobodys"] == [household.reference]
    leader = replace(worker, duties=frozenset({Duty.TEAM_LEADER}))
    for actor in (worker, leader):
        href = f"/households/{household.id}/caseworkers/new"
        assert f'href="{href}"' in client_of(actor).get("/data-quality").text
        assert client_of(actor).get(href).status_code == 200


def test_a_manager_is_told_numbers_by_team_and_no_file(transactions, client_of):
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = silent(uow)
        silent(uow)
        user = a_user(uow, Role.PROGRAMME_MANAGER)
    client = client_of(Actor(Role.PROGRAMME_MANAGER, user_id=user.id))

    items = client.get("/api/data-quality").json["items"]
    page = client.get("/data-quality").text

    (row,) = (each for each in items if each["code"] == "silent")
    assert row["teams"] == [{"location": "CHC", "households": 2}]
    assert row["files"] == []
    assert household.reference not in page
    assert "Christchurch" in page
    assert "Get in touch, or record the contact that was had." in page
    assert (
        client.get(re.search(r'href="(/[^"]+)">All households, by who', page)[1]).status_code == 200
    )


def test_a_team_leader_has_both(transactions, client_of):
    with transactions.begin(SYSTEM, "arrange") as uow:
        mine = silent(uow)
        silent(uow)
        worker = a_caseworker(uow, mine)
    leader = Actor(Role.CASEWORKER, user_id=worker.user_id, duties=frozenset({Duty.TEAM_LEADER}))

    items = client_of(leader).get("/api/data-quality").json["items"]

    (row,) = (each for each in items if each["code"] == "silent")
    assert [each["reference"] for each in row["files"]] == [mine.reference]
    assert row["teams"][0]["households"] == 2
