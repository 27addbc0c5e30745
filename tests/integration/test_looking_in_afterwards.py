"""Whether a group still looks in once its support was completed: not at all, unless it is set."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict
from resettle.placements import queries, seen
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.settings import Settings
from resettle.upkeep import preparing
from resettle.upkeep.acts import Follow, Step, TickHouse
from resettle.upkeep.models import DefectKind, HouseDefect
from resettle.upkeep.queries import our_defects
from tests.groups import a_dwelling
from tests.journeys import a_family
from tests.weeks import a_company
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


def test_who_only_looks_in_prepares_and_follows_nothing(with_days):
    transactions = with_days(14)
    with transactions.begin(SYSTEM, "arrange") as uow:
        made = a_company(uow)
        house = a_dwelling(uow, made.household)
        about = {"household_id": made.household.id, "dwelling_id": house.id}
        days = {"reported_on": TODAY, "due_on": TODAY}
        defect = HouseDefect(**about, **days, group_id=made.group.id, kind=DefectKind.DAMP)
        uow.add(defect)
        (match,) = queries.all_open(uow, made.household.id)
        match.status, match.ending_kind = SponsorshipStatus.ENDED, "COMPLETED"
        match.ended_on = TODAY

    with transactions.begin(made.lead, "look") as uow:
        assert our_defects(uow, made.household.id)
        with pytest.raises(Conflict):
            preparing.tick(uow, made.household.id, TickHouse([]))
        with pytest.raises(Conflict):
            preparing.follow(uow, defect.id, Follow(Step.TOLD))
