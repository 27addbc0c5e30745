"""The couplings of the two machines, a group's and a household's (domain.md 4.5), one by one."""

from datetime import date, timedelta

from tests.scenarios.journeys import NOMINATED_WAY, a_nominated_journey
from tests.scenarios.sponsoring import a_ready_group

BEGUN, TRAVELS, ARRIVAL = date(2023, 3, 6), date(2023, 11, 20), date(2023, 11, 21)
FAMILY = (("Samir", "PA", "M", date(1988, 4, 2)), ("Rana", "WIF", "F", date(1991, 8, 19)))
LARGE = (
    ("Mariam", "PA", "F", date(1985, 2, 3)),
    *((name, "SON", "M", date(2012, 1, 1)) for name in ("Ali", "Omar", "Yusuf", "Idris")),
)


def screened(office, group, *people):
    journey = a_nominated_journey(office, group, *people)
    journey.go(*NOMINATED_WAY[:-1])
    return journey


def asks(journey, group):
    """Propose the household to a group, which may be refused."""
    body = {"group_id": group.id, "route": "NOMINATED"}
    return journey.worker.tries(f"{journey.home}/sponsorships", **body)


def offered(office):
    return {row["id"] for row in office.caseworker.items("/api/sponsor-groups?open=true")}


class TestWhoMayBeAsked:
    """A proposal needs a group that is ready, with room for so many persons, still approved."""

    def test_not_before_the_group_is_approved(self, office):
        office.on(BEGUN)
        first = a_ready_group(office, "Church of the Open Door")
        new = office.manager.post(
            "/api/sponsor-groups", legal_name="St Columba’s", entity_type="CHARITABLE_TRUST",
            location="CHC", programme="cors",
        )  # fmt: skip
        journey = screened(office, first, *FAMILY)
        body = {"group_id": new["id"], "route": "NOMINATED"}

        too_early = journey.worker.tries(f"{journey.home}/sponsorships", **body)
        ready = asks(journey, first)

        assert (too_early.status_code, ready.status_code) == (409, 201)
        assert too_early.json["detail"] == "The group is not approved for this route."
        assert offered(office) == {first.id}

    def test_nor_while_it_is_suspended(self, office):
        office.on(BEGUN)
        group = a_ready_group(office)
        journey = screened(office, group, *FAMILY)
        reason = {"reason": "A concern is looked into", "reason_code": "CONCERN"}
        office.manager.post(f"{group.path}/moves", to="SUSPENDED", **reason)

        refused = asks(journey, group)

        assert (refused.status_code, offered(office)) == (409, set())
        assert "not ready for a household" in refused.json["detail"]

    def test_room_is_counted_in_persons(self, office):
        office.on(BEGUN)
        group = a_ready_group(office, persons=4, households=3)
        large, small = screened(office, group, *LARGE), screened(office, group, *FAMILY)

        refused, taken = asks(large, group), asks(small, group)

        assert (refused.status_code, taken.status_code) == (409, 201)
        said = "The household has 5 people and the group has room for 4 people."
        assert refused.json["detail"] == said

    def test_an_approval_that_ran_out_blocks_proposals_and_extended_it_does_not(self, office):
        office.on(BEGUN)
        group = a_ready_group(office)
        journey = screened(office, group, *FAMILY)
        until = date.fromisoformat(office.manager.get(group.path)["approved_until"])
        office.on(until)
        last_day = offered(office)
        office.on(until + timedelta(days=1))

        late = asks(journey, group)
        approval = {"max_persons": 12, "max_households": 3, "routes": ["NOMINATED"]}
        days = {"decided_on": office.today, "expires_on": office.today.replace(year=2030)}
        page = office.manager.asks("GET", group.path.removeprefix("/api")).text
        gone = offered(office)
        office.manager.post(f"{group.path}/approval", **approval, **days)

        assert (last_day, gone) == ({group.id}, set())
        assert late.status_code == 409
        assert "not ready for a household" in late.json["detail"]
        assert f"The approval ran out on {until:%-d %B %Y}" in page
        assert asks(journey, group).status_code == 201


