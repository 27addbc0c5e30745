"""What a case file tells is turned into what our records ask, and nothing of it is lost."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as some

from resettle.errf import Version, check, codes
from resettle.households.models import Sex, Skill
from resettle.interchange import coding, contacts, people, rules
from resettle.interchange.dossiers import dossiers
from resettle.people.acts import RecordLanguage
from tests.unit import errf_files as made
from tests.unit.errf_records import an_id

V4, OLD = Version.V4_1, Version.V2_8


def told(breaking=None, root=None):
    """Give the dossier of the principal applicant of a file."""
    submission = check(made.written(root or made.v4(2), breaking)).submission
    return dossiers(submission.cases[0], submission.version)[0]


def about(tag, **fields):
    """Make a breaker that adds a record about the principal applicant."""
    guid = made.v4(1).find("CASE/dataIndividual/IndividualGUID").text
    return made.more(tag, IndividualGUID=guid, **fields)


def person(**fields):
    """Make a breaker that tells more of the principal applicant."""

    def breaking(root):
        one = root.find("CASE/dataIndividual")
        for name, value in fields.items():
            for there in one.findall(name):
                one.remove(there)
            ET.SubElement(one, name).text = value

    return breaking


def an_address(kind, **levels):
    return about("dataAddress", AddressType=kind, AddressCountry="TUR", **levels)


class TestContacts:
    def test_phones_and_mails_hide_among_the_addresses(self):
        breaking = made.both(
            made.without("dataAddress"),
            an_address("TEL", LocationLevel6="+90 555 1"),
            an_address("TEL", LocationLevel6="+90 555 2"),
            an_address("EML", LocationLevel6="aye@example.org"),
            an_address("CoA", LocationLevel1Description="Ankara"),
            an_address("PCoA", LocationLevel1Description="Bursa"),
        )

        found = contacts.reached(told(breaking))

        assert (found.phone, found.email) == ("+90 555 1", "aye@example.org")
        assert found.address == f"Ankara, {codes.text('CountryCode', 'TUR')}"
        assert found.others == (
            f"PCoA: Bursa, {codes.text('CountryCode', 'TUR')}",
            "+90 555 2",
        )

    def test_form_2_8_has_contacts_and_those_in_use_come_first(self):
        breaking = made.both(
            made.without("dataAddress"),
            about("dataContact", PhoneNumber="1", StillInUse="0"),
            about(
                "dataContact",
                PhoneNumber="2",
                PhoneNumberCountry="90",
                Email="mu@example.org",
                StillInUse="1",
            ),
        )

        found = contacts.reached(told(breaking))

        assert (found.phone, found.email, found.others) == ("90 2", "mu@example.org", ("1",))

    def test_where_somebody_used_to_live_is_no_address(self):
        breaking = made.both(
            made.without("dataAddress"), an_address("PCoO", LocationLevel1Description="Sittwe")
        )

        found = contacts.reached(told(breaking))

        assert found.address is None
        assert found.others == (f"PCoO: Sittwe, {codes.text('CountryCode', 'TUR')}",)


class TestCodes:
    @pytest.mark.parametrize(
        ("code", "version", "value"),
        [("PA", V4, "PA"), ("FP", V4, "FP"), ("FP", OLD, "U"), ("SON", OLD, "SON")],
    )
    def test_relationships(self, code, version, value):
        found = coding.relationship(code, version)

        assert (found.value, found.source_code) == (value, code)
        assert found.code_system == codes.system(version)

    @pytest.mark.parametrize(
        ("code", "value"), [("LAS", "LFDS"), ("MED", "MED"), ("-", None), ("", None)]
    )
    def test_categories(self, code, value):
        assert coding.category(code) == value

    @pytest.mark.parametrize(
        ("code", "iso"), [("ARE", "EGY"), ("AUS", "AUT"), ("ZZZ", ""), ("U", ""), ("KUR", "")]
    )
    def test_countries(self, code, iso):
        found = coding.country(code, V4)

        assert (found.value, found.source_code) == (iso, code)

    @pytest.mark.parametrize("code", ["", "-"])
    def test_what_is_not_stated_is_nothing(self, code):
        assert coding.country(code, V4) is None
        assert coding.listed("ReligionCode", code, V4) is None

    def test_padded_codes_are_those_of_the_table(self):
        assert coding.listed("EducationLevelCode", "07", V4).value == "7"

    @pytest.mark.parametrize(
        ("code", "sex"), [("F", Sex.F), ("M", Sex.M), ("U", Sex.U), ("-", Sex.U)]
    )
    def test_sexes(self, code, sex):
        assert coding.sex(code) is sex

    @given(some.text())
    def test_any_language_has_a_name(self, code):
        assert coding.language(code)


def speaks(language, spoken=Skill.EASILY, understood=Skill.EASILY):
    return RecordLanguage(language=language, speaks=spoken, understands=understood)


class TestLanguages:
    @pytest.mark.parametrize(
        ("spoken", "best"),
        [
            ([], "und"),
            ([speaks("eng")], "eng"),
            ([speaks("eng"), speaks("mya", Skill.NONE)], "mya"),
            ([speaks("mya", Skill.NOT_EASILY), speaks("rhg")], "rhg"),
        ],
    )
    def test_the_language_to_speak_with_a_family(self, spoken, best):
        assert people.best_language(spoken) == best

    @pytest.mark.parametrize(
        ("spoken", "needed"),
        [
            ([], True),
            ([speaks("mya")], True),
            ([speaks("eng")], False),
            ([speaks("eng", Skill.NOT_EASILY)], True),
            ([speaks("eng", understood=Skill.UNKNOWN)], True),
        ],
    )
    def test_whether_an_interpreter_is_needed(self, spoken, needed):
        assert people.needs_interpreter(spoken) is needed

    def test_two_codes_of_one_language_are_one(self):
        language = {
            f"Language{skill}Code": "E" for skill in ("Read", "Write", "Speak", "Understand")
        }
        breaking = made.both(
            made.without("dataLanguage"),
            *(about("dataLanguage", LanguageCode=code, **language) for code in ("PRS", "GBZ", "-")),
        )

        (found,) = people.languages(told(breaking))

        assert (found.language, found.source_code) == ("prs", "PRS")


class TestPeople:
    def test_aliases_are_names_of_all_kinds(self):
        breaking = made.both(
            made.without("dataAlias"),
            about("dataAlias", IndividualAliasFirstName="Mi", IndividualAliasLastName="Mi Khin"),
            person(MaidenName="Thin"),
        )

        assert people.member(told(breaking)).person.aliases == ["Mi Mi Khin", "Thin"]

    @pytest.mark.parametrize(
        ("whole", "aliases"), [("Khin, Aye", []), ("Khine, Aye Mu", ["Khine, Aye Mu"])]
    )
    def test_the_whole_name_of_form_3_is_told_if_it_is_another(self, whole, aliases):
        breaking = made.both(made.without("dataAlias"), person(ConcatenatedName=whole))
        one = told(breaking, made.v3(1))

        assert people.member(one).person.aliases == aliases

    def test_needs_are_told_once_each(self):
        breaking = made.both(
            made.without("dataVulnerability"),
            *(about("dataVulnerability", VulnerabilityCode=code) for code in ("SM", "SM", "-")),
        )

        assert [need.code.value for need in people.needs(told(breaking))] == ["SM"]

    def test_who_has_no_photo_has_none(self):
        assert people.photo(told(made.without("dataPhotograph"))) is None

    def test_what_is_left_over_holds_only_what_is_told(self):
        breaking = made.both(
            person(MotherName="Daw Hla", FatherName=""),
            made.without("dataEmployment"),
            about("dataEmployment", EmploymentTypeCode="-", OccupationText="Weaver"),
            made.without("dataIndividualRelatives"),
            about(
                "dataIndividualRelatives",
                FamilyName="Khin",
                GivenName="Su",
                BirthCityTownVillage="Sittwe",
                DeceasedDate="2019-05-31T00:00:00",
            ),
        )

        found = people.other_facts(told(breaking))

        assert found["mother_name"] == "Daw Hla"
        assert "father_name" not in found
        assert found["employments"] == [{"text": "Weaver"}]
        assert found["relatives"] == [
            {"name": "Su Khin", "birth_place": "Sittwe", "deceased_on": "2019-05-31"}
        ]

    def test_an_occupation_without_a_code_is_still_told(self):
        breaking = made.both(
            made.without("dataEmployment"), about("dataEmployment", OccupationText="Weaver")
        )

        facts = people.member(told(breaking)).person

        assert facts.occupation_text == "Weaver"


class TestRules:
    @pytest.mark.parametrize(
        ("routes", "route"),
        [
            (("UNHCR_REFERRED",), "UNHCR_REFERRED"),
            (("NOMINATED", "UNHCR_MATCHED"), "UNHCR_MATCHED"),
            (("NOMINATED", "MATCHED"), "MATCHED"),
        ],
    )
    def test_what_unhcr_sends_is_matched_by_unhcr(self, routes, route):
        assert rules.route_of(routes) == route

    def test_a_case_is_not_linked_to_itself(self):
        number = made.v4(1).find("CASE/dataProcessGroup/ProcessingGroupNumber").text
        breaking = made.both(
            made.without("dataProcessGroupCrossReference"),
            *(
                made.more(
                    "dataProcessGroupCrossReference",
                    ProcessingGroupNumberFrom=one,
                    ProcessingGroupNumberTo=other,
                )
                for one, other in [
                    (number, number.lower()),
                    (number, "B-1"),
                    ("b-1", number),
                    (number, ""),
                ]
            ),
        )
        case = check(made.written(made.v4(1), breaking)).submission.cases[0]

        assert [found.casefold() for found in rules.linked_numbers(case)] == ["b-1"]

    def test_a_missing_birth_date_stands_in_the_way(self):
        data = made.written(made.v4(2), made.change("dataIndividual[2]/DateofBirth", ""))
        found = rules.as_importable(check(data))

        assert [(one.rule, one.record) for one in found.errors] == [
            ("birth-date-missing", an_id(2))
        ]
        assert found.warnings == ()

    def test_sentences(self):
        day = date(2026, 3, 2)

        assert rules.fault_sentence(1).startswith("The file has 1 error,")
        assert rules.imported_sentence(day, ["R-1", "R-2"]) == (
            "This file was imported already, on 2 March 2026: R-1, R-2. Nothing was done twice."
        )
        assert "by another team" in rules.imported_sentence(day, [])
        assert rules.known_sentence([("A", "R-1"), ("B", None)]) == (
            "Case A is on record as R-1. Case B is known to another team: ask your team leader. "
            "Nothing of the file was imported."
        )
