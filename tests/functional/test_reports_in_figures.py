"""What reports of groups tell becomes figures of the evaluation, by its protected path alone."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import Stream
from resettle.reports.models import FamilySection, GroupReport
from resettle.reports.rules import DOMAINS, Said, Stage
from resettle.sponsors.models import ReportDue
from tests.crowds import a_crowd, agrees
from tests.functional.keys import with_keys
from tests.groups import a_deed, a_group

MANAGER = Actor(Role.PROGRAMME_MANAGER, uuid4(), "Hemi")
ARRIVED, DUE = date(2025, 12, 1), date(2025, 12, 15)
SPONSORED = {
    "stream": Stream.CORS,
    "programme_code": "cors",
    "programme_version": 2,
    "location": "LEV",
    "primary_language": "ara",
    "arrived_on": ARRIVED,
    "placed_on": ARRIVED,
}
WELL = dict.fromkeys(DOMAINS, "on_track")


@pytest.fixture
def manager(client_of):
    return with_keys(client_of(MANAGER))


@pytest.fixture
def _reported(transactions):
    """Let 45 households be reported on, of which five did not agree to evaluation.

    Every fourth report first came a day late, every fifth tells of a domain that needs help, and
    in every fourth household both adults rate their support 2.
    """
    with transactions.begin(SYSTEM, "arrange") as uow:
        group = a_group(uow)
        deed = a_deed(uow, group)
        for number, home in enumerate(a_crowd(uow, 45, **SPONSORED)):
            if number < 40:
                agrees(uow, home)
            _is_reported_on(uow, deed, home, number)


def _is_reported_on(uow, deed, home, number):
    about = {"group_id": deed.group_id, "household_id": home.household_id}
    due = uow.add(ReportDue(**about, deed_id=deed.id, code="REP-014", due_on=DUE, accepted_on=DUE))
    first = DUE + timedelta(days=1 if number % 4 == 0 else 0)
    told = {"from_on": ARRIVED, "milestones_met": 1, "minutes": 90, "contacts": 2, "spent_cents": 5}
    about["report_due_id"] = due.id
    returned = GroupReport(**about, **told, edition=1, submitted_on=first, statuses=WELL)
    returned.stage, returned.facts = Stage.RETURNED, "{}"
    now = WELL | {"HOU": "needs_help" if number % 5 == 0 else "done"}
    again = GroupReport(**about, **told, edition=2, submitted_on=date(2026, 1, 5), statuses=now)
    again.stage, again.facts = Stage.ACCEPTED, "{}"
    uow.session.add_all([returned, again])
    for person_id in home.person_ids[:2]:
        rating = 2 if number % 4 == 0 else 4
        said = FamilySection(**about, person_id=person_id, rating=rating, said=Said.INTERPRETER)
        said.said_on, said.comment = DUE, "Danke"
        uow.session.add(said)


def everybody(client, code):
    sent = {"kind": "indicator", "code": code, "audience": "ministry"}
    told = client.post("/api/releases", json=sent).json
    assert told["status"] == "made", told
    return {row["group"]: row for row in told["figures"]["shares"]}["All"]


@pytest.mark.usefixtures("_reported")
class TestReportsInFigures:
    def test_a_report_is_in_time_by_the_day_on_which_it_first_came(self, manager):
        told = everybody(manager, "IND-REPORT-ONTIME")

        # It is told of the programme, so all 45 count; twelve came a day late.
        assert (told["n"], told["met"], told["unknown"]) == (45, 33, 0)

    def test_a_household_is_well_by_the_last_report_that_was_accepted(self, manager):
        told = everybody(manager, "IND-REPORT-WELL")

        # Of the forty whose adults agreed, eight have a domain that needs help.
        assert (told["n"], told["met"], told["unknown"]) == (40, 32, 5)

    def test_families_rate_their_support_by_themselves(self, manager):
        told = everybody(manager, "IND-REPORT-FAMILY")

        assert (told["n"], told["met"], told["unknown"]) == (80, 60, 10)

    def test_they_stand_among_the_indicators_and_are_evidence_for_the_criteria(self, manager):
        everybody(manager, "IND-REPORT-ONTIME")
        page = manager.get("/figures/indicators").text
        judged = manager.post(
            "/api/judgements",
            json={
                "programme": "cors",
                "criterion": "C1",
                "rating": 3,
                "confidence": "medium",
                "reasoning": "Reports came in time.",
                "indicator": ["IND-REPORT-ONTIME"],
            },
        )

        assert "Reports of groups in by the day they were due" in page
        assert "73 % (" in page
        assert judged.status_code == 201, judged.json


@pytest.mark.usefixtures("_reported")
def test_what_is_on_paper_counts_and_what_is_still_to_come_does_not(manager, transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        reports = uow.all(uow.select(ReportDue).order_by(ReportDue.id))
        deed_id, group_id, home_id = (
            getattr(reports[0], name) for name in ("deed_id", "group_id", "household_id")
        )
        about = {"deed_id": deed_id, "group_id": group_id, "household_id": home_id}
        uow.add(ReportDue(**about, code="REP-030", due_on=date(2026, 2, 1), submitted_on=DUE))
        uow.add(ReportDue(**about, code="REP-090", due_on=date(2026, 2, 28)))
        uow.add(ReportDue(**about, code="REP-365", due_on=date(2026, 12, 1)))

    told = everybody(manager, "IND-REPORT-ONTIME")

    assert (told["n"], told["met"]) == (47, 34)
