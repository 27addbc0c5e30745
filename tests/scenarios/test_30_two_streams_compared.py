"""Scenario 30: sponsorship beside the quota on paid work, with what such a comparison is not."""

from datetime import date, timedelta

from resettle.core.actor import SYSTEM
from resettle.households.models import Stream
from resettle.statuses.models import PersonStatus
from tests.crowds import ARRIVED, a_crowd, agrees, has_met

WITHIN_SIX_MONTHS, LATER = date(2025, 12, 1), date(2026, 2, 1)
CORS = {"stream": Stream.CORS, "programme_code": "cors", "programme_version": 2}
WARNING = "A raw difference between the two is not an effect."
FIRST_JOB = {"code": "EMP-05", "audience": "ministry"}


class TestTwoStreamsCompared:
    def test_it(self, office, transactions):
        self.families_of_both_streams_are_on_record(transactions)
        office.on(date(2026, 3, 2))

        told = office.manager.post(
            "/api/releases", kind="indicator", code="IND-JOB-6", audience="ministry"
        )

        shares = {row["group"]: row for row in told["figures"]["shares"]}
        assert WARNING in told["figures"]["warning"]
        assert (shares["Quota"]["n"], shares["Quota"]["met"]) == (80, 20)
        assert (shares["Sponsored"]["n"], shares["Sponsored"]["met"]) == (60, 30)
        assert (shares["Quota"]["percent"], shares["Sponsored"]["percent"]) == (25, 50)
        assert shares["Sponsored"]["low"] < 50 < shares["Sponsored"]["high"]
        assert told["definition"]["denominator"].startswith("persons of working age")

    def test_at_the_point_itself_both_denominators_and_who_is_not_known_are_told(
        self, office, transactions
    ):
        """Of the quota 80 agreed and 70 were asked, of the sponsored 60 and all of them."""
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            for homes, facts, asked in ((40, {}, 35), (30, CORS, 30)):
                for number, home in enumerate(a_crowd(uow, homes, size=2, **facts)):
                    agrees(uow, home)
                    if number < asked:
                        self.is_asked(uow, home, works=number % (2 if facts else 5) == 0)
        office.on(date(2026, 3, 2))

        told = office.manager.post(
            "/api/releases", kind="indicator", code="IND-EMP-6", audience="ministry"
        )

        shares = {
            row["group"]: (row["n"], row["met"], row["percent"], row["unknown"])
            for row in told["figures"]["shares"]
        }
        assert WARNING in told["figures"]["warning"]
        assert shares == {
            "Quota": (70, 14, 20, 10),
            "Sponsored": (60, 30, 50, 0),
            "All": (130, 44, 34, 10),
        }
        assert told["definition"]["official"] == "SI-1"

    def is_asked(self, uow, home, *, works):
        point = ARRIVED + timedelta(days=183)
        for person_id in home.person_ids:
            row = PersonStatus(person_id=person_id, kind="work", from_on=point, known_on=point)
            row.code = "employed_ft" if works else "studying"
            uow.session.add(row)

    def test_on_the_page_both_denominators_stand_beside_the_warning(self, office, transactions):
        self.families_of_both_streams_are_on_record(transactions)
        office.on(date(2026, 3, 2))
        told = office.manager.post(
            "/api/releases", kind="indicator", code="IND-JOB-6", audience="ministry"
        )

        page = office.manager.asks("GET", f"/figures/{told['id']}").text

        assert WARNING in page
        assert all(f">{number}<" in page for number in (80, 60))

    def test_on_one_clock_the_curves_carry_the_warning_and_how_many_are_behind_each(
        self, office, transactions
    ):
        self.families_of_both_streams_are_on_record(transactions)
        office.on(date(2026, 3, 2))

        figures = office.manager.post("/api/releases", kind="survival", **FIRST_JOB)["figures"]

        assert WARNING in figures["warning"]
        assert {name: group["n"] for name, group in figures["groups"].items()} == {
            "Quota": 80,
            "Sponsored": 60,
        }

    def families_of_both_streams_are_on_record(self, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            quota, sponsored = a_crowd(uow, 40, size=2), a_crowd(uow, 30, size=2, **CORS)
            homes = [(home, 4, number) for number, home in enumerate(quota)]
            homes += [(home, 2, number) for number, home in enumerate(sponsored)]
            for home, each, number in homes:
                agrees(uow, home)
                has_met(uow, home, "EMP-05", LATER if number % each else WITHIN_SIX_MONTHS)
