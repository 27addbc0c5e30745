"""Cases: how they begin, what their moves ask for, who may pass over what, who looks after them."""

from dataclasses import replace
from datetime import date

import pytest

from resettle.cases import assigning, eligibility, judging, places, queries, service
from resettle.cases.acts import (
    AnswerItem,
    AssignCaseworker,
    ChangeCase,
    EndAssignment,
    HoldCase,
    LinkCase,
    RecordCheck,
    RecordDecision,
    ReleaseCase,
)
from resettle.cases.facts import FactSources
from resettle.cases.handlers import assign_opener, complete_checklists
from resettle.cases.models import AssignmentKind, LinkKind, Mode
from resettle.cases.papers import CheckKind, DecisionKind, ItemStatus
from resettle.core.actor import SYSTEM, Role
from resettle.core.errors import Blocked, Conflict, Forbidden, Invalid, NotFound
from resettle.households.events import HouseholdOpened, MemberJoined
from resettle.households.models import DenyListed, Household
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.facts import Fact
from tests.journeys import (
    CHILD,
    IN_THE_PILOT,
    OPENED,
    QUOTA,
    a_family,
    a_quota_case,
    a_sponsored_case,
    a_team_leader,
    approved,
    at,
    eligible,
    go,
)
from tests.world import a_caseworker, a_household, a_member, a_user

TODAY = date(2026, 3, 2)
MED_FAMILY = (
    ("PA", date(1985, 1, 1)),
    ("WIF", date(1986, 1, 1)),
    ("SON", CHILD),
    ("DAU", CHILD),
    ("DAU", date(2021, 4, 4)),
)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


class TestOpenCase:
    def test_a_submitted_quota_case_begins_as_submitted(self, uow):
        case = a_quota_case(uow, a_family(uow, **QUOTA))

        assert (case.programme_code, case.programme_version) == ("rqp", 3)
        assert (case.stage, case.stage_since, case.route) == ("SUBMITTED", OPENED, "UNHCR_REFERRED")
        assert case.case_size == 3
        assert [e.to_stage for e in uow.all(queries.history(uow, case.id))] == ["SUBMITTED"]

    def test_one_that_is_not_submitted_yet_begins_before(self, uow):
        case = a_quota_case(uow, a_family(uow, **QUOTA), submitted_on=None)

        assert case.stage == "UNHCR_IDENTIFIED"

    @pytest.mark.parametrize(
        ("opened_on", "version"), [(date(2018, 3, 1), 1), (date(2023, 11, 3), 2)]
    )
    def test_the_version_is_the_one_in_force_on_the_day(self, uow, opened_on, version):
        case = a_sponsored_case(uow, a_family(uow), opened_on=opened_on)

        assert case.programme_version == version
        assert uow.find(Household, case.household_id).programme_version == version

    def test_a_matched_case_of_the_pilot_begins_with_unhcr(self, uow):
        assert a_sponsored_case(uow, a_family(uow), route="UNHCR_MATCHED").stage == (
            "UNHCR_IDENTIFIED"
        )

    def test_its_checklists_ask_each_person_for_what_fits_their_age(self, uow):
        case = a_quota_case(uow, a_family(uow, **QUOTA))

        lines = queries.checklist(uow, case)
        count = {
            code: sum(x.item_code == code for x in lines) for code in {x.item_code for x in lines}
        }

        assert count["photos"] == 3
        assert count["police_certificate"] == 2
        assert count["custody_document"] == 1
        assert count["relationship_evidence"] == 1
        assert "fridge" not in count

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"programme_code": "nowhere"}, "programme_code"),
            ({"route": "BY_SEA"}, "route"),
            ({"stage": "EXITED"}, "stage"),
            ({"subcategory": "XYZ"}, "subcategory"),
            ({"opened_on": date(2026, 3, 3)}, "opened_on"),
        ],
    )
    def test_what_the_programme_does_not_know_is_refused(self, uow, given, field):
        with pytest.raises(Invalid) as refused:
            a_quota_case(uow, a_family(uow, **QUOTA), **given)

        assert [*refused.value.errors] == [field]

    def test_a_programme_with_several_routes_asks_for_one(self, uow):
        with pytest.raises(Invalid, match="not right") as refused:
            a_sponsored_case(uow, a_family(uow), route=None)

        assert [*refused.value.errors] == ["route"]

    def test_a_household_without_a_principal_can_have_one_too(self, uow):
        case = a_quota_case(uow, a_household(uow, **QUOTA), case_size=2)

        assert eligibility.known_of_applicant(uow, case.id).work_years is None


