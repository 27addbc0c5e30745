"""Scenario 24: moved in during the summer holidays, a child is enrolled at school on day 20."""

from datetime import date, timedelta

from tests.scenarios.journeys import a_quota_journey

ARRIVED, PLACED = date(2022, 12, 14), date(2023, 1, 18)
FAMILY = (
    ("Zahra", "PA", "F", date(1990, 5, 17)),
    ("Omid", "SON", "M", date(2012, 2, 1)),
    ("Laleh", "DAU", "F", date(2014, 9, 9)),
)
HOLIDAYS = "The school opened only after the summer holidays"


class TestLateSchoolEnrolment:
    def test_it(self, office):
        office.on(date(2022, 8, 1))
        journey = a_quota_journey(office, *FAMILY)
        office.on(ARRIVED)
        journey.arrives()
        office.on(PLACED)
        journey.moves_in()
        in_time, late = PLACED + timedelta(days=12), PLACED + timedelta(days=20)
        office.on(late)

        early = journey.meets("EDU-01", in_time, journey.person("Laleh"))
        omids = journey.milestone("EDU-01", journey.person("Omid"))
        path = f"/api/milestones/{omids['id']}/met"
        unexplained = journey.worker.tries(path, met_on=late)
        met = journey.worker.post(path, met_on=late, reason=HOLIDAYS)

        assert (omids["due_on"], omids["overdue"]) == ("2023-02-01", True)
        assert unexplained.status_code == 422
        assert unexplained.json["errors"].keys() == {"reason"}
        assert (met["status"], met["state"], met["met_on"]) == ("met", "met_late", "2023-02-07")
        assert met["reason"] == HOLIDAYS
        assert early["state"] == "met"
        self.the_indicator_counts_it_as_not_met(office)

    def the_indicator_counts_it_as_not_met(self, office):
        found = office.manager.get("/api/figures/indicators/IND-SCH-14d")

        (quota,) = found["by_stream"]
        assert (quota["stream"], quota["unknown"]) == ("quota", 0)
        assert (quota["numerator"], quota["denominator"]) == (1, 2)
        assert quota["percent"] is None  # two children bear no percentage
        assert found["as_at"] == "2023-02-07"
