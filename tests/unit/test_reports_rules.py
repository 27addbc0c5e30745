"""How a report is filled in, what is missing in it, and how it stands."""

from datetime import date

import pytest

from resettle.reports import rules
from resettle.reports.rules import Stage, Status

DUE, TODAY = date(2026, 3, 1), date(2026, 3, 2)
DOMAINS = ("HOU", "EDU")


class TestSuggested:
    @pytest.mark.parametrize(
        ("late", "before", "found"),
        [
            ((), {}, "on_track"),
            (("HOU",), {}, "at_risk"),
            (("HOU",), {"HOU": "on_track"}, "at_risk"),
            (("HOU",), {"HOU": "needs_help"}, "needs_help"),
            ((), {"HOU": "needs_help"}, "needs_help"),
            (("HOU",), {"HOU": "done"}, "done"),
            (("EDU",), {"HOU": "at_risk"}, "at_risk"),
        ],
    )
    def test_it_is_as_last_said_but_at_risk_where_something_is_late(self, late, before, found):
        assert rules.suggested(DOMAINS, late, before)["HOU"] == found


class TestAnswerFaults:
    @pytest.mark.parametrize(
        ("status", "sentence", "fault"),
        [
            (Status.ON_TRACK, "", None),
            (Status.DONE, "", None),
            (Status.AT_RISK, "", "sentence_hou"),
            (Status.NEEDS_HELP, "  ", "sentence_hou"),
            (Status.NEEDS_HELP, "A heater", None),
            (None, "A heater", "status_hou"),
        ],
    )
    def test_where_help_is_needed_a_sentence_says_which(self, status, sentence, fault):
        statuses = {"HOU": status} if status else {}

        found = rules.answer_faults(["HOU"], statuses, {"HOU": sentence})

        assert [*found] == ([fault] if fault else [])


class TestStanding:
    @pytest.mark.parametrize(
        ("stage", "due_on", "word"),
        [
            (None, DUE, "overdue"),
            (None, TODAY, "due"),
            (Stage.SUBMITTED, DUE, "submitted"),
            (Stage.RETURNED, DUE, "returned"),
            (Stage.ACCEPTED, DUE, "accepted"),
        ],
    )
    def test_it_is_told_in_one_word(self, stage, due_on, word):
        assert rules.standing(stage, due_on, TODAY) == word

    @pytest.mark.parametrize(
        ("stage", "word"),
        [
            (None, "on_paper"),
            (Stage.RETURNED, "on_paper"),
            (Stage.SUBMITTED, "submitted"),
            (Stage.ACCEPTED, "accepted"),
        ],
    )
    def test_what_came_on_paper_is_not_overdue(self, stage, word):
        assert rules.standing(stage, DUE, TODAY, on_paper=True) == word


class TestMaySubmit:
    def test_once_and_again_when_it_comes_back(self):
        may = {stage for stage in (None, *Stage) if rules.may_submit(stage)}

        assert may == {None, Stage.RETURNED}

    def test_never_what_came_on_paper(self):
        assert not [s for s in (None, *Stage) if rules.may_submit(s, on_paper=True)]
