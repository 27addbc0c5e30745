"""What a case must be: its number and size, its principal applicant, everyone's relationship.

These are the rules of UNHCR's receiving States; a file that breaks one is not imported. `faulty`
holds what already has a finding, so that one fault is told once.
"""

from collections.abc import Callable, Iterator

from resettle.errf import links
from resettle.errf.findings import CORRECTED, Faulty, Finding, finding
from resettle.errf.records import PRINCIPAL_APPLICANT, Case, Submission, Version

SUBMISSION = "submission"
SINGLE = "Single Submission"
GROUP = "Group Submission"
MIN_NUMBER = 4
MAX_NAMED = 5

_RELATIONSHIP = "RelationshipToPrincipalRepresentative"


def of_submission(submission: Submission) -> Iterator[Finding]:
    yield from batch_count(submission)
    yield from links.duplicate_cases(submission)
    yield from links.duplicate_individuals(submission)


def of_case(case: Case, version: Version, faulty: Faulty) -> Iterator[Finding]:
    for rule in _CASE_RULES:
        yield from rule(case, faulty)
    if version is Version.V3:
        yield from links.one_education_each(case)
    else:
        yield from links.group_entries(case)
        yield from links.foreign_entries(case)
        yield from registration_dates(case, faulty)


def batch_count(submission: Submission) -> Iterator[Finding]:
    """Ask that the mark on the file agrees with the number of its cases."""
    count = len(submission.cases)
    expected = SINGLE if count == 1 else GROUP
    if not count:
        message = f"The file holds no case: {CORRECTED}."
    elif submission.indicator != expected:
        message = (
            f"A file with {count} case(s) must be marked '{expected}', and this one is marked "
            f"'{submission.indicator[:40]}': find out whether cases are missing, and {CORRECTED}."
        )
    elif submission.version is Version.V3 and count > 1:
        message = f"A file of form 3 holds one case, and this one holds {count}: {CORRECTED}."
    else:
        return
    yield finding(
        "batch-count", SUBMISSION, "GroupIndividualIndicator", submission.indicator, message
    )


def group_number(case: Case, faulty: Faulty) -> Iterator[Finding]:
    field = "ProcessingGroupNumber"
    told = {(case.label, field), (case.label, "dataProcessGroup")} & faulty
    if len(case.number) < MIN_NUMBER and not told:
        reason = "is shorter than four characters" if case.number else "is empty"
        yield finding(
            "group-number",
            case.label,
            field,
            case.number,
            f"The number of {case.label} {reason}: {CORRECTED}.",
        )


def group_size(case: Case, _faulty: Faulty) -> Iterator[Finding]:
    people = len(case.individuals)
    if case.size is not None and people and case.size != people:
        yield finding(
            "group-size",
            case.label,
            "ProcessingGroupSize",
            str(case.size),
            f"The size of {case.label} is given as {case.size}, and the file holds {people} "
            f"individual(s): find out who is missing or too many, and {CORRECTED}.",
        )


def one_principal_applicant(case: Case, _faulty: Faulty) -> Iterator[Finding]:
    applicants = case.principal_applicants
    if len(applicants) == 1 or not case.individuals:
        return
    names = ", ".join(one.label for one in applicants[:MAX_NAMED])
    what = f"{len(applicants)} ({names})" if applicants else "none"
    yield finding(
        "one-principal-applicant",
        case.label,
        _RELATIONSHIP,
        names,
        f"{case.label} must have exactly one principal applicant (code PA), and has {what}: "
        f"{CORRECTED}.",
    )


def applicant_dates(case: Case, faulty: Faulty) -> Iterator[Finding]:
    """Ask for the days of the principal applicant's registration and arrival."""
    for one in case.principal_applicants:
        for rule, field, day in (
            ("pa-registration-date", "RegistrationDate", one.registration_date),
            ("pa-arrival-date", "ArrivalDate", one.arrival_date),
        ):
            if day is None and (one.label, field) not in faulty:
                yield finding(
                    rule,
                    one.label,
                    field,
                    "",
                    f"{field} of the principal applicant {one.label} is empty: {CORRECTED}.",
                )


def applicant_address(case: Case, _faulty: Faulty) -> Iterator[Finding]:
    """Ask for exactly one address in the country of asylum, of the (first) applicant."""
    for one in case.principal_applicants[:1]:
        types = [
            address.type
            for address in case.addresses
            if address.refers_to.casefold() == one.key and address.type.casefold() == "coa"
        ]
        if len(types) != 1:
            yield finding(
                "pa-coa-address",
                one.label,
                "AddressType",
                ", ".join(types),
                f"The principal applicant {one.label} must have exactly one address of type CoA "
                f"(country of asylum, current), and has {len(types) or 'none'}: {CORRECTED}.",
            )


def relationships(case: Case, faulty: Faulty) -> Iterator[Finding]:
    """Ask for everyone's relationship; who has no group entry is told by another rule."""
    entries = {entry.refers_to.casefold() for entry in case.group_entries}
    for one in case.individuals:
        stated = one.relationship or (one.label, _RELATIONSHIP) in faulty
        if not stated and (not one.guid or one.key in entries):
            yield finding(
                "relationship-missing",
                one.label,
                _RELATIONSHIP,
                "",
                f"The relationship of {one.label} to the principal applicant is empty: "
                f"{CORRECTED}.",
            )


def telephones(case: Case, _faulty: Faulty) -> Iterator[Finding]:
    """Ask for the number of each address of type TEL, in LocationLevel6."""
    for address in case.addresses:
        if address.type.casefold() == "tel" and not address.level6:
            who = address.individual_id or address.refers_to
            yield finding(
                "telephone-missing",
                who,
                "LocationLevel6",
                "",
                f"An address of {who} is a telephone (TEL) and has no number in LocationLevel6: "
                f"{CORRECTED}.",
            )


def registration_dates(case: Case, faulty: Faulty) -> Iterator[Finding]:
    """From form 4 on everyone has a registration date, not only the principal applicant."""
    for one in case.individuals:
        applicant = one.relationship == PRINCIPAL_APPLICANT
        told = (one.label, "RegistrationDate") in faulty
        if one.registration_date is None and not applicant and not told:
            yield finding(
                "field-empty",
                one.label,
                "RegistrationDate",
                "",
                f"RegistrationDate of {one.label} is empty: {CORRECTED}.",
            )


_CASE_RULES: tuple[Callable[[Case, Faulty], Iterator[Finding]], ...] = (
    group_number,
    group_size,
    one_principal_applicant,
    applicant_dates,
    applicant_address,
    relationships,
    telephones,
    links.orphans,
    links.duplicate_guids,
    links.duplicate_cross_references,
    links.duplicate_documents,
    links.duplicate_needs,
)
