"""Scenario 29: a volunteer without valid vetting is to drive children to school: refused."""

from datetime import date, time
from uuid import uuid4

from resettle.core.actor import Role
from tests.scenarios.journeys import APPROVED_WAY, NOMINATED_WAY, a_nominated_journey
from tests.scenarios.sponsoring import a_ready_group

ARRIVAL, RIDE = date(2023, 9, 4), date(2023, 9, 11)
FAMILY = (
    ("Samir", "PA", "M", date(1988, 4, 2)),
    ("Rana", "WIF", "F", date(1991, 8, 19)),
    ("Leila", "DAU", "F", date(2019, 5, 1)),
)


def joins(group, name):
    """Let somebody be put forward and confirmed by two others; nobody has vetted them."""
    office, who = group.office, group.office.somebody(Role.SPONSOR_MEMBER, name=name)
    member = office.manager.post(
        f"{group.path}/members",
        name=name,
        roles=["transport_lead"],
        joined_on=office.today,
        user_id=who.id,
    )
    path = f"/api/sponsor-groups/members/{member['id']}"
    group.coordinator.post(f"{path}/confirmation")
    office.manager.post(f"{path}/confirmation")
    return who, member["id"]


def has_a_car(group, member_id, **more):
    path = f"/api/sponsor-groups/members/{member_id}"
    (found,) = [m for m in group.coordinator.items(f"{group.path}/members") if m["id"] == member_id]
    car = {"licence_until": date(2030, 1, 1), "vehicle_seats": 4, "child_seats": 1, **more}
    answer = group.coordinator.puts(f"{path}/car", found["version"], **car)
    assert answer.status_code == 200, answer.get_json()


def is_vetted(group, member_id, outcome="clear", **more):
    today = group.office.today
    days = {"agreed_on": today, "requested_on": today, "decided_on": today}
    path = f"/api/sponsor-groups/members/{member_id}/vetting"
    group.office.manager.post(path, outcome=outcome, **days, **more)


def a_supported_family(office):
    office.on(date(2023, 3, 6))
    group = a_ready_group(office)
    journey = a_nominated_journey(office, group, *FAMILY)
    journey.go(*NOMINATED_WAY, *APPROVED_WAY)
    journey.is_confirmed()
    office.on(ARRIVAL)
    journey.arrives()
    for adult in journey.adults():
        journey.shares(adult, "name")
    return group, journey


def approval(member_id):
    return f"/sponsor-groups/members/{member_id}/child-transport"


def sent(who, path):
    """Press a button of a page."""
    return who.asks("POST", path, data={"form_key": uuid4().hex})


def a_lift_is_asked_for(journey):
    """Ask the group to drive the family to an appointment at the school."""
    appointment = journey.worker.post(
        f"{journey.home}/appointments",
        kind="school",
        with_whom="Dean of Year 1",
        starts_at="2023-09-11T09:00:00+12:00",
        ends_at="2023-09-11T10:00:00+12:00",
    )["id"]
    journey.worker.post(f"/api/appointments/{appointment}/lift", words="Into town and back")
    return appointment


class TestVolunteerWithoutVetting:
    def test_it(self, office):
        group, journey = a_supported_family(office)
        volunteer, member_id = joins(group, "Tom Fraser")
        has_a_car(group, member_id)
        appointment = a_lift_is_asked_for(journey)
        (lift,) = group.coordinator.items(f"{journey.home}/roster")
        path = f"/api/roster-shifts/{lift['id']}"

        self.the_group_learns_when_and_not_what_for(lift)
        self.nobody_can_put_the_volunteer_at_the_wheel(group, path, member_id)
        self.the_volunteer_sees_nothing_of_it_at_all(volunteer, journey, path)
        self.the_page_of_drivers_says_what_is_lacking_and_refuses(office, group, member_id)
        is_vetted(group, member_id)
        self.vetted_but_not_approved_is_not_enough(group, volunteer, path, member_id)
        self.the_page_of_drivers_approves(office, group, member_id)
        self.a_seat_too_few_is_not_enough(group, path, member_id)
        has_a_car(group, member_id)
        self.then_they_may_drive(journey, volunteer, path, appointment)
        self.and_not_after_their_vetting_has_ended(office, group, volunteer, path, member_id)

    def the_group_learns_when_and_not_what_for(self, lift):
        assert (lift["kind"], lift["status"], lift["words"]) == (
            "lift",
            "open",
            "Into town and back",
        )
        assert "school" not in str(lift)
        assert "Dean" not in str(lift)

    def nobody_can_put_the_volunteer_at_the_wheel(self, group, path, member_id):
        refused = group.coordinator.tries(f"{path}/assignment", member_id=member_id)

        assert refused.status_code == 422
        assert "whose vetting is in force on that day" in refused.text
        assert group.coordinator.get(path)["member_id"] is None

    def the_volunteer_sees_nothing_of_it_at_all(self, volunteer, journey, path):
        assert volunteer.tries(f"{path}/taking").status_code == 403
        assert volunteer.asks("GET", f"{journey.home}/roster").status_code == 403

    def the_page_of_drivers_says_what_is_lacking_and_refuses(self, office, group, member_id):
        page = f"/sponsor-groups/{group.id}/drivers"

        for who in (group.coordinator, office.manager):
            shown = who.asks("GET", page).text
            assert "No vetting is in force." in shown
            assert approval(member_id) not in shown
            assert sent(who, approval(member_id)).status_code == 409
            assert "May drive them" not in who.asks("GET", page).text

    def the_page_of_drivers_approves(self, office, group, member_id):
        shown = group.coordinator.asks("GET", f"/sponsor-groups/{group.id}/drivers").text
        assert approval(member_id) in shown

        assert sent(group.coordinator, approval(member_id)).status_code == 303

        read = office.manager.asks("GET", f"/sponsor-groups/{group.id}/drivers").text
        assert "May drive them" in read

    def vetted_but_not_approved_is_not_enough(self, group, volunteer, path, member_id):
        assigned = group.coordinator.tries(f"{path}/assignment", member_id=member_id)
        taken = volunteer.tries(f"{path}/taking")

        assert (assigned.status_code, taken.status_code) == (422, 422)
        assert "approved to drive children" in assigned.text

    def a_seat_too_few_is_not_enough(self, group, path, member_id):
        has_a_car(group, member_id, child_seats=0)
        refused = group.coordinator.tries(f"{path}/assignment", member_id=member_id)

        assert refused.status_code == 422
        assert "1 of them need a seat for children" in refused.text

    def then_they_may_drive(self, journey, volunteer, path, appointment):
        taken = volunteer.post(f"{path}/taking")

        assert taken["status"] == "confirmed"
        found = journey.worker.get(f"/api/appointments/{appointment}")
        assert (found["transport"], found["driver"]) == ("sponsor_car", "Tom Fraser")

    def and_not_after_their_vetting_has_ended(self, office, group, volunteer, path, member_id):
        is_vetted(group, member_id, "declined", reason_code="panel_decision")
        office.on(RIDE, at=time(8, 30))

        assert volunteer.tries(f"{path}/arrival").status_code == 403
        page = group.coordinator.asks("GET", "/our-week").text
        assert "Find somebody else" in page
