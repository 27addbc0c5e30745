"""Case files made from values: valid ones, to break one thing in."""

import base64
from collections.abc import Callable
from io import BytesIO
from xml.etree import ElementTree as ET

from PIL import Image

NS = "http://tempuri.org/ElectronicRRF.xsd"
Break = Callable[[ET.Element], None]

NAMES = ("Aye", "Htun", "Naw", "Saw", "Mu")
PERSON = {
    "SexCode": "F",
    "NationalityCode": "MYA",
    "MarriageStatusCode": "SN",
    "ReligionCode": "BUD",
    "EthnicityCode": "083",
    "EducationLevelCode": "07",
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


def v3(people=2, **batch):
    return _file([_case_v3(people)], **batch)


def v4(people=3, cases=1, **batch):
    return _file([_case_v4(people, number) for number in range(1, cases + 1)], **batch)


def _file(cases, indicator=None):
    root = ET.Element("UNHCR_RRF")
    batch = ET.SubElement(root, "RRFBATCHTYPE")
    default = "Single Submission" if len(cases) == 1 else "Group Submission"
    ET.SubElement(batch, "GroupIndividualIndicator").text = (
        default if indicator is None else indicator
    )
    for records in cases:
        case = ET.SubElement(root, "CASE")
        for tag, fields in records:
            add(case, tag, **fields)
    return root


def add(case, tag, **fields):
    record = ET.SubElement(case, tag)
    for name, value in fields.items():
        ET.SubElement(record, name).text = value
    return record


def written(root, breaking: Break | None = None, namespace=NS):
    """Write a file out, after breaking it if asked."""
    if breaking is not None:
        breaking(root)
    if namespace:
        root.set("xmlns", namespace)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def change(path, text):
    """Make a breaker that sets the text of one element; None removes it."""

    def breaking(root):
        element = root.find(f"CASE/{path}")
        if text is None:
            root.find(f"CASE/{path}/..").remove(element)
        else:
            element.text = text

    return breaking


def more(tag, **fields):
    """Make a breaker that adds a record to the first case."""
    return lambda root: add(root.find("CASE"), tag, **fields) and None


def without(path):
    """Make a breaker that removes every element at the path, in the first case."""

    def breaking(root):
        case = root.find("CASE")
        for element in case.findall(path):
            case.remove(element)

    return breaking


def both(*breakers):
    def breaking(root):
        for each in breakers:
            each(root)

    return breaking


def _individual_v3(number):
    return (
        "dataIndividual",
        {
            "IndividualID": an_id(number),
            "ConcatenatedName": f"Khin, {NAMES[number - 1]}",
            "FamilyName": "Khin",
            "GivenName": NAMES[number - 1],
            "RegistrationDate": "2012-01-02T00:00:00",
            "DateofBirth": f"198{number}-01-10T00:00:00",
            "BirthCountryCode": "MYA",
            "BirthCityTownVillage": "",
            "OriginCountryCode": "MYA",
            "AsylumCountryCode": "THA",
            "ArrivalDate": "2011-12-11T00:00:00",
            **PERSON,
            "MotherName": "Khin Ma",
            "FatherName": "Khin Ba",
            "RelationshipToPrincipalRepresentative": RELATIONSHIPS[number - 1],
            "Photo": a_photo(),
        },
    )


def _case_v3(people):
    records = [_individual_v3(number) for number in range(1, people + 1)]
    about = {"IndividualID": an_id(1)}
    return [
        *records,
        (
            "dataProcessGroup",
            {"ProcessingGroupNumber": "199-11C00001", "ProcessingGroupSize": str(people)},
        ),
        (
            "dataProcessGroupCrossReference",
            {
                "ProcessingGroupNumberFrom": "199-11C00001",
                "ProcessingGroupNumberTo": "199-11C00002",
            },
        ),
        (
            "dataAddress",
            {
                **about,
                "AddressType": "COA",
                "AddressCountry": "THA",
                "LocationLevel1Description": "Tak",
                "LocationLevel2Description": "",
                "LocationLevel3Description": "",
                "LocationLevel4Description": "",
                "LocationLevel6": "",
            },
        ),
        (
            "dataAlias",
            {**about, "IndividualAliasLastName": "Khaing", "IndividualAliasFirstName": ""},
        ),
        ("dataEducation", {**about, "EducationLevelCode": "07"}),
        (
            "dataEmployment",
            {
                **about,
                "EmploymentTypeCode": "-",
                "OccupationCode": "9142",
                "OccupationText": "",
            },
        ),
        (
            "dataIndividualRelatives",
            {
                **about,
                "FamilyName": "Khin",
                "GivenName": "Sandar",
                "RelationshipCode": "SBF",
                "ResidenceCountryCode": "AUL",
                "SexCode": "F",
                "NationalityCode": "MYA",
                "MarriageStatusCode": "MA",
            },
        ),
        ("dataLanguage", {**about, **_language("BMS")}),
        (
            "dataResettlement",
            {
                **about,
                "ResettlementCriteriaCode": "LPN",
                "ResettlementCriteriaCode2": "-",
                "ResettlementPriorityCode": "NR",
            },
        ),
        ("dataDocument", {**about, "DocumentNumber": "TH 123456"}),
    ]


def _language(code):
    return {
        "LanguageCode": code,
        "LanguageReadCode": "E",
        "LanguageWriteCode": "N",
        "LanguageSpeakCode": "E",
        "LanguageUnderstandCode": "E",
    }


def _case_v4(people, case):
    group = a_guid(1, case=case)
    number = f"199-21C{case:05}"
    about = {"IndividualGUID": a_guid(2, 1, case)}
    individuals = [_individual_v4(person, case) for person in range(1, people + 1)]
    entries = [
        (
            "dataIndividualProcessGroup",
            {
                "IndividualProcessingGroupGUID": a_guid(3, person, case),
                "IndividualGUID": a_guid(2, person, case),
                "ProcessingGroupGUID": group,
                "RelationshipToPrincipalRepresentative": RELATIONSHIPS[person - 1],
            },
        )
        for person in range(1, people + 1)
    ]
    return [
        *individuals,
        *entries,
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
        ("dataAddress", {"AddressGUID": a_guid(5, 1, case), **about, **_address("CoA", "")}),
        ("dataAddress", {"AddressGUID": a_guid(5, 2, case), **about, **_address("TEL", "021 1")}),
        (
            "dataAlias",
            {"AliasGUID": a_guid(6, case=case), **about, "IndividualAliasLastName": "Khaing"},
        ),
        (
            "dataEducation",
            {
                "EducationGUID": a_guid(7, case=case),
                **about,
                "EducationLevelCode": "UG",
                "DegreeTypeCode": "-",
            },
        ),
        (
            "dataEmployment",
            {
                "EmploymentGUID": a_guid(8, case=case),
                **about,
                "EmploymentTypeCode": "S",
                "OccupationCode": "1341",
                "OccupationText": "",
            },
        ),
        (
            "dataIndividualRelatives",
            {
                "IndividualRelativesGUID": a_guid(9, case=case),
                **about,
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
            },
        ),
        ("dataLanguage", {"LanguageGUID": a_guid(10, case=case), **about, **_language("BMS")}),
        (
            "dataPhotograph",
            {
                "PhotoGUID": a_guid(11, case=case),
                **about,
                "PhotoTypeCode": "1",
                "Photo": a_photo(),
            },
        ),
        (
            "dataResettlement",
            {
                **about,
                "ResettlementCriteriaCode": "AWR",
                "ResettlementCriteria2Code": "LFDS",
                "ResettlementPriorityCode": "NR",
            },
        ),
        (
            "dataVulnerability",
            {"VulnerabilityGUID": a_guid(12, case=case), **about, "VulnerabilityCode": "WR"},
        ),
    ]


def _individual_v4(person, case):
    return (
        "dataIndividual",
        {
            "IndividualGUID": a_guid(2, person, case),
            "IndividualID": an_id(person, case),
            "FamilyName": "Khin",
            "SecondFamilyName": "",
            "GivenName": NAMES[person - 1],
            "RegistrationDate": "2020-05-01T00:00:00+02:00",
            "DateofBirth": f"198{person}-08-01T00:00:00+02:00",
            "DateofBirthEstimate": "0",
            "BirthCountryCode": "MYA",
            "OriginCountryCode": "MYA",
            "AsylumCountryCode": "THA",
            "ArrivalDate": "2020-04-01T00:00:00+02:00",
            **PERSON,
        },
    )


def _address(kind, level6):
    return {"AddressType": kind, "AddressCountry": "THA", "LocationLevel6": level6}
