"""Milestones: planned on arrival, moved with their anchor, met late with a reason, opened again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from resettle.core import jobs as core_jobs
from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Forbidden, Invalid
from resettle.core.jobs import Job
from resettle.households.acts import RecordBirth, RecordDeparture
from resettle.households.events import BirthDateCorrected, MemberLeft
from resettle.households.models import Household, HouseholdMember, LeaveReason, Person, Sex
from resettle.households.rules import Coded
from resettle.households.service import record_birth, record_departure
from resettle.milestones import jobs, queries, rules, service
from resettle.milestones.acts import ChangeDue, GiveReason, PreviewAnchor, RecordBlocker, RecordMet
from resettle.milestones.birthdays import BIRTHDAYS, expect_birthdays
from resettle.milestones.handlers import (
    close_for_member,
    plan_by_right_age,
    plan_milestones,
    reopen_after_move,
)
from resettle.milestones.models import EvidenceType, Milestone, Status
from resettle.milestones.planning import bring_in_line
from resettle.placements.acts import MoveAnchor, RecordArrival
from resettle.placements.events import HouseholdMoved
from resettle.placements.service import move_anchor, record_arrival
from resettle.wiring import HANDLERS, RUNNERS
from tests.journeys import CHILD, QUOTA, a_family, a_team_leader
from tests.world import a_caseworker

TODAY = date(2026, 3, 2)
ARRIVED, PLACED = date(2025, 9, 1), date(2025, 10, 6)
TINY = date(2021, 1, 15)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def household(uow):
    """A quota family of three, placed in October."""
    household = a_family(uow, **QUOTA, joined_on=date(2025, 7, 1))
    household.arrived_on, household.placed_on = ARRIVED, PLACED
    bring_in_line(uow, household)
    return household


def of(uow, household, code=None, person=None, **wanted):
    query = uow.select(Milestone).where(Milestone.household_id == household.id)
    if code:
        query = query.where(Milestone.code == code)
    if person:
        query = query.where(Milestone.person_id == person.id)
    return sorted(uow.all(query), key=lambda m: (m.code, m.round))


def person_of(uow, born_on):
    return uow.first(uow.select(Person).where(Person.born_on == born_on))


def school(uow, household):
    return of(uow, household, "EDU-01")[0]


def settle(uow):
    uow.session.flush()
    uow.settle()


class TestPlanning:
    def test_each_person_has_what_fits_and_the_household_its_own(self, uow, household):
        codes = [m.code for m in of(uow, household)]
        (enrolled,) = of(uow, household, "EDU-01")

        assert enrolled.person_id == person_of(uow, CHILD).id
        assert enrolled.due_on == PLACED + timedelta(days=14)
        assert enrolled.due_rule == "placed + 14 days"
        assert codes.count("EDU-05") == 2
        assert codes.count("HOU-01") == 1
        assert codes.count("EDU-06@182") == 2

    def test_health_is_kept_apart(self, uow, household):
        restricted = {m.code for m in of(uow, household) if m.restricted}

        assert {"HEA-06", "HEA-08"} <= restricted
        assert "HEA-01" not in restricted

    def test_on_arrival_only_what_counts_from_it_is_planned(self, uow):
        household = a_family(uow, **QUOTA)
        record_arrival(uow, household.id, RecordArrival(TODAY))
        settle(uow)

        rules_of = {m.due_rule.split()[0] for m in of(uow, household)}
        assert rules_of == {"arrived"}
        household.placed_on = TODAY
        bring_in_line(uow, household)
        assert {m.due_rule.split()[0] for m in of(uow, household)} == {"arrived", "placed"}

    def test_without_a_centre_the_household_is_placed_as_it_arrives(self, uow):
        household = a_family(uow)
        record_arrival(uow, household.id, RecordArrival(TODAY))
        settle(uow)

        assert school(uow, household).due_on == TODAY + timedelta(days=14)

    @pytest.mark.parametrize(
        ("placed_on", "days"), [(date(2022, 5, 15), 365), (date(2022, 7, 5), 730)]
    )
    def test_scenario_10_the_version_on_the_day_of_placing_decides(self, uow, placed_on, days):
        household = a_family(uow, **QUOTA, joined_on=date(2022, 1, 1))
        household.arrived_on = placed_on - timedelta(days=35)
        household.placed_on = placed_on
        bring_in_line(uow, household)

        (ends,) = of(uow, household, "REV-07")

        assert ends.due_on == placed_on + timedelta(days=days)

    def test_a_household_from_before_the_first_version_keeps_that_of_its_file(self, uow):
        household = a_family(uow, **QUOTA, joined_on=date(1999, 1, 1))
        household.arrived_on = date(1999, 1, 1)
        bring_in_line(uow, household)

        assert {m.programme_version for m in of(uow, household)} == {3}

    def test_planning_again_changes_nothing(self, uow, household):
        before = [(m.id, m.due_on, m.status) for m in of(uow, household)]
        bring_in_line(uow, household)

        assert [(m.id, m.due_on, m.status) for m in of(uow, household)] == before

    def test_before_the_arrival_there_is_nothing(self, uow):
        household = a_family(uow, **QUOTA)
        bring_in_line(uow, household)

        assert of(uow, household) == []


class TestMembers:
    def test_scenario_23_a_child_born_here_has_its_own_from_its_birth(self, uow, household):
        born_on = date(2026, 2, 20)
        size = len(of(uow, household))
        record_birth(
            uow,
            household.id,
            RecordBirth(
                family_name="Haidari",
                sex=Sex.F,
                born_on=born_on,
                relationship=Coded("DAU"),
            ),
        )
        settle(uow)

        baby = person_of(uow, born_on)
        hers = of(uow, household, person=baby)
        (doctor,) = [m for m in hers if m.code == "HEA-01"]
        assert doctor.due_on == born_on + timedelta(days=14)
        assert not [m for m in hers if m.code.startswith("REC")]
        assert len(of(uow, household)) == size + len(hers)

    def test_what_is_open_for_somebody_who_leaves_is_set_aside(self, uow, household):
        child = person_of(uow, CHILD)
        met = school(uow, household)
        service.meet(uow, met.id, RecordMet(met_on=PLACED))
        (member,) = [
            m for m in uow.session.scalars(member_rows(uow, household)) if m.person_id == child.id
        ]
        record_departure(
            uow, member.id, RecordDeparture(left_on=TODAY, reason=LeaveReason.MOVED_OUT)
        )
        settle(uow)

        found = {m.status for m in of(uow, household, person=child) if m.id != met.id}
        assert found == {Status.NOT_APPLICABLE}
        assert met.status is Status.MET
        assert close_for_member in HANDLERS[MemberLeft]

    def test_a_corrected_birth_day_changes_the_set(self, uow, household):
        child = person_of(uow, CHILD)
        child.born_on = TINY
        uow.session.flush()
        child.born_on = date(2022, 1, 1)
        uow.session.flush()
        plan_by_right_age(uow, BirthDateCorrected(household.id, child.id, child.born_on))
        plan_by_right_age(uow, BirthDateCorrected(None, child.id, child.born_on))

        assert school(uow, household).status is Status.NOT_APPLICABLE
        assert of(uow, household, "EDU-03", child)[0].status is Status.NOT_STARTED


def member_rows(uow, household):
    return uow.select(HouseholdMember).where(HouseholdMember.household_id == household.id)


class TestMeet:
    def test_on_time(self, uow, household):
        milestone = service.meet(
            uow,
            school(uow, household).id,
            RecordMet(
                met_on=PLACED, evidence_type=EvidenceType.LETTER, evidence="Enrolment letter"
            ),
        )

        assert (milestone.status, milestone.met_on) == (Status.MET, PLACED)
        assert milestone.recorded_at == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
        assert rules.state(queries.standing(milestone)) == "met"

    def test_scenario_24_on_day_20_it_is_late_and_keeps_its_reason(self, uow, household):
        day_20 = PLACED + timedelta(days=20)
        milestone = school(uow, household)

        with pytest.raises(Invalid) as refused:
            service.meet(uow, milestone.id, RecordMet(met_on=day_20))
        service.meet(uow, milestone.id, RecordMet(met_on=day_20, reason="School holidays"))

        assert [*refused.value.errors] == ["reason"]
        assert rules.state(queries.standing(milestone)) == "met_late"
        assert milestone.reason == "School holidays"

    def test_not_tomorrow_and_not_twice(self, uow, household):
        milestone = school(uow, household)

        with pytest.raises(Invalid):
            service.meet(uow, milestone.id, RecordMet(met_on=TODAY + timedelta(days=1)))
        service.meet(uow, milestone.id, RecordMet(met_on=PLACED))
        with pytest.raises(Conflict):
            service.meet(uow, milestone.id, RecordMet(met_on=PLACED))

    def test_of_health_the_texts_are_sealed(self, uow, household):
        milestone = of(uow, household, "HEA-06")[0]

        service.meet(uow, milestone.id, RecordMet(met_on=PLACED, evidence="Referral offered"))

        assert milestone.evidence is None
        assert milestone.private == '{"evidence": "Referral offered", "reason": null}'


class TestElse:
    def test_met_is_taken_back_with_a_reason(self, uow, household):
        milestone = service.meet(uow, school(uow, household).id, RecordMet(met_on=PLACED))

        uow.now += timedelta(minutes=1)
        service.reopen(uow, milestone.id, GiveReason("It was another child."))

        assert (milestone.status, milestone.met_on) == (Status.NOT_STARTED, None)
        assert milestone.reason == "It was another child."
        told = [(c.from_status, c.to_status) for c in queries.changes(uow, milestone.id)]
        assert told == [(Status.NOT_STARTED, Status.MET), (Status.MET, Status.NOT_STARTED)]

    def test_what_is_open_is_not_opened(self, uow, household):
        with pytest.raises(Conflict):
            service.reopen(uow, school(uow, household).id, GiveReason("Why not"))

    def test_a_waiver_is_for_a_team_leader_and_so_is_its_end(self, uow, household):
        milestone = school(uow, household)
        leader, worker = a_team_leader(uow, household), a_caseworker(uow)
        uow.actor = leader
        service.waive(uow, milestone.id, GiveReason("Taught at home"))

        assert (milestone.status, milestone.waived_by) == (Status.WAIVED, leader.user_id)
        uow.actor = type(worker)(worker.role, user_id=leader.user_id)
        with pytest.raises(Forbidden):
            service.reopen(uow, milestone.id, GiveReason("No"))

    def test_set_aside_blocked_and_begun(self, uow, household):
        first, second = of(uow, household, "EDU-05")

        service.set_aside(uow, first.id, GiveReason("Speaks English already"))
        service.block(uow, second.id, RecordBlocker(blocker="No place in the class"))

        assert (first.status, second.status) == (Status.NOT_APPLICABLE, Status.BLOCKED)
        assert second.reason == "No place in the class"
        service.begin(uow, second.id)
        assert (second.status, second.reason) == (Status.IN_PROGRESS, None)


class TestDue:
    def test_a_day_set_by_hand_stays_and_can_follow_its_rule_again(self, uow, household):
        milestone, by_hand = school(uow, household), date(2025, 12, 1)

        service.change_due(uow, milestone.id, ChangeDue(due_on=by_hand))
        household.placed_on = PLACED + timedelta(days=7)
        bring_in_line(uow, household)
        assert milestone.due_on == by_hand
        service.change_due(uow, milestone.id, ChangeDue(due_on=None))

        assert milestone.due_on == PLACED + timedelta(days=21)
        assert not milestone.due_overridden

    def test_one_that_counts_from_a_day_of_its_own_has_no_rule_to_follow(self, uow, household):
        milestone = school(uow, household)
        milestone.own_anchor = True

        with pytest.raises(Conflict):
            service.change_due(uow, milestone.id, ChangeDue(due_on=None))

    def test_nor_has_one_that_is_planned_no_more(self, uow, household):
        milestone = school(uow, household)
        milestone.code = "EDU-01@999"
        uow.session.flush()

        with pytest.raises(Conflict):
            service.change_due(uow, milestone.id, ChangeDue(due_on=None))


class TestAnchor:
    def test_the_preview_says_what_moves_and_what_stays(self, uow, household):
        milestone = school(uow, household)
        service.change_due(uow, milestone.id, ChangeDue(due_on=date(2025, 12, 1)))
        to = PLACED + timedelta(days=7)

        preview = queries.anchor_preview(uow, household.id, PreviewAnchor(anchor="placed", to=to))

        (stays,) = preview.stays
        tenancy = next(shift for shift in preview.moves if shift.code == "HOU-01")
        assert (stays.code, stays.due_on) == ("EDU-01", date(2025, 12, 1))
        assert tenancy.to == tenancy.due_on + timedelta(days=7)
        assert not [shift for shift in preview.moves if shift.code.startswith("REC")]
        assert milestone.due_on == date(2025, 12, 1)

    def test_it_also_says_what_comes_and_what_goes(self, uow, household):
        child = person_of(uow, CHILD)
        child.born_on = PLACED.replace(year=PLACED.year - 5)
        uow.session.flush()
        bring_in_line(uow, household)
        to = PLACED - timedelta(days=7)

        preview = queries.anchor_preview(uow, household.id, PreviewAnchor(anchor="placed", to=to))

        assert "EDU-01" in {shift.code for shift in preview.dropped}
        assert "EDU-03" in {shift.code for shift in preview.added}

    def test_what_went_with_the_move_comes_back_with_it(self, uow, household):
        child = person_of(uow, CHILD)
        child.born_on = PLACED.replace(year=PLACED.year - 5)
        uow.session.flush()
        enrolled = school(uow, household)
        seen = []

        for day in (PLACED - timedelta(days=7), PLACED):
            move_anchor(uow, household.id, MoveAnchor("placed", day))
            settle(uow)
            seen.append((enrolled.status, enrolled.reason))

        assert seen == [(Status.NOT_APPLICABLE, rules.NO_LONGER), (Status.NOT_STARTED, None)]

    def test_without_the_day_there_is_nothing_to_move(self, uow):
        with pytest.raises(Invalid):
            queries.anchor_preview(
                uow, a_family(uow, **QUOTA).id, PreviewAnchor(anchor="placed", to=TODAY)
            )

    @pytest.fixture(autouse=True)
    def _with(self, transactions):
        self.transactions = transactions

    @settings(
        max_examples=8,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(to=st.dates(date(2025, 9, 1), TODAY))
    def test_there_and_back_restores_every_day_that_nobody_set(self, to):
        with self.transactions.begin(SYSTEM, "test") as uow:
            home = a_family(uow, **QUOTA, joined_on=date(2025, 7, 1))
            home.arrived_on, home.placed_on = ARRIVED, PLACED
            bring_in_line(uow, home)
            service.change_due(uow, school(uow, home).id, ChangeDue(due_on=date(2025, 12, 1)))
            before = {m.id: (m.due_on, m.status) for m in of(uow, home)}

            for day in (to, PLACED):
                move_anchor(uow, home.id, MoveAnchor("placed", day))
                settle(uow)

            assert {m.id: (m.due_on, m.status) for m in of(uow, home) if m.id in before} == before


class TestProgress:
    def test_it_says_its_denominator(self, uow, household):
        service.meet(uow, school(uow, household).id, RecordMet(met_on=PLACED))

        found = queries.progress(uow, household.id)

        assert (found.met, found.words) == (1, f"1 of {found.due} due so far")
        assert found.due < found.total


class TestMoveOfHome:
    def moved(self, household, to="NELSON"):
        return HouseholdMoved(household.id, TODAY, "HAMILTON", to)

    def test_what_hangs_on_the_place_opens_again_and_the_rest_stays_met(self, uow, household):
        doctor, tenancy = of(uow, household, "HEA-01")[0], of(uow, household, "ARR-06")[0]
        for milestone in (doctor, tenancy):
            service.meet(uow, milestone.id, RecordMet(met_on=PLACED))

        reopen_after_move(uow, self.moved(household))
        again = [m for m in of(uow, household) if m.round == 2]

        assert [(m.code, m.person_id) for m in again] == [("HEA-01", doctor.person_id)]
        assert (again[0].due_on, again[0].status) == (
            TODAY + timedelta(days=14),
            Status.NOT_STARTED,
        )
        assert (doctor.status, tenancy.status) == (Status.MET, Status.MET)

    def test_within_the_same_place_nothing_opens(self, uow, household):
        doctor = of(uow, household, "HEA-01")[0]
        service.meet(uow, doctor.id, RecordMet(met_on=PLACED))

        reopen_after_move(uow, self.moved(household, to="HAMILTON"))

        assert not [m for m in of(uow, household) if m.round == 2]


class TestBirthdays:
    def test_whoever_turns_five_has_school_from_that_day(self, uow, clock):
        household = a_family(
            uow,
            ("PA", date(1990, 5, 17)),
            ("SON", date(2021, 3, 1)),
            **QUOTA,
            joined_on=date(2025, 7, 1),
        )
        household.arrived_on, household.placed_on = ARRIVED, PLACED
        bring_in_line(uow, household)
        assert not of(uow, household, "EDU-01")

        jobs.recalculate_birthdays(uow, {"day": "2026-02-28"})
        uow.session.flush()

        (enrolled,) = of(uow, household, "EDU-01")
        (place,) = of(uow, household, "EDU-03")
        assert enrolled.due_on == date(2026, 3, 1) + timedelta(days=14)
        assert enrolled.own_anchor
        assert place.status is Status.NOT_APPLICABLE

    def test_it_is_asked_again_the_next_day_and_waits_only_once(self, uow, household):
        expect_birthdays(uow, TODAY)
        jobs.recalculate_birthdays(uow, {"day": "2026-03-02"})
        uow.session.flush()

        waiting = [j for j in uow.session.scalars(job_rows()) if j.name == BIRTHDAYS]
        assert [j.payload for j in waiting] == [{"day": "2026-03-03"}]
        assert waiting[0].run_after == datetime(2026, 3, 2, 11, 30, tzinfo=UTC)

    @pytest.mark.parametrize("placed", [True, False])
    def test_nobody_is_asked_before_the_arrival_or_twice(self, uow, placed):
        household = a_family(uow, ("PA", date(2008, 3, 2)), **QUOTA, joined_on=date(2025, 7, 1))
        if placed:
            household.arrived_on, household.placed_on = ARRIVED, PLACED
            bring_in_line(uow, household)

        for _ in range(2):
            jobs.recalculate_birthdays(uow, {"day": "2026-03-02"})
            uow.session.flush()

        assert len(of(uow, household, "EMP-04")) == int(placed)
        assert uow.find(Household, household.id) is household


def job_rows():
    return select(Job)


def test_the_worker_knows_the_job():
    assert RUNNERS[BIRTHDAYS] is jobs.recalculate_birthdays
    assert plan_milestones in {h for handlers in HANDLERS.values() for h in handlers}
    assert core_jobs.TRIES > 1