class TestOneFollowsTheOther:
    def test_the_group_is_matched_prepares_and_is_active_as_its_household_goes_on(self, office):
        office.on(BEGUN)
        group = a_ready_group(office)
        journey = supported(office, group)
        seen = [group.status]

        for stage in ("APPLICATION_LODGED", "ASSESSING", "APPROVED"):
            journey.go(stage)
            seen.append(group.status)
        journey.records(travel_on=TRAVELS)
        seen.append(group.status)
        journey.go("PRE_DEPARTURE")
        office.on(ARRIVAL)
        journey.go("ARRIVED")

        assert seen == [*["READY"] * 3, "MATCHED", "PREPARING_ARRIVAL"]
        assert group.status == "ACTIVE"

    def test_what_is_done_before_arrival_is_counted_back_from_the_travel(self, office):
        office.on(BEGUN)
        group = a_ready_group(office)
        journey = supported(office, group)
        before = due(journey)
        journey.records(travel_on=TRAVELS)
        planned = due(journey)
        journey.records(travel_on=TRAVELS + timedelta(days=10))
        moved = due(journey)

        back = {"PRE-03": 14, "PRE-04": 3, "PRE-06": 7, "PRE-07": 21}
        assert before == {}
        for code, days in back.items():
            assert planned[code] == str(TRAVELS - timedelta(days=days))
            assert moved[code] == str(TRAVELS + timedelta(days=10 - days))

    def test_a_group_that_is_suspended_leaves_each_household_a_review_with_an_owner(self, office):
        office.on(BEGUN)
        group = a_ready_group(office, persons=12, households=3)
        journeys = [supported(office, group) for _ in range(2)]
        office.on(date(2024, 5, 6))
        reason = {"reason": "A concern is looked into", "reason_code": "CONCERN"}
        office.manager.post(f"{group.path}/moves", to="SUSPENDED", **reason)

        for journey in journeys:
            match = journey.sponsorship()
            whole = journey.worker.get(f"/api/sponsorships/{match['id']}")
            assert (whole["status"], whole["continuity_since"]) == ("suspended", "2024-05-06")
            assert whole["continuity_due_on"] == "2024-05-07"
            assert whole["continuity_owner"] == office.caseworker.id
        self.it_is_shown_as_late_until_there_is_a_plan(office, journeys[0])
        self.no_visa_changes_and_the_screens_say_so(journeys[1])

    def it_is_shown_as_late_until_there_is_a_plan(self, office, journey):
        page = f"/sponsorships/{journey.sponsorship()['id']}"
        in_time = journey.worker.asks("GET", page).text
        office.on(date(2024, 5, 9))
        late = journey.worker.asks("GET", page).text
        queue = journey.worker.items("/api/queue?source=continuity")
        journey.worker.post(f"/api{page}/continuity-plan", reason="We look in each day")
        planned = journey.worker.asks("GET", page).text

        assert "Somebody has to decide who supports the household now." in in_time
        assert "2 days late" not in in_time
        assert "2 days late" in late
        assert [(line["due_on"], line["title"]) for line in queue] == [
            ("2024-05-07", "Decide who supports the household now")
        ] * 2
        assert len(journey.worker.items("/api/queue?source=continuity")) == 1
        assert "We look in each day" in planned
        assert "Somebody has to decide" not in planned

    def no_visa_changes_and_the_screens_say_so(self, journey):
        page = f"/sponsorships/{journey.sponsorship()['id']}"
        stage = journey.stage
        shown = [journey.worker.asks("GET", page + way).text for way in ("", "/end")]

        assert all("This changes nothing about anybody’s visa" in text for text in shown)
        assert journey.stage == stage


def due(journey):
    return {m["code"]: m["due_on"] for m in journey.milestones() if m["code"][:3] == "PRE"}


def supported(office, group):
    journey = screened(office, group, *FAMILY)
    journey.go("MATCH_PROPOSED", "MATCH_ACCEPTED")
    journey.is_confirmed()
    return journey
