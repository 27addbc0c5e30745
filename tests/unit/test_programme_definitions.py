"""The shipped programmes: they load, they are released, they say what they rest on."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from resettle.programmes.catalogue import UnknownProgramme, support_end
from resettle.programmes.loader import SHIPPED
from resettle.programmes.release import changed, digest_of, release, unreleased
from tests.unit.programme_files import a_copy, shipped

VERSIONS = tuple(shipped().programmes.values())
RQP = shipped().get("rqp", 3)
PILOT = shipped().get("cors", 1)
CORS = shipped().get("cors", 2)


class TestShipped:
    def test_every_version_is_there(self):
        assert {p.label for p in VERSIONS} == {
            "RQP-2013", "RQP-2020", "RQP-2022", "CORS-2018", "CORS-2021",
            "CA-PSR", "UK-CS", "AU-CRISP", "US-WC",
        }  # fmt: skip

    def test_released_files_have_not_changed(self):
        assert [str(fault) for fault in changed(SHIPPED)] == []

    def test_every_file_is_released(self):
        assert unreleased(SHIPPED) == ()

    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("rqp", (42, 365)), ("cors", (14, 730)),
        ],
    )  # fmt: skip
    def test_the_first_versions_differ(self, code, expected):
        support = shipped().get(code, 1).support

        assert (support.reception_days, support.days) == expected

    def test_our_figures_are_told_from_published_ones(self):
        assert RQP.support.basis.sources == ("S37",)
        assert PILOT.support.reception_basis.is_default
        assert str(CORS.support.basis) == "S10 S22"

    @pytest.mark.parametrize(
        ("code", "figure"),
        [
            ("ca-psr", 365), ("uk-cs", 365), ("au-crisp", 365), ("us-wc", 90),
        ],
    )  # fmt: skip
    def test_other_countries_have_their_own_length_of_support(self, code, figure):
        assert shipped().get(code, 1).support.days == figure

    def test_the_united_kingdom_approves_in_principle_and_houses_for_two_years(self):
        programme = shipped().get("uk-cs", 1)

        assert programme.approval.codes == ("IN_PRINCIPLE", "FULL")
        assert programme.support.housing_commitment_days == 730
        assert programme.sponsors.funds.amount == Decimal(9000)

    def test_the_united_states_ask_for_money_a_person(self):
        funds = shipped().get("us-wc", 1).sponsors.funds

        assert (funds.amount, funds.per) == (Decimal(2425), "person")

    @pytest.mark.parametrize(
        ("size", "income", "start_up"),
        [(1, 13200, 3300), (4, 21200, 7500), (6, 25700, 9800), (8, 28900, 12000)],
    )
    def test_canada_has_a_cost_table(self, size, income, start_up):
        table = shipped().get("ca-psr", 1).cost_tables[0]

        row = table.for_size(size)

        assert (row.income, row.start_up) == (income, start_up)

    def test_the_whole_catalogue_is_there(self):
        both = {m.code for m in RQP.milestones} | {m.code for m in CORS.milestones}

        assert len(both) == 83
        assert Counter(code[:3] for code in both) == {
            "PRE": 9, "REC": 6, "ARR": 14, "HEA": 8, "EDU": 9, "HOU": 6,
            "EMP": 10, "PAR": 7, "SAF": 5, "FAM": 2, "REV": 7,
        }  # fmt: skip

    def test_health_items_are_of_the_health_class(self):
        health = {m.code for m in CORS.milestones if m.data_class == "P5"}

        assert health == {"HEA-06", "HEA-08"}

    def test_outcomes_have_the_names_of_both_strategies(self):
        names = {f.code: f.outcomes["EMP"] for f in RQP.frameworks}

        assert names == {
            "NZRRS-2013": "Self-sufficiency",
            "NZRRS-2023": "Employment and Self-Sufficiency",
        }

    def test_the_house_ready_checklist_is_whole(self):
        items = {item.code for item in RQP.checklist("house_ready").items}

        assert {"bedding", "fridge", "heating", "handover", "healthy_homes"} <= items
        assert len(items) == 20


class TestCatalogue:
    @pytest.mark.parametrize(
        ("day", "label"),
        [
            (date(2019, 5, 1), "RQP-2013"),
            (date(2020, 6, 30), "RQP-2013"),
            (date(2020, 7, 1), "RQP-2020"),
            (date(2022, 6, 30), "RQP-2020"),
            (date(2022, 7, 1), "RQP-2022"),
            (date(2030, 1, 1), "RQP-2022"),
        ],
    )
    def test_the_day_decides_the_version(self, day, label):
        assert shipped().in_force("rqp", day).label == label

    def test_before_the_first_version_there_is_none(self):
        with pytest.raises(UnknownProgramme, match="No version of cors is in force on 1 May 2017"):
            shipped().in_force("cors", date(2017, 5, 1))

    def test_an_unknown_code_is_told_with_those_that_exist(self):
        with pytest.raises(UnknownProgramme, match="au-crisp, ca-psr, cors, rqp, uk-cs, us-wc"):
            shipped().versions("quota")

    def test_an_unknown_version_is_told(self):
        with pytest.raises(UnknownProgramme, match="no version 9 of rqp"):
            shipped().get("rqp", 9)

    @pytest.mark.parametrize(
        ("placed_on", "ends_on"),
        [(date(2022, 5, 15), date(2023, 5, 15)), (date(2022, 7, 5), date(2024, 7, 4))],
    )
    def test_support_lasts_as_long_as_the_day_of_placement_says(self, placed_on, ends_on):
        assert support_end(shipped(), "rqp", placed_on) == ends_on

    @pytest.mark.parametrize(
        ("day", "provider"),
        [(date(2022, 6, 30), "New Zealand Red Cross"), (date(2022, 7, 1), "Kāhui Tū Kaha")],
    )
    def test_a_location_has_its_provider_by_the_day(self, day, provider):
        assert shipped().locations["AKL"].provider_on(day) == provider

    def test_a_location_may_have_no_provider_yet(self):
        assert shipped().locations["LEV"].provider_on(date(2015, 1, 1)) is None

    @pytest.mark.parametrize(
        ("code", "name"),
        [("CHC", "Christchurch"), ("Kaikōura", "Kaikōura"), ("", ""), (None, "")],
    )
    def test_a_place_is_called_by_its_name(self, code, name):
        assert shipped().place_name(code) == name

    def test_thirteen_locations_are_listed_and_whanganui_is_not_yet(self):
        locations = shipped().locations.values()

        assert len([each for each in locations if each.listed]) == 13
        assert not shipped().locations["WAG"].listed


class TestProgramme:
    @pytest.mark.parametrize(
        ("programme", "code", "allowed"),
        [(PILOT, "AKL", False), (PILOT, "076", True), (CORS, "AKL", True),
         (RQP, "HAM", True), (RQP, "076", False)],
    )  # fmt: skip
    def test_where_a_household_may_settle(self, programme, code, allowed):
        listed = [each.code for each in shipped().locations.values() if each.listed]

        assert programme.locations.allows(code, listed) is allowed

    @pytest.mark.parametrize(
        ("programme", "day", "taken"),
        [(CORS, date(2024, 6, 30), True), (CORS, date(2024, 7, 1), False),
         (RQP, date(2026, 1, 1), True)],
    )  # fmt: skip
    def test_entries_are_taken_while_the_intake_is_open(self, programme, day, taken):
        assert programme.takes_entries_on(day) is taken

    @pytest.mark.parametrize(
        ("day", "year"), [(date(2024, 6, 30), "2023/24"), (date(2024, 7, 1), "2024/25"),
                          (date(1999, 12, 31), "1999/00")],
    )  # fmt: skip
    def test_the_programme_year_begins_in_july(self, day, year):
        assert RQP.year.of(day) == year

    def test_a_programme_year_may_be_the_calendar_year(self):
        assert shipped().get("ca-psr", 1).year.of(date(2024, 6, 30)) == "2024"

    def test_an_instance_leads_to_its_item(self):
        assert RQP.milestone("EDU-06@182").title == "English re-assessed"


class TestRelease:
    def test_it_appends_what_is_new(self, tmp_path):
        folder = a_copy(tmp_path)
        before = (folder / "RELEASED").read_text()
        (folder / "rqp" / "4.toml").write_text("new")

        assert release(folder) == ("rqp/4.toml",)
        line = f"{digest_of(folder / 'rqp' / '4.toml')}  rqp/4.toml\n"
        assert (folder / "RELEASED").read_text() == before + line

    def test_a_changed_file_is_told(self, tmp_path):
        folder = a_copy(tmp_path)
        (folder / "rqp" / "1.toml").write_text("other")
        (folder / "rqp" / "2.toml").unlink()

        assert [str(fault) for fault in changed(folder)] == [
            "rqp/1.toml: has been released, and may not change: make a new version",
            "rqp/2.toml: has been released, and is gone",
        ]

    def test_without_a_record_nothing_is_released(self, tmp_path):
        assert list(changed(tmp_path)) == []
