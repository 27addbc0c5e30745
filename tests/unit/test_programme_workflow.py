"""Moves between stages: what they need, where side states lead, and that none is a trap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.programmes.facts import Fact
from resettle.programmes.workflow import Level, Place, UnknownStage
from tests.unit.programme_files import shipped

RQP = shipped().get("rqp", 3)
PILOT = shipped().get("cors", 1)
CORS = shipped().get("cors", 2)
WORKFLOWS = [w for p in shipped().programmes.values() for w in (p.household, p.group) if w]


class TestMoves:
    def test_the_quota_goes_from_submission_to_exit_in_order(self):
        codes = [stage.code for stage in RQP.stages if not stage.side]

        assert (codes[0], codes[-1], len(codes)) == ("UNHCR_IDENTIFIED", "EXITED", 18)
        assert RQP.stage("EXITED").final

    def test_what_is_missing_is_told_in_words(self):
        missing = RQP.missing("RECEPTION", "PLACED", {Fact.PLACEMENT})

        assert missing == (Fact.HOUSE_READY, Fact.HANDOVER)
        assert missing[0].missing == "The house-ready checklist has items that are still open."

    def test_nothing_is_missing_when_all_facts_hold(self):
        assert RQP.missing("RECEPTION", "PLACED", set(Fact)) == ()

    def test_there_is_no_move_over_stages(self):
        assert RQP.missing("SUBMITTED", "APPROVED", set(Fact)) is None

    def test_only_the_house_may_be_overridden_at_placement(self):
        move = RQP.household.move("RECEPTION", "PLACED")

        assert move.may_override == (Fact.HOUSE_READY,)

    @pytest.mark.parametrize(
        ("source", "target", "fact"),
        [
            ("UNHCR_IDENTIFIED", "SUBMITTED", Fact.ONE_PRINCIPAL),
            ("SUBMITTED", "RECEIVED", Fact.SIZE_MATCHES),
            ("INTERVIEWED", "LODGED", Fact.LODGEMENT),
            ("PLACED", "SUPPORT_INTENSIVE", Fact.CASEWORKER),
            ("EXIT_REVIEW", "EXITED", Fact.SAFEGUARDING),
        ],
    )
    def test_the_guards_of_the_quota(self, source, target, fact):
        assert RQP.missing(source, target, set(Fact) - {fact}) == (fact,)

    def test_a_hold_leads_back_to_the_stage_that_was_left(self):
        assert RQP.missing("ASSESSING", "ON_HOLD", ()) == ()
        assert RQP.missing("ON_HOLD", "ASSESSING", (), left="ASSESSING") == ()
        assert RQP.missing("ON_HOLD", "APPROVED", set(Fact), left="ASSESSING") is None
        assert RQP.missing("ON_HOLD", "ASSESSING", ()) is None

    def test_a_case_on_hold_may_be_withdrawn(self):
        assert RQP.missing("ON_HOLD", "WITHDRAWN", ()) == ()

    def test_a_final_stage_is_left_only_by_reopening(self):
        assert [move.target for move in RQP.moves_from("EXITED")] == ["REOPENED"]

    def test_reopening_leads_back_or_to_light_support(self):
        moves = RQP.moves_from("REOPENED", left="EXIT_REVIEW")

        assert {"EXIT_REVIEW", "SUPPORT_LIGHT"} <= {move.target for move in moves}

    def test_a_way_back_that_is_a_move_of_its_own_keeps_its_needs(self):
        missing = RQP.missing("REOPENED", "SUPPORT_LIGHT", (), left="SUPPORT_LIGHT")

        assert missing == (Fact.ARRIVAL, Fact.CASEWORKER)

    def test_the_death_of_a_person_is_no_move_of_the_case(self):
        assert RQP.stage("DECEASED").level is Level.PERSON
        assert RQP.missing("RECEPTION", "DECEASED", set(Fact)) is None

    def test_a_suspended_group_goes_back_when_the_concern_is_closed(self):
        missing = CORS.group.missing("SUSPENDED", "READY", (), left="READY")

        assert missing == (Fact.CONCERN_CLOSED,)

    def test_an_unknown_stage_is_told(self):
        with pytest.raises(UnknownStage, match="no stage LIMBO"):
            RQP.moves_from("LIMBO")

    def test_only_the_pilot_had_a_reception_stage(self):
        assert [move.target for move in PILOT.stage("ARRIVED").moves] == ["RECEPTION"]
        assert [move.target for move in CORS.stage("ARRIVED").moves] == ["WELCOME"]

    def test_places_are_reserved_by_a_proposal_and_used_from_approval(self):
        places = {stage.code: stage.place for stage in CORS.stages}

        assert places["MATCH_PROPOSED"] is Place.RESERVED
        assert places["APPROVED"] is places["COMPLETED"] is Place.USED
        assert places["ELIGIBILITY_SCREENED"] is None

    @given(st.sampled_from(WORKFLOWS), st.data())
    def test_every_stage_that_can_be_entered_can_be_left_or_is_final(self, workflow, data):
        code, left = data.draw(st.sampled_from(workflow.start)), None
        for _ in range(data.draw(st.integers(0, 30))):
            stage = workflow.stage(code)
            moves = workflow.moves_from(code, left)
            assert moves or stage.final
            if not moves:
                return
            left = left if stage.side or stage.final else code
            code = data.draw(st.sampled_from(moves)).target
