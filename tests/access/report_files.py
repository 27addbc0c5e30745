"""What lies in the reports of sponsor groups, each text a canary."""

import json
from dataclasses import replace

from resettle.core.classes import DataClass
from resettle.core.work import UnitOfWork
from resettle.reports.facts import Facts, Met
from resettle.reports.models import FamilySection, GroupReport, ReportComment
from resettle.reports.rules import Said
from resettle.sponsors.models import ReportDue
from tests.access.canaries import Canaries
from tests.access.files import DAY, Ids

FACTS = ("facts", "sentences")
NOTHING = Facts(
    **dict.fromkeys(("from_on", "to_on"), str(DAY)),
    **dict.fromkeys(("persons", "joined", "left"), 0),
    **dict.fromkeys(("received", "in_kind", "spent", "spent_since", "at_hand"), 0),
    **dict.fromkeys(("contacts", "minutes"), 0),
    **dict.fromkeys(("lives_since", "tenancy_to")),
    met=[],
    late={},
    moved=False,
)


def _text(canaries: Canaries, mark: tuple[str, str, str], column: str) -> str:
    return canaries.make(*mark, column, DataClass.PLAN)


def reported(
    uow: UnitOfWork, canaries: Canaries, name: str, due: ReportDue, people: dict[str, Ids]
) -> Ids:
    """Plant a report that waits to be read, with a comment; and what two adults say."""
    about = {"group_id": due.group_id, "household_id": due.household_id}
    report = GroupReport(
        report_due_id=due.id,
        edition=1,
        from_on=DAY,
        submitted_on=DAY,
        statuses={"HOU": "at_risk"},
        milestones_met=0,
        spent_cents=0,
        minutes=0,
        contacts=0,
        **about,
    )
    canaries.fill(report, name, keep=FACTS)
    mark = (name, "", "group_report")
    found = replace(NOTHING, met=[Met("HOU-01", _text(canaries, mark, "facts"), "HOU", str(DAY))])
    report.facts = json.dumps(found.frozen)
    report.sentences = json.dumps({"HOU": _text(canaries, mark, "sentences")})
    uow.add(report)
    comment = ReportComment(group_report_id=report.id, household_id=due.household_id, line="HOU")
    uow.add(canaries.fill(comment, name))
    for who in ("first", "spouse"):
        person_id = people[who]["person_id"]
        section = FamilySection(
            report_due_id=due.id, person_id=person_id, rating=4, said_on=DAY, **about
        )
        section.said, section.shared = Said.INTERPRETER, who == "first"
        uow.add(canaries.fill(section, name, who))
    return {"report_due_id": due.id, "group_report_id": report.id}