class TestChangeCase:
    def test_it(self, uow):
        case = a_quota_case(uow, a_family(uow, **QUOTA))

        service.change_case(uow, case.id, ChangeCase(subcategory="MED", travel_on=date(2026, 4, 1)))

        assert (case.cap_group, case.travel_on) == ("MED", "2026-04-01")

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"subcategory": "XYZ"}, "subcategory"),
            ({"relocation_outcome": "X"}, "relocation_outcome"),
        ],
    )
    def test_unknown_codes_are_refused(self, uow, given, field):
        case = a_quota_case(uow, a_family(uow, **QUOTA))

        with pytest.raises(Invalid) as refused:
            service.change_case(uow, case.id, ChangeCase(**given))

        assert [*refused.value.errors] == [field]


class TestMove:
    def test_a_move_with_everything_there(self, uow):
        case = a_quota_case(uow, a_family(uow, **QUOTA))

        go(uow, case, "RECEIVED", TODAY)

        entry = uow.all(queries.history(uow, case.id))[-1]
        assert (case.stage, case.stage_since) == ("RECEIVED", TODAY)
        assert (entry.from_stage, entry.to_stage, entry.moved_on) == (
            "SUBMITTED",
            "RECEIVED",
            TODAY,
        )
        assert not entry.overridden

    def test_what_is_missing_is_told_in_words(self, uow):
        case = a_quota_case(uow, a_family(uow, **QUOTA), case_size=4)

        with pytest.raises(Blocked) as blocked:
            go(uow, case, "RECEIVED", TODAY)

        assert blocked.value.missing == {
            "case.size_matches": (
                "The size of the case differs from the number of people listed in it."
            )
        }
        assert case.stage == "SUBMITTED"

    def test_there_is_no_way_past_a_stage(self, uow):
        case = a_quota_case(uow, a_family(uow, **QUOTA))

        with pytest.raises(Conflict, match="no such move"):
            go(uow, case, "APPROVED", TODAY)

    @pytest.mark.parametrize("on", [date(2026, 3, 3), date(2026, 1, 11)])
    def test_its_day_lies_between_the_last_move_and_today(self, uow, on):
        case = a_quota_case(uow, a_family(uow, **QUOTA))

        with pytest.raises(Invalid) as refused:
            go(uow, case, "RECEIVED", on)

        assert [*refused.value.errors] == ["on"]

    def test_declining_needs_the_decision_first_and_then_a_listed_reason(self, uow):
        case = a_quota_case(uow, a_family(uow, **QUOTA))

        with pytest.raises(Invalid):
            go(uow, case, "DECLINED", TODAY, reason="BECAUSE")
        with pytest.raises(Blocked):
            go(uow, case, "DECLINED", TODAY, reason="SETTLEMENT")
        with pytest.raises(Invalid):
            judging.decide(
                uow, case.id, RecordDecision(kind=DecisionKind.DECLINED, decided_on=TODAY)
            )
        judging.decide(
            uow,
            case.id,
            RecordDecision(kind=DecisionKind.DECLINED, decided_on=TODAY, reason="SETTLEMENT"),
        )
        go(uow, case, "DECLINED", TODAY, reason="SETTLEMENT")

        assert (case.stage, case.decision) == ("DECLINED", DecisionKind.DECLINED)

    def test_a_declined_case_can_be_taken_up_again_where_it_was(self, uow):
        case = a_quota_case(uow, a_family(uow, **QUOTA))
        go(uow, case, "WITHDRAWN", TODAY, reason="BY_HOUSEHOLD")

        with pytest.raises(Invalid):
            go(uow, case, "REOPENED", TODAY)
        go(uow, case, "REOPENED", TODAY, note="The family has written again.")
        go(uow, case, "SUBMITTED", TODAY)

        assert case.stage == "SUBMITTED"

    def test_the_end_takes_its_reason_and_its_day(self, uow):
        household = a_family(uow, **QUOTA, support_end_on=TODAY)
        case = at(a_quota_case(uow, household), "EXIT_REVIEW")
        case.exit_reviewed_on, case.exit_handover = TODAY, "GP, school, neighbours"

        with pytest.raises(Invalid):
            go(uow, case, "EXITED", TODAY)
        go(uow, case, "EXITED", TODAY, reason="PLAN_COMPLETED")

        assert (household.exited_on, household.exit_reason) == (TODAY, "PLAN_COMPLETED")

    def test_a_transfer_takes_the_household_to_another_place_and_back_on_its_way(self, uow):
        household = a_family(uow, **QUOTA, arrived_on=OPENED, location="HAMILTON")
        case = at(a_quota_case(uow, household), "SUPPORT_ACTIVE")

        go(uow, case, "TRANSFERRED", TODAY, reason="MOVED", location="NELSON")
        go(uow, case, "SUPPORT_ACTIVE", TODAY)

        assert (household.location, case.stage) == ("NELSON", "SUPPORT_ACTIVE")


