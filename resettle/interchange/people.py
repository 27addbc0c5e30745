"""From a person of a case file to what our records ask of a person, and what is left over."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from resettle.errf import codes
from resettle.errf.records import Individual, Language, Relative, Version
from resettle.households.acts import NewMember, PersonFacts
from resettle.households.models import Skill, Source
from resettle.households.rules import Coded
from resettle.interchange import coding, contacts
from resettle.interchange.dossiers import Dossier
from resettle.people.acts import RecordLanguage, RecordNeed, RecordRelative

ENGLISH = "eng"


def member(told: Dossier) -> NewMember:
    return NewMember(
        person=_facts(told),
        relationship=coding.relationship(told.one.relationship, told.version),
    )


def _facts(told: Dossier) -> PersonFacts:
    one, plain, reached = told.one, _plain_codes(told), contacts.reached(told)
    assert one.birth_date is not None, "asked for before anything is stored"
    return PersonFacts(
        family_name=_joined(one.family_name, one.second_family_name),
        given_name=one.given_name,
        other_names=one.middle_name,
        aliases=list(dict.fromkeys(_aliases(told))),
        sex=coding.sex(one.sex),
        born_on=one.birth_date,
        born_is_estimate=one.birth_date_estimated is True,
        birth_place=one.birth_place or None,
        asylum_arrived_on=one.arrival_date,
        registered_on=one.registration_date,
        unhcr_individual_id=one.id or None,
        phone=reached.phone,
        email=reached.email,
        address=reached.address,
        occupation_text=_occupation_text(told),
        source=Source.UNHCR,
        source_codes={name: _source(coded) for name, coded in plain.items()},
        **_origins(one, told.version),
        **{name: coded.value for name, coded in plain.items()},
    )


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _source(coded: Coded) -> dict[str, str]:
    return {"source_code": coded.source_code, "code_system": coded.code_system}


def _origins(one: Individual, version: Version) -> dict[str, Any]:
    return {
        "nationality": coding.country(one.nationality, version),
        "stateless": coding.is_stateless(one.nationality),
        "birth_country": coding.country(one.birth_country, version),
        "origin_country": coding.country(one.origin_country, version),
        "asylum_country": coding.country(one.asylum_country, version),
        "ethnicity": coding.listed("EthnicityCode", one.ethnicity, version),
        "religion": coding.listed("ReligionCode", one.religion, version),
    }


def _aliases(told: Dossier) -> Iterator[str]:
    one = told.one
    for alias in told.aliases:
        yield _joined(alias.first_name, alias.last_name)
    if one.maiden_name:
        yield one.maiden_name
    whole = _words(_joined(one.family_name, one.given_name))
    if one.concatenated_name and _words(one.concatenated_name) != whole:
        yield one.concatenated_name


def _words(name: str) -> set[str]:
    return {*name.replace(",", " ").casefold().split()}


def _plain_codes(told: Dossier) -> dict[str, Any]:
    """Find the coded facts that are kept plain, leaving out those that the file leaves open."""
    levels = [told.one.education_level, *(each.level for each in told.educations)]
    given: Mapping[str, tuple[str, Sequence[str]]] = {
        "marital_status": ("MaritalStatusCode", [told.one.marital_status]),
        "education_level": ("EducationLevelCode", levels),
        "education_degree": ("EducationDegreeTypeCode", [e.degree for e in told.educations]),
        "occupation_code": ("OccupationCode", [e.occupation for e in told.employments]),
    }
    return {
        name: first
        for name, (table, values) in given.items()
        if (first := _first(coding.listed(table, code, told.version) for code in values))
    }


def _first(found: Any) -> Any:
    return next(filter(None, found), None)


def _occupation_text(told: Dossier) -> str | None:
    text: str | None = _first(coding.stated(each.occupation_text) for each in told.employments)
    return text


def languages(told: Dossier) -> list[RecordLanguage]:
    """Tell the languages of a person, each once: several of UNHCR's codes may be one of ISO's."""
    spoken: dict[str, RecordLanguage] = {}
    for each in told.languages:
        if coding.stated(each.language):
            language = _language(each, told.version)
            spoken.setdefault(language.language, language)
    return list(spoken.values())


def _language(each: Language, version: Version) -> RecordLanguage:
    return RecordLanguage(
        language=coding.language(each.language),
        understands=coding.skill(each.understand),
        speaks=coding.skill(each.speak),
        reads=coding.skill(each.read),
        writes=coding.skill(each.write),
        source_code=each.language,
        code_system=codes.system(version),
    )


def best_language(spoken: Sequence[RecordLanguage]) -> str:
    """Choose the language to speak with a family: what is spoken easily, English last."""
    ranked = sorted(
        spoken, key=lambda each: (each.language == ENGLISH, each.speaks is not Skill.EASILY)
    )
    return ranked[0].language if ranked else coding.UNDETERMINED


def needs_interpreter(spoken: Sequence[RecordLanguage]) -> bool:
    """Plan for an interpreter unless English is both spoken and understood easily."""
    easily = Skill.EASILY
    return not any(
        each.language == ENGLISH and each.speaks is easily and each.understands is easily
        for each in spoken
    )


def needs(told: Dossier) -> list[RecordNeed]:
    distinct = dict.fromkeys(each.code for each in told.vulnerabilities)
    coded = (coding.listed("VulnerabilityCode", code, told.version) for code in distinct)
    return [RecordNeed(code=code, source=Source.UNHCR) for code in coded if code is not None]


def relatives(told: Dossier) -> list[RecordRelative]:
    return [_relative(each, told.version) for each in told.relatives]


def _relative(each: Relative, version: Version) -> RecordRelative:
    return RecordRelative(
        name=_name_of(each),
        relationship=coding.relationship(each.relationship, version),
        sex=coding.sex(each.sex).value,
        born_on=each.birth_date,
        nationality=coding.country(each.nationality, version),
        residence_country=coding.country(each.residence_country, version),
        deceased=each.deceased,
        source=Source.UNHCR,
    )


def _name_of(relative: Relative) -> str:
    names = (relative.given_name, relative.middle_name, relative.family_name)
    return _joined(*names, relative.second_family_name)


def photo(told: Dossier) -> bytes | None:
    """Give the first photo of a person; a person has one here."""
    return next((each.image for each in told.photographs if each.image), None)


def other_facts(told: Dossier) -> dict[str, Any]:
    """Gather what the file tells of a person and no record of ours has a place for."""
    found = {
        "guid": told.one.guid,
        "mother_name": told.one.mother_name,
        "father_name": told.one.father_name,
        "documents": [each.number for each in told.documents],
        "contacts": list(contacts.reached(told).others),
        "employments": [
            _filled(
                type=each.type,
                occupation=each.occupation,
                text=each.occupation_text,
                without=each.no_occupation_category,
            )
            for each in told.employments
        ],
        "relatives": [_more_of(each) for each in told.relatives],
    }
    return {name: value for name, value in found.items() if value}


def _more_of(relative: Relative) -> dict[str, str]:
    died = relative.deceased_on
    return _filled(
        name=_name_of(relative),
        maiden_name=relative.maiden_name,
        birth_country=relative.birth_country,
        birth_place=relative.birth_place,
        marital_status=relative.marital_status,
        legal_status=relative.legal_status,
        deceased_on=died.isoformat() if died else "",
    )


def _filled(**given: str) -> dict[str, str]:
    return {name: value for name, value in given.items() if coding.stated(value)}
