"""Who needs a house without steps needs it still, after that is kept in one place alone."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from alembic import command

from resettle.app import create_app
from resettle.core.actor import SYSTEM
from resettle.matching.models import PlacementWish
from resettle.placements.models import HousingNeed
from resettle.settings import Settings
from tests.world import a_household

BEFORE, DAY = "0061_hold_evidence_back", date(2026, 3, 2)


@pytest.fixture
def transactions(migrated, empty):
    app = create_app(Settings.for_tests(empty.url))
    yield app.extensions["transactions"]
    app.extensions["engine"].dispose()


def a_home(uow, needs, told) -> UUID:
    """Make a household that wished for a place, and told of steps so many times."""
    home = a_household(uow)
    uow.add(PlacementWish(household_id=home.id, wishes=[], ties=[], needs=needs, wants=needs))
    for number, level in enumerate(told):
        day = DAY + timedelta(days=number)
        row = HousingNeed(household_id=home.id, step_free=level, told_on=day, recorded_at=uow.now)
        uow.add(row)
    return home.id


def levels(uow, home: UUID) -> list[bool]:
    query = uow.select(HousingNeed).where(HousingNeed.household_id == home)
    return [row.step_free for row in uow.all(query.order_by(HousingNeed.told_on))]


def test_it_is_moved_to_what_is_needed_of_a_house(transactions, migrated):
    with transactions.begin(SYSTEM, "arrange") as uow:
        never = a_home(uow, ["step_free", "church"], [])
        otherwise = a_home(uow, ["church", "step_free"], [True, False])
        stays = a_home(uow, ["church"], [False])

    migrated(command.downgrade, BEFORE)
    migrated(command.upgrade, "head")

    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        wishes = uow.all(uow.select(PlacementWish))
        assert [(row.needs, row.wants) for row in wishes] == [(["church"], ["church"])] * 3
        assert levels(uow, never) == [True]
        assert levels(uow, otherwise) == [True, True]
        assert levels(uow, stays) == [False]
