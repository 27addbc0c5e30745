"""Whether a group still looks in once its support was completed: not at all, unless it is set."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from resettle.core.actor import SYSTEM
from resettle.placements import queries, seen
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.settings import Settings
from tests.journeys import a_family
from tests.world import a_sponsor_of

TODAY = date(2026, 3, 2)


@pytest.fixture
def with_days(transactions):
    def with_days(days: int):
        settings = replace(transactions.resources[Settings], sponsor_access_days=days)
        return replace(transactions, resources={**transactions.resources, Settings: settings})

    return with_days


@pytest.mark.parametrize(
    ("days", "ago", "kind", "looks_in"),
    [
        (0, 0, "COMPLETED", False),
        (0, 1, "COMPLETED", False),
        (14, 0, "COMPLETED", True),
        (14, 13, "COMPLETED_EARLY", True),
        (14, 14, "COMPLETED", False),
        (14, 1, "BREAKDOWN", False),
    ],
)
def test_a_group_looks_in_for_as_long_as_it_is_set(with_days, days, ago, kind, looks_in):
    with with_days(days).begin(SYSTEM, "look") as uow:
        household = a_family(uow)
        a_sponsor_of(uow, household)
        (match,) = queries.all_open(uow, household.id)
        match.status, match.ending_kind = SponsorshipStatus.ENDED, kind
        match.ended_on = TODAY - timedelta(days=ago)
        uow.session.flush()
        query = uow.select(Sponsorship).where(
            Sponsorship.household_id == household.id, seen.supporting(uow)
        )

        assert (uow.first(query) is not None) is looks_in
