"""Form 4.1, keyed by GUIDs, and form 2.8, which is younger and changes a few things in it."""

from collections.abc import Mapping
from dataclasses import replace

from resettle.errf.layout import (
    LEVELS,
    MEMBER,
    PERSON,
    RELATIVE,
    SKILLS,
    Kind,
    Layout,
    Need,
    Record,
    by_tag,
    codes,
    fields,
    record,
)
from resettle.errf.records import Version

OTHER_NAMES = ("SecondFamilyName", "GivenName", "MiddleName", "MaidenName")

RECORDS = by_tag(
    record(
        "dataIndividual",
        fields(Need.FILLED, "IndividualGUID", "IndividualID"),
        fields(Need.FILLED, "FamilyName", kind=Kind.NAME),
        fields(Need.FREE, *OTHER_NAMES, "MotherName", "FatherName", kind=Kind.NAME),
        fields(Need.FREE, "RegistrationDate", "ArrivalDate", "DateofBirth", kind=Kind.DATE),
        fields(Need.FILLED, "DateofBirthEstimate", kind=Kind.FLAG),
        fields(Need.FREE, "BirthCityTownVillage"),
        codes(**PERSON),
        noun="the individual",
    ),
    record(
        "dataIndividualProcessGroup",
        fields(
            Need.FILLED, "IndividualProcessingGroupGUID", "IndividualGUID", "ProcessingGroupGUID"
        ),
        codes(Need.PRESENT, **MEMBER),
        noun="the group entry",
    ),
    record(
        "dataProcessGroup",
        fields(Need.FILLED, "ProcessingGroupGUID"),
        fields(Need.PRESENT, "ProcessingGroupNumber"),
        fields(Need.FILLED, "ProcessingGroupSize", kind=Kind.NUMBER),
        most=1,
        noun="the processing group",
    ),
    record(
        "dataProcessGroupCrossReference",
        fields(Need.FILLED, "ProcessingGroupCrossReferenceGUID"),
        fields(Need.PRESENT, "ProcessingGroupGUIDFrom", "ProcessingGroupGUIDTo"),
        fields(Need.FILLED, "ProcessingGroupNumberFrom", "ProcessingGroupNumberTo"),
        noun="a cross-reference",
    ),
    record(
        "dataAddress",
        fields(Need.FILLED, "AddressGUID", "IndividualGUID"),
        codes(AddressType="AddressType", AddressCountry="Country"),
        fields(Need.FREE, "AddressPostal", *LEVELS, "LocationLevel6"),
        noun="an address",
    ),
    record(
        "dataAlias",
        fields(Need.FILLED, "AliasGUID", "IndividualGUID"),
        fields(Need.PRESENT, "IndividualAliasLastName", kind=Kind.NAME),
        fields(Need.FREE, "IndividualAliasFirstName", kind=Kind.NAME),
        noun="an alias",
    ),
    record(
        "dataEducation",
        fields(Need.FILLED, "EducationGUID", "IndividualGUID"),
        codes(EducationLevelCode="EducationLevel"),
        codes(Need.ADVISED, DegreeTypeCode="EducationDegreeType"),
        noun="an education",
    ),
    record(
        "dataEmployment",
        fields(Need.FILLED, "EmploymentGUID", "IndividualGUID"),
        codes(EmploymentTypeCode="EmploymentType", OccupationCode="Occupation"),
        fields(Need.PRESENT, "OccupationText"),
        noun="an employment",
    ),
    record(
        "dataIndividualRelatives",
        fields(Need.FILLED, "IndividualRelativesGUID", "IndividualGUID"),
        fields(Need.FILLED, "FamilyName", kind=Kind.NAME),
        fields(Need.FREE, *OTHER_NAMES, kind=Kind.NAME),
        fields(Need.FREE, "DateofBirth", "DeceasedDate", kind=Kind.DATE),
        fields(Need.FREE, "DateofBirthEstimateFlag", kind=Kind.FLAG),
        fields(Need.FILLED, "Deceased", kind=Kind.FLAG),
        fields(Need.FREE, "BirthCityTownVillage"),
        codes(**RELATIVE),
        codes(Need.ADVISED, BirthCountryCode="Country"),
        noun="a relative",
    ),
    record(
        "dataLanguage",
        fields(Need.FILLED, "LanguageGUID", "IndividualGUID"),
        codes(LanguageCode="Language", **SKILLS),
        noun="a language",
    ),
    record(
        "dataPhotograph",
        fields(Need.FILLED, "PhotoGUID", "IndividualGUID"),
        fields(Need.FILLED, "PhotoTypeCode", kind=Kind.NUMBER),
        fields(Need.FILLED, "Photo", kind=Kind.PHOTO),
        noun="a photograph",
    ),
    record(
        "dataResettlement",
        fields(Need.FILLED, "IndividualGUID"),
        codes(
            ResettlementCriteriaCode="ResettlementCriteria",
            ResettlementPriorityCode="ResettlementPriority",
        ),
        codes(Need.FREE, ResettlementCriteria2Code="ResettlementCriteria"),
        most=1,
        noun="the resettlement record",
    ),
    record(
        "dataVulnerability",
        fields(Need.FILLED, "VulnerabilityGUID", "IndividualGUID"),
        codes(VulnerabilityCode="Vulnerability"),
        noun="a specific need",
    ),
)

_CONTACT = record(
    "dataContact",
    fields(Need.FREE, "ContactGUID"),
    fields(Need.FILLED, "IndividualGUID"),
    fields(Need.FREE, "PhoneNumber", "PhoneNumberCountry", "PhoneType", "Email"),
    fields(Need.FREE, "StillInUse", kind=Kind.FLAG),
    fields(Need.FREE, "StartDate", "EndDate", kind=Kind.DATE),
    noun="a contact",
)
_NEW_FIELDS = {"dataEmployment": "NoOccupationCategory", "dataIndividualRelatives": "LegalStatus"}
_CHANGED_NEEDS = {
    "dataIndividual": {
        "DateofBirth": Need.FILLED,
        "BirthCountryCode": Need.FREE,
        "MarriageStatusCode": Need.FREE,
        "ReligionCode": Need.FREE,
        "EthnicityCode": Need.FREE,
        "EducationLevelCode": Need.FREE,
    },
    "dataEducation": {"DegreeTypeCode": Need.FREE},
    "dataEmployment": {
        "EmploymentTypeCode": Need.FREE,
        "OccupationCode": Need.FREE,
        "OccupationText": Need.FREE,
    },
    "dataIndividualRelatives": {
        "BirthCountryCode": Need.FREE,
        "ResidenceCountryCode": Need.FREE,
        "NationalityCode": Need.FREE,
    },
    "dataResettlement": {"ResettlementCriteria2Code": Need.FILLED},
}


def _as_2_8(records: Mapping[str, Record]) -> Mapping[str, Record]:
    changed = {"dataContact": _CONTACT, **records}
    for tag, needs in _CHANGED_NEEDS.items():
        known = changed[tag].fields
        new = {name: replace(known[name], need=need) for name, need in needs.items()}
        changed[tag] = replace(changed[tag], fields={**known, **new})
    for tag, name in _NEW_FIELDS.items():
        extra = {one.name: one for one in fields(Need.FREE, name)}
        changed[tag] = replace(changed[tag], fields={**changed[tag].fields, **extra})
    return changed


FORM = Layout(Version.V4_1, RECORDS)
FORM_2_8 = Layout(Version.V2_8, _as_2_8(RECORDS))
MARKS_OF_2_8 = frozenset({"dataContact", *_NEW_FIELDS.values()})
