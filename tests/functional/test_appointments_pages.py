"""The pages of appointments: written down in local time, warned of, and what came of them."""

import re

import pytest

from tests.desks import a_desk, counted_reads

NEW = {"kind": "gp", "on": "2026-03-04", "at": "09:00"}


@pytest.fixture
def desk(transactions, client_of):
    """Give a client of a caseworker, and the address of the one household."""
    worker, (household_id,) = a_desk(transactions)
    return client_of(worker), f"/households/{household_id}"


def written(desk, **more):
    client, file = desk
    answer = client.post(file + "/appointments/new", data={**NEW, **more})
    assert answer.status_code == 303, answer.text
    return answer.location


class TestWrite:
    def test_it_stands_in_the_file_in_local_time(self, desk):
        client, file = desk

        address = written(desk, with_whom="Dr Rata", minutes="30", transport="bus")

        page = client.get(file + "/appointments").text
        assert "Wed 4 Mar 2026" in page
        assert "09:00–09:30" in page
        assert "Dr Rata" in client.get(address).text
        assert "Bus" in client.get(address).text
        sent = client.get("/api" + address).json
        assert sent["starts_at"] == "2026-03-03T20:00:00+00:00"

    def test_an_hour_that_the_clocks_skip_is_refused_beside_the_field(self, desk):
        client, file = desk

        page = client.post(
            file + "/appointments/new", data={"kind": "gp", "on": "2026-09-27", "at": "02:30"}
        )

        assert page.status_code == 422
        assert "There is no such time: the clocks go forward that night." in page.text

    def test_the_language_of_the_household_is_offered_first(self, desk):
        client, file = desk

        page = client.get(file + "/appointments/new").text

        assert '<option value="prs" selected>Dari' in page

    def test_a_language_that_is_on_no_list_stays(self, desk):
        client, _ = desk
        address = written(desk, interpreter_language="lao", interpreter_needed="true")

        assert '<option value="lao" selected>' in client.get(address + "/change").text

    def test_who_is_to_interpret_is_said_and_kept(self, desk):
        client, _ = desk
        wanted = {"interpreter_language": "prs", "interpreter_gender": "woman"}
        address = written(desk, interpreter_needed="true", interpreter_booked="true", **wanted)

        assert "Booked, Dari, A woman" in " ".join(client.get(address).text.split())
        assert '<option value="woman" selected>' in client.get(address + "/change").text
        sent = client.get("/api" + address).json
        assert {name: sent[name] for name in wanted} == wanted
        assert (sent["interpreter_needed"], sent["interpreter_booked"]) == (True, True)

    def test_the_tab_of_the_browser_says_nothing(self, desk):
        client, _ = desk
        address = written(desk, kind="mental_health")

        for page in (address, address + "/change", address + "/outcome"):
            title = re.search(r"<title>(.*?)</title>", client.get(page).text, re.DOTALL)[1]
            assert re.match(r"R-\d{4}-\d{4,}: ", title)
            assert "Mental" not in title


class TestWarn:
    def test_of_clashes_and_interpreters(self, desk):
        client, file = desk
        written(desk, interpreter_needed="true")
        address = written(desk, at="09:30", kind="bank")

        page = client.get(file + "/appointments").text

        assert page.count("The same people have another appointment at that time.") == 2
        assert page.count("No interpreter is booked yet.") == 1
        assert "The same people have another appointment" in client.get(address).text

    def test_without_more_queries_for_more_of_them(self, desk, connection):
        client, file = desk
        written(desk)
        with counted_reads(connection) as few:
            client.get(file + "/appointments")
        for hour in range(10, 18):
            written(desk, at=f"{hour}:00")
        with counted_reads(connection) as many:
            client.get(file + "/appointments")

        assert len(many) == len(few)


class TestChange:
    def test_what_is_left_empty_is_taken_away(self, desk):
        client, _ = desk
        address = written(desk, with_whom="Dr Rata", place="Petone")

        client.post(address + "/change", data={**NEW, "at": "11:15", "with_whom": "Dr Kea"})

        page = client.get(address).text
        assert "11:15–12:15" in page
        assert "Dr Kea" in page
        assert "Petone" not in page


class TestOutcome:
    def test_it_is_recorded_and_taken_back(self, desk):
        client, file = desk
        address = written(desk)

        client.post(address + "/outcome", data={"outcome": "cancelled", "note": "They were ill"})
        told = client.get(file + "/appointments").text
        recorded = client.get(address).text
        client.post(re.search(r'action="(/appointments/[^"]*/reopening)"', told)[1], data={})

        assert "It was cancelled" in told
        assert "They were ill" in recorded
        assert "They were ill" not in client.get(address).text

    def test_put_off_it_leads_to_the_one_instead(self, desk):
        client, _ = desk
        address = written(desk, minutes="45")

        client.post(
            address + "/outcome", data={"outcome": "rescheduled", "on": "2026-04-05", "at": "09:00"}
        )

        instead = re.search(r'href="(/appointments/[0-9a-f-]{36})"', client.get(address).text)[1]
        assert "Sun 5 Apr 2026, 09:00–09:45" in client.get(instead).text

    def test_put_off_to_no_day_it_asks_for_one(self, desk):
        client, _ = desk
        address = written(desk)

        page = client.post(address + "/outcome", data={"outcome": "rescheduled"})

        assert page.status_code == 422
        assert "Say when it takes place instead." in page.text


def test_they_go_on_page_by_page(desk):
    client, file = desk
    for hour in ("09", "11", "13"):
        written(desk, at=f"{hour}:00")
    page = client.get(file + "/appointments?limit=2").text

    rest = client.get(re.search(r'rel="next" href="([^"]*)"', page)[1].replace("&amp;", "&")).text
    past = client.get(file + "/appointments?show=past").text

    assert ("09:00" in page, "13:00" in page) == (True, False)
    assert "13:00" in rest
    assert 'rel="prev"' in rest
    assert "No appointment here." in past
