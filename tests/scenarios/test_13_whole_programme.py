"""Scenario 13: the whole programme in a table, whose numbers are those that were published."""

from datetime import date

import pytest

from resettle.core.actor import SYSTEM
from resettle.households.models import Stream
from tests.crowds import a_home, with_region

AS_AT = date(2018, 6, 30)
# The quota of 2017/18 by region (domain.md 7.4, T4); routes of 2013/14 (T5); interviews (T2).
REGIONS = {
    "Africa": 28,
    "Americas": 179,
    "Asia-Pacific": 519,
    "Middle East and North Africa": 44,
    "Syrian crisis places": 250,
}
ROUTES = {
    "quota": 750,
    "RFSC residence approvals": 334,
    "Convention, INZ branch": 69,
    "Convention, Tribunal": 53,
    "Afghan interpreters": 31,
}
INTERVIEWS = {"refugees": 11, "sponsors": 16, "other organisations": 4, "MBIE": 12, "UNHCR": 3}
SIZE = 5


@pytest.fixture
def _year(transactions):
    """Everybody who came under the quota that year, family by family."""
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        for region, persons in REGIONS.items():
            for turn in range(0, persons, SIZE):
                home = a_home(
                    uow,
                    min(SIZE, persons - turn),
                    turn,
                    stream=Stream.QUOTA,
                    arrived_on=date(2017, 11, 1),
                    placed_on=date(2017, 12, 6),
                )
                with_region(uow, home, region)


class TestWholeProgramme:
    @pytest.mark.usefixtures("_year")
    def test_the_quota_by_region_is_what_was_published(self, office):
        office.on(AS_AT)
        sent = {"code": "arrivals-by-region-and-year", "audience": "ministry"}
        told = office.manager.post("/api/releases", **sent)
        figures = told["figures"]

        assert told["as_at"] == "2018-06-30"
        assert dict(zip(figures["rows"], figures["row_totals"], strict=True)) == REGIONS
        assert figures["columns"] == ["2017/18"]
        assert figures["total"] == 1020

    @pytest.mark.parametrize(
        ("parts", "total"),
        [(REGIONS, 1020), (ROUTES, 1237), (INTERVIEWS, 46)],
        ids=["T4", "T5", "T2"],
    )
    def test_published_tables_add_up(self, office, parts, total):
        sent = {"labels": [*parts], "numbers": [*parts.values()], "stated": total}
        found = office.manager.asks("POST", "/api/figures/sums", json=sent).json

        assert (found["total"], found["warning"]) == (total, None)
