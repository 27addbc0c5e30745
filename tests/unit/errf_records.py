"""The records of valid cases, of form 3 and of form 4.1, as plain values."""

import base64
from io import BytesIO

from PIL import Image

NAMES = ("Aye", "Htun", "Naw", "Saw", "Mu")
PERSON = {
    "SexCode": "F",
    "NationalityCode": "MYA",
    "MarriageStatusCode": "SN",
    "ReligionCode": "BUD",
    "EthnicityCode": "083",
    "EducationLevelCode": "07",
}
SKILLS = {
    "LanguageReadCode": "E",
    "LanguageWriteCode": "N",
    "LanguageSpeakCode": "E",
    "LanguageUnderstandCode": "E",
}
RELATIONSHIPS = ("PA", "WIF", "SON", "DAU", "PRF")


def a_photo(size=(40, 50), kind="PNG"):
    file = BytesIO()
    Image.new("RGB", size, "grey").save(file, kind)
    return base64.b64encode(file.getvalue()).decode()


def a_guid(kind, number=0, case=1):
    return f"{kind:08x}-0000-4000-8000-{case:04x}{number:08x}"


def an_id(person, case=1):
    return f"199-{case:04}{person:04}"


PERSON_V3 = {
    "ConcatenatedName": "Khin, Aye",
    "FamilyName": "Khin",
    "GivenName": "Aye",
    "RegistrationDate": "2012-01-02T00:00:00",
    "DateofBirth": "1981-01-10T00:00:00",
    "BirthCountryCode": "MYA",
    "BirthCityTownVillage": "",
    "OriginCountryCode": "MYA",
    "AsylumCountryCode": "THA",
    "ArrivalDate": "2011-12-11T00:00:00",
    **PERSON,
    "MotherName": "Khin Ma",
    "FatherName": "Khin Ba",
}
PERSON_V4 = {
    "FamilyName": "Khin",
    "SecondFamilyName": "",
    "GivenName": "Aye",
    "RegistrationDate": "2020-05-01T00:00:00+02:00",
    "DateofBirth": "1981-08-01T00:00:00+02:00",
    "DateofBirthEstimate": "0",
    "BirthCountryCode": "MYA",
    "OriginCountryCode": "MYA",
    "AsylumCountryCode": "THA",
    "ArrivalDate": "2020-04-01T00:00:00+02:00",
    **PERSON,
}
ADDRESS_V3 = {
    "AddressType": "COA",
    "AddressCountry": "THA",
    "LocationLevel1Description": "Tak",
    "LocationLevel2Description": "",
    "LocationLevel3Description": "",
    "LocationLevel4Description": "",
    "LocationLevel6": "",
}
RELATIVE_V3 = {
    "FamilyName": "Khin",
    "GivenName": "Sandar",
    "RelationshipCode": "SBF",
    "ResidenceCountryCode": "AUL",
    "SexCode": "F",
    "NationalityCode": "MYA",
    "MarriageStatusCode": "MA",
}
RELATIVE_V4 = {
    "FamilyName": "Khin",
    "RelationshipCode": "PRM",
    "DateofBirth": "1950-07-02T00:00:00+02:00",
    "DateofBirthEstimateFlag": "true",
    "BirthCountryCode": "MYA",
    "ResidenceCountryCode": "AUL",
    "SexCode": "M",
    "NationalityCode": "MYA",
    "Deceased": "1",
    "DeceasedDate": "2011-07-02T00:00:00",
    "MarriageStatusCode": "MA",
}

