"""Scenario 28: the same data under the outcomes of 2013 and of 2023, and nothing entered twice."""

from datetime import date

from resettle.core.actor import SYSTEM
from tests.crowds import a_crowd, agrees, has_met

IN_TIME = date(2025, 7, 9)
NAMES = {
    "NZRRS-2013": {
        "Self-sufficiency",
        "Housing",
        "Education",
        "Health and wellbeing",
        "Participation",
    },
    "NZRRS-2023": {
        "Employment and Self-Sufficiency",
        "Housing",
        "Education, Training and English Language",
        "Health and Wellbeing",
        "Participation and Inclusion",
    },
}


class TestTwoFrameworks:
    def test_it(self, office, transactions):
        self.forty_families_are_on_record(transactions)
        office.on(date(2026, 3, 2))
        sent = {"kind": "indicator", "code": "IND-GP-14d", "audience": "ministry"}
        told = office.manager.post("/api/releases", **sent)

        listed = {year: self.listed(office, year) for year in NAMES}

        for year, names in NAMES.items():
            assert {row["outcome"] for row in listed[year]} == names | {"How the programme works"}
        found = {year: self.of(listed[year], "IND-GP-14d") for year in NAMES}
        assert found["NZRRS-2013"]["outcome"] == "Health and wellbeing"
        assert found["NZRRS-2023"]["outcome"] == "Health and Wellbeing"
        assert found["NZRRS-2013"]["release"] == found["NZRRS-2023"]["release"]
        assert found["NZRRS-2013"]["release"]["id"] == told["id"]
        everybody = told["figures"]["shares"][-1]
        assert (everybody["n"], everybody["met"], everybody["percent"]) == (160, 120, 75)

    def forty_families_are_on_record(self, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for number, home in enumerate(a_crowd(uow, 40)):
                agrees(uow, home)
                has_met(uow, home, "HEA-01", IN_TIME if number % 4 else None)

    def listed(self, office, year):
        return office.manager.items(f"/api/figures/indicators?framework={year}")

    def of(self, rows, code):
        return next(row for row in rows if row["code"] == code)
