"""Where on the pages each missing fact of a case is recorded."""

from collections.abc import Mapping

from flask import url_for

from resettle.cases.models import ResettlementCase
from resettle.programmes.facts import Fact

FACTS = "case_papers.facts"
JUDGEMENT = "case_papers.judgement"
CHECKLIST = "case_papers.checklist"
HOME = "placements.place"
SPONSORS = "household_file.homes"

OF_CASE: Mapping[str, str] = {
    **dict.fromkeys(
        (
            Fact.SIZE_MATCHES,
            Fact.SUBCATEGORY,
            Fact.PROGRAMME_YEAR,
            Fact.INTERVIEW_PLANNED,
            Fact.INTERVIEW_HELD,
            Fact.TRAVEL,
            Fact.RECEPTION_LEFT,
            Fact.SUPPORT_OVER,
            Fact.NOMINATION,
            Fact.INTEREST,
            Fact.RELOCATION,
        ),
        FACTS,
    ),
    **dict.fromkeys(
        (
            Fact.CHECKS,
            Fact.APPROVED,
            Fact.APPROVED_IN_PRINCIPLE,
            Fact.DECLINED,
            Fact.MANDATE,
            Fact.ENGLISH,
            Fact.ELIGIBLE,
        ),
        JUDGEMENT,
    ),
    Fact.LODGEMENT: CHECKLIST,
}
OF_HOUSEHOLD: Mapping[str, str] = {
    Fact.ONE_PRINCIPAL: "household_file.people",
    Fact.LOCATION: "households.change",
    Fact.ARRIVAL: "placements.arrival",
    Fact.HOUSE_READY: HOME,
    Fact.HANDOVER: HOME,
    Fact.PLACEMENT: HOME,
    Fact.CASEWORKER: "cases.assign",
    Fact.PLAN_AGREED: "plans.show",
    Fact.EXIT_PLAN: "plans.show",
    Fact.CONSENTS: "household_file.consents",
    Fact.PROPOSED: SPONSORS,
    Fact.ACCEPTED: SPONSORS,
    Fact.HOUSEHOLD_ACCEPTED: SPONSORS,
    Fact.SPONSOR_READY: SPONSORS,
    Fact.CAPACITY: SPONSORS,
    Fact.DEED: SPONSORS,
    Fact.VETTING: SPONSORS,
    Fact.CONTINUITY: SPONSORS,
}


def way_to(case: ResettlementCase, fact: str) -> str | None:
    """Give the address of the page on which a fact is recorded; None where there is no such."""
    if fact in OF_CASE:
        return url_for(OF_CASE[fact], case_id=case.id)
    if fact in OF_HOUSEHOLD:
        return url_for(OF_HOUSEHOLD[fact], household_id=case.household_id)
    return None