class TestOverride:
    @pytest.fixture
    def case(self, uow):
        """A case at the reception centre, whose house is not ready."""
        return at(a_quota_case(uow, a_family(uow, **QUOTA)), "SUPPORT_INTENSIVE")

    def test_a_team_leader_passes_over_what_the_programme_lets_pass(self, uow, transactions, case):
        leader = a_team_leader(uow, uow.find(Household, case.household_id))
        uow.actor = leader

        go(uow, case, "SUPPORT_ACTIVE", TODAY, override_reason="The plan is agreed next week.")

        entry = uow.all(queries.history(uow, case.id))[-1]
        assert (entry.overridden, entry.missing) == (True, ["plan.agreed"])
        assert entry.reason == "The plan is agreed next week."

    def test_a_caseworker_may_not(self, uow, case):
        uow.actor = a_caseworker(uow, uow.find(Household, case.household_id))

        with pytest.raises(Forbidden):
            go(uow, case, "SUPPORT_ACTIVE", TODAY, override_reason="The plan is agreed soon.")

    def test_nobody_without_a_sentence(self, uow, case):
        with pytest.raises(Invalid) as refused:
            go(uow, case, "SUPPORT_ACTIVE", TODAY, override_reason="because")

        assert [*refused.value.errors] == ["override_reason"]

    def test_nobody_passes_over_what_the_programme_does_not_let_pass(self, uow):
        case = a_quota_case(uow, a_family(uow, **QUOTA), case_size=4)

        with pytest.raises(Blocked):
            go(uow, case, "RECEIVED", TODAY, override_reason="They are surely three.")


