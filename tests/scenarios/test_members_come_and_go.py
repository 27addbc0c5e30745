"""A member of a group: confirmed by two, with what they bring, trained, given work, let go."""

import re
from datetime import date

from resettle.core.actor import Role
from tests.scenarios.journeys import an_arrived_journey
from tests.scenarios.sponsoring import a_ready_group

BEGUN, ARRIVAL, MONDAY = date(2023, 3, 6), date(2023, 9, 4), date(2023, 9, 11)
WEDNESDAY = {"starts_at": "2023-09-13T10:00:00+12:00", "ends_at": "2023-09-13T11:00:00+12:00"}
FAMILY = (
    ("Samir", "PA", "M", date(1988, 4, 2)),
    ("Rana", "WIF", "F", date(1991, 8, 19)),
    ("Nour", "DAU", "F", date(2018, 2, 1)),
)
CLEAR = {"outcome": "clear"}


class TestMembersComeAndGo:
    def test_it(self, office):
        self.office = office
        office.on(BEGUN)
        group = a_ready_group(office)
        journey = an_arrived_journey(office, group, FAMILY, ARRIVAL)
        office.on(MONDAY)
        self.group, self.home, self.worker = group, journey.home, journey.worker

        self.each_confirmation_alone_gives_nothing()
        self.no_right_is_there_without_a_vetting()
        self.what_they_bring_is_entered_and_shown()
        self.who_suits_stands_first_where_somebody_is_asked()
        visit, lift, appointment = self.the_car_has_to_fit_who_rides()
        task = self.a_task_is_theirs()
        self.let_go_their_rights_end_at_once()
        self.what_stood_in_their_name_is_open_to_the_others(visit, lift, appointment, task)

    def reaches(self):
        """Say what Tom gets of the household, its group and its week."""
        paths = (self.home, f"{self.home}/roster", self.group.path, "/our-week")
        return [self.tom.asks("GET", path).status_code for path in paths]

    def each_confirmation_alone_gives_nothing(self):
        office, group = self.office, self.group
        self.tom = office.somebody(Role.SPONSOR_MEMBER, name="Tom Fraser")
        member = office.manager.post(
            f"{group.path}/members", name="Tom Fraser", roles=["befriender"],
            joined_on=MONDAY, user_id=self.tom.id,
        )  # fmt: skip
        self.member = member["id"]
        self.at = f"/api/sponsor-groups/members/{self.member}"
        self.is_vetted()
        put_forward = self.reaches()
        early = office.manager.tries(f"{self.at}/confirmation")
        group.coordinator.post(f"{self.at}/confirmation")
        by_the_group = self.reaches()
        again = group.coordinator.tries(f"{self.at}/confirmation")
        office.manager.post(f"{self.at}/confirmation")

        assert put_forward[:3] == by_the_group[:3] == [403, 403, 403]
        assert (early.status_code, again.status_code) == (403, 403)
        assert self.reaches() == [200, 200, 200, 200]

    def is_vetted(self, **outcome):
        days = dict.fromkeys(("agreed_on", "requested_on", "decided_on"), self.office.today)
        return self.office.manager.post(f"{self.at}/vetting", **CLEAR | outcome, **days)

    def no_right_is_there_without_a_vetting(self):
        told = self.is_vetted(outcome="for_review", reason_code="panel_decision")
        without = self.reaches()[:2]
        cleared = self.is_vetted()

        assert (told["reason_code"], told["expires_on"]) == ("panel_decision", None)
        assert without == [403, 403]
        assert cleared["expires_on"] == "2026-09-11"
        assert self.reaches()[:2] == [200, 200]

    def what_they_bring_is_entered_and_shown(self):
        lead = self.group.coordinator
        profile = {"skills": ["transport"], "languages": ["ara", "eng"]}
        lead.asks(
            "PATCH",
            self.at,
            json=profile | {"availability": ["wed_morning", "sat_morning"]},
            headers={"If-Match": f'"{self.version()}"'},
        )
        for module in ("child_protection", "culture"):
            lead.post(f"{self.at}/trainings", module=module, completed_on=MONDAY)
        page = lead.asks("GET", self.group.path.removeprefix("/api")).text

        told = ("Transport", "Arabic, English", "Wed morning, Sat morning")
        for words in (*told, "Child protection, Culture"):
            assert words in page

    def version(self):
        rows = self.group.coordinator.items(f"{self.group.path}/members")
        return next(row["version"] for row in rows if row["id"] == self.member)

    def who_suits_stands_first_where_somebody_is_asked(self):
        lead = self.group.coordinator
        visit = lead.post(f"{self.home}/roster", kind="visit", **WEDNESDAY)
        page = lead.asks("GET", f"/roster-shifts/{visit['id']}").text
        evening = {"starts_at": "2023-09-13T18:00:00+12:00", "ends_at": "2023-09-13T19:00:00+12:00"}
        late = lead.post(f"{self.home}/roster", kind="visit", **evening)
        then = lead.asks("GET", f"/roster-shifts/{late['id']}").text
        planned = lead.asks("GET", f"{self.home.removeprefix('/api')}/roster/new").text

        suits = "Tom Fraser: speaks Arabic, usually has time then"
        assert options(page) == [suits, "Aroha Ngata"]
        assert options(then) == ["Tom Fraser: speaks Arabic", "Aroha Ngata"]
        assert "Tom Fraser: speaks Arabic, usually has time Wed morning, Sat morning" in planned
        lead.post(f"/api/roster-shifts/{late['id']}/cancellation", reason="No need")
        self.visit = visit["id"]

    def the_car_has_to_fit_who_rides(self):
        lead = self.group.coordinator
        lead.post(f"/api/roster-shifts/{self.visit}/assignment", member_id=self.member)
        appointment = self.worker.post(
            f"{self.home}/appointments", kind="school", with_whom="The principal",
            starts_at="2023-09-14T10:00:00+12:00", ends_at="2023-09-14T11:00:00+12:00",
        )["id"]  # fmt: skip
        lift = self.worker.post(f"/api/appointments/{appointment}/lift")["id"]
        taking = f"/api/roster-shifts/{lift}/taking"

        refused = []
        for change in (self.a_car_of(2, 1), self.a_car_of(4, 0), self.a_car_of(4, 1)):
            change()
            refused.append(" ".join(self.tom.tries(taking).json["errors"]["member_id"]))
        lead.post(f"{self.at}/child-transport")
        taken = self.tom.post(taking)

        assert "3 people ride, and the car has 2 seats" in refused[0]
        assert "1 of them need a seat for children, and the car has 0" in refused[1]
        assert refused[2].startswith("Only a member who is approved to drive children")
        assert taken["member_id"] == self.member
        assert self.worker.get(f"/api/appointments/{appointment}")["driver"] == "Tom Fraser"
        return self.visit, lift, appointment

    def a_car_of(self, seats, for_children):
        car = {"licence_until": "2030-01-01", "vehicle_seats": seats, "child_seats": for_children}
        return lambda: self.group.coordinator.puts(f"{self.at}/car", self.version(), **car)

    def a_task_is_theirs(self):
        task = self.worker.post(
            f"{self.home}/tasks", title="To the market by bus", category="transport",
            due_on=date(2023, 9, 20),
        )["id"]  # fmt: skip
        self.worker.post(f"/api/tasks/{task}/group")
        answer = self.group.coordinator.patch(f"/api/group-tasks/{task}", member_id=self.member)
        assert answer["member_id"] == self.member
        return task

    def let_go_their_rights_end_at_once(self):
        lead, page = self.group.coordinator, f"/sponsor-groups/members/{self.member}/departure"
        told = lead.asks("GET", page).text
        before = self.reaches()
        version = re.search(r'name="version" value="(\d+)"', told)[1]
        sent = lead.asks("POST", page, data={"left_on": "2023-09-11", "version": version})

        assert "2 shifts of theirs are open again" in told
        assert "1 task of theirs goes back to the group" in told
        assert before[:3] == [200, 200, 200]
        assert sent.status_code == 303
        assert self.reaches()[:3] == [403, 403, 403]

    def what_stood_in_their_name_is_open_to_the_others(self, visit, lift, appointment, task):
        lead = self.group.coordinator
        shifts = {row["id"]: row for row in lead.items(f"{self.home}/roster")}
        tasks = {row["id"]: row for row in lead.items(f"{self.home}/group-tasks")}

        for id_ in (visit, lift):
            assert (shifts[id_]["status"], shifts[id_]["member_id"]) == ("open", None)
        assert tasks[task]["member_id"] is None
        assert self.worker.get(f"/api/appointments/{appointment}")["driver"] is None
        assert "Nobody yet" in lead.asks("GET", "/our-week").text
        page = lead.asks("GET", f"/roster-shifts/{visit}").text
        assert options(page) == ["Aroha Ngata"]


def options(page):
    """Name whom a shift could be given to, in their order."""
    select = page[page.index('name="member_id"') :]
    return re.findall(r"<option[^>]*>([^<]+)</option>", select[: select.index("</select>")])
