"""Whether the principal applicant of a case meets the rules of its programme, and why."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.cases.models import ResettlementCase
from resettle.cases.papers import EligibilityFacts
from resettle.core.work import UnitOfWork
from resettle.households.models import MemberRole
from resettle.households.queries import Stay, people_at_home
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.eligibility import Applicant, Finding, assess, is_eligible

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One rule, whether it is met (None: not known yet), and the sentence that says why."""

    household_id: UUID
    code: str
    title: str
    met: bool | None
    explanation: str
    decline_reason: str | None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What the rules say of the principal applicant, as of a day."""

    household_id: UUID
    judged_on: date
    met: bool | None
    rules: tuple[Judgement, ...]


def known_of_applicant(uow: UnitOfWork, case_id: UUID) -> EligibilityFacts:
    """Fetch the facts that every case has from its opening."""
    query = uow.select(EligibilityFacts).where(EligibilityFacts.case_id == case_id)
    found = uow.first(query)
    assert found is not None, "a case is opened with the facts of its applicant"
    return found


def of_case(uow: UnitOfWork, case: ResettlementCase) -> Eligibility:
    """Judge the principal applicant by the rules of the case's programme.

    Age counts on the day of lodging, so that waiting for the decision costs nobody a place.
    """
    day = case.lodged_on or uow.today
    programme = uow.use(Catalogue).get(case.programme_code, case.programme_version)
    findings = assess(programme, _applicant(uow, case), day)
    judged = tuple(_judgement(case.household_id, finding) for finding in findings)
    return Eligibility(case.household_id, day, is_eligible(findings), judged)


def _judgement(household_id: UUID, finding: Finding) -> Judgement:
    rule = finding.rule
    declined = rule.decline_reason if finding.met is False else None
    return Judgement(
        household_id, rule.code, rule.title, finding.met, finding.explanation, declined
    )


def _applicant(uow: UnitOfWork, case: ResettlementCase) -> Applicant:
    known = known_of_applicant(uow, case.id)
    principal = _principal(uow, case.household_id)
    return Applicant(
        born=None if principal is None else principal.born_on,
        mandated=answered(known.mandate_confirmed),
        basic_english=known.basic_english,
        work_years=known.work_years,
        tertiary_years=known.tertiary_years,
        other_category=answered(known.other_category),
        country_iso3=known.asylum_country,
        region_accepted=answered(known.region_accepted),
    )


def answered(text: str | None) -> bool | None:
    """Read a yes or no that was sealed."""
    return None if text is None else text == YES


def _principal(uow: UnitOfWork, household_id: UUID) -> Stay | None:
    home = people_at_home(uow, household_id, uow.today)
    return next((stay for stay in home if stay.role is MemberRole.PRINCIPAL), None)
