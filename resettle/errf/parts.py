"""The records of one case, made from their elements; `ids` says who has which key in the case."""

from collections.abc import Mapping
from typing import TypedDict

from resettle.errf.reader import PHOTO, Node
from resettle.errf.records import (
    Address,
    Alias,
    Contact,
    CrossReference,
    Document,
    Education,
    Employment,
    GroupEntry,
    Individual,
    Language,
    Photograph,
    Relative,
    Resettlement,
    Vulnerability,
)
from resettle.errf.values import date_or_none, flag_or_none, number_or_none

RELATIONSHIP = "RelationshipToPrincipalRepresentative"
GUIDS = {
    "dataIndividualProcessGroup": "IndividualProcessingGroupGUID",
    "dataAddress": "AddressGUID",
    "dataContact": "ContactGUID",
    "dataAlias": "AliasGUID",
    "dataEducation": "EducationGUID",
    "dataEmployment": "EmploymentGUID",
    "dataIndividualRelatives": "IndividualRelativesGUID",
    "dataLanguage": "LanguageGUID",
    "dataPhotograph": "PhotoGUID",
    "dataVulnerability": "VulnerabilityGUID",
}


class _About(TypedDict):
    guid: str
    refers_to: str
    individual_id: str


def refers_to(node: Node) -> str:
    """Say whom a record is about, as the file names that person."""
    return node.value("IndividualGUID") or node.value("IndividualID")


def _about(node: Node, ids: Mapping[str, str]) -> _About:
    key = refers_to(node)
    return {
        "guid": node.value(GUIDS.get(node.tag, "")),
        "refers_to": key,
        "individual_id": ids.get(key.casefold(), ""),
    }


def individuals(case: Node) -> tuple[Individual, ...]:
    entries = reversed(case.all("dataIndividualProcessGroup"))
    relationships = {refers_to(one).casefold(): one.value(RELATIONSHIP) for one in entries}
    return tuple(_individual(node, relationships) for node in case.all("dataIndividual"))


def _individual(node: Node, relationships: Mapping[str, str]) -> Individual:
    inside = node.value(RELATIONSHIP)
    return Individual(
        guid=node.value("IndividualGUID"),
        id=node.value("IndividualID"),
        family_name=node.value("FamilyName"),
        second_family_name=node.value("SecondFamilyName"),
        given_name=node.value("GivenName"),
        middle_name=node.value("MiddleName"),
        maiden_name=node.value("MaidenName"),
        concatenated_name=node.value("ConcatenatedName"),
        registration_date=date_or_none(node.value("RegistrationDate")),
        birth_date=date_or_none(node.value("DateofBirth")),
        birth_date_estimated=flag_or_none(node.value("DateofBirthEstimate")),
        birth_country=node.value("BirthCountryCode"),
        birth_place=node.value("BirthCityTownVillage"),
        origin_country=node.value("OriginCountryCode"),
        asylum_country=node.value("AsylumCountryCode"),
        arrival_date=date_or_none(node.value("ArrivalDate")),
        sex=node.value("SexCode"),
        nationality=node.value("NationalityCode"),
        marital_status=node.value("MarriageStatusCode"),
        religion=node.value("ReligionCode"),
        ethnicity=node.value("EthnicityCode"),
        education_level=node.value("EducationLevelCode"),
        mother_name=node.value("MotherName"),
        father_name=node.value("FatherName"),
        relationship=inside or relationships.get(refers_to(node).casefold(), ""),
    )


def group_entry(node: Node, ids: Mapping[str, str]) -> GroupEntry:
    return GroupEntry(
        **_about(node, ids),
        group_guid=node.value("ProcessingGroupGUID"),
        relationship=node.value(RELATIONSHIP),
    )


def address(node: Node, ids: Mapping[str, str]) -> Address:
    return Address(
        **_about(node, ids),
        type=node.value("AddressType"),
        country=node.value("AddressCountry"),
        postal=node.value("AddressPostal"),
        level1=node.value("LocationLevel1Description"),
        level2=node.value("LocationLevel2Description"),
        level3=node.value("LocationLevel3Description"),
        level4=node.value("LocationLevel4Description"),
        level5=node.value("LocationLevel5Description"),
        level6=node.value("LocationLevel6"),
    )


