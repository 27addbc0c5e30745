"""Form 3: everything is keyed by the individual's ID, and the photo lies within the person."""

from resettle.errf.layout import (
    LEVELS,
    MEMBER,
    PERSON,
    RELATIVE,
    SKILLS,
    Kind,
    Layout,
    Need,
    by_tag,
    codes,
    fields,
    record,
)
from resettle.errf.records import Version

RECORDS = by_tag(
    record(
        "dataIndividual",
        fields(Need.FILLED, "IndividualID"),
        fields(Need.FILLED, "ConcatenatedName", "FamilyName", "GivenName", kind=Kind.NAME),
        fields(Need.FILLED, "MotherName", "FatherName", kind=Kind.NAME),
        fields(Need.FREE, "RegistrationDate", "ArrivalDate", kind=Kind.DATE),
        fields(Need.FILLED, "DateofBirth", kind=Kind.DATE),
        fields(Need.PRESENT, "BirthCityTownVillage"),
        codes(**PERSON),
        codes(Need.PRESENT, **MEMBER),
        fields(Need.FILLED, "Photo", kind=Kind.PHOTO),
        noun="the individual",
    ),
    record(
        "dataProcessGroup",
        fields(Need.PRESENT, "ProcessingGroupNumber"),
        fields(Need.FILLED, "ProcessingGroupSize", kind=Kind.NUMBER),
        most=1,
        noun="the processing group",
    ),
    record(
        "dataProcessGroupCrossReference",
        fields(Need.FILLED, "ProcessingGroupNumberFrom", "ProcessingGroupNumberTo"),
        noun="a cross-reference",
    ),
    record(
        "dataAddress",
        fields(Need.FILLED, "IndividualID"),
        codes(AddressType="AddressType", AddressCountry="Country"),
        fields(Need.PRESENT, *LEVELS[:4], "LocationLevel6"),
        noun="an address",
    ),
    record(
        "dataAlias",
        fields(Need.FILLED, "IndividualID"),
        fields(Need.PRESENT, "IndividualAliasLastName", "IndividualAliasFirstName", kind=Kind.NAME),
        noun="an alias",
    ),
    record(
        "dataEducation",
        fields(Need.FILLED, "IndividualID"),
        codes(EducationLevelCode="EducationLevel"),
        noun="the education",
    ),
    record(
        "dataEmployment",
        fields(Need.FILLED, "IndividualID"),
        codes(EmploymentTypeCode="EmploymentType", OccupationCode="Occupation"),
        fields(Need.PRESENT, "OccupationText"),
        noun="an employment",
    ),
    record(
        "dataIndividualRelatives",
        fields(Need.FILLED, "IndividualID"),
        fields(Need.FILLED, "FamilyName", "GivenName", kind=Kind.NAME),
        codes(**RELATIVE),
        noun="a relative",
    ),
    record(
        "dataLanguage",
        fields(Need.FILLED, "IndividualID"),
        codes(LanguageCode="Language", **SKILLS),
        noun="a language",
    ),
    record(
        "dataResettlement",
        fields(Need.FILLED, "IndividualID"),
        codes(
            ResettlementCriteriaCode="ResettlementCriteria",
            ResettlementCriteriaCode2="ResettlementCriteria",
            ResettlementPriorityCode="ResettlementPriority",
        ),
        most=1,
        noun="the resettlement record",
    ),
    record(
        "dataDocument",
        fields(Need.FILLED, "IndividualID"),
        fields(Need.FILLED, "DocumentNumber", kind=Kind.DOCUMENT),
        noun="a document",
    ),
)

FORM = Layout(Version.V3, RECORDS, most_cases=1)
