"""All that a case file tells of one person, brought together from its many lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from resettle.errf.records import (
    Address,
    Alias,
    Case,
    Contact,
    Document,
    Education,
    Employment,
    Individual,
    Language,
    Photograph,
    Relative,
    Version,
    Vulnerability,
    by_person,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    one: Individual
    version: Version
    addresses: Sequence[Address]
    contacts: Sequence[Contact]
    aliases: Sequence[Alias]
    educations: Sequence[Education]
    employments: Sequence[Employment]
    relatives: Sequence[Relative]
    languages: Sequence[Language]
    photographs: Sequence[Photograph]
    vulnerabilities: Sequence[Vulnerability]
    documents: Sequence[Document]


def dossiers(case: Case, version: Version) -> list[Dossier]:
    addresses, contacts = by_person(case.addresses), by_person(case.contacts)
    aliases, educations = by_person(case.aliases), by_person(case.educations)
    employments, relatives = by_person(case.employments), by_person(case.relatives)
    languages, photographs = by_person(case.languages), by_person(case.photographs)
    needs, documents = by_person(case.vulnerabilities), by_person(case.documents)
    return [
        Dossier(
            one=one,
            version=version,
            addresses=addresses[one.key],
            contacts=contacts[one.key],
            aliases=aliases[one.key],
            educations=educations[one.key],
            employments=employments[one.key],
            relatives=relatives[one.key],
            languages=languages[one.key],
            photographs=photographs[one.key],
            vulnerabilities=needs[one.key],
            documents=documents[one.key],
        )
        for one in case.individuals
    ]
