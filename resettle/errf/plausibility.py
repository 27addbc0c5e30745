"""What UNHCR's receiving States would accept and a caseworker should look at before importing.

Two of these are errors all the same, since no register of people can hold them: a birth that is
still to come, and an age that nobody has reached.
"""

from collections.abc import Callable, Iterator
from datetime import date

from resettle.errf import codes
from resettle.errf.findings import Finding, finding
from resettle.errf.records import Case, Individual
from resettle.errf.values import age_on

MAX_AGE = 120
ADULT = 18


def of_case(case: Case, today: date | None) -> Iterator[Finding]:
    """Look at a case; what depends on the day is left out if no day is given."""
    for rule in _RULES:
        yield from rule(case)
    if today is not None:
        yield from birth_dates(case, today)
        yield from young_applicant(case, today)


def birth_dates(case: Case, today: date) -> Iterator[Finding]:
    people = [(one.label, one.birth_date, "the birth") for one in case.individuals]
    people += [
        (one.individual_id or one.refers_to, one.birth_date, "a relative's birth")
        for one in case.relatives
        if one.deceased is not True
    ]
    for label, born, whose in people:
        if born is not None and not 0 <= age_on(today, born) <= MAX_AGE:
            what = "lies in the future" if born > today else f"is more than {MAX_AGE} years ago"
            yield finding(
                "birth-date-implausible",
                label,
                "DateofBirth",
                born.isoformat(),
                f"According to the file {whose} of {label} {what}: ask UNHCR for the right date.",
            )


def young_applicant(case: Case, today: date) -> Iterator[Finding]:
    for one in case.principal_applicants:
        if one.birth_date is not None and 0 <= age_on(today, one.birth_date) < ADULT:
            yield finding(
                "pa-minor",
                one.label,
                "DateofBirth",
                one.birth_date.isoformat(),
                f"The principal applicant {one.label} is {age_on(today, one.birth_date)} years "
                "old: check that this is right, and who is responsible for the child.",
            )


def missing_birth_dates(case: Case) -> Iterator[Finding]:
    for one in case.individuals:
        if one.birth_date is None and one.guid:
            yield finding(
                "birth-date-missing",
                one.label,
                "DateofBirth",
                "",
                f"{one.label} has no date of birth: ask the family, since school, health and "
                "benefits depend on it.",
            )


def date_order(case: Case) -> Iterator[Finding]:
    for one in case.individuals:
        for field, day in (
            ("ArrivalDate", one.arrival_date),
            ("RegistrationDate", one.registration_date),
        ):
            if day is not None and one.birth_date is not None and day < one.birth_date:
                yield _too_early(one.label, field, day)
    for relative in case.relatives:
        died, born = relative.deceased_on, relative.birth_date
        if died is not None and born is not None and died < born:
            yield _too_early(relative.individual_id or relative.refers_to, "DeceasedDate", died)


def _too_early(label: str, field: str, day: date) -> Finding:
    return finding(
        "date-order",
        label,
        field,
        day.isoformat(),
        f"{field} of {label} lies before the date of birth: one of the two is wrong, or estimated.",
    )


def countries(case: Case) -> Iterator[Finding]:
    for one in case.individuals:
        for field, code in _countries_of(one):
            place = codes.country(code)
            if place.unmapped and codes.is_known("CountryCode", code):
                yield finding(
                    "country-unmapped",
                    one.label,
                    field,
                    code,
                    f"{field} of {one.label} is {codes.text('CountryCode', code)} ({code}), which "
                    "has no ISO code: UNHCR's code is kept, ask which country's papers they hold.",
                )


def _countries_of(one: Individual) -> tuple[tuple[str, str], ...]:
    return (
        ("BirthCountryCode", one.birth_country),
        ("OriginCountryCode", one.origin_country),
        ("AsylumCountryCode", one.asylum_country),
        ("NationalityCode", one.nationality),
    )


def languages(case: Case) -> Iterator[Finding]:
    for one in case.languages:
        spoken = codes.language(one.language)
        if spoken.unmapped and spoken.label:
            who = one.individual_id or one.refers_to
            yield finding(
                "language-unmapped",
                who,
                "LanguageCode",
                one.language,
                f"{who} speaks {spoken.label} ({one.language}), for which no ISO code is known "
                "here: UNHCR's code is kept, ask the family before booking an interpreter.",
            )


def addresses_beyond_form(case: Case) -> Iterator[Finding]:
    """Form 3 has room for one address a case; more are read all the same."""
    count = len(case.addresses)
    if count > 1 and not any(one.guid for one in case.individuals):
        yield finding(
            "record-beyond-form",
            case.label,
            "dataAddress",
            str(count),
            f"{case.label} has {count} addresses, and form 3 has room for one: all were read, "
            "check which are current.",
        )


_RULES: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    missing_birth_dates,
    date_order,
    countries,
    languages,
    addresses_beyond_form,
)
