"""A manager's first page over a programme in full swing: every number, and where it leads."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from resettle.cases.models import ResettlementCase
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import Household, Stream
from resettle.incidents.models import Incident, IncidentStatus
from resettle.milestones.models import Milestone, Status
from resettle.placements.models import Dwelling, Tenure
from resettle.sponsors.models import ReportDue
from tests.clock import NOW
from tests.crowds import a_home, nominated
from tests.functional.keys import with_keys
from tests.groups import a_deed, a_group
from tests.world import a_caseworker

TODAY = NOW.date()  # 2 March 2026
MANAGER = Actor(Role.PROGRAMME_MANAGER, uuid4(), "Hemi")
CORS = {"stream": Stream.CORS, "programme_code": "cors", "programme_version": 2}
# Stage, days there, persons; and on which day they came, if they have.
SPONSORED = [
    ("MATCH_ACCEPTED", 60, 4, None),
    ("MATCH_ACCEPTED", 20, 3, None),
    ("MATCH_ACCEPTED", 90, 5, None),
    ("APPROVED", 10, 4, None),
    ("APPROVED", 30, 2, None),
    ("SETTLING", 46, 5, date(2026, 1, 15)),
    ("SETTLING", 72, 3, date(2025, 12, 20)),
]
QUOTA = [
    ("RECEIVED", 15, 4, None),
    ("RECEIVED", 25, 4, None),
    ("RECEIVED", 400, 4, None),
    ("SUPPORT_ACTIVE", 25, 4, date(2026, 2, 5)),
    ("SUPPORT_ACTIVE", 24, 4, date(2026, 2, 6)),
]
MARCH, APRIL = "2026-03-01", "2026-04-01"


def a_case(uow, facts, line):
    stage, days, size, came = line
    home = a_home(uow, size, arrived_on=came, placed_on=came, location="CHC", **facts)
    nominated(uow, home, TODAY - timedelta(days=days))
    of = ResettlementCase.household_id == home.household_id
    case = uow.first(uow.select(ResettlementCase).where(of))
    case.stage, case.opened_on = stage, date(2025, 8, 1)
    case.programme_code = facts.get("programme_code", "rqp")
    case.programme_version = facts.get("programme_version", 3)
    return home, case


def a_step(uow, home, code, due_on, met_on=None):
    met = Status.NOT_STARTED if met_on is None else Status.MET
    about = {"household_id": home.household_id, "programme_code": "cors", "programme_version": 2}
    made = {"due_on": due_on, "due_rule": "", "status": met, "met_on": met_on}
    uow.session.add(Milestone(**about, **made, code=code, domain=code[:3]))


@pytest.fixture
def _programme(transactions):
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        sponsored = [a_case(uow, CORS, line)[0] for line in SPONSORED]
        quota = [a_case(uow, {}, line) for line in QUOTA]
        for _, case in quota[:2]:
            case.cap_group = "PRO"
        expected(uow, sponsored, [home for home, _ in quota])
        groups(uow, sponsored)
        steps(uow, sponsored)
        went_wrong(uow, sponsored)
        for place, rooms in (("CHC", 3), ("CHC", 4), ("NSN", 3)):
            house = Dwelling(location=place, bedrooms=rooms, tenure=Tenure.PRIVATE_RENTAL)
            uow.add(house)
        for home in (sponsored[5], sponsored[6]):
            a_caseworker(uow, uow.find(Household, home.household_id))


def expected(uow, sponsored, quota):
    """Let both approved households come this month, and three of the quota in the next."""
    for homes, day in ((sponsored[3:5], date(2026, 3, 20)), (quota[:3], date(2026, 4, 9))):
        for home in homes:
            a_step(uow, home, "PRE-06", day - timedelta(days=7))


def groups(uow, sponsored):
    """Make six groups of three statuses, and the reports that one of them owes."""
    for status, persons in (
        ("ACTIVE", 5),
        ("ACTIVE", 4),
        ("ACTIVE", 4),
        ("READY", 0),
        ("READY", 0),
    ):
        group = a_group(uow, status=status)
        group.persons_now, group.households_now = persons, int(persons > 0)
    owing = a_group(uow, status="SUSPENDED")
    deed = a_deed(uow, owing)
    about = {"group_id": owing.id, "deed_id": deed.id}
    for number, (due_on, more) in enumerate(
        [
            (TODAY - timedelta(days=9), {}),
            (TODAY - timedelta(days=2), {}),
            (TODAY - timedelta(days=1), {}),
            (TODAY, {}),
            (TODAY - timedelta(days=5), {"submitted_on": TODAY}),
            (TODAY - timedelta(days=5), {"cancelled_on": TODAY}),
        ]
    ):
        home = sponsored[5 + number % 2].household_id
        code = ("REP-014", "REP-030", "REP-090")[number // 2]
        uow.add(ReportDue(**about, household_id=home, code=code, due_on=due_on, **more))


def steps(uow, sponsored):
    """Let four steps of health be met in time, three late and two not; of work two in time."""
    due = date(2026, 2, 20)
    for domain, days in (("HEA", [-3, 0, -1, 0, 1, 2, 9, None, None]), ("EMP", [-1, 0])):
        for number, late in enumerate(days, 1):
            met = None if late is None else due + timedelta(days=late)
            a_step(uow, sponsored[5], f"{domain}-{number:02}", due, met)
    a_step(uow, sponsored[5], "HEA-10", TODAY + timedelta(days=1))


def went_wrong(uow, sponsored):
    home = sponsored[6].household_id
    for severity, status in ((1, "open"), (3, "open"), (4, "open"), (2, "closed")):
        about = {"household_id": home, "happened_on": TODAY, "severity": severity}
        made = {"safeguarding": False, "reported_at": NOW, "status": IncidentStatus(status)}
        uow.add(Incident(**about, **made))


@pytest.fixture
def manager(client_of, _programme):
    return with_keys(client_of(MANAGER))


@pytest.fixture
def told(manager):
    asked = f"households=6&stream=cors&month={MARCH}"
    return manager.get(f"/api/figures/overview?{asked}").json


@pytest.fixture
def page(manager):
    return manager.get(f"/pipeline?households=6&stream=cors&month={MARCH}").text


def cells(page, caption):
    """Read a table as it stands on a page: a row of texts for each line, and where each leads."""
    table = page[: page.index("</table>", page.index(f"{caption}</caption>"))]
    table = table[table.rindex("<table") :]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table[table.index("<tbody") :], re.DOTALL)
    parts = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in row] for row in parts]


def listed(manager, path):
    """Name the households of a list in its order, by reference."""
    return list(dict.fromkeys(re.findall(r"R-2024-\d{5}", manager.get(path).text)))


class TestPlaces:
    def test_they_are_counted_in_persons_against_each_cap(self, told, page):
        rooms = {
            (room["programme_code"], room["title"]): (
                room["persons"],
                room["used"],
                room["reserved"],
                room["left"],
            )
            for room in told["rooms"]
        }

        assert rooms["cors", "Places over three years"] == (150, 14, 12, 124)
        assert rooms["cors", "Places in the programme year"] == (50, 14, 12, 24)
        assert rooms["rqp", "Places in the programme year"] == (1500, 8, 0, 1492)
        pilot = "Community Organisation Refugee Sponsorship, extended pilot"
        lines = cells(page, "Places against caps, in persons")
        assert [f"Places in the programme year {pilot}", "50", "14", "12", "24"] in lines


class TestStages:
    def test_time_in_stage_has_its_middle_and_its_longest(self, manager, page):
        found = manager.get("/api/figures/pipeline").json["items"]
        cors = next(each for each in found if each["code"] == "cors")
        stages = {
            s["code"]: (s["households"], s["persons"], s["median_days"], s["longest_days"])
            for s in cors["stages"]
            if s["households"]
        }

        assert (cors["households"], cors["persons"]) == (7, 26)
        assert stages == {
            "MATCH_ACCEPTED": (3, 12, 60, 90),
            "APPROVED": (2, 6, 10, 30),
            "SETTLING": (2, 8, 46, 72),
        }
        assert "7 households, 26 persons" in page
        assert [row[:2] + row[3:] for row in cells(page, "By stage")][-3:] == [
            ["Match accepted", "3", "60"],
            ["Approved", "2", "10"],
            ["Settling", "2", "46"],
        ]

    def test_who_stood_longest_comes_first_and_why_is_said(self, manager, told, page):
        days = [row["days"] for row in told["waiting"]]
        lines = cells(page, "Longest at one stage")

        assert days == [400, 90, 72, 60, 46, 30, 25, 25, 24, 20]
        assert [line[2] for line in lines] == [str(day) for day in days]
        assert "No programme year has been assigned." in lines[0][3]
        assert "No quota subcategory has been assigned." in lines[0][3]
        reasons = {(row["stage_code"], row["code"]): row["households"] for row in told["reasons"]}
        assert reasons["RECEIVED", "PROGRAMME_YEAR"] == 3
        assert reasons["RECEIVED", "SUBCATEGORY"] == 1

    @pytest.mark.parametrize(
        ("path", "days"),
        [
            ("programme=cors&stage=MATCH_ACCEPTED", ["90", "60", "20"]),
            ("programme=rqp&stage=RECEIVED", ["400", "25", "15"]),
            ("programme=rqp&stage=RECEIVED&lacks=SUBCATEGORY", ["400"]),
        ],
    )
    def test_a_number_leads_to_its_households_oldest_first(self, manager, path, days):
        page = manager.get(f"/pipeline/households?{path}").text

        assert [line[2] for line in cells(page, "Households")] == days


class TestArrivals:
    def test_months_are_counted_back_and_ahead(self, manager, told):
        came = {m["first"]: (m["households"], m["persons"]) for m in told["arrivals"]}
        comes = {m["first"]: (m["households"], m["persons"]) for m in told["ahead"]}

        assert (len(came), len(comes)) == (12, 12)
        assert {first: n for first, n in came.items() if n[0]} == {
            "2025-12-01": (1, 3),
            "2026-01-01": (1, 5),
            "2026-02-01": (2, 8),
        }
        assert {first: n for first, n in comes.items() if n[0]} == {MARCH: (2, 6), APRIL: (3, 12)}
        assert len(listed(manager, "/pipeline/households?arrived=2026-02-01")) == 2
        assert len(listed(manager, f"/pipeline/households?expected={APRIL}")) == 3


class TestWhatBreaks:
    """What breaks if six sponsored households come in March, on top of the two expected."""

    def test_each_resource_is_set_against_who_comes(self, told):
        free = {row["code"]: row["free"] for row in told["resources"]}
        strains = {row["code"]: (row["needed"], row["lacking"]) for row in told["strains"]}

        # Two caseworkers for fifteen each, one household each; READY 2 x 3 and ACTIVE 3 x 2.
        assert free == {"housing": 3, "caseworkers": 28, "sponsors": 12}
        assert strains == {"housing": (8, 5), "caseworkers": (8, 0), "sponsors": (8, 0)}
        assert (told["first"]["code"], told["first"]["breaks_in"]) == ("housing", MARCH)
        assert [row["left"] for row in told["left"][:3]] == [
            [-5, 20, 4],
            [-8, 17, 4],
            [-8, 17, 4],
        ]

    def test_the_page_says_what_gives_way_first_and_leads_there(self, manager, page):
        lines = cells(page, "If so many more households come")

        assert lines[0] == ["Houses at hand", "3", "8", "5 lacking"]
        assert lines[2] == ["Households that groups can support", "12", "8", "Enough"]
        assert "Gives way first: houses at hand" in page
        assert "8 are needed and 3 are free: 5 are lacking" in page
        houses = cells(manager.get("/pipeline/houses").text, "Houses at hand, by place")
        assert houses == [
            ["Christchurch", "3", "1"],
            ["Christchurch", "4", "1"],
            ["Nelson", "3", "1"],
        ]


class TestGroups:
    def test_sponsors_are_counted_by_status_and_lead_to_their_list(self, manager, told, page):
        found = {
            row["status"]: (row["groups"], row["persons"], row["most_persons"])
            for row in told["groups"]
        }

        assert found == {"ACTIVE": (3, 13, 60), "READY": (2, 0, 40), "SUSPENDED": (1, 0, 20)}
        assert ["Active", "3", "13", "60"] in cells(page, "Sponsor groups by status")
        for status, (number, _, _) in found.items():
            assert f'href="/sponsor-groups?status={status}"' in page
            of_status = manager.get(f"/sponsor-groups?status={status}").text
            assert len(set(re.findall(r"Welcome Trust \d+", of_status))) == number


class TestMilestones:
    def test_by_domain_they_lead_to_what_is_protected(self, told, page):
        found = {
            row["code"]: (row["due"], row["in_time"], row["late"], row["still_open"])
            for row in told["domains"]
        }

        assert found["HEA"] == (9, 4, 3, 2)
        assert found["EMP"] == (2, 2, 0, 0)
        assert 'href="/figures/indicators#domain-HEA"' in page


class TestLateAndWrong:
    def test_late_reports_lead_to_their_list(self, manager, told, page):
        assert told["late_reports"] == 3
        assert re.search(r'href="/reports">3 reports of groups are late<', page)
        reports = manager.get("/reports").text
        assert len(cells(reports, "Groups still owe them")) == 3

    def test_incidents_lead_to_the_protected_figure_and_never_to_a_list(self, manager, told, page):
        assert (told["incidents"], told["severe_incidents"]) == (3, 2)
        assert "3 incidents are open, 2 of them severe" in page
        assert 'href="/figures/indicators#IND-INC"' in page
        assert manager.get("/incidents").status_code in {403, 404}


class TestPictures:
    def test_each_stands_in_its_table_with_the_number_beside_the_bar(self, page):
        for caption in (
            "By stage",
            "Households who arrived, by month",
            "Households expected, by month",
        ):
            table = page[page.index(f"{caption}</caption>") :]
            table = table[: table.index("</table>")]
            rows = table.count("<tr") - 1
            assert table.count('<svg class="bars"') == rows > 0, caption
        assert "Haidari" not in page
