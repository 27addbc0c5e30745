"""`resettle programmes`: what an editor of programmes sees and gets back."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from resettle.programmes.commands import programmes
from resettle.programmes.family import Member
from resettle.programmes.simulate import Question, simulate
from tests.unit.programme_files import a_copy, shipped

FAMILY = "2 adults, child 7"


def run(*words):
    return CliRunner().invoke(programmes, [str(word) for word in words])


def simulated(programme, arrives, words=FAMILY, *options):
    result = run(
        "simulate", programme, "--arrives", arrives, "--household", words, "--json", *options
    )
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def entries(calendar):
    return {
        (entry["code"], subject): entry["day"]
        for week in calendar["weeks"]
        for entry in week["entries"]
        for subject in entry["subjects"] or [None]
    }


class TestCheck:
    def test_the_shipped_files_are_sound(self):
        result = run("check")

        assert result.exit_code == 0
        assert result.output.startswith("9 programme versions are sound: AU-CRISP, CA-PSR")

    def test_every_fault_is_a_line_with_file_key_and_reason(self, tmp_path):
        folder = a_copy(tmp_path)
        path = folder / "rqp" / "1.toml"
        path.write_text(path.read_text().replace("days = 365", "days = 0"))

        result = run("check", folder)

        assert result.exit_code == 1
        assert result.output.splitlines() == [
            "rqp/1.toml: support.days: must be more than 0",
            "rqp/1.toml: has been released, and may not change: make a new version",
        ]

    def test_a_released_file_that_changed_is_a_fault_of_its_own(self, tmp_path):
        folder = a_copy(tmp_path)
        path = folder / "rqp" / "1.toml"
        path.write_text(path.read_text() + "# a word more\n")

        assert run("check", folder).exit_code == 1


class TestRelease:
    def test_a_new_version_is_recorded_once(self, tmp_path):
        folder = a_copy(tmp_path)
        text = (folder / "us-wc" / "1.toml").read_text()
        (folder / "us-wc" / "2.toml").write_text(
            text.replace("version = 1", "version = 2", 1)
            .replace('label = "US-WC"', 'label = "US-WC-2"')
            .replace("from = 2023-01-19\nto = 2025-01-31", "from = 2025-02-01")
        )

        assert run("release", folder).output == "released us-wc/2.toml\n"
        assert run("release", folder).output == ""

    def test_a_faulty_file_is_not_released(self, tmp_path):
        folder = a_copy(tmp_path)
        (folder / "us-wc" / "2.toml").write_text("")

        result = run("release", folder)

        assert result.exit_code == 1
        assert "us-wc/2.toml: code: is missing" in result.output
        assert "us-wc/2.toml" not in (folder / "RELEASED").read_text()


class TestSimulate:
    @pytest.mark.parametrize(
        ("programme", "arrives", "label", "placed", "ends"),
        [
            ("rqp", "2026-07-06", "RQP-2022", "2026-08-10", "2028-08-09"),
            ("RQP", "2019-07-01", "RQP-2013", "2019-08-12", "2020-08-11"),
            ("cors", "2023-02-01", "CORS-2021", "2023-02-01", "2025-01-31"),
            ("cors-2018", "2018-07-02", "CORS-2018", "2018-07-16", "2020-07-15"),
            ("ca-psr", "2024-01-08", "CA-PSR", "2024-01-08", "2025-01-07"),
            ("uk-cs", "2024-01-08", "UK-CS", "2024-01-08", "2025-01-07"),
            ("au-crisp", "2024-01-08", "AU-CRISP", "2024-01-08", "2025-01-07"),
            ("us-wc", "2024-01-08", "US-WC", "2024-01-08", "2024-04-07"),
        ],
    )
    def test_each_programme_has_its_own_calendar(self, programme, arrives, label, placed, ends):
        found = simulated(programme, arrives)

        assert found["programme"]["label"] == label
        assert (found["placed"], found["support_ends"]) == (placed, ends)

    def test_the_support_is_of_the_version_in_force_at_placement(self):
        before = simulated("rqp", "2022-04-10", FAMILY, "--placed", "2022-05-15")
        after = simulated("rqp", "2022-05-31", FAMILY, "--placed", "2022-07-05")

        assert (before["programme"]["version"], before["support_ends"]) == (2, "2023-05-15")
        assert (after["programme"]["version"], after["support_ends"]) == (3, "2024-07-04")

    def test_weeks_are_counted_from_the_one_of_arrival(self):
        weeks = {
            week["starts"]: week["number"] for week in simulated("cors", "2026-07-08")["weeks"]
        }

        assert weeks["2026-07-06"] == 1
        assert weeks["2026-07-13"] == 2
        assert weeks["2026-06-29"] == -1

    def test_milestones_reports_stages_and_the_end_are_there(self):
        found = entries(simulated("cors", "2026-07-06"))

        assert found["EDU-01", "Child 7"] == "2026-07-20"
        assert found["REP-014", None] == "2026-07-20"
        assert found["SETTLING", None] == "2026-10-04"
        assert found["SUPPORT_ENDS", None] == found["REV-07", None] == "2028-07-05"

    def test_a_birthday_brings_its_items(self):
        found = entries(simulated("cors", "2026-07-06", "adult 40, child 4"))

        assert found["AGE-5", "Child 4"] == "2027-01-04"
        assert found["EDU-01", "Child 4"] == "2027-01-18"

    def test_what_counts_from_an_event_honours_the_holidays_of_the_region(self):
        def answer(*options):
            whenever = simulated("cors", "2026-01-22", FAMILY, *options)["whenever"]
            return next(e["day"] for e in whenever if e["code"] == "MATCH_PROPOSED")

        assert answer() == "2026-02-05"
        assert answer("--region", "WKO") == "2026-02-09"

    def test_a_version_may_be_asked_for(self):
        found = simulated("rqp", "2026-07-06", FAMILY, "--version", "1")

        assert found["placed"] == "2026-08-17"

    @pytest.mark.parametrize(
        ("programme", "arrives", "label"),
        [("us-wc", "2026-07-06", "US-WC"), ("cors", "2016-07-04", "CORS-2018")],
    )
    def test_outside_of_every_version_the_nearest_is_used_and_told(self, programme, arrives, label):
        found = simulated(programme, arrives)

        assert found["programme"]["label"] == label
        assert found["notes"][0].endswith(f"{label} is used instead.")

    def test_the_text_has_a_heading_a_week_and_who_owes_what(self):
        text = run("simulate", "uk-cs", "--arrives", "2024-01-08", "--household", FAMILY).output

        assert "Week of Mon 8 Jan 2024 · week 1" in text
        assert "Registered with a GP · Adult 1, Adult 2, Child 7 — Sponsor group" in text
        assert "HOUSING_ENDS" in text

    def test_the_text_has_the_weeks_before_and_the_holidays(self):
        text = run("simulate", "cors", "--arrives", "2026-01-12", "--household", FAMILY).output

        assert "· 1 week before arrival" in text
        assert "· 18 weeks before arrival" in text
        assert "Counted from an event; the days are those of one on Mon 12 Jan 2026" in text

    def test_a_day_that_is_a_public_holiday_says_so(self):
        text = run("simulate", "cors", "--arrives", "2026-04-06", "--household", "adult").output

        assert "(public holiday: Easter Monday)" in text

    def test_notes_are_part_of_the_text(self):
        text = run("simulate", "us-wc", "--arrives", "2026-07-06", "--household", "adult").output

        assert "No version of us-wc is in force on 6 July 2026. US-WC is used instead." in text
        assert "Counted from an event" not in text

    @pytest.mark.parametrize(
        ("options", "told"),
        [
            (["quota", "--arrives", "2026-07-06"], "There is no programme quota"),
            (["rqp", "--arrives", "2026-07-06", "--version", "9"], "no version 9 of rqp"),
            (["rqp", "--arrives", "6 July"], "does not match the format"),
            (["rqp", "--arrives", "2026-02-30"], "does not match the format"),
            (["rqp", "--arrives", "2026-07-06", "--placed", "2026-07-01"], "before the day of arr"),
            (["rqp", "--arrives", "2026-07-06", "--region", "ZZ"], "There is no region ZZ"),
            (["rqp", "--arrives", "9999-12-01"], "leave the years that can be told"),
        ],
    )
    def test_a_question_that_cannot_be_answered(self, options, told):
        result = run("simulate", *options, "--household", FAMILY)

        assert result.exit_code == 2
        assert told in " ".join(result.output.split())

    def test_a_household_that_is_not_understood(self):
        result = run("simulate", "rqp", "--arrives", "2026-07-06", "--household", "2 adults, dog")

        assert result.exit_code == 2
        assert '"dog" is not understood' in result.output

    def test_files_with_faults_are_told(self, tmp_path):
        folder = a_copy(tmp_path)
        (folder / "rqp" / "1.toml").write_text("")

        result = run("show", "rqp", "--folder", folder)

        assert result.exit_code == 1
        assert "rqp/1.toml: label: is missing" in result.output

    def test_a_programme_without_birthdays_has_none(self):
        members = (Member("Child 4", 4),)
        question = Question("us-wc", date(2024, 1, 8), members)

        found = simulate(shipped(), question)

        assert found.members[0][1].born == date(2019, 7, 9)


class TestShow:
    def test_it(self):
        text = run("show", "rqp").output

        assert "RQP-2022: Refugee Quota Programme 2022/23 to 2024/25 (rqp, version 3)" in text
        assert "Q12 RECEPTION: At the reception centre" in text
        assert "to PLACED: needs house.ready, handover.person_named, placement.current" in text
        assert "EXITED: Exited (final)" in text
        assert "ON_HOLD: On hold (side state, from any, and back)" in text

    def test_the_sponsor_groups_way_is_shown_too(self):
        assert "A09 DEED_SIGNED: Deed signed" in run("show", "CORS-2021").output

    def test_a_day_may_be_asked_for(self):
        assert run("show", "cors", "--on", "2019-01-01").output.startswith("CORS-2018")

    def test_an_unknown_programme(self):
        assert run("show", "quota").exit_code == 2