class TestHold:
    def test_it_remembers_where_it_was_and_goes_back(self, uow):
        case = at(a_quota_case(uow, a_family(uow, **QUOTA)), "ASSESSING")

        service.hold(
            uow,
            case.id,
            HoldCase(reason="MEDICAL", review_on=date(2026, 4, 1), on=TODAY, note="X-ray"),
        )
        held = queries.open_hold(uow, case.id)
        assert (case.stage, held.left_stage, held.reason_code) == (
            "ON_HOLD",
            "ASSESSING",
            "MEDICAL",
        )
        service.release(uow, case.id, ReleaseCase(on=TODAY))

        assert case.stage == "ASSESSING"
        assert held.released_on == TODAY
        assert queries.open_hold(uow, case.id) is None

    @pytest.mark.parametrize(
        ("given", "field"),
        [({"reason": "BORED"}, "reason"), ({"review_on": TODAY}, "review_on")],
    )
    def test_it_asks_for_a_listed_reason_and_a_later_day(self, uow, given, field):
        case = a_quota_case(uow, a_family(uow, **QUOTA))
        usual = {"reason": "MEDICAL", "review_on": date(2026, 4, 1), "on": TODAY}

        with pytest.raises(Invalid) as refused:
            service.hold(uow, case.id, HoldCase(**usual | given))

        assert [*refused.value.errors] == [field]

    def test_only_what_is_held_is_released(self, uow):
        case = a_quota_case(uow, a_family(uow, **QUOTA))

        with pytest.raises(Conflict):
            service.release(uow, case.id, ReleaseCase(on=TODAY))

    def test_a_programme_without_holds_says_so(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            case = a_quota_case(uow, a_family(uow, **QUOTA))
            catalogue = uow.use(Catalogue)
        programme = catalogue.get("rqp", 3)
        bare = replace(programme, household=replace(programme.household, sides=()))
        without = replace(catalogue, programmes={bare.key: bare})
        resources = {**transactions.resources, Catalogue: without}

        with (
            replace(transactions, resources=resources).begin(SYSTEM, "test") as uow,
            pytest.raises(Conflict, match="not put on hold"),
        ):
            service.hold(uow, case.id, HoldCase(reason="MEDICAL", review_on=TODAY, on=TODAY))


class TestPlaces:
    """Scenarios 5 and 18: places are counted in persons of the whole case."""

    def test_a_medical_case_counts_its_family(self, uow):
        at(a_quota_case(uow, a_family(uow, *MED_FAMILY, **QUOTA), subcategory="MED"), "APPROVED")

        rooms = {room.code: room for room in queries.caps(uow, "rqp")}

        assert (rooms["medical"].reserved, rooms["medical"].left) == (5, 70)
        assert rooms["emergency"].reserved == 0
        assert rooms["places"].reserved == 5

    @pytest.mark.parametrize(
        ("stage", "left", "reserved", "used"),
        [
            ("SUBMITTED", None, 0, 0),
            ("APPROVED", None, 3, 0),
            ("ON_HOLD", "APPROVED", 3, 0),
            ("WITHDRAWN", "APPROVED", 0, 0),
            ("RECEPTION", None, 0, 3),
            ("EXITED", None, 0, 3),
        ],
    )
    def test_a_case_takes_places_by_its_stage(self, uow, stage, left, reserved, used):
        case = at(a_quota_case(uow, a_family(uow, **QUOTA)), stage)
        case.left_stage = left

        (room, *_) = queries.caps(uow, "rqp")

        assert (room.code, room.reserved, room.used) == ("places", reserved, used)

    @pytest.mark.parametrize(("size", "fits"), [(1, True), (5, True), (6, True), (7, False)])
    def test_a_family_that_begins_within_the_cap_stays_together(self, uow, size, fits):
        taken = a_sponsored_case(uow, a_family(uow), opened_on=date(2018, 3, 1), case_size=24)
        at(taken, "SETTLING", date(2018, 3, 1))
        case = a_sponsored_case(uow, a_family(uow), opened_on=date(2018, 3, 1), case_size=size)

        assert places.has_room(uow, case) is fits

    def test_a_case_does_not_stand_in_its_own_way(self, uow):
        case = a_sponsored_case(uow, a_family(uow), opened_on=date(2018, 3, 1), case_size=25)
        at(case, "ASSESSING", date(2018, 3, 1))

        assert places.has_room(uow, case)

    def test_the_move_that_takes_places_is_refused_when_there_are_none(self, uow):
        day = date(2018, 3, 1)
        taken = a_sponsored_case(uow, a_family(uow), opened_on=day, case_size=25)
        at(taken, "SETTLING", day)
        case = a_sponsored_case(uow, a_family(uow), opened_on=day)
        workflow = queries.programme_of(uow, case).household
        source, target = next(
            (stage.code, move.target)
            for stage in workflow.steps
            for move in stage.moves
            if "cap.free" in move.needs
        )
        at(case, source, day)

        with pytest.raises(Blocked) as blocked:
            go(uow, case, target, TODAY)

        assert "cap.free" in blocked.value.missing

    def test_an_unknown_programme_has_no_caps(self, uow):
        with pytest.raises(NotFound):
            queries.caps(uow, "nowhere")


class TestEligibility:
    """Scenarios 6 and 7, and what is not known yet."""

    @pytest.mark.parametrize(
        ("facts", "rule"),
        [
            ({}, None),
            ({"work_years": 2, "tertiary_years": 2}, None),
            ({"work_years": 2, "tertiary_years": 1}, "work"),
            ({"asylum_country": "TUR"}, "country"),
            ({"other_category": True}, "other_category"),
            ({"basic_english": False}, "english"),
            ({"mandate_confirmed": False}, "mandate"),
            ({"region_accepted": False}, "region"),
        ],
    )
    def test_each_rule_decides(self, uow, facts, rule):
        case = a_sponsored_case(uow, a_family(uow))
        eligible(uow, case.id, **facts)

        found = eligibility.of_case(uow, case)

        assert [each.code for each in found.rules if not each.met] == ([rule] if rule else [])
        assert found.met is (rule is None)

    @pytest.mark.parametrize(
        ("born_on", "met"), [(date(1980, 3, 3), True), (date(1980, 3, 2), False)]
    )
    def test_who_is_45_is_in_and_who_is_46_is_not(self, uow, born_on, met):
        case = a_sponsored_case(uow, a_family(uow, ("PA", born_on)))
        eligible(uow, case.id)

        assert eligibility.of_case(uow, case).met is met

    def test_the_age_counts_on_the_day_of_lodging(self, uow):
        case = a_sponsored_case(uow, a_family(uow, ("PA", date(1980, 3, 2))))
        eligible(uow, case.id)
        case.lodged_on = date(2026, 3, 1)

        assert eligibility.of_case(uow, case).met is True

    def test_what_is_not_known_is_neither_met_nor_refused(self, uow):
        case = a_sponsored_case(uow, a_household(uow), case_size=1)

        found = eligibility.of_case(uow, case)

        assert found.met is None
        assert all(each.decline_reason is None for each in found.rules)


class TestChecklist:
    """Scenario 19: a police certificate is waived only with a declaration and a note."""

    @pytest.fixture
    def lines(self, uow):
        self.case = a_quota_case(uow, a_family(uow, **QUOTA))
        return {line.item_code: line for line in queries.checklist(uow, self.case)}

    @pytest.mark.parametrize(
        ("code", "answer", "allowed"),
        [
            ("police_certificate", {"status": ItemStatus.WAIVED}, False),
            ("police_certificate", {"status": ItemStatus.WAIVED, "note": "No state"}, False),
            (
                "police_certificate",
                {"status": ItemStatus.WAIVED, "instead": "COMBINED_DECLARATION"},
                False,
            ),
            (
                "police_certificate",
                {
                    "status": ItemStatus.WAIVED,
                    "note": "No state",
                    "instead": "COMBINED_DECLARATION",
                },
                True,
            ),
            ("photos", {"status": ItemStatus.WAIVED, "note": "Lost"}, False),
            ("medical_certificate", {"status": ItemStatus.TO_FOLLOW, "note": "Asked for"}, True),
            ("medical_certificate", {"status": ItemStatus.TO_FOLLOW}, False),
            ("photos", {"status": ItemStatus.TO_FOLLOW, "note": "Soon"}, False),
            ("photos", {"status": ItemStatus.MET}, True),
            ("photos", {"status": ItemStatus.OPEN}, True),
        ],
    )
    def test_each_item_is_answered_as_the_programme_allows(self, uow, lines, code, answer, allowed):
        command = AnswerItem(**answer)
        if not allowed:
            with pytest.raises(Invalid):
                judging.answer_item(uow, self.case.id, lines[code].id, command)
            return

        line = judging.answer_item(uow, self.case.id, lines[code].id, command)

        assert (line.status, line.instead) == (command.status, command.instead)

    def test_the_application_is_lodged_when_every_line_has_its_answer(self, uow, lines):
        case = at(self.case, "INTERVIEWED")
        case.interviewed_on, case.interviewer, case.interview_interpreter = OPENED, "A", "none"

        with pytest.raises(Blocked) as blocked:
            go(uow, case, "LODGED", TODAY)
        for item in queries.items(uow, case.id):
            judging.answer_item(uow, case.id, item.id, AnswerItem(status=ItemStatus.MET))
        go(uow, case, "LODGED", TODAY)

        assert [*blocked.value.missing] == ["lodgement.complete"]
        assert case.stage == "LODGED"

    def test_a_line_of_another_case_is_not_found(self, uow, lines):
        other = a_quota_case(uow, a_family(uow, **QUOTA))

        with pytest.raises(NotFound):
            judging.answer_item(
                uow, other.id, lines["photos"].id, AnswerItem(status=ItemStatus.MET)
            )

    def test_who_joins_before_lodging_is_asked_too(self, uow, lines):
        household = uow.find(Household, self.case.household_id)
        sister = a_member(uow, household, "SBS", joined_on=TODAY, born_on=CHILD)
        event = MemberJoined(household.id, sister.id, TODAY, CHILD)

        complete_checklists(uow, event)
        uow.session.flush()
        before = len(queries.items(uow, self.case.id))
        self.case.lodged_on = TODAY
        complete_checklists(uow, event)

        assert any(line.person_id == sister.id for line in queries.items(uow, self.case.id))
        assert len(queries.items(uow, self.case.id)) == before


class TestJudging:
    def test_four_clear_checks_and_a_decision_let_a_case_be_approved(self, uow):
        case = at(a_quota_case(uow, a_family(uow, **QUOTA)), "ASSESSING")
        judging.record_check(
            uow, case.id, CheckKind.HEALTH, RecordCheck(checked_on=TODAY, result="concern")
        )
        with pytest.raises(Blocked):
            go(uow, case, "APPROVED", TODAY)

        approved(uow, case)
        go(uow, case, "APPROVED", TODAY)

        assert case.stage == "APPROVED"
        assert len(queries.checks(uow, case.id)) == 4
        assert [d.kind for d in queries.decisions(uow, case.id)] == [DecisionKind.APPROVED]

    def test_a_decision_is_of_a_day_that_has_come(self, uow):
        case = a_quota_case(uow, a_family(uow, **QUOTA))

        with pytest.raises(Invalid):
            judging.decide(
                uow,
                case.id,
                RecordDecision(kind=DecisionKind.APPROVED, decided_on=date(2026, 3, 3)),
            )


class TestNextMoves:
    def test_each_says_what_is_missing_and_what_it_asks_for(self, uow):
        case = at(a_quota_case(uow, a_family(uow, **QUOTA)), "SUPPORT_INTENSIVE")

        moves = {move.to: move for move in queries.next_moves(uow, case)}

        assert [m.fact for m in moves["SUPPORT_ACTIVE"].missing] == ["plan.agreed"]
        assert moves["SUPPORT_ACTIVE"].missing[0].may_override
        assert moves["ON_HOLD"].ready
        assert moves["ON_HOLD"].asks == ("reason", "review_on")
        assert moves["WITHDRAWN"].reasons == "withdrawal_reason"
        assert "DECEASED" not in moves


class TestLink:
    def test_a_case_of_ours_and_one_known_by_number(self, uow):
        case, other = (a_quota_case(uow, a_family(uow, **QUOTA)) for _ in range(2))

        service.link(uow, case.id, LinkCase(kind=LinkKind.LINKED, linked_case_id=other.id))
        service.link(uow, case.id, LinkCase(kind=LinkKind.CROSS_REFERENCED, linked_number="893-1"))

        found = queries.links(uow, case.id)
        assert {each.linked_case_id for each in found} == {other.id, None}

    @pytest.mark.parametrize("both", [True, False])
    def test_one_of_the_two_is_named(self, uow, both):
        case = a_quota_case(uow, a_family(uow, **QUOTA))
        named = {"linked_case_id": case.id, "linked_number": "893-1"} if both else {}

        with pytest.raises(Invalid):
            service.link(uow, case.id, LinkCase(kind=LinkKind.LINKED, **named))


def primary(user, from_on=TODAY, **more):
    given = {"kind": AssignmentKind.PRIMARY, "reason": "Speaks Dari", **more}
    return AssignCaseworker(user_id=user.id, from_on=from_on, **given)


class TestAssign:
    def test_a_new_primary_takes_over_on_the_day(self, uow):
        household, ana, tom = a_household(uow), a_user(uow), a_user(uow)
        assigning.assign(uow, household.id, primary(ana, date(2026, 1, 1)))

        assigning.assign(uow, household.id, primary(tom))

        assert queries.primary(uow, household.id).user_id == tom.id
        assert [a.until_on for a in queries.assignments(uow, household.id)] == [None, TODAY]

    def test_who_has_it_already_does_not_take_over(self, uow):
        household, ana = a_household(uow), a_user(uow)
        assigning.assign(uow, household.id, primary(ana))

        with pytest.raises(Conflict):
            assigning.assign(uow, household.id, primary(ana))

    def test_nobody_takes_over_before_the_other_began(self, uow):
        household, ana, tom = a_household(uow), a_user(uow), a_user(uow)
        assigning.assign(uow, household.id, primary(ana))

        with pytest.raises(Invalid):
            assigning.assign(uow, household.id, primary(tom, date(2026, 1, 1)))

    def test_cover_falls_back_by_itself(self, uow, transactions, clock):
        household, tom = a_family(uow, **QUOTA), a_user(uow)
        case = a_quota_case(uow, household)
        cover = primary(tom, kind=AssignmentKind.COVER, until_on=date(2026, 3, 9))
        assigning.assign(uow, household.id, cover)
        uow.actor = a_caseworker(uow)
        uow.actor = type(uow.actor)(Role.CASEWORKER, user_id=tom.id)

        assert uow.rows(queries.index(uow, queries.CaseFilters()))[0].id == case.id
        uow.today = date(2026, 3, 9)
        assert uow.rows(queries.index(uow, queries.CaseFilters())) == []

    @pytest.mark.parametrize(
        "given",
        [
            {"kind": AssignmentKind.COVER},
            {"kind": AssignmentKind.COVER, "until_on": TODAY},
            {"kind": AssignmentKind.SECOND, "until_on": date(2026, 4, 1)},
        ],
    )
    def test_cover_alone_has_an_end_and_a_later_one(self, uow, given):
        with pytest.raises(Invalid) as refused:
            assigning.assign(uow, a_household(uow).id, primary(a_user(uow), **given))

        assert [*refused.value.errors] == ["until_on"]

    def test_only_a_caseworker_who_is_not_kept_away_is_assigned(self, uow):
        household, kept_away = a_household(uow), a_user(uow)
        uow.add(DenyListed(household_id=household.id, user_id=kept_away.id))

        for user in (kept_away, a_user(uow, Role.AUDITOR)):
            with pytest.raises(Invalid):
                assigning.assign(uow, household.id, primary(user))

    def test_a_second_ends_and_a_primary_is_handed_over(self, uow):
        household = a_household(uow)
        first = assigning.assign(uow, household.id, primary(a_user(uow)))
        second = assigning.assign(
            uow, household.id, primary(a_user(uow), kind=AssignmentKind.SECOND)
        )
        ending = EndAssignment(until_on=TODAY, reason="Done")

        with pytest.raises(Conflict):
            assigning.end(uow, first.id, ending)
        assigning.end(uow, second.id, ending)
        with pytest.raises(Conflict):
            assigning.end(uow, second.id, ending)

        assert second.until_on == TODAY


class TestIntake:
    def test_the_pilot_is_closed_to_what_is_opened_after_its_end(self, uow):
        case = a_sponsored_case(uow, a_family(uow), opened_on=date(2024, 7, 1))
        case.nominated_on = date(2024, 7, 1)

        with pytest.raises(Blocked) as blocked:
            go(uow, case, "EOI", TODAY)

        assert [*blocked.value.missing] == ["intake.open"]

    def test_scenario_4_a_nominated_single_outside_the_list(self, uow):
        household = a_family(uow, ("PA", date(1995, 1, 1)), location="Whangārei")
        case = a_sponsored_case(uow, household, nominated_on=IN_THE_PILOT)
        stages = [stage.code for stage in queries.programme_of(uow, case).stages]

        go(uow, case, "EOI", TODAY)

        assert (case.route, case.stage, household.location) == ("NOMINATED", "EOI", "Whangārei")
        assert "RECEPTION" not in stages


def wrote(**values):
    """Write something on the case."""

    def act(_uow, case, _household):
        for name, value in values.items():
            setattr(case, name, value)

    return act


def on_household(**values):
    def act(_uow, _case, household):
        for name, value in values.items():
            setattr(household, name, value)

    return act


def known(**values):
    return lambda uow, case, _household: eligible(uow, case.id, **values)


def assigned(uow, _case, household):
    assigning.assign(uow, household.id, primary(a_user(uow)))


def decided(kind):
    return lambda uow, case, _household: judging.decide(
        uow, case.id, RecordDecision(kind=kind, decided_on=TODAY, reason="HEALTH")
    )


class TestFacts:
    """Each fact fails at first, and holds once what it asks for is on record."""

    @pytest.mark.parametrize(
        ("fact", "act"),
        [
            (Fact.TWO_CATEGORIES, wrote(category_1="LPN", category_2="MED")),
            (Fact.SUBCATEGORY, wrote(cap_group="MED")),
            (Fact.PROGRAMME_YEAR, wrote(programme_year="2025/26")),
            (Fact.INTERVIEW_PLANNED, wrote(interview_planned_on=TODAY)),
            (Fact.INTERVIEW_PLANNED, wrote(processing_mode=Mode.DOSSIER)),
            (
                Fact.INTERVIEW_HELD,
                wrote(interviewed_on=TODAY, interviewer="A", interview_interpreter="none"),
            ),
            (Fact.INTERVIEW_HELD, wrote(processing_mode=Mode.DOSSIER)),
            (Fact.APPROVED, decided(DecisionKind.APPROVED)),
            (Fact.APPROVED_IN_PRINCIPLE, decided(DecisionKind.APPROVED_IN_PRINCIPLE)),
            (Fact.DECLINED, decided(DecisionKind.DECLINED)),
            (Fact.LOCATION, on_household(location="NELSON")),
            (Fact.TRAVEL, wrote(travel_on="2026-04-01")),
            (Fact.ARRIVAL, on_household(arrived_on=TODAY)),
            (Fact.RECEPTION_LEFT, wrote(reception_left_on=TODAY)),
            (Fact.CASEWORKER, assigned),
            (Fact.PLAN_AGREED, wrote(plan_agreed_on=TODAY)),
            (Fact.EXIT_PLAN, wrote(exit_reviewed_on=TODAY, exit_handover="GP")),
            (Fact.SUPPORT_OVER, on_household(support_end_on=TODAY)),
            (Fact.SUPPORT_OVER, wrote(early_exit_agreed_on=TODAY)),
            (Fact.NOMINATION, wrote(nominated_on=TODAY)),
            (Fact.MANDATE, known()),
            (Fact.ENGLISH, known()),
            (Fact.INTEREST, wrote(eoi_received_on=TODAY)),
            (Fact.ELIGIBLE, known()),
            (Fact.RELOCATION, wrote(relocation_outcome="MONEY_ONLY")),
        ],
    )
    def test_it_holds_once_it_is_on_record(self, uow, fact, act):
        household = a_family(uow)
        case = a_sponsored_case(uow, household)

        assert not queries.facts(uow, case, {fact})
        act(uow, case, household)
        uow.session.flush()

        assert queries.facts(uow, case, {fact}) == {fact}

    def test_two_principals_are_one_too_many(self, uow):
        household = a_household(uow)
        case = a_sponsored_case(uow, household, case_size=1)
        asked = {Fact.ONE_PRINCIPAL, Fact.SIZE_MATCHES}

        assert not queries.facts(uow, case, asked)
        a_member(uow, household)

        assert queries.facts(uow, case, asked) == asked

    def test_a_fact_that_nobody_answers_for_does_not_hold(self, uow):
        case = a_sponsored_case(uow, a_family(uow))

        assert FactSources({}).holding(uow, case, {Fact.CAP}) == frozenset()


class TestHouseholdOpened:
    def test_whoever_opens_a_file_looks_after_it(self, uow):
        household, ana = a_household(uow), a_user(uow)

        assign_opener(uow, HouseholdOpened(household.id, ana.id))
        assign_opener(uow, HouseholdOpened(a_household(uow).id, None))

        assert queries.primary(uow, household.id).user_id == ana.id
