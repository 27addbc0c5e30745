"""The way in for each role, help for each, and the caseworker's list of households."""

import re
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from resettle.core.actor import SPONSORS, SYSTEM, Role
from resettle.households.models import HouseholdMember
from resettle.tasks.models import Category, Task
from tests.desks import ROLES, TODAY, a_desk, a_quota_household, a_step, counted_reads
from tests.journeys import a_quota_case, at
from tests.world import a_caseworker

FIRST = {
    Role.CASEWORKER: "/today",
    Role.SPONSOR_MEMBER: "/our-week",
    Role.SPONSOR_COORDINATOR: "/our-week",
    Role.HOUSEHOLD_PERSON: "/my-household",
    Role.PROGRAMME_MANAGER: "/pipeline",
    Role.ADMINISTRATOR: "/users",
    Role.AUDITOR: "/audit",
    Role.EVALUATOR: "/figures",
}
ONLY_FOR = {
    "/caseload": {Role.CASEWORKER},
    "/our-household": {Role.SPONSOR_MEMBER, Role.SPONSOR_COORDINATOR},
    "/our-week": {Role.SPONSOR_MEMBER, Role.SPONSOR_COORDINATOR},
    "/my-household": {Role.HOUSEHOLD_PERSON},
    "/audit": {Role.AUDITOR},
    "/jobs": {Role.ADMINISTRATOR},
    "/audit/verification": {Role.ADMINISTRATOR, Role.AUDITOR},
    "/households/new": {Role.CASEWORKER},
}


class TestHome:
    @pytest.mark.parametrize("role", FIRST, ids=str)
    def test_each_role_is_led_to_its_first_page_which_is_there(self, client_of, role):
        client = client_of(ROLES[role])

        answer = client.get("/")

        assert (answer.status_code, answer.location) == (303, FIRST[role])
        assert client.get(answer.location).status_code == 200

    def test_the_way_of_a_page_and_of_its_parts_is_marked(self, client_of):
        client = client_of(ROLES[Role.CASEWORKER])

        marked = [
            re.findall(r'href="([^"]+)" aria-current="(page|true)">', client.get(path).text)
            for path in ("/caseload", "/caseload/views", "/account")
        ]

        assert [ways[:1] for ways in marked] == [
            [("/caseload", "page")],
            [("/caseload", "true")],
            [],
        ]

    def test_nobody_is_led_to_the_sign_in(self, client_of):
        answer = client_of(None).get("/")

        assert (answer.status_code, answer.location) == (303, "/sign-in")

    @pytest.mark.parametrize("path", ONLY_FOR)
    def test_a_page_is_for_its_roles_alone(self, client_of, path):
        told = {role: client_of(actor).get(path).status_code for role, actor in ROLES.items()}

        assert told == {role: 200 if role in ONLY_FOR[path] else 403 for role in ROLES}
        assert client_of(None).get(path).status_code == 401

    @pytest.mark.parametrize("path", ["/help", "/why"])
    def test_every_role_is_told_something_of_its_own(self, client_of, path):
        pages = {role: main_of(client_of(actor).get(path).text) for role, actor in ROLES.items()}
        pages[None] = main_of(client_of(None).get(path).text)

        assert pages[Role.SPONSOR_MEMBER] == pages.pop(Role.SPONSOR_COORDINATOR)
        assert len({*pages.values()}) == len(pages)
        assert all("Mere Tamihana" in page for page in pages.values())

    @pytest.mark.parametrize("role", FIRST, ids=str)
    def test_whatever_a_first_page_links_to_is_there(self, client_of, role):
        groups = frozenset({uuid4()}) if role in SPONSORS else frozenset()
        client = client_of(replace(ROLES[role], group_ids=groups))
        page = client.get(FIRST[role]).text
        found = re.findall(r'href="(/(?!static|account)[^"]*)"', page)
        paths = {path.replace("&amp;", "&") for path in found}

        told = {path: client.get(path).status_code for path in paths}

        assert {*told.values()} <= {200, 303}, told


