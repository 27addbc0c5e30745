"""How the records of a submission hang together: keys that repeat, and keys that lead nowhere."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from resettle.errf.findings import CORRECTED, Faulty, Finding, finding
from resettle.errf.records import Case, OfIndividual, Submission

K = TypeVar("K", bound=Hashable)


def duplicate_cases(submission: Submission) -> Iterator[Finding]:
    for number in _repeated(case.number for case in submission.cases):
        yield finding(
            "duplicate-id",
            number,
            "ProcessingGroupNumber",
            number,
            f"Two cases of the file have the number {number}: {CORRECTED}.",
        )


def duplicate_individuals(submission: Submission) -> Iterator[Finding]:
    """No ID and no GUID may stand for two people, in one case or in two."""
    people = [one for case in submission.cases for one in case.individuals]
    ids = [(one.id, one.label) for one in people]
    guids = [(one.guid.casefold(), one.label) for one in people]
    for field, keys in (("IndividualID", ids), ("IndividualGUID", guids)):
        labels = dict(reversed(keys))
        for value in _repeated(key for key, _ in keys):
            yield finding(
                "duplicate-id",
                labels[value],
                field,
                value,
                f"{field} {value} stands for two individuals: {CORRECTED}.",
            )


def orphans(case: Case, _faulty: Faulty) -> Iterator[Finding]:
    """Ask that every record is about someone who is in the case, if anyone is."""
    known = {one.key for one in case.individuals}
    for tag, record in _records(case):
        key = record.refers_to
        if known and key and key.casefold() not in known:
            yield finding(
                "orphan-record",
                key,
                tag,
                key,
                f"A {tag} of {case.label} is about {key}, who is not in the case: {CORRECTED}.",
            )


def duplicate_guids(case: Case, _faulty: Faulty) -> Iterator[Finding]:
    found = Counter((tag, one.guid.casefold()) for tag, one in _records(case) if one.guid)
    found.update(
        ("dataProcessGroupCrossReference", one.guid.casefold())
        for one in case.cross_references
        if one.guid
    )
    for tag, guid in _repeated(found.elements()):
        yield finding(
            "duplicate-id",
            case.label,
            tag,
            guid,
            f"Two {tag} of {case.label} have the GUID {guid}: {CORRECTED}.",
        )


def duplicate_cross_references(case: Case, _faulty: Faulty) -> Iterator[Finding]:
    pairs = (f"{one.from_number} to {one.to_number}" for one in case.cross_references)
    for pair in _repeated(pairs):
        yield finding(
            "duplicate-cross-reference",
            case.label,
            "dataProcessGroupCrossReference",
            pair,
            f"The cross-reference {pair} stands twice in {case.label}: {CORRECTED}.",
        )


def duplicate_documents(case: Case, _faulty: Faulty) -> Iterator[Finding]:
    for number in _repeated(one.number for one in case.documents):
        yield finding(
            "duplicate-document",
            case.label,
            "DocumentNumber",
            number,
            f"Two documents of {case.label} have the number {number}: {CORRECTED}.",
        )


def duplicate_needs(case: Case, _faulty: Faulty) -> Iterator[Finding]:
    needs = (
        (one.individual_id, one.code)
        for one in case.vulnerabilities
        if one.individual_id and one.code
    )
    for who, code in _repeated(needs):
        yield finding(
            "duplicate-need",
            who,
            "VulnerabilityCode",
            code,
            f"The specific need {code} of {who} stands twice: {CORRECTED}.",
        )


def one_education_each(case: Case) -> Iterator[Finding]:
    """Form 3 has one education record a person at most."""
    for who in _repeated(one.individual_id for one in case.educations):
        yield finding(
            "element-repeated",
            who,
            "dataEducation",
            "",
            f"{who} has more than one education record, and form 3 allows one: {CORRECTED}.",
        )


def group_entries(case: Case) -> Iterator[Finding]:
    """Everyone has exactly one group entry, and it names the GUID of this case."""
    counts = Counter(entry.refers_to.casefold() for entry in case.group_entries)
    repeated = set(_repeated(one.key for one in case.individuals))
    for one in case.individuals:
        entries = counts[one.key]
        if entries != 1 and one.key not in repeated and one.key:
            yield finding(
                "group-membership",
                one.label,
                "dataIndividualProcessGroup",
                str(entries),
                f"{one.label} must have exactly one dataIndividualProcessGroup, and has "
                f"{entries or 'none'}: {CORRECTED}.",
            )


def foreign_entries(case: Case) -> Iterator[Finding]:
    for entry in case.group_entries:
        guid = entry.group_guid
        if guid and case.guid and guid.casefold() != case.guid.casefold():
            who = entry.individual_id or entry.refers_to
            yield finding(
                "group-guid",
                who,
                "ProcessingGroupGUID",
                guid,
                f"The group entry of {who} names another case than {case.label}: {CORRECTED}.",
            )


def _records(case: Case) -> Iterator[tuple[str, OfIndividual]]:
    yield from ((tag, one) for tag, records in _kinds(case) for one in records)


def _kinds(case: Case) -> Iterable[tuple[str, tuple[OfIndividual, ...]]]:
    return (
        ("dataIndividualProcessGroup", case.group_entries),
        ("dataAddress", case.addresses),
        ("dataContact", case.contacts),
        ("dataAlias", case.aliases),
        ("dataEducation", case.educations),
        ("dataEmployment", case.employments),
        ("dataIndividualRelatives", case.relatives),
        ("dataLanguage", case.languages),
        ("dataPhotograph", case.photographs),
        ("dataResettlement", case.resettlements),
        ("dataVulnerability", case.vulnerabilities),
        ("dataDocument", case.documents),
    )


def _repeated(values: Iterable[K]) -> list[K]:
    return [value for value, count in Counter(values).items() if count > 1 and value]
