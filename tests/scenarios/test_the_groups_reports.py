"""Reports that write themselves: from the deed's own schedule to what evaluation counts."""

from datetime import date, time

from resettle.core.actor import SYSTEM, Role
from resettle.reports.queries import submitted_facts
from resettle.reports.rules import DOMAINS
from tests.scenarios.journeys import an_arrived_journey
from tests.scenarios.sponsoring import a_ready_group

BEGUN, ARRIVAL = date(2023, 3, 6), date(2023, 9, 4)
VISIT, SUBMITTED, ACCEPTED = date(2023, 9, 13), date(2023, 10, 2), date(2023, 10, 5)
FAMILY = (("Samir", "PA", "M", date(1988, 4, 2)), ("Rana", "WIF", "F", date(1991, 8, 19)))
# By the programme's own schedule the first report is due after 14 days, and there are seven.
OWN_DAYS = {"REP-014": 21, "REP-090": 100}
ON_TRACK = {f"status_{domain.lower()}": "on_track" for domain in DOMAINS}
HARD, GOOD = "They come without asking first", "We laugh a lot"


class TestTheGroupsReports:
    def test_it(self, office):
        group, journey = self.a_group_with_a_deed_of_its_own(office)
        first = self.each_report_is_due_by_the_schedule_of_the_deed(group, journey)
        self.what_the_group_does_goes_on_record(office, group, journey)
        office.on(SUBMITTED)
        self.that_it_is_overdue_is_seen_on_both_sides(office, group, journey, first)
        self.it_comes_filled(group, first)
        self.the_family_says_its_part_apart(office, group, journey, first)
        edition = self.the_group_confirms_and_adds(group, journey, first)
        again = self.it_comes_back_with_comments_on_its_lines(group, journey, first, edition)
        office.on(ACCEPTED)
        self.it_is_accepted_and_counts_in_evaluation(office, group, journey, again)

    def a_group_with_a_deed_of_its_own(self, office):
        office.on(BEGUN)
        group = a_ready_group(office, report_days=OWN_DAYS)
        self.treasurer = office.somebody(Role.SPONSOR_MEMBER)
        group.joined_by(self.treasurer, "Ruth Ellison", "treasurer")
        journey = an_arrived_journey(office, group, FAMILY, ARRIVAL)
        return group, journey

    def each_report_is_due_by_the_schedule_of_the_deed(self, group, journey):
        owed = group.coordinator.items("/api/reports")

        assert [(row["code"], row["due_on"]) for row in owed] == [
            ("REP-014", "2023-09-25"),
            ("REP-090", "2023-12-13"),
        ]
        assert journey.worker.items("/api/reports") == owed
        return f"/reports/{owed[0]['id']}"

    def what_the_group_does_goes_on_record(self, office, group, journey):
        office.on(VISIT, at=time(10, 0))
        shift = group.coordinator.post(
            f"{journey.home}/roster",
            kind="visit",
            starts_at="2023-09-13T10:00:00+12:00",
            ends_at="2023-09-13T11:30:00+12:00",
        )
        at = f"/api/roster-shifts/{shift['id']}"
        group.coordinator.post(f"{at}/taking")
        group.coordinator.post(f"{at}/arrival")
        office.on(VISIT, at=time(11, 15))
        group.coordinator.post(f"{at}/departure", went="We drank tea")
        journey.meets("HEA-01", VISIT, journey.person("Samir"))
        funds, home = f"{group.path}/funds", journey.household
        gift = {"kind": "grant", "amount": "400.00", "happened_on": VISIT, "household_id": home}
        self.treasurer.post(f"{funds}/gifts", **gift)
        spent = group.coordinator.post(
            f"{funds}/claims", amount="85.50", category="food", happened_on=VISIT,
            household_id=home, no_receipt="Market",
        )  # fmt: skip
        self.treasurer.post(f"/api/fund-entries/{spent['id']}/approval")

    def that_it_is_overdue_is_seen_on_both_sides(self, office, group, journey, first):
        week = group.coordinator.asks("GET", "/our-week").text
        queue = journey.worker.items("/api/queue?source=report")
        manager = office.manager.asks("GET", "/pipeline").text
        seen = [
            next(row["standing"] for row in who.items("/api/reports") if row["id"] in first)
            for who in (group.coordinator, journey.worker, office.manager)
        ]

        assert first in week
        assert "7 days late" in week
        assert [(row["title"], row["due_on"]) for row in queue] == [
            ("Ask for: Arrival report", "2023-09-25")
        ]
        assert "1 report of a group is late" in manager
        assert seen == ["overdue"] * 3

    def it_comes_filled(self, group, first):
        facts = group.coordinator.get(f"/api{first}/facts")["facts"]
        form = group.coordinator.asks("GET", f"{first}/new").text

        assert (facts["from_on"], facts["to_on"]) == ("2023-09-04", "2023-10-02")
        assert facts["persons"] == 2
        assert [(met["code"], met["met_on"]) for met in facts["met"]][-1] == (
            "HEA-01",
            "2023-09-13",
        )
        assert (facts["contacts"], facts["minutes"]) == (1, 75)
        assert (facts["received"], facts["spent_since"], facts["at_hand"]) == (40000, 8550, 31450)
        for told in ("1.2", "400.00", "85.50", "314.50", "Times that somebody came"):
            assert told in form

    def the_family_says_its_part_apart(self, office, group, journey, first):
        said = {"language": "ara", "said": "interpreter"}
        samir, rana = (journey.person(name) for name in ("Samir", "Rana"))
        for person, rating, text, shared in ((samir, 2, HARD, False), (rana, 5, GOOD, True)):
            words = {"rating": rating, "comment": text, "shared": shared}
            journey.worker.post(f"/api{first}/family-sections", person_id=person, **said, **words)

        # What Samir did not share is in no answer to the group: neither its words nor that it is.
        for path in (first, f"{first}/new", "/reports", "/our-week", f"/api{first}/editions"):
            assert HARD not in group.coordinator.asks("GET", path).text
        page = group.coordinator.asks("GET", first).text
        assert (GOOD in page, "5 of 5" in page, "2 of 5" in page) == (True, True, False)
        assert group.coordinator.tries(f"/api{first}/family-sections").status_code == 403
        assert group.coordinator.asks("GET", f"/api{first}/family-sections").status_code == 403
        heard = journey.worker.items(f"/api{first}/family-sections")
        assert sorted(row["rating"] for row in heard) == [2, 5]
        assert HARD not in office.manager.asks("GET", first).text

    def the_group_confirms_and_adds(self, group, journey, first):
        lacking = group.coordinator.tries(f"/api{first}/editions", needs="A heater")
        edition = group.coordinator.post(
            f"/api{first}/editions",
            **ON_TRACK | {"status_hou": "needs_help"},
            sentence_hou="It is cold in the mornings",
            needs="A heater",
        )

        assert lacking.status_code == 422
        assert set(lacking.json["errors"]) == set(ON_TRACK)
        assert (edition["stage"], edition["facts"]["minutes"]) == ("submitted", 75)
        queue = journey.worker.items("/api/queue?source=report")
        assert [row["title"] for row in queue] == ["Read the sponsors’ report: Arrival report"]
        assert first not in group.coordinator.asks("GET", "/our-week").text
        return edition

    def it_comes_back_with_comments_on_its_lines(self, group, journey, first, edition):
        at = f"/api/group-reports/{edition['id']}"
        asked = {"comment_hou": "Which room?", "comment_needs": "By when?"}
        assert journey.worker.post(f"{at}/return", **asked)["stage"] == "returned"

        told = {row["line"]: row["text"] for row in group.coordinator.items(f"{at}/comments")}
        form = group.coordinator.asks("GET", f"{first}/new").text
        assert told == {"HOU": "Which room?", "needs": "By when?"}
        assert "It is cold in the mornings" in form
        assert "7 days late" in group.coordinator.asks("GET", "/our-week").text
        again = group.coordinator.post(
            f"/api{first}/editions",
            **ON_TRACK | {"status_hou": "at_risk"},
            sentence_hou="The children’s room",
        )
        assert again["edition"] == 2
        return f"/api/group-reports/{again['id']}"

    def it_is_accepted_and_counts_in_evaluation(self, office, group, journey, again):
        assert journey.worker.post(f"{again}/acceptance")["stage"] == "accepted"
        standings = {r["code"]: r["standing"] for r in group.coordinator.items("/api/reports")}
        assert standings == {"REP-090": "due", "REP-014": "accepted"}
        assert "0 reports of groups are late" in office.manager.asks("GET", "/pipeline").text

        with office.app.extensions["transactions"].begin(SYSTEM, "look", read_only=True) as uow:
            (told,) = submitted_facts(uow, ARRIVAL, ACCEPTED)
        assert (told.days_late, told.minutes, told.contacts, told.spent_cents) == (7, 75, 1, 8550)
        assert told.statuses["HOU"] == "at_risk"
