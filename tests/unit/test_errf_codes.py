"""UNHCR's codes become ISO codes where that is known, and are never guessed."""

import csv

import pytest
from babel import Locale, core
from rapidfuzz import fuzz

from resettle.errf import Version, codes

ALPHA_3 = {
    code: aliases[0]
    for code, aliases in core.get_global("territory_aliases").items()
    if len(code) == 3 and code.isalpha()
}
HISTORIC = {"ANT", "SCG", "SUN", "YUG"}
NOT_ISO = {"-", "DUB", "KUR", "SIK", "TIB", "U", "ZZZ"}

# Where UNHCR's name and the modern one have little in common.
RENAMED = {"COD", "COB", "FLK", "ICO", "KRN", "LAO", "MCD", "SWA", "TMP", "TUR", "VAT", "MYA",
           "BES", "CVI", "FNC", "STK", "SJM", "WES", "GBR", "KOR"}  # fmt: skip


def rows(name):
    with (codes.LISTS / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


COUNTRIES = {row[0]: row[1] for row in rows("codes/CountryCode.csv")[1:]}


class TestCountry:
    @pytest.mark.parametrize(
        ("code", "iso3"),
        [
            ("ARE", "EGY"), ("AUS", "AUT"), ("AUL", "AUS"), ("UAE", "ARE"), ("MYA", "MMR"),
            ("MOR", "MAR"), ("MAR", "MTQ"), ("ANT", "ATG"), ("NIG", "NGA"), ("NGR", "NER"),
            ("AFG", "AFG"), ("SYR", "SYR"), ("PAL", "PSE"), ("TCI", "TCA"), ("NZL", "NZL"),
            ("ZZZ", None), ("U", None), ("KUR", None), ("TIB", None), ("-", None), ("", None),
            ("XQX", None), ("aus", None),
        ],
    )  # fmt: skip
    def test_it(self, code, iso3):
        country = codes.country(code)

        assert (country.iso3, country.source_code) == (iso3, code)

    def test_stateless_and_unmapped(self):
        assert codes.country("ZZZ").stateless
        assert not codes.country("ZZZ").unmapped
        assert codes.country("KUR").unmapped
        assert codes.country("KUR").note == "no ISO country"
        assert not codes.country("AFG").unmapped

    @pytest.mark.parametrize("code", sorted(set(COUNTRIES) - NOT_ISO))
    def test_every_country_of_unhcr_is_one_of_iso(self, code):
        assert codes.country(code).iso3 in set(ALPHA_3) | HISTORIC

    @pytest.mark.parametrize("code", sorted(NOT_ISO - {"-"}))
    def test_what_is_no_country_has_no_code(self, code):
        assert codes.country(code).iso3 is None

    @pytest.mark.parametrize("code", sorted(set(COUNTRIES) - NOT_ISO - RENAMED))
    def test_the_names_agree(self, code):
        iso3 = codes.country(code).iso3
        if iso3 not in HISTORIC:
            modern = Locale("en").territories[ALPHA_3[iso3]]
            assert fuzz.partial_ratio(COUNTRIES[code].lower(), modern.lower()) > 70

    def test_the_list_names_only_codes_of_unhcr(self):
        assert {row[0] for row in rows("country_iso3.csv")[1:]} <= set(COUNTRIES)


class TestLanguage:
    @pytest.mark.parametrize(
        ("code", "iso"),
        [
            ("ABV", "arb"), ("APC", "apc"), ("ACM", "acm"), ("AMH", "amh"), ("BMS", "mya"),
            ("R01", "rhg"), ("CNH", "cnh"), ("CTD", "ctd"), ("HBH", "cfm"), ("KSW", "ksw"),
            ("FRN", "fra"), ("SPN", "spa"), ("ENG", "eng"), ("PES", "pes"), ("PRS", "prs"),
            ("GBZ", "prs"), ("HAZ", "haz"), ("PBU", "pbu"), ("PBT", "pbt"), ("PST", "pst"),
            ("SOM", "som"), ("TGN", "tir"), ("SWA", "swa"), ("LIN", "lin"), ("URD", "urd"),
            ("NEP", "nep"), ("TCV", "tam"), ("UIG", "uig"), ("UKR", "ukr"), ("RUS", "rus"),
            ("KUR", "kmr"), ("SO1", "ckb"), ("KDB", "kur"), ("RUA", "kin"), ("RUD", "run"),
            ("KMR", "khm"), ("ARB", "ake"), ("CHN", "cmn"), ("TRK", "tur"), ("AFR", "aar"),
            ("TUR", None), ("QZZ", None), ("-", None), ("", None), ("XQX", None),
        ],
    )  # fmt: skip
    def test_it(self, code, iso):
        language = codes.language(code)

        assert (language.iso639_3, language.source_code) == (iso, code)

    def test_an_unmapped_language_keeps_its_label(self):
        language = codes.language("TUR")

        assert language.unmapped
        assert (language.label, language.basis) == ("Xedi", "")
        assert not codes.language("-").unmapped

    def test_every_code_of_unhcr_has_a_row_and_no_other(self):
        listed = [row[0] for row in rows("language_iso639_3.csv")[1:]]

        assert len(listed) == len(set(listed))
        assert set(listed) == {row[0] for row in rows("codes/LanguageCode.csv")} - {"-"}

    def test_every_conversion_says_on_what_it_is_based(self):
        for code, _, iso, basis in rows("language_iso639_3.csv")[1:]:
            assert bool(iso) == bool(basis), code
            assert basis in {"", "code and name", "name"} or basis.startswith("decided: ")
            assert basis != "code and name" or iso == code.lower()

    def test_what_babel_knows_has_the_same_name(self):
        names = Locale("en").languages
        close = [
            fuzz.token_set_ratio(label.lower(), names[iso].lower()) > 50
            for _, label, iso, basis in rows("language_iso639_3.csv")[1:]
            if iso in names and basis == "code and name"
        ]

        assert len(close) > 200
        assert sum(close) / len(close) > 0.95


class TestTables:
    @pytest.mark.parametrize(
        ("table", "code", "known"),
        [
            ("RelationshipCode", "PA", True),
            ("RelationshipCode", "pa", False),
            ("RelationshipCode", "RelationshipCode", False),
            ("AddressTypeCode", "AddressTypeCode", False),
            ("AddressTypeCode", "PCOA", True),
            ("EducationLevelCode", "007", True),
            ("EthnicityCode", "000", False),
            ("OccupationCode", "0110", True),
            ("SexCode", "", False),
        ],
    )
    def test_it(self, table, code, known):
        assert codes.is_known(table, code) is known

    @pytest.mark.parametrize(
        ("table", "code", "known"),
        [
            ("RelationshipCode", "HR2", False),
            ("RelationshipCode", "-", False),
            ("VulnerabilityCode", "PG", True),
            ("ResettlementCriteriaCode", "LFDS", False),
            ("ResettlementCriteriaCode", "LAS", True),
            ("MaritalStatusCode", "P", False),
        ],
    )
    def test_form_2_8(self, table, code, known):
        assert codes.is_known(table, code, Version.V2_8) is known
        assert codes.is_known(table, code) is not known

    def test_the_same_code_may_mean_another_thing(self):
        assert codes.text("RelationshipCode", "FP") == "Foster parent"
        assert codes.text("RelationshipCode", "FP", Version.V2_8) == "Focal point"
        assert codes.text("RelationshipCode", "XX") == ""

    def test_the_spelling_of_the_table(self):
        assert codes.official("AddressTypeCode", "COA") == "CoA"
        assert codes.official("EducationLevelCode", "07") == "7"
        assert codes.official("SexCode", "Q") == "Q"

    @pytest.mark.parametrize("version", list(Version))
    def test_every_form_has_its_system(self, version):
        assert codes.system(version).startswith("unhcr-errf-")
