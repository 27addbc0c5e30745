"""What was found in a file, as JSON for programs and as text for people."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from resettle.errf import codes
from resettle.errf.checking import Checked
from resettle.errf.findings import Finding
from resettle.errf.records import Case, Individual, Submission, Version, by_person

Shape = dict[str, Any]


def as_json(checked: Checked) -> Shape:
    submission = checked.submission
    return {
        "errors": [_finding(one) for one in checked.errors],
        "warnings": [_finding(one) for one in checked.warnings],
        "cases": [_case(one, submission) for one in submission.cases],
    }


def as_text(checked: Checked) -> str:
    """Say it in lines: what the file holds, then the errors, then the warnings."""
    return "\n".join(_lines(checked))


def _lines(checked: Checked) -> Iterator[str]:
    submission = checked.submission
    people = sum(len(case.individuals) for case in submission.cases)
    cases = len(submission.cases)
    yield (
        f"Form {submission.version}: {_count(cases, 'case', 'cases')}, "
        f"{_count(people, 'individual', 'individuals')}."
    )
    yield from _section("error", "errors", checked.errors)
    yield from _section("warning", "warnings", checked.warnings)


def _section(one: str, many: str, findings: Sequence[Finding]) -> Iterator[str]:
    yield f"{_count(len(findings), one, many)}{':' if findings else '.'}"
    for found in findings:
        yield f"  {found.message} [{found.rule}]"


def _count(number: int, one: str, many: str) -> str:
    return f"{number or 'No'} {one if number == 1 else many}"


def _finding(found: Finding) -> Shape:
    return {
        "rule": found.rule,
        "record": found.record,
        "field": found.field,
        "value": found.value,
        "message": found.message,
    }


def _case(case: Case, submission: Submission) -> Shape:
    version = submission.version
    resettlement = case.resettlement
    return {
        "number": case.number,
        "size": case.size,
        "version": version.value,
        "code_system": submission.code_system,
        "submission_category_1": resettlement.category if resettlement else "",
        "submission_category_2": resettlement.second_category if resettlement else "",
        "submission_priority": resettlement.priority if resettlement else "",
        "members": _members(case, submission),
        "relatives": [
            {
                "of": one.individual_id,
                "family_name": one.family_name,
                "given_name": one.given_name,
                "relationship": _coded("RelationshipCode", one.relationship, version),
                "residence_country": _country(one.residence_country, submission.code_system),
                "deceased": one.deceased,
            }
            for one in case.relatives
        ],
        "cross_references": [
            {"from": one.from_number, "to": one.to_number} for one in case.cross_references
        ],
    }


def _members(case: Case, submission: Submission) -> list[Shape]:
    version, system = submission.version, submission.code_system
    photos, languages = by_person(case.photographs), by_person(case.languages)
    needs, addresses = by_person(case.vulnerabilities), by_person(case.addresses)
    return [
        {
            **_individual(one, submission),
            "photos": len([photo for photo in photos[one.key] if photo.image]),
            "languages": [_language(spoken.language, system) for spoken in languages[one.key]],
            "specific_needs": [
                _coded("VulnerabilityCode", need.code, version) for need in needs[one.key]
            ],
            "addresses": [
                {
                    "type": codes.official("AddressTypeCode", address.type, version),
                    "country": _country(address.country, system),
                }
                for address in addresses[one.key]
            ],
        }
        for one in case.individuals
    ]


def _individual(one: Individual, submission: Submission) -> Shape:
    system = submission.code_system
    return {
        "id": one.id,
        "guid": one.guid,
        "family_name": one.family_name,
        "given_name": one.given_name,
        "relationship": _coded("RelationshipCode", one.relationship, submission.version),
        "sex": one.sex,
        "birth_date": _day(one.birth_date),
        "birth_date_estimated": one.birth_date_estimated,
        "nationality": _country(one.nationality, system),
        "birth_country": _country(one.birth_country, system),
        "origin_country": _country(one.origin_country, system),
        "asylum_country": _country(one.asylum_country, system),
    }


def _coded(table: str, code: str, version: Version) -> Shape:
    return {"code": code, "text": codes.text(table, code, version)}


def _country(code: str, system: str) -> Shape:
    place = codes.country(code)
    return {
        "iso3": place.iso3,
        "stateless": place.stateless,
        "source_code": place.source_code,
        "code_system": system,
    }


def _language(code: str, system: str) -> Shape:
    spoken = codes.language(code)
    return {
        "iso639_3": spoken.iso639_3,
        "label": spoken.label,
        "source_code": spoken.source_code,
        "code_system": system,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
