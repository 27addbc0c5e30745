"""Scenario 9: a power bill of 450 dollars, and the house is cold all the same."""

from datetime import date

from tests.scenarios.journeys import a_quota_journey

ARRIVAL, MOVE, BILL = date(2022, 5, 30), date(2022, 7, 11), date(2022, 8, 15)
FAMILY = (("Zahra", "PA", "F", date(1990, 5, 17)), ("Omid", "SON", "M", date(2015, 2, 1)))


class TestPowerShock:
    def test_it(self, office):
        office.on(date(2022, 5, 2))
        journey = a_quota_journey(office, *FAMILY)
        office.on(ARRIVAL)
        journey.arrives()
        before = journey.worker.tries(
            f"{journey.home}/house/power-bills", amount="450", days=30, billed_on=ARRIVAL
        )
        office.on(MOVE)
        journey.moves_in()
        office.on(BILL)
        journey.worker.post(
            f"{journey.home}/house/power-bills", amount="450", days=31, billed_on=BILL, cold=True
        )

        assert before.status_code == 409
        self.somebody_goes_through_the_budget(journey)
        self.the_house_is_rated_one(journey)
        self.the_landlord_has_a_defect_with_a_day(journey)
        self.the_page_of_the_house_tells_it(journey)
        self.an_ordinary_bill_is_followed_by_nothing(journey)

    def somebody_goes_through_the_budget(self, journey):
        tasks = journey.worker.items(f"{journey.home}/tasks")
        (task,) = [t for t in tasks if t["title"].startswith("Go through the budget")]

        assert (task["due_on"], task["assignee_id"]) == ("2022-08-22", journey.worker.id)

    def the_house_is_rated_one(self, journey):
        (rating,) = journey.worker.items(f"{journey.home}/house/ratings")

        assert (rating["affordable"], rating["warm"], rating["dry"]) == (1, 1, None)

    def the_landlord_has_a_defect_with_a_day(self, journey):
        (defect,) = journey.worker.items(f"{journey.home}/house/defects")

        assert (defect["kind"], defect["due_on"]) == ("heating", "2022-08-22")

    def the_page_of_the_house_tells_it(self, journey):
        journey.office.on(date(2022, 8, 25))
        page = journey.worker.asks("GET", f"/households/{journey.household}/house").text
        (defect,) = journey.worker.items(f"{journey.home}/house/defects")
        mending = f"/api/house-defects/{defect['id']}/mending"
        journey.worker.post(mending, mended_on=journey.office.today)
        after = journey.worker.asks("GET", f"/households/{journey.household}/house").text

        assert "3 days late" in page
        assert "450" in page
        assert "3 days late" not in after
        assert journey.worker.tries(mending, mended_on=journey.office.today).status_code == 409

    def an_ordinary_bill_is_followed_by_nothing(self, journey):
        day = journey.office.today
        bill = {"amount": "180.50", "days": 31, "billed_on": day}
        journey.worker.post(f"{journey.home}/house/power-bills", **bill)

        assert len(journey.worker.items(f"{journey.home}/house/power-bills")) == 2
        assert len(journey.worker.items(f"{journey.home}/house/ratings")) == 1
        assert len(journey.worker.items(f"{journey.home}/house/defects")) == 1
