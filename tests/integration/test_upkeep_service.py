"""The upkeep of a house: defects with a day, ratings, and what a high power bill brings."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Invalid
from resettle.placements.models import Placement, PlacementKind
from resettle.upkeep import queries, rules, service
from resettle.upkeep.acts import MendDefect, RateHouse, RecordBill, ReportDefect
from resettle.upkeep.models import DefectKind
from tests.groups import a_dwelling
from tests.world import a_caseworker, a_household

TODAY, EARLIER, TOMORROW = date(2026, 3, 2), date(2026, 2, 27), date(2026, 3, 3)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def home(uow):
    household = a_household(uow)
    placement = Placement(
        household_id=household.id,
        kind=PlacementKind.SETTLED,
        dwelling_id=a_dwelling(uow, household).id,
        location="CHC",
        start_on=date(2026, 1, 5),
    )
    uow.add(placement)
    uow.actor = a_caseworker(uow, household)
    return household


def defect(uow, home, **more):
    given = {"kind": DefectKind.WATER, "text": "The tap drips", "reported_on": EARLIER, **more}
    return service.report_defect(uow, home.id, ReportDefect(**given))


class TestDefects:
    def test_each_has_a_day_by_its_kind_or_by_word(self, uow, home):
        assert defect(uow, home).due_on == date(2026, 3, 1)
        assert defect(uow, home, kind=DefectKind.OTHER).due_on == date(2026, 3, 13)
        assert defect(uow, home, due_on=TOMORROW).due_on == TOMORROW
        assert len(queries.defects(uow, home.id)) == 3

    def test_it_is_mended_once_since_it_was_reported(self, uow, home):
        made = defect(uow, home)

        for day in (date(2026, 2, 26), TOMORROW):
            with pytest.raises(Invalid):
                service.mend_defect(uow, made.id, MendDefect(mended_on=day))
        service.mend_defect(uow, made.id, MendDefect(mended_on=TODAY))
        with pytest.raises(Conflict):
            service.mend_defect(uow, made.id, MendDefect(mended_on=TODAY))

    def test_it_was_not_seen_tomorrow(self, uow, home):
        with pytest.raises(Invalid):
            defect(uow, home, reported_on=TOMORROW)

    def test_who_lives_nowhere_has_no_house(self, uow):
        with pytest.raises(Conflict):
            defect(uow, a_household(uow))


def test_a_house_is_rated(uow, home):
    marks = dict.fromkeys(("warm", "dry", "safe", "affordable", "enough_space"), 3)

    service.rate_house(uow, home.id, RateHouse(rated_on=TODAY, **marks))

    assert [rating.warm for rating in queries.ratings(uow, home.id)] == [3]


def test_in_a_warm_house_a_high_bill_is_no_defect(uow, home):
    service.record_bill(uow, home.id, RecordBill(amount="450", days=30, billed_on=TODAY))

    assert [(r.affordable, r.warm) for r in queries.ratings(uow, home.id)] == [(1, None)]
    assert queries.defects(uow, home.id) == []
    assert [bill.amount for bill in queries.bills(uow, home.id)] == ["450"]


@pytest.mark.parametrize(
    ("amount", "days", "high"),
    [("450", 31, True), ("250", 30, False), ("250.01", 30, True), ("450", 60, False)],
)
def test_a_bill_is_high_by_the_month(amount, days, high):
    assert rules.is_high(Decimal(amount), days) is high


def test_a_page_has_forms(uow, home, client_of):
    client, file = client_of(uow.actor), f"/households/{home.id}/house"
    made = defect(uow, home)
    uow.session.flush()

    empty = [client.get(f"{file}/{form}/new") for form in ("defects", "ratings", "power-bills")]
    mend = client.get(f"/house-defects/{made.id}/mending")
    key = {"form_key": uuid4().hex}
    marks = dict.fromkeys(("warm", "dry", "safe", "affordable", "enough_space"), "3")
    rated = client.post(f"{file}/ratings/new", data=key | marks | {"rated_on": "2026-03-02"})

    assert [answer.status_code for answer in (*empty, mend)] == [200] * 4
    assert rated.status_code == 303
