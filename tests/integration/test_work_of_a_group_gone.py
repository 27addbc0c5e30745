"""What a group had planned and was to do, when it does not support the household any more."""

from datetime import date, timedelta

import pytest

from resettle.appointments.models import Appointment, Transport
from resettle.appointments.models import Kind as Appointed
from resettle.cases.models import AssignmentKind
from resettle.cases.queries import assignments
from resettle.core.actor import SYSTEM
from resettle.placements import endings, sponsorships
from resettle.placements.acts import EndSponsorship, GiveReason
from resettle.placements.models import SponsorshipStatus as Status
from resettle.placements.queries import running
from resettle.roster.models import ShiftKind, ShiftStatus
from resettle.tasks.models import Category, Task, TaskOrigin, TaskStatus
from tests import groups
from tests.weeks import TODAY, a_company, a_shift, at

BREAKDOWN = EndSponsorship("BREAKDOWN", TODAY, ["FUNDS"])


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def made(uow):
    made = a_company(uow)
    for row in assignments(uow, made.household.id):
        row.kind = AssignmentKind.PRIMARY
    made.group.households_now, made.group.persons_now = 1, 3
    return made


def a_task(uow, made, title, **facts):
    given = {"group_id": made.group.id, "member_id": made.helper_member.id, **facts}
    return uow.add(
        Task(
            household_id=made.household.id,
            title=title,
            category=Category.SOCIAL,
            due_on=TODAY + timedelta(days=9),
            **given,
        )
    )


def settle(uow):
    uow.session.flush()
    uow.settle()
    uow.session.flush()


def ends(uow, made, command=BREAKDOWN):
    match = running(uow, made.household.id)
    match.confirmed_on = match.proposed_on
    endings.end(uow, match.id, command)
    settle(uow)


def suspends(uow, made):
    endings.suspend(uow, running(uow, made.household.id).id, GiveReason("A concern"))
    settle(uow)


def is_taken_over(uow, made):
    """Let another group say yes, and support the household from now on."""
    match = groups.a_match(uow, groups.a_group(uow), made.household, status=Status.ACCEPTED)
    groups.a_member(uow, uow.find(type(made.group), match.group_id))
    groups.a_deed(uow, uow.find(type(made.group), match.group_id))
    groups.everybody_agrees(uow, match)
    sponsorships.confirm(uow, match.id)
    settle(uow)
    return match.group_id


class TestShifts:
    @pytest.mark.parametrize("stops", [ends, suspends, is_taken_over])
    def test_what_is_ahead_is_called_off_and_what_was_stays(self, uow, made, stops):
        member = {"member_id": made.helper_member.id, "status": ShiftStatus.CONFIRMED}
        ahead = a_shift(uow, made, **member)
        past = a_shift(uow, made, starts_at=at(10, date(2026, 2, 1)), status=ShiftStatus.DONE)

        stops(uow, made)

        assert (ahead.status, past.status) == (ShiftStatus.CANCELLED, ShiftStatus.DONE)
        assert ahead.cancel_reason == "The group does not support the household at the moment."

    def test_nobody_of_it_stands_on_an_appointment_as_driver(self, uow, made):
        appointment = uow.add(
            Appointment(
                household_id=made.household.id,
                kind=Appointed.SCHOOL,
                starts_at=at(10),
                ends_at=at(11),
                transport=Transport.SPONSOR_CAR,
                driver="Tom Fraser",
            )
        )
        a_shift(
            uow,
            made,
            kind=ShiftKind.LIFT,
            appointment_id=appointment.id,
            member_id=made.helper_member.id,
            status=ShiftStatus.CONFIRMED,
        )

        suspends(uow, made)

        assert (appointment.transport, appointment.driver) == (None, None)

    def test_another_household_of_the_group_keeps_its_own(self, uow, made):
        other = groups.a_family(uow)
        theirs = a_shift(uow, made, household_id=other.id)

        ends(uow, made)

        assert theirs.status is ShiftStatus.OPEN


class TestTasks:
    def test_they_come_back_to_the_caseworker_where_nobody_takes_over(self, uow, made):
        handed = a_task(uow, made, "Hand over each lead")
        theirs = a_task(uow, made, "A second-hand desk", created_from=TaskOrigin.GROUP)
        done = a_task(uow, made, "Library cards", status=TaskStatus.DONE)

        ends(uow, made)

        assert [(t.group_id, t.member_id) for t in (handed, theirs)] == [(None, None)] * 2
        assert {handed.assignee_id, theirs.assignee_id} == {made.worker.user_id}
        assert done.group_id == made.group.id

    def test_the_next_group_goes_on_with_them_and_reads_nothing_of_its_own(self, uow, made):
        letting_go = a_task(uow, made, "Hand over each lead", created_from=TaskOrigin.PLAN)
        handed = a_task(uow, made, "To the market by bus", assignee_id=made.worker.user_id)
        theirs = a_task(uow, made, "A second-hand desk", created_from=TaskOrigin.GROUP)

        successor = is_taken_over(uow, made)

        assert [(t.group_id, t.member_id) for t in (letting_go, handed)] == [(successor, None)] * 2
        assert (theirs.group_id, theirs.assignee_id) == (None, made.worker.user_id)

    def test_a_suspended_group_may_come_back_to_them(self, uow, made):
        handed = a_task(uow, made, "To the market by bus")

        suspends(uow, made)

        assert handed.group_id == made.group.id
