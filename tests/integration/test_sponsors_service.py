"""Sponsor groups: their way from an enquiry to a household, and who counts as a member."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.errors import Blocked, Conflict, Forbidden, Invalid, NotFound, Stale
from resettle.core.work import UnitOfWork
from resettle.sponsors import deeds, facts, members, queries, reports, service
from resettle.sponsors.acts import (
    AddMember,
    ApproveGroup,
    CreateGroup,
    MoveGroup,
    RecordItem,
    RecordStep,
    RecordVetting,
    SignDeed,
    UpdateGroup,
)
from resettle.sponsors.models import (
    GroupChecklistItem,
    ItemStatus,
    MemberStatus,
    ReportDue,
    SponsorGroup,
    VettingOutcome,
    VettingReason,
)
from tests.groups import a_coordinator, a_deed, a_family, a_group, a_manager, a_member
from tests.world import a_user

TODAY = date(2026, 3, 2)
NEW = CreateGroup("St Columba’s Welcome Trust", "CHARITABLE_TRUST", "CHC", "cors")
CLEAR = RecordVetting(VettingOutcome.CLEAR, TODAY, TODAY, TODAY)


@pytest.fixture
def uow(transactions) -> Iterator[UnitOfWork]:
    """Give work by the system, in which a test arranges and acts."""
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


def as_(uow: UnitOfWork, actor: Actor) -> UnitOfWork:
    """Let the same work go on as somebody else."""
    uow.session.flush()
    uow.actor = actor
    return uow


class TestCreate:
    def test_it(self, uow):
        group = service.create(uow, NEW)

        assert (group.status, group.status_since) == ("ENQUIRY", TODAY)
        assert (group.programme_code, group.programme_version) == ("cors", 2)
        codes = {item.item_code for item in queries.checklist_of(uow, group.id)}
        assert {"budget", "legal_status"} <= codes
        assert "vetting" not in codes

    @pytest.mark.parametrize(
        ("entity_type", "programme", "field"),
        [
            ("CLUB", "cors", "entity_type"),
            ("CHARITABLE_TRUST", "rqp", "programme"),
            ("CHARITABLE_TRUST", "nowhere", "programme"),
        ],
    )
    def test_it_takes_a_legal_body_and_a_programme_with_sponsors(
        self, uow, entity_type, programme, field
    ):
        with pytest.raises(Invalid) as refusal:
            service.create(uow, CreateGroup("A", entity_type, "CHC", programme))

        assert list(refusal.value.errors) == [field]


class TestMove:
    def test_what_is_missing_is_told_in_words(self, uow):
        group = service.create(uow, NEW)
        walk(uow, group, "PREPARING", "APPLICATION_DRAFT")

        with pytest.raises(Blocked) as refusal:
            service.move(uow, group.id, MoveGroup("SUBMITTED"))

        assert refusal.value.missing["plan.discussed"].startswith("The settlement plan has not")
        assert "prerequisites.met" in refusal.value.missing

    def test_there_is_no_way_past_the_programme(self, uow):
        group = service.create(uow, NEW)

        with pytest.raises(Conflict, match="no move from ENQUIRY to READY"):
            service.move(uow, group.id, MoveGroup("READY"))

    def test_an_override_takes_a_fact_that_may_be_passed_and_a_reason(self, uow):
        group = a_group(uow, status="TRAINING")

        with pytest.raises(Blocked, match="cannot be passed over"):
            service.move(uow, group.id, MoveGroup("READY", "soon", override=True))

    def test_an_overridden_move_is_on_record_with_its_reason(self, uow):
        group = a_group(uow)
        a_member(uow, group)

        with pytest.raises(Invalid):
            service.move(uow, group.id, MoveGroup("AWAITING_MATCH", override=True))
        service.move(uow, group.id, MoveGroup("AWAITING_MATCH", "A last one", override=True))

        step = queries.moves_of(uow, group.id)[0]
        assert (step.overridden, step.missing, step.reason) == (
            True,
            ["intake.open"],
            "A last one",
        )

    def test_a_suspension_takes_a_reason(self, uow):
        group = a_group(uow, status="ACTIVE")

        with pytest.raises(Invalid):
            service.move(uow, group.id, MoveGroup("SUSPENDED"))

    def test_a_concern_closed_before_says_nothing_of_this_one(self, uow):
        group = a_group(uow, status="ACTIVE")
        record(uow, group, "concern.closed")
        uow.now += timedelta(minutes=1)
        service.move(uow, group.id, MoveGroup("SUSPENDED", "A new concern"))

        with pytest.raises(Blocked):
            service.move(uow, group.id, MoveGroup("ACTIVE"))
        uow.now += timedelta(minutes=1)
        record(uow, group, "concern.closed")
        service.move(uow, group.id, MoveGroup("ACTIVE"))

        assert (group.status, group.left_status) == ("ACTIVE", None)


def walk(uow: UnitOfWork, group: SponsorGroup, *stages: str) -> None:
    for stage in stages:
        service.move(uow, group.id, MoveGroup(stage))
    assert group.status == stages[-1]


def record(uow: UnitOfWork, group: SponsorGroup, fact: str) -> None:
    service.record_step(uow, group.id, RecordStep(fact, TODAY))


class TestRecordStep:
    @pytest.mark.parametrize(
        ("fact", "day", "field"),
        [
            ("group.approved", TODAY, "fact"),
            ("deed.signed", TODAY, "fact"),
            ("nonsense", TODAY, "fact"),
            ("plan.discussed", TODAY, "fact"),
            ("concern.closed", TODAY + timedelta(days=1), "done_on"),
        ],
    )
    def test_only_what_no_row_shows_is_recorded_by_hand(self, uow, fact, day, field):
        group = a_group(uow)

        with pytest.raises(Invalid) as refusal:
            service.record_step(uow, group.id, RecordStep(fact, day))

        assert list(refusal.value.errors) == [field]

    def test_recorded_again_it_is_the_same_step_of_a_later_day(self, uow):
        group = a_group(uow)
        first = service.record_step(uow, group.id, RecordStep("concern.closed", TODAY))
        again = service.record_step(uow, group.id, RecordStep("concern.closed", TODAY, "again"))

        assert again is first
        assert again.note == "again"


class TestApprove:
    def test_routes_are_those_of_the_programme(self, uow):
        group = a_group(uow)

        with pytest.raises(Invalid):
            service.approve(uow, group.id, ApproveGroup(10, 2, ["ANY"], TODAY))

    def test_never_for_less_than_the_group_has_taken_on(self, uow):
        group = a_group(uow)
        group.persons_now, group.households_now = 6, 1

        with pytest.raises(Conflict):
            service.approve(uow, group.id, ApproveGroup(5, 2, ["NOMINATED"], TODAY))


class TestCapacity:
    def test_room_is_taken_and_given_back(self, uow):
        group = a_group(uow, max_persons=6)

        service.take_on(uow, group.id, 4)
        with pytest.raises(Conflict, match="room for 2 people"):
            service.take_on(uow, group.id, 3)
        service.give_back(uow, group.id, 4)
        service.take_on(uow, group.id, 3)

        assert (group.persons_now, group.households_now) == (3, 1)


class TestFollow:
    @pytest.mark.parametrize(
        ("status", "to", "expected"),
        [
            ("READY", "ACTIVE", "ACTIVE"),
            ("ACTIVE", "ACTIVE", "ACTIVE"),
            ("SUSPENDED", "ACTIVE", "SUSPENDED"),
            ("READY", "UNHEARD_OF", "READY"),
        ],
    )
    def test_the_stage_follows_the_households_unless_the_group_is_stopped(
        self, uow, status, to, expected
    ):
        group = a_group(uow, status=status)

        service.follow(uow, group.id, to)

        assert group.status == expected


class TestChecklist:
    def test_an_item_is_met_on_a_day(self, uow):
        group = service.create(uow, NEW)
        item = queries.checklist_of(uow, group.id)[0]

        service.record_item(uow, group.id, item.id, RecordItem(ItemStatus.MET))

        assert (item.status, item.done_on) == (ItemStatus.MET, TODAY)

    def test_what_may_not_be_waived_is_not(self, uow):
        group = service.create(uow, NEW)
        item = queries.checklist_of(uow, group.id)[0]

        with pytest.raises(Invalid):
            service.record_item(uow, group.id, item.id, RecordItem(ItemStatus.WAIVED, "why"))

    def test_an_item_of_another_group_is_not_found(self, uow):
        item = queries.checklist_of(uow, service.create(uow, NEW).id)[0]
        other = a_group(uow)

        with pytest.raises(NotFound):
            service.record_item(uow, other.id, item.id, RecordItem(ItemStatus.MET))


class TestUpdate:
    def test_what_is_not_told_stays(self, uow):
        group = service.create(uow, NEW)

        service.update(uow, group.id, UpdateGroup(location="NSN"))

        assert (group.location, group.legal_name) == ("NSN", NEW.legal_name)

    def test_two_editors_do_not_overwrite_each_other(self, uow):
        group = service.create(uow, NEW)
        uow.expected_version = group.version + 1

        with pytest.raises(Stale):
            service.update(uow, group.id, UpdateGroup(location="NSN"))


class TestDeed:
    def test_the_programmes_schedule_is_copied_without_the_evaluators(self, uow):
        group = a_group(uow)

        deed = deeds.sign(uow, group.id, SignDeed(TODAY, TODAY))

        assert deed.report_days["REP-014"] == 14
        assert not [code for code in deed.report_days if code.startswith("EVA")]
        assert queries.deed_in_force(uow, group.id, TODAY) is deed

    def test_a_deed_may_have_days_of_its_own(self, uow):
        group = a_group(uow)

        deed = deeds.sign(uow, group.id, SignDeed(TODAY, TODAY, report_days={"REP-014": 21}))

        assert deed.report_days == {"REP-014": 21}

    @pytest.mark.parametrize(
        "deed",
        [
            SignDeed(TODAY + timedelta(days=1), TODAY),
            SignDeed(TODAY, TODAY, TODAY - timedelta(days=1)),
            SignDeed(TODAY, TODAY, report_days={"REP-000": 5}),
        ],
    )
    def test_nonsense_is_refused(self, uow, deed):
        group = a_group(uow)

        with pytest.raises(Invalid):
            deeds.sign(uow, group.id, deed)

    @pytest.mark.parametrize(
        ("effective_from", "effective_to", "terminated_on", "holds"),
        [
            (TODAY, None, None, True),
            (TODAY + timedelta(days=1), None, None, False),
            (date(2020, 1, 1), TODAY, None, True),
            (date(2020, 1, 1), TODAY - timedelta(days=1), None, False),
            (date(2020, 1, 1), None, TODAY, False),
        ],
    )
    def test_it_holds_from_its_first_day_to_its_last(
        self, uow, effective_from, effective_to, terminated_on, holds
    ):
        group = a_group(uow)
        deed = a_deed(uow, group)
        deed.effective_from, deed.effective_to = effective_from, effective_to
        deed.terminated_on = terminated_on

        assert (queries.deed_in_force(uow, group.id, TODAY) is not None) is holds


class TestReports:
    def test_they_fall_due_from_the_arrival_and_move_with_it(self, uow):
        group, family = a_group(uow), a_family(uow)
        deed = a_deed(uow, group)

        reports.owe(uow, deed, family.id, TODAY, since=TODAY)
        reports.owe(uow, deed, family.id, TODAY + timedelta(days=2), since=TODAY)

        owed = reports.owed_on(uow, group.id, family.id)
        assert {r.code: r.due_on - TODAY for r in owed} == {
            "REP-014": timedelta(days=16),
            "REP-365": timedelta(days=367),
        }

    def test_one_that_was_given_stays_where_it_was(self, uow):
        group, family = a_group(uow), a_family(uow)
        deed = a_deed(uow, group)
        reports.owe(uow, deed, family.id, TODAY, since=TODAY)
        first = next(r for r in reports.owed_on(uow, group.id, family.id) if r.code == "REP-014")
        first.submitted_on = TODAY

        reports.owe(uow, deed, family.id, TODAY + timedelta(days=2), since=TODAY)

        assert first.due_on == TODAY + timedelta(days=14)

    def test_a_new_group_owes_nothing_for_the_time_before_it(self, uow):
        group, family = a_group(uow), a_family(uow)

        reports.owe(uow, a_deed(uow, group), family.id, date(2025, 9, 1), since=TODAY)

        assert [r.code for r in reports.owed_on(uow, group.id, family.id)] == ["REP-365"]

    def test_what_falls_due_after_the_end_is_not_asked_for(self, uow):
        group, family = a_group(uow), a_family(uow)
        reports.owe(uow, a_deed(uow, group), family.id, date(2026, 2, 1), since=date(2026, 2, 1))

        reports.cancel(uow, group.id, family.id, TODAY)

        rows = uow.rows(queries.reports_of(uow, group.id))
        assert [(row.code, row.overdue) for row in rows] == [("REP-014", True)]
        assert uow.rows(queries.reports_of(uow, group.id, overdue=True)) == rows
        assert uow.count(ReportDue) == 2


class TestConfirmMember:
    def test_a_coordinator_then_a_manager(self, uow):
        group = a_group(uow)
        coordinator, manager = a_coordinator(uow, group), a_manager(uow)
        member = members.add_member(uow, group.id, AddMember("Sione", ["befriender"], TODAY))

        with pytest.raises(Forbidden, match="coordinator of the group confirms first"):
            members.confirm_member(as_(uow, manager), member.id)
        members.confirm_member(as_(uow, coordinator), member.id)
        assert member.status is MemberStatus.AWAITING_MANAGER
        with pytest.raises(Forbidden):
            members.confirm_member(uow, member.id)
        members.confirm_member(as_(uow, manager), member.id)

        assert member.status is MemberStatus.CONFIRMED
        with pytest.raises(Conflict):
            members.confirm_member(uow, member.id)

    def test_the_first_coordinator_takes_two_managers(self, uow):
        group = a_group(uow)
        one, other = a_manager(uow), a_manager(uow)
        member = members.add_member(uow, group.id, AddMember("Sione", ["coordinator"], TODAY))

        members.confirm_member(as_(uow, one), member.id)
        with pytest.raises(Forbidden, match="second person"):
            members.confirm_member(uow, member.id)
        members.confirm_member(as_(uow, other), member.id)

        assert member.status is MemberStatus.CONFIRMED

    def test_nobody_confirms_themselves(self, uow):
        group = a_group(uow)
        coordinator = a_coordinator(uow, group)
        a_member(uow, group, roles=("coordinator",))
        members_now = queries.live_members_of(uow, group.id)
        own = next(m for m in members_now if m.user_id == coordinator.user_id)
        own.confirmed_by_group_by = own.confirmed_by_manager_by = None

        with pytest.raises(Forbidden, match="their own"):
            members.confirm_member(as_(uow, coordinator), own.id)

    def test_a_coordinator_of_another_group_does_not_find_the_member(self, uow):
        member = a_member(uow, a_group(uow), confirmed=False)

        with pytest.raises(NotFound):
            members.confirm_member(as_(uow, a_coordinator(uow, a_group(uow))), member.id)


class TestConfirmedGroups:
    @pytest.mark.parametrize(
        ("confirmed", "vetted_until", "left_on", "counts"),
        [
            (True, TODAY + timedelta(days=1), None, True),
            (False, TODAY + timedelta(days=1), None, False),
            (True, TODAY, None, False),
            (True, None, None, False),
            (True, TODAY + timedelta(days=1), TODAY, False),
        ],
    )
    def test_a_membership_counts_while_confirmed_and_vetted(
        self, uow, confirmed, vetted_until, left_on, counts
    ):
        group, user = a_group(uow), a_user(uow, Role.SPONSOR_MEMBER)
        member = a_member(
            uow, group, user_id=user.id, confirmed=confirmed, vetted_until=vetted_until
        )
        member.left_on = left_on

        groups = queries.confirmed_groups_of(uow, user.id)

        assert groups == ({group.id} if counts else set())


class TestLeave:
    def test_who_has_left_counts_no_more_and_cannot_leave_again(self, uow):
        member = a_member(uow, a_group(uow))

        members.leave(uow, member.id, TODAY)

        assert member.status is MemberStatus.LEFT
        with pytest.raises(Conflict):
            members.leave(uow, member.id, TODAY)

    @pytest.mark.parametrize("left_on", [TODAY + timedelta(days=1), date(2019, 1, 1)])
    def test_the_day_makes_sense(self, uow, left_on):
        member = a_member(uow, a_group(uow))

        with pytest.raises(Invalid):
            members.leave(uow, member.id, left_on)


class TestRecordVetting:
    def test_a_clear_outcome_holds_three_years_and_then_no_more(self, uow):
        group = a_group(uow)
        member = a_member(uow, group, vetted_until=None)

        vetting = members.record_vetting(uow, member.id, CLEAR)

        assert vetting.expires_on == member.vetted_until == date(2029, 3, 2)
        assert queries.all_vetted(uow, group.id)

    def test_asked_for_then_answered_is_one_row(self, uow):
        member = a_member(uow, a_group(uow), vetted_until=None)
        asked = RecordVetting(VettingOutcome.PENDING, TODAY, TODAY)
        pending = members.record_vetting(uow, member.id, asked)

        with pytest.raises(Conflict):
            members.record_vetting(uow, member.id, asked)
        answered = members.record_vetting(uow, member.id, CLEAR)

        assert answered is pending
        assert queries.vettings_of(uow, member.id) == [answered]

    @pytest.mark.parametrize("outcome", [VettingOutcome.DECLINED, VettingOutcome.FOR_REVIEW])
    def test_an_outcome_that_is_not_clear_ends_an_earlier_one_at_once(self, uow, outcome):
        group = a_group(uow)
        member = a_member(uow, group)
        members.approve_driving(uow, member.id)

        members.record_vetting(
            uow,
            member.id,
            RecordVetting(outcome, TODAY, TODAY, TODAY, VettingReason.PANEL_DECISION),
        )

        assert member.vetted_until is None
        assert not queries.may_drive_children(uow, member.id)
        assert not queries.all_vetted(uow, group.id)

    @pytest.mark.parametrize(
        ("command", "field"),
        [
            (RecordVetting(VettingOutcome.CLEAR, TODAY, TODAY), "decided_on"),
            (
                RecordVetting(VettingOutcome.CLEAR, TODAY, TODAY, date(2026, 3, 1)),
                "decided_on",
            ),
            (
                RecordVetting(VettingOutcome.DECLINED, TODAY, TODAY, TODAY),
                "reason_code",
            ),
            (RecordVetting(VettingOutcome.PENDING, TODAY, date(2026, 3, 1)), "agreed_on"),
            (RecordVetting(VettingOutcome.PENDING, date(2026, 3, 3), TODAY), "agreed_on"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, uow, command, field):
        member = a_member(uow, a_group(uow))

        with pytest.raises(Invalid) as refusal:
            members.record_vetting(uow, member.id, command)

        assert list(refusal.value.errors) == [field]

    def test_nobody_records_their_own(self, uow):
        manager = a_manager(uow)
        member = a_member(uow, a_group(uow), user_id=manager.user_id)

        with pytest.raises(Forbidden):
            members.record_vetting(as_(uow, manager), member.id, CLEAR)


class TestApproveDriving:
    """Scenario 29: a volunteer without a valid vetting is assigned to drive children."""

    def test_a_confirmed_and_vetted_member_may_drive_children(self, uow):
        member = a_member(uow, a_group(uow))

        members.approve_driving(uow, member.id)

        assert queries.may_drive_children(uow, member.id)

    @pytest.mark.parametrize(
        ("confirmed", "vetted_until"), [(True, None), (True, TODAY), (False, date(2028, 1, 1))]
    )
    def test_nobody_else_may(self, uow, confirmed, vetted_until):
        member = a_member(uow, a_group(uow), confirmed=confirmed, vetted_until=vetted_until)

        with pytest.raises(Conflict):
            members.approve_driving(uow, member.id)

    def test_it_ends_with_the_vetting(self, uow):
        member = a_member(uow, a_group(uow), vetted_until=TODAY + timedelta(days=1))
        members.approve_driving(uow, member.id)

        uow.today += timedelta(days=1)

        assert not queries.may_drive_children(uow, member.id)

    def test_nobody_approves_themselves(self, uow):
        group = a_group(uow)
        coordinator = a_coordinator(uow, group)
        own = queries.live_members_of(uow, group.id)[0]

        with pytest.raises(Forbidden):
            members.approve_driving(as_(uow, coordinator), own.id)


class TestFacts:
    def test_every_fact_of_the_way_is_shown_by_rows_or_can_be_recorded(self, uow):
        group = a_group(uow)
        workflow = queries.workflow_of(uow, group)
        asked = {f for s in workflow.stages for m in workflow.moves_from(s.code) for f in m.needs}

        assert asked <= facts.sources(uow).keys() | facts.recordable(uow, workflow)

    def test_a_household_that_arrived_shows_in_what_is_owed(self, uow):
        group, family = a_group(uow), a_family(uow)
        assert not facts.household_arrived(uow, group)

        reports.owe(uow, a_deed(uow, group), family.id, TODAY, since=TODAY)

        assert facts.household_arrived(uow, group)

    @pytest.mark.parametrize(("households", "finished"), [(0, True), (1, False)])
    def test_a_group_is_finished_when_it_supports_nobody(self, uow, households, finished):
        group = a_group(uow, status="ACTIVE")
        group.households_now = households

        assert facts.supports_nobody(uow, group) is finished
        assert facts.has_household(uow, group) is not finished

    def test_a_group_of_nobody_is_neither_vetted_nor_trained(self, uow):
        group = a_group(uow)

        assert not facts.vetting_all_clear(uow, group)
        assert not facts.training_complete(uow, group)
        assert not facts.house_lead_named(uow, group)
        assert not facts.prerequisites_met(uow, group)

    def test_readiness_is_the_stage(self, uow):
        assert facts.group_ready(uow, a_group(uow))
        assert not facts.group_ready(uow, a_group(uow, status="TRAINING"))


def test_the_checklist_rows_are_of_known_items(uow):
    group = service.create(uow, NEW)
    programme = queries.programme_of(uow, group)
    known = {(listed.code, item.code) for listed in programme.checklists for item in listed.items}

    rows = uow.all(uow.select(GroupChecklistItem))

    assert {(row.list_code, row.item_code) for row in rows} <= known
