"""Whether a principal applicant meets a programme's rules, each answer with its reason in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from resettle.programmes.blocks import EligibilityRule, RuleKind
from resettle.programmes.definition import Programme
from resettle.programmes.terms import age_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """What is known of the principal applicant; None is what nobody has answered yet."""

    born: date | None = None
    mandated: bool | None = None
    basic_english: bool | None = None
    work_years: int | None = None
    tertiary_years: int | None = None
    other_category: bool | None = None
    country_iso3: str | None = None
    region_accepted: bool | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """`met` is None while the answer is not known; a rule that is not in force has no finding."""

    rule: EligibilityRule
    met: bool | None
    explanation: str


Answer = tuple[bool | None, str]


def assess(programme: Programme, applicant: Applicant, day: date) -> tuple[Finding, ...]:
    """Find for each rule in force on the day whether it is met."""
    rules = (rule for rule in programme.eligibility if rule.effective.covers(day))
    return tuple(Finding(rule, *_ANSWERS[rule.kind](rule, applicant, day)) for rule in rules)


def is_eligible(findings: tuple[Finding, ...]) -> bool | None:
    """All rules met; not, where one is not; None where only answers are lacking."""
    if any(finding.met is False for finding in findings):
        return False
    return None if any(finding.met is None for finding in findings) else True


def _age(rule: EligibilityRule, applicant: Applicant, day: date) -> Answer:
    if applicant.born is None:
        return None, "The date of birth is not known yet."
    age = age_on(applicant.born, day)
    wanted = f"the programme takes principal applicants aged {rule.youngest} to {rule.oldest}"
    met = (rule.youngest or 0) <= age <= (rule.oldest or age)
    return met, f"Aged {age} on {day:%-d %B %Y}; {wanted}, both ages included."


def _mandated(_: EligibilityRule, applicant: Applicant, __: date) -> Answer:
    return applicant.mandated, _told(
        applicant.mandated,
        "UNHCR has confirmed the refugee mandate.",
        "UNHCR does not confirm the refugee mandate.",
        "UNHCR has not said yet whether this is a mandated refugee.",
    )


def _english(_: EligibilityRule, applicant: Applicant, __: date) -> Answer:
    return applicant.basic_english, _told(
        applicant.basic_english,
        "Can read, understand and answer basic questions in English.",
        "Cannot yet read, understand and answer basic questions in English.",
        "English has not been assessed yet.",
    )


def _work_or_study(rule: EligibilityRule, applicant: Applicant, _: date) -> Answer:
    enough = (
        _enough(applicant.work_years, rule.work_years),
        _enough(applicant.tertiary_years, rule.tertiary_years),
    )
    met = True if True in enough else None if None in enough else False
    told = (
        f"{_years(applicant.work_years)} of work and {_years(applicant.tertiary_years)} of"
        f" tertiary study; {_years(rule.work_years)} of work are needed, or a qualification of"
        f" at least {_years(rule.tertiary_years)} of study."
    )
    return met, told[0].upper() + told[1:]


def _no_other_category(_: EligibilityRule, applicant: Applicant, __: date) -> Answer:
    met = None if applicant.other_category is None else not applicant.other_category
    return met, _told(
        met,
        "No other residence category is open to the applicant.",
        "Another residence category, such as family support, is open to the applicant.",
        "It is not known yet whether another residence category is open to the applicant.",
    )


def _country(rule: EligibilityRule, applicant: Applicant, _: date) -> Answer:
    if applicant.country_iso3 is None:
        return None, "The country in which the applicant lives is not known yet."
    left_out = ", ".join(rule.countries)
    met = applicant.country_iso3 not in rule.countries
    verdict = "is not one of those" if met else "is one of those"
    return met, f"Lives in {applicant.country_iso3}, which {verdict} left out ({left_out})."


def _region(_: EligibilityRule, applicant: Applicant, __: date) -> Answer:
    return applicant.region_accepted, _told(
        applicant.region_accepted,
        "Lives in a region that the programme takes people from.",
        "Lives outside the regions that the programme takes people from.",
        "It is not known yet whether the programme takes people from that region.",
    )


_ANSWERS: Mapping[RuleKind, Callable[[EligibilityRule, Applicant, date], Answer]] = {
    RuleKind.AGE: _age,
    RuleKind.MANDATED: _mandated,
    RuleKind.BASIC_ENGLISH: _english,
    RuleKind.WORK_OR_STUDY: _work_or_study,
    RuleKind.NO_OTHER_CATEGORY: _no_other_category,
    RuleKind.COUNTRY_EXCLUDED: _country,
    RuleKind.REGION_ACCEPTED: _region,
}


def _told(answer: bool | None, yes: str, no: str, unknown: str) -> str:  # noqa: FBT001  # a fact
    return unknown if answer is None else yes if answer else no


def _enough(years: int | None, needed: int | None) -> bool | None:
    return None if years is None else years >= (needed or 0)


def _years(years: int | None) -> str:
    if years is None:
        return "an unknown number of years"
    return "1 year" if years == 1 else f"{years} years"
