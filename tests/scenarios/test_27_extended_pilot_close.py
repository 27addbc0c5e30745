"""Scenario 27: the extended pilot closes; who has arrived keeps two years of support."""

from datetime import date, timedelta

from tests.scenarios.journeys import APPROVED_WAY, NOMINATED_WAY, a_nominated_journey
from tests.scenarios.sponsoring import a_ready_group

BEFORE, ARRIVAL, CLOSED = date(2023, 9, 4), date(2024, 3, 4), date(2024, 7, 1)
PEOPLE = (
    ("Yonas", "PA", "M", date(1989, 3, 2)),
    ("Selam", "WIF", "F", date(1991, 11, 20)),
)


class TestExtendedPilotClose:
    def test_it(self, office):
        office.on(BEFORE)
        group = a_ready_group(office, location="NSN")
        journey = a_nominated_journey(office, group, *PEOPLE, town="NSN", family_name="Tesfay")
        journey.go(*NOMINATED_WAY, *APPROVED_WAY)
        journey.is_confirmed()
        office.on(ARRIVAL)
        journey.go("ARRIVED", "WELCOME")

        office.on(CLOSED)
        self.no_group_lodges_a_nomination_any_more(office)
        self.nor_does_one_that_is_there_nominate_another_family(office, group)
        self.the_household_keeps_its_two_years(office, journey)

    def no_group_lodges_a_nomination_any_more(self, office):
        late = a_ready_group(office, "Too Late Trust", location="NSN")
        moves = {m["to"]: m for m in office.manager.items(f"{late.path}/possible-moves")}
        refused = office.manager.tries(f"{late.path}/moves", to="AWAITING_MATCH")

        assert "intake.open" in moves["NOMINATION_LODGED"]["missing"]
        assert "intake.open" in moves["AWAITING_MATCH"]["missing"]
        assert refused.status_code == 409

    def nor_does_one_that_is_there_nominate_another_family(self, office, group):
        another = a_nominated_journey(office, group, *PEOPLE, town="NSN", family_name="Saw")
        another.prepare("EOI", but=["intake.open"])
        refused = another.worker.tries(f"{another.at}/moves", to="EOI", on=CLOSED)

        assert another.missing("EOI") == ["intake.open"]
        assert refused.status_code == 409
        assert another.stage == "NOMINATED"

    def the_household_keeps_its_two_years(self, office, journey):
        match = office.caseworker.get(f"/api/sponsorships/{journey.sponsorship()['id']}")
        household = journey.worker.get(journey.home)

        assert match["status"] == "confirmed"
        assert household["support_end_on"] == (ARRIVAL + timedelta(days=730)).isoformat()
