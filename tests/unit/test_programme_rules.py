"""Eligibility, places and checklists: the answer, and the words that it is given in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.programmes.caps import cap_answer, caps_for
from resettle.programmes.checklists import Answer, Ticked, open_items
from resettle.programmes.eligibility import Applicant, assess, is_eligible
from tests.unit.programme_files import shipped

DAY = date(2023, 6, 1)
RQP = shipped().get("rqp", 3)
PILOT = shipped().get("cors", 1)
CORS = shipped().get("cors", 2)
PLACES = PILOT.caps[0]


def an_applicant(**known):
    usual = {
        "born": date(1990, 1, 1),
        "mandated": True,
        "basic_english": True,
        "work_years": 3,
        "tertiary_years": 0,
        "other_category": False,
        "country_iso3": "IDN",
        "region_accepted": True,
    }
    return Applicant(**usual | known)


def finding(applicant, code, programme=CORS):
    return next(f for f in assess(programme, applicant, DAY) if f.rule.code == code)


class TestAssess:
    def test_it(self):
        assert is_eligible(assess(CORS, an_applicant(), DAY)) is True

    @pytest.mark.parametrize(
        ("born", "met"),
        [
            (date(2005, 6, 2), False),  # 17, 18 on the next day
            (date(2005, 6, 1), True),  # 18 today
            (date(1977, 6, 2), True),  # 45, 46 on the next day
            (date(1977, 6, 1), False),  # 46 today
            (None, None),
        ],
    )
    def test_age_18_and_45_are_in_17_and_46_are_out(self, born, met):
        assert finding(an_applicant(born=born), "age").met is met

    def test_the_age_is_explained(self):
        told = finding(an_applicant(born=date(1977, 6, 1)), "age").explanation

        assert told == (
            "Aged 46 on 1 June 2023; the programme takes principal applicants aged 18 to 45,"
            " both ages included."
        )

    @pytest.mark.parametrize(
        ("work", "study", "met"),
        [(3, 0, True), (2, 2, True), (2, 1, False), (None, 2, True), (3, None, True),
         (None, 1, None), (2, None, None)],
    )  # fmt: skip
    def test_three_years_of_work_or_two_of_study(self, work, study, met):
        assert finding(an_applicant(work_years=work, tertiary_years=study), "work").met is met

    def test_years_are_told(self):
        told = finding(an_applicant(work_years=1, tertiary_years=None), "work").explanation

        assert told.startswith("1 year of work and an unknown number of years of tertiary study")

    @pytest.mark.parametrize(("country", "met"), [("TUR", False), ("IDN", True), (None, None)])
    def test_turkey_is_left_out_since_2021(self, country, met):
        assert finding(an_applicant(country_iso3=country), "country").met is met

    def test_a_rule_that_is_not_in_force_yet_has_no_finding(self):
        codes = {f.rule.code for f in assess(CORS, an_applicant(), date(2021, 11, 2))}

        assert "country" not in codes

    def test_the_pilot_left_no_country_out(self):
        assert is_eligible(assess(PILOT, an_applicant(country_iso3="TUR"), DAY)) is True

    @pytest.mark.parametrize(
        ("answer", "code", "met"),
        [
            ({"mandated": False}, "mandate", False),
            ({"mandated": None}, "mandate", None),
            ({"basic_english": False}, "english", False),
            ({"other_category": True}, "other_category", False),
            ({"other_category": None}, "other_category", None),
            ({"region_accepted": False}, "region", False),
        ],
    )
    def test_answers_of_yes_and_no(self, answer, code, met):
        found = finding(an_applicant(**answer), code)

        assert found.met is met
        assert found.explanation.endswith(".")

    def test_one_rule_that_is_not_met_decides_before_what_is_unknown(self):
        applicant = an_applicant(mandated=None, country_iso3="TUR")

        assert is_eligible(assess(CORS, applicant, DAY)) is False

    def test_what_is_unknown_leaves_it_open(self):
        assert is_eligible(assess(CORS, an_applicant(mandated=None), DAY)) is None

    def test_each_decline_has_a_reason_of_the_list(self):
        known = shipped().lists["decline_reason"].codes

        assert {rule.decline_reason for rule in CORS.eligibility} <= set(known)


class TestCaps:
    @pytest.mark.parametrize(
        ("taken", "family", "fits"),
        [
            (20, 5, True),
            (24, 5, True),  # 29: over 25, within 30
            (24, 6, True),  # 30
            (24, 7, False),  # 31
            (25, 1, False),  # the overflow is no place of its own
            (26, 1, False),
        ],
    )
    def test_the_pilot_keeps_families_together_up_to_thirty(self, taken, family, fits):
        assert cap_answer(PLACES, taken, family).fits is fits

    @pytest.mark.parametrize(
        ("taken", "family", "told"),
        [
            (20, 1, "Places of the pilot: 20 of 25 are taken, and a family of 1 person fits."),
            (24, 5, (
                "Places of the pilot: 24 of 25 are taken; a family of 5 people passes the cap"
                " by 4, which is allowed (up to 30) so that the family stays together."
            )),
            (24, 7, (
                "Places of the pilot: 24 of 25 are taken, 30 at most with a family kept"
                " together; a family of 7 people does not fit."
            )),
        ],
    )  # fmt: skip
    def test_it_is_told_in_words(self, taken, family, told):
        assert cap_answer(PLACES, taken, family).explanation == told

    def test_without_overflow_the_cap_is_the_cap(self):
        year = CORS.caps[1]

        answer = cap_answer(year, 49, 2)

        assert (answer.fits, answer.left, answer.over) == (False, 1, 1)
        assert "at most" not in answer.explanation

    def test_a_target_refuses_nobody(self):
        target = next(cap for cap in RQP.caps if cap.at_least)

        answer = cap_answer(target, 80, 4)

        assert answer.fits
        assert answer.explanation.endswith("this is a target, which refuses nobody.")

    def test_a_medical_case_counts_with_its_whole_family(self):
        codes = {cap.code: cap for cap in caps_for(RQP, "MED", DAY)}

        assert codes.keys() == {"places", "medical"}
        assert cap_answer(codes["medical"], 71, 5).fits is False
        assert cap_answer(codes["medical"], 70, 5).fits is True

    @pytest.mark.parametrize(
        ("day", "there"), [(date(2023, 6, 30), True), (date(2023, 7, 1), False)]
    )
    def test_a_cap_holds_for_its_period(self, day, there):
        assert ("afghan" in {cap.code for cap in caps_for(RQP, "AFG", day)}) is there

    @given(st.integers(0, 40), st.integers(1, 12))
    def test_never_more_than_the_ceiling(self, taken, family):
        if cap_answer(PLACES, taken, family).fits:
            assert taken + family <= PLACES.persons + PLACES.overflow


class TestChecklist:
    lodgement = RQP.checklist("lodgement")

    def answers(self, **changed):
        met = {item.code: Ticked(Answer.MET) for item in self.lodgement.items}
        return met | changed

    def reasons(self, documents=(), **changed):
        return [open_.reason for open_ in open_items(self.lodgement, self.answers(**changed),
                                                     documents)]  # fmt: skip

    def test_nothing_is_open_when_all_is_met(self):
        assert self.reasons() == []

    def test_an_item_without_an_answer_is_open(self):
        answers = self.answers()
        del answers["photos"]

        (found,) = open_items(self.lodgement, answers)

        assert found.item.code == "photos"
        assert found.reason.endswith("has no answer yet.")

    @pytest.mark.parametrize(
        ("documents", "note", "told"),
        [
            ((), "No office there.", "may be waived only with: combined declaration"),
            (("BIA",), "No office there.", "may be waived only with: combined declaration"),
            (("COMBINED_DECLARATION",), " ", "needs a note that says why"),
            (("COMBINED_DECLARATION",), "No office there.", None),
        ],
    )
    def test_a_police_certificate_is_waived_only_with_a_declaration_and_a_note(
        self, documents, note, told
    ):
        ticked = Ticked(Answer.WAIVED, note)

        reasons = self.reasons(documents, police_certificate=ticked)

        assert reasons == ([f"“Police clearance certificate” {told}."] if told else [])

    def test_custody_may_be_shown_by_a_best_interests_paper(self):
        assert self.reasons(("BID",), custody_document=Ticked(Answer.WAIVED, "Lost.")) == []

    def test_what_must_be_there_may_not_be_waived(self):
        reasons = self.reasons(application_form=Ticked(Answer.WAIVED, "Later."))

        assert reasons == ["“Residence application form, signed and dated” may not be waived."]

    def test_a_medical_may_follow_with_a_note(self):
        assert self.reasons(medical_certificate=Ticked(Answer.TO_FOLLOW, "Asked for.")) == []

    def test_an_identity_document_may_not_follow(self):
        reasons = self.reasons(identity_document=Ticked(Answer.TO_FOLLOW, "Asked for."))

        assert reasons[0].endswith("may not follow later.")
