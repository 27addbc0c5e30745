"""Scenario 10: placed on 15 May 2022 or on 5 July 2022, the support is 365 or up to 730 days."""

from datetime import date, timedelta

import pytest

from tests.scenarios.journeys import a_quota_journey

RECEPTION = timedelta(days=35)
APPLICANT = ("Zahra", "PA", "F", date(1990, 5, 17))


class TestSupportLength:
    @pytest.mark.parametrize(
        ("placed_on", "days"), [(date(2022, 5, 15), 365), (date(2022, 7, 5), 730)]
    )
    def test_the_day_of_moving_in_decides(self, office, placed_on, days):
        # Both families came under the same version: what holds later is what counts.
        office.on(date(2022, 3, 7))
        journey = a_quota_journey(office, APPLICANT)
        office.on(placed_on - RECEPTION)
        journey.arrives()
        office.on(placed_on)
        journey.moves_in()

        household = journey.worker.get(journey.home)
        ends_on = (placed_on + timedelta(days=days)).isoformat()

        assert household["support_start_on"] == placed_on.isoformat()
        assert household["support_end_on"] == ends_on
        assert journey.milestone("REV-07")["due_on"] == ends_on
        # Nothing of the support is planned for after its end; indicators go on.
        supporting = [m for m in journey.milestones() if m["code"].startswith("REV")]
        assert max(m["due_on"] for m in supporting) == ends_on
