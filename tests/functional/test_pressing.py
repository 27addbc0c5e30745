"""What presses on the first pages of those who lead: complaints by their clock, crisis checks."""

from datetime import date
from uuid import uuid4

import pytest

from resettle.cases.models import AssignmentKind
from resettle.complaints.models import (
    About,
    Complainant,
    Complaint,
    ComplaintChannel,
    ComplaintStatus,
)
from resettle.core.actor import SYSTEM, Actor, Role
from tests.journeys import a_team_leader
from tests.world import a_caseworker, a_household, a_user

LATE, SOON = date(2026, 2, 26), date(2026, 3, 4)


@pytest.fixture
def office(transactions, client_of):
    return Office(transactions, client_of)


class Office:
    """A household with complaints, its team leader, a caseworker, and a programme manager."""

    def __init__(self, transactions, client_of):
        self.transactions = transactions
        with transactions.begin(SYSTEM, "arrange") as uow:
            self.home = a_household(uow, location="CHC", arrived_on=date(2025, 8, 1))
            self.leader = client_of(a_team_leader(uow, self.home))
            self.worker = client_of(a_caseworker(uow, self.home, kind=AssignmentKind.SECOND))
            self.manager_id = a_user(uow, Role.PROGRAMME_MANAGER).id
        self.manager = client_of(Actor(Role.PROGRAMME_MANAGER, user_id=self.manager_id))

    def complaint(self, due_on, **more):
        usual = {"about": About.SERVICE, "status": ComplaintStatus.RECEIVED}
        with self.transactions.begin(SYSTEM, "arrange") as uow:
            return uow.add(
                Complaint(
                    household_id=self.home.id,
                    complainant=Complainant.HOUSEHOLD,
                    channel=ComplaintChannel.PHONE,
                    language="prs",
                    text="The car never came",
                    received_on=date(2026, 2, 19),
                    due_on=due_on,
                    **usual | more,
                )
            ).id

    def flag(self):
        form = {"reason": "Flood", "ends_on": "2026-03-16", "location": "CHC", "number": "1"}
        sent = self.leader.post("/crises/new", data={"form_key": uuid4().hex, **form})
        assert sent.status_code == 303


class TestComplaints:
    def test_a_manager_sees_the_clock_of_each_and_what_is_late_first(self, office):
        late, soon = office.complaint(LATE), office.complaint(SOON)
        decided = office.complaint(LATE, status=ComplaintStatus.ACKNOWLEDGED, acknowledged_on=LATE)

        page = office.manager.get("/pipeline").text

        assert "2 to acknowledge" in page
        assert "1 of them late" in page
        assert "1 to decide" in page
        assert page.index(f"/complaints/{late}") < page.index(f"/complaints/{soon}")
        assert f"/complaints/{decided}" not in page
        assert "4 days late" in page
        assert "To acknowledge in 2 days" in page
        assert "The car never came" not in page

    def test_nothing_is_told_of_a_complaint_to_whom_it_is_about(self, office):
        office.complaint(LATE, about=About.STAFF, about_user_id=office.manager_id)

        page = office.manager.get("/pipeline").text

        assert "0 to acknowledge" in page
        assert "of them late" not in page

    @pytest.mark.parametrize("path", ["/today", "/team"])
    def test_who_looks_after_households_is_told_of_none(self, office, path):
        office.complaint(LATE)

        assert "to acknowledge" not in office.leader.get(path).text


class TestCrisisChecks:
    def test_they_are_counted_where_those_who_lead_begin(self, office):
        office.flag()

        for client, path in ((office.manager, "/pipeline"), (office.leader, "/team")):
            page = client.get(path).text
            assert "Crisis flags that are up" in page
            assert "Households in Christchurch" in page
            assert "Flood" not in page
        assert "Flood" in office.leader.get("/today").text
        assert "0 of 1 checks done." in office.leader.get("/today").text
        assert "checks done" not in office.worker.get("/today").text

    def test_a_flag_that_is_down_presses_nobody(self, office):
        office.flag()
        (raised,) = office.leader.get("/api/crises").json["items"]
        form = {"form_key": uuid4().hex, "note": "All are safe."}
        office.leader.post(f"/crises/{raised['id']}/closing", data=form)

        for client, path in ((office.manager, "/pipeline"), (office.leader, "/team")):
            assert "Crisis flags that are up" not in client.get(path).text