# The records about the first person: in form 4 with the name and kind of their own GUID.
ABOUT_V3 = (
    ("dataAddress", ADDRESS_V3),
    ("dataAlias", {"IndividualAliasLastName": "Khaing", "IndividualAliasFirstName": ""}),
    ("dataEducation", {"EducationLevelCode": "07"}),
    (
        "dataEmployment",
        {"EmploymentTypeCode": "-", "OccupationCode": "9142", "OccupationText": ""},
    ),
    ("dataIndividualRelatives", RELATIVE_V3),
    ("dataLanguage", {"LanguageCode": "BMS", **SKILLS}),
    (
        "dataResettlement",
        {
            "ResettlementCriteriaCode": "LPN",
            "ResettlementCriteriaCode2": "-",
            "ResettlementPriorityCode": "NR",
        },
    ),
    ("dataDocument", {"DocumentNumber": "TH 123456"}),
)
ABOUT_V4 = (
    (
        "dataAddress",
        "AddressGUID",
        (5, 1),
        {"AddressType": "CoA", "AddressCountry": "THA", "LocationLevel6": ""},
    ),
    (
        "dataAddress",
        "AddressGUID",
        (5, 2),
        {"AddressType": "TEL", "AddressCountry": "THA", "LocationLevel6": "021 1"},
    ),
    ("dataAlias", "AliasGUID", (6, 0), {"IndividualAliasLastName": "Khaing"}),
    (
        "dataEducation",
        "EducationGUID",
        (7, 0),
        {"EducationLevelCode": "UG", "DegreeTypeCode": "-"},
    ),
    (
        "dataEmployment",
        "EmploymentGUID",
        (8, 0),
        {"EmploymentTypeCode": "S", "OccupationCode": "1341", "OccupationText": ""},
    ),
    ("dataIndividualRelatives", "IndividualRelativesGUID", (9, 0), RELATIVE_V4),
    ("dataLanguage", "LanguageGUID", (10, 0), {"LanguageCode": "BMS", **SKILLS}),
    ("dataPhotograph", "PhotoGUID", (11, 0), {"PhotoTypeCode": "1", "Photo": a_photo()}),
    (
        "dataResettlement",
        "",
        (0, 0),
        {
            "ResettlementCriteriaCode": "AWR",
            "ResettlementCriteria2Code": "LFDS",
            "ResettlementPriorityCode": "NR",
        },
    ),
    ("dataVulnerability", "VulnerabilityGUID", (12, 0), {"VulnerabilityCode": "WR"}),
)


def case_v3(people):
    number = "199-11C00001"
    individuals = [
        (
            "dataIndividual",
            {
                "IndividualID": an_id(person),
                **PERSON_V3,
                "RelationshipToPrincipalRepresentative": RELATIONSHIPS[person - 1],
                "Photo": a_photo(),
            },
        )
        for person in range(1, people + 1)
    ]
    return [
        *individuals,
        (
            "dataProcessGroup",
            {"ProcessingGroupNumber": number, "ProcessingGroupSize": str(people)},
        ),
        (
            "dataProcessGroupCrossReference",
            {"ProcessingGroupNumberFrom": number, "ProcessingGroupNumberTo": "199-11C00002"},
        ),
        *((tag, {"IndividualID": an_id(1), **fields}) for tag, fields in ABOUT_V3),
    ]


def case_v4(people, case):
    group, number = a_guid(1, case=case), f"199-21C{case:05}"
    numbers = range(1, people + 1)
    return [
        *(("dataIndividual", _individual(person, case)) for person in numbers),
        *(("dataIndividualProcessGroup", _entry(person, case)) for person in numbers),
        (
            "dataProcessGroup",
            {
                "ProcessingGroupGUID": group,
                "ProcessingGroupNumber": number,
                "ProcessingGroupSize": str(people),
            },
        ),
        (
            "dataProcessGroupCrossReference",
            {
                "ProcessingGroupCrossReferenceGUID": a_guid(4, case=case),
                "ProcessingGroupGUIDFrom": group,
                "ProcessingGroupNumberFrom": number,
                "ProcessingGroupGUIDTo": a_guid(1, case=99),
                "ProcessingGroupNumberTo": "199-21C00099",
            },
        ),
        *(_about(one, case) for one in ABOUT_V4),
    ]


def _individual(person, case):
    return {
        "IndividualGUID": a_guid(2, person, case),
        "IndividualID": an_id(person, case),
        **PERSON_V4,
    }


def _entry(person, case):
    return {
        "IndividualProcessingGroupGUID": a_guid(3, person, case),
        "IndividualGUID": a_guid(2, person, case),
        "ProcessingGroupGUID": a_guid(1, case=case),
        "RelationshipToPrincipalRepresentative": RELATIONSHIPS[person - 1],
    }


def _about(record, case):
    tag, guid, (kind, number), fields = record
    own = {guid: a_guid(kind, number, case)} if guid else {}
    return tag, {**own, "IndividualGUID": a_guid(2, 1, case), **fields}