def contact(node: Node, ids: Mapping[str, str]) -> Contact:
    return Contact(
        **_about(node, ids),
        phone_number=node.value("PhoneNumber"),
        phone_country=node.value("PhoneNumberCountry"),
        phone_type=node.value("PhoneType"),
        email=node.value("Email"),
        in_use=flag_or_none(node.value("StillInUse")),
        started_on=date_or_none(node.value("StartDate")),
        ended_on=date_or_none(node.value("EndDate")),
    )


def alias(node: Node, ids: Mapping[str, str]) -> Alias:
    return Alias(
        **_about(node, ids),
        last_name=node.value("IndividualAliasLastName"),
        first_name=node.value("IndividualAliasFirstName"),
    )


def education(node: Node, ids: Mapping[str, str]) -> Education:
    return Education(
        **_about(node, ids),
        level=node.value("EducationLevelCode"),
        degree=node.value("DegreeTypeCode"),
    )


def employment(node: Node, ids: Mapping[str, str]) -> Employment:
    return Employment(
        **_about(node, ids),
        type=node.value("EmploymentTypeCode"),
        occupation=node.value("OccupationCode"),
        occupation_text=node.value("OccupationText"),
        no_occupation_category=node.value("NoOccupationCategory"),
    )


def relative(node: Node, ids: Mapping[str, str]) -> Relative:
    return Relative(
        **_about(node, ids),
        family_name=node.value("FamilyName"),
        second_family_name=node.value("SecondFamilyName"),
        given_name=node.value("GivenName"),
        middle_name=node.value("MiddleName"),
        maiden_name=node.value("MaidenName"),
        relationship=node.value("RelationshipCode"),
        birth_date=date_or_none(node.value("DateofBirth")),
        birth_date_estimated=flag_or_none(node.value("DateofBirthEstimateFlag")),
        birth_country=node.value("BirthCountryCode"),
        birth_place=node.value("BirthCityTownVillage"),
        residence_country=node.value("ResidenceCountryCode"),
        sex=node.value("SexCode"),
        nationality=node.value("NationalityCode"),
        deceased=flag_or_none(node.value("Deceased")),
        deceased_on=date_or_none(node.value("DeceasedDate")),
        marital_status=node.value("MarriageStatusCode"),
        legal_status=node.value("LegalStatus"),
    )


def language(node: Node, ids: Mapping[str, str]) -> Language:
    return Language(
        **_about(node, ids),
        language=node.value("LanguageCode"),
        read=node.value("LanguageReadCode"),
        write=node.value("LanguageWriteCode"),
        speak=node.value("LanguageSpeakCode"),
        understand=node.value("LanguageUnderstandCode"),
    )


def photographs(case: Node, ids: Mapping[str, str]) -> tuple[Photograph, ...]:
    """Give the photos wherever the form keeps them; what cannot be decoded has no bytes."""
    inside = [node for node in case.all("dataIndividual") if _image(node)]
    return tuple(_photograph(node, ids) for node in [*inside, *case.all("dataPhotograph")])


def _photograph(node: Node, ids: Mapping[str, str]) -> Photograph:
    return Photograph(
        **_about(node, ids),
        type=number_or_none(node.value("PhotoTypeCode")),
        image=_image(node),
    )


def _image(node: Node) -> bytes:
    photo = node.find(PHOTO)
    return photo.image if photo else b""


def resettlement(node: Node, ids: Mapping[str, str]) -> Resettlement:
    second = node.value("ResettlementCriteria2Code") or node.value("ResettlementCriteriaCode2")
    return Resettlement(
        **_about(node, ids),
        category=node.value("ResettlementCriteriaCode"),
        second_category=second,
        priority=node.value("ResettlementPriorityCode"),
    )


def vulnerability(node: Node, ids: Mapping[str, str]) -> Vulnerability:
    return Vulnerability(**_about(node, ids), code=node.value("VulnerabilityCode"))


def document(node: Node, ids: Mapping[str, str]) -> Document:
    return Document(**_about(node, ids), number=node.value("DocumentNumber"))


def cross_reference(node: Node) -> CrossReference:
    return CrossReference(
        guid=node.value("ProcessingGroupCrossReferenceGUID"),
        from_guid=node.value("ProcessingGroupGUIDFrom"),
        from_number=node.value("ProcessingGroupNumberFrom"),
        to_guid=node.value("ProcessingGroupGUIDTo"),
        to_number=node.value("ProcessingGroupNumberTo"),
    )