class TestCaseload:
    def test_what_is_due_first_stands_first(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            late, soon, never = (a_quota_household(uow) for _ in range(3))
            a_step(uow, soon, due_on=date(2026, 3, 9))
            a_step(uow, late, code="PRE-06", due_on=date(2026, 2, 20))
            a_step(uow, never, due_on=date(2026, 1, 1), deadline=False)
            worker = a_caseworker(uow, never, soon, late)
            ordered = [late.reference, soon.reference, never.reference]

        page = client_of(worker).get("/caseload").text

        assert re.findall(r"<span>(R-\d{4}-\d{4,})", page) == ordered
        assert "Welcome team, roster and interpreter booked" in page
        assert "10 days late" in page
        assert page.count("Nothing planned") == 1

    def test_it_says_the_stage_in_words_and_for_how_long(self, transactions, client_of):
        worker, _ = a_desk(transactions)

        page = client_of(worker).get("/caseload").text

        assert "At the reception centre" in page
        assert "for 49 days" in page
        assert "Palmerston North" in page

    def test_households_of_others_and_those_that_left_are_not_there(self, transactions, client_of):
        worker, _ = a_desk(transactions)
        with transactions.begin(SYSTEM, "arrange") as uow:
            other = a_quota_household(uow, display_name="Kovalenko")
            gone = a_quota_household(uow, display_name="Tesfaye", exited_on=date(2026, 1, 1))
            a_caseworker(uow, other, gone)

        page = client_of(worker).get("/caseload").text

        assert "Kovalenko" not in page
        assert "Tesfaye" not in page
        assert "Haidari" in page

    @pytest.mark.parametrize(
        ("typed", "shown"),
        [
            ({"q": "kova"}, {"Kovalenko"}),
            ({"q": "R-2026-77"}, {"Pérez"}),
            ({"q": "%"}, set()),
            ({"stage": "RECEPTION"}, {"Kovalenko"}),
            ({"location": "HAM"}, {"Pérez"}),
            ({"location": "HAM", "q": "kova"}, set()),
            ({"q": ""}, {"Kovalenko", "Pérez"}),
            ({"sort": "-name"}, {"Kovalenko", "Pérez"}),
            ({"sort": "stage"}, {"Kovalenko", "Pérez"}),
        ],
    )
    def test_filters_stand_in_the_address(self, transactions, client_of, typed, shown):
        with transactions.begin(SYSTEM, "arrange") as uow:
            first = a_quota_household(uow, display_name="Kovalenko")
            nowhere = a_quota_household(uow, display_name="Saw", location=None)
            second = a_quota_household(
                uow, display_name="Pérez", location="HAM", reference="R-2026-7700"
            )
            at(a_quota_case(uow, first), "RECEPTION")
            worker = a_caseworker(uow, first, second, nowhere)

        client = client_of(worker)
        address = client.post("/caseload", data=typed).location
        answer = client.get(address)

        assert answer.status_code == 200
        assert "kova" not in address
        assert all(f"{k}={v}" in address for k, v in typed.items() if v and k != "q")
        assert {name for name in ("Kovalenko", "Pérez") if name in answer.text} == shown

    def test_a_sort_that_is_not_offered_is_refused(self, transactions, client_of):
        worker, _ = a_desk(transactions)

        assert client_of(worker).get("/caseload?sort=risk_level").status_code == 400

    def test_it_goes_on_to_the_next_page_and_back(self, transactions, client_of):
        worker, ids = a_desk(transactions, 3)
        client = client_of(worker)

        first = client.get("/caseload?limit=2").text
        following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
        second = client.get(following).text

        seen = {*re.findall(r"households/([0-9a-f-]{36})", first + second)}
        assert seen == {str(id_) for id_ in ids}
        assert 'rel="prev"' in second

    def test_who_has_no_household_yet_is_told_what_to_do(self, client_of):
        page = client_of(ROLES[Role.CASEWORKER]).get("/caseload").text

        assert "You look after no household yet." in page
        assert 'href="/imports/checks"' in page

    def test_thirty_households_take_no_more_reading_than_three(
        self, transactions, client_of, connection
    ):
        counts = []
        for number in (3, 30):
            worker, _ = a_desk(transactions, number)
            with counted_reads(connection) as seen:
                assert client_of(worker).get("/caseload").status_code == 200
            counts.append(len(seen))

        assert counts[0] == counts[1]

    def test_nothing_of_it_is_kept_by_the_browser(self, transactions, client_of):
        worker, _ = a_desk(transactions)

        assert client_of(worker).get("/caseload").headers["Cache-Control"] == "no-store"

    def test_a_look_at_the_list_is_on_record(self, transactions, client_of):
        worker, (household_id,) = a_desk(transactions)
        client = client_of(worker)
        client.get("/caseload")

        page = client.get(f"/households/{household_id}/looks").text

        assert "names and birth dates" in page
        assert "Looked at" in page


def test_a_member_who_left_is_not_counted(transactions, client_of):
    worker, (household_id,) = a_desk(transactions)
    with transactions.begin(SYSTEM, "arrange") as uow:
        stay = uow.first(
            uow.select(HouseholdMember).where(HouseholdMember.household_id == household_id)
        )
        stay.left_on = date(2026, 2, 1)

    page = client_of(worker).get("/caseload").text

    assert 'data-label="People" class="number"><span>0<' in page


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


class TestTicked:
    """What is ticked on the list is put into other hands, or its tasks are ticked off."""

    @pytest.fixture
    def three(self, transactions, client_of):
        worker, ids = a_desk(transactions, 3)
        with transactions.begin(SYSTEM, "arrange") as uow:
            for id_ in ids:
                title, category = f"Ring {id_}", Category.OTHER
                task = Task(household_id=id_, title=title, category=category, due_on=TODAY)
                uow.add(task)
        return client_of(worker), [str(id_) for id_ in ids]

    def test_each_line_has_a_box(self, three):
        client, ids = three

        page = client.get("/caseload").text

        assert all(f'name="household_ids" value="{id_}"' in page for id_ in ids)

    def test_they_are_ticked_where_they_are_assigned(self, three):
        client, (first, second, third) = three

        data = {"act": "assign", "household_ids": [first, third]}
        there = client.post("/caseload/ticked", data=data)
        page = client.get(there.location).text

        boxes = re.findall(r'name="household_ids" type="checkbox" value="([^"]+)"([^>]*)>', page)
        assert {id_ for id_, more in boxes if "checked" in more} == {first, third}
        assert second in {id_ for id_, _more in boxes}

    def test_their_tasks_alone_are_listed_to_be_ticked_off(self, three):
        client, (first, second, third) = three

        data = {"act": "tasks", "household_ids": [first, second]}
        page = client.get(client.post("/caseload/ticked", data=data).location).text
        assert f"Ring {first}" in page
        assert f"Ring {third}" not in page

        tasks = re.findall(r'name="task_ids" value="([^"]+)"', page)
        assert len(tasks) == 2
        done = client.post("/tasks/done", data={"task_ids": tasks})
        assert "2 tasks are done." in client.get(done.location).text

    def test_with_nothing_ticked_nothing_happens(self, three):
        client, _ids = three

        there = client.post("/caseload/ticked", data={"act": "tasks"})

        assert "Nothing was ticked" in client.get(there.location).text
        assert client.post("/caseload/ticked", data={"act": "burn"}).status_code == 422

    def test_ids_that_are_none_are_refused(self, three):
        client, (first, *_others) = three

        assert client.get("/tasks?homes=all").status_code == 422
        assert client.get(f"/tasks?homes={','.join([first] * 101)}").status_code == 422
