"""The roster: planned, taken, given on, attended; and who may be put on what."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from resettle.appointments import service as appointments
from resettle.appointments.acts import ChangeAppointment, MakeAppointment, RecordOutcome
from resettle.appointments.models import Appointment, Kind, Outcome, Transport
from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Forbidden, Invalid, NotFound
from resettle.households.models import DenyListed
from resettle.households.queries import current_members
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.roster import attending, lifts, queries, service
from resettle.roster.acts import (
    AddShift,
    AskForLift,
    AssignShift,
    CancelShift,
    ChangeShift,
    LeaveShift,
    NoteCar,
)
from resettle.roster.models import Shift, ShiftKind, ShiftStatus
from resettle.roster.queries import ShiftFilters
from tests import groups
from tests.weeks import LATER, TODAY, a_company, a_shift, at

TOMORROW, HOUR = at(14, date(2026, 3, 3)), timedelta(hours=1)
CAR = {
    "licence_until": LATER,
    "vehicle_seats": 4,
    "child_seats": 1,
    "drives_children": True,
}


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def made(uow):
    made = a_company(uow, **CAR)
    uow.actor = made.helper
    return made


def planned(uow, made, **more):
    given = {"kind": ShiftKind.VISIT, "starts_at": at(10), "ends_at": at(11), **more}
    return service.add(uow, made.household.id, AddShift(**given))


def acting(uow, actor):
    uow.actor = actor


class TestAdd:
    def test_it_is_open_until_somebody_takes_it(self, uow, made):
        shift = planned(uow, made)

        assert (shift.status, shift.member_id) == (ShiftStatus.OPEN, None)
        assert queries.warnings(uow, [shift])[shift.id] == (queries.NOBODY,)

    def test_ones_own_is_confirmed_and_anothers_is_asked(self, uow, made):
        own = planned(uow, made, member_id=made.helper_member.id)
        acting(uow, made.lead)
        asked = planned(uow, made, member_id=made.helper_member.id)

        assert own.status is ShiftStatus.CONFIRMED
        assert asked.status is ShiftStatus.ASKED

    def test_members_do_not_plan_for_others(self, uow, made):
        with pytest.raises(Forbidden, match="coordinates"):
            planned(uow, made, member_id=made.lead_member.id)

    def test_a_series_keeps_the_time_of_the_clock_when_clocks_change(self, uow, made):
        planned(uow, made, every_weeks=4, until=date(2026, 4, 27))

        rows = uow.all(queries.of_household(uow, made.household.id, ShiftFilters()))
        begins = sorted(row.starts_at for row in rows)
        assert [moment.hour for moment in begins] == [21, 21, 22]  # as UTC counts
        assert len({row.series_id for row in rows}) == 1

    def test_a_time_that_the_clocks_skip_is_an_hour_later(self, uow, made):
        first = at(2, date(2026, 9, 20), 30)
        planned(
            uow, made, starts_at=first, ends_at=first + timedelta(hours=1),
            every_weeks=1, until=date(2026, 9, 27),
        )  # fmt: skip

        rows = uow.all(queries.of_household(uow, made.household.id, ShiftFilters()))
        assert sorted(row.starts_at for row in rows)[1] == at(3, date(2026, 9, 27), 30)

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"ends_at": at(10)}, "ends_at"),
            ({"every_weeks": 1}, "until"),
            ({"rider_ids": (groups.uuid4(),)}, "rider_ids"),
            ({"member_id": groups.uuid4()}, "member_id"),
        ],
    )
    def test_faults_are_told_by_field(self, uow, made, more, field):
        with pytest.raises(Invalid) as refused:
            planned(uow, made, **more)

        assert [*refused.value.errors] == [field]

    def test_only_in_a_lift_somebody_rides(self, uow, made):
        person_id = current_members(uow, made.household.id)[0].person_id

        with pytest.raises(Invalid) as refused:
            planned(uow, made, rider_ids=(person_id,))

        assert "rides along" in str(refused.value.errors)

    def test_without_a_group_that_supports_there_is_no_roster(self, uow, made):
        acting(uow, SYSTEM)
        match = uow.first(uow.select(Sponsorship))
        match.status, match.ended_on = SponsorshipStatus.ENDED, TODAY

        with pytest.raises(Conflict):
            planned(uow, made)
        acting(uow, made.helper)
        with pytest.raises(NotFound):
            planned(uow, made)


class TestWhoMay:
    @pytest.mark.parametrize("case", ["unconfirmed", "lapsed", "lapses before", "left", "kept"])
    def test_only_confirmed_and_vetted_members_are_fit(self, uow, made, case):
        acting(uow, SYSTEM)
        member = made.lead_member
        day = date(2026, 5, 1)
        match case:
            case "unconfirmed":
                member.confirmed_by_manager_by = None
            case "lapsed":
                member.vetted_until = TODAY
            case "lapses before":
                member.vetted_until = day
            case "left":
                member.left_on = TODAY
            case "kept":
                uow.add(DenyListed(household_id=made.household.id, user_id=member.user_id))
        acting(uow, made.helper)

        fit = queries.fit(uow, made.household.id, made.group.id, day)

        assert [one.id for one in fit] == [made.helper_member.id]

    def test_of_a_shift_whose_member_is_no_longer_fit_it_is_warned(self, uow, made):
        shift = a_shift(uow, made, member_id=made.lead_member.id, status=ShiftStatus.CONFIRMED)
        made.lead_member.vetted_until = TODAY

        assert queries.warnings(uow, [shift])[shift.id] == (queries.NOT_FIT,)

    def test_of_two_at_one_time_it_is_warned_and_nothing_is_kept_from_anybody(self, uow, made):
        member_id = made.helper_member.id
        first, second = (planned(uow, made, member_id=member_id) for _ in range(2))

        found = queries.warnings(uow, [first, second])

        assert found[first.id] == (queries.ELSEWHERE, queries.TWO_AT_ONCE)
        assert queries.warnings(uow, []) == {}


class TestPassingOn:
    def test_who_is_asked_confirms(self, uow, made):
        acting(uow, made.lead)
        shift = planned(uow, made)
        service.assign(uow, shift.id, AssignShift(member_id=made.helper_member.id))
        with pytest.raises(Conflict, match="not yours"):
            service.confirm(uow, shift.id)
        acting(uow, made.helper)

        service.confirm(uow, shift.id)

        assert shift.status is ShiftStatus.CONFIRMED
        with pytest.raises(Conflict):
            service.confirm(uow, shift.id)

    def test_a_swap_is_offered_and_taken_by_another(self, uow, made):
        shift = planned(uow, made, member_id=made.helper_member.id)
        acting(uow, made.lead)
        with pytest.raises(Conflict, match="Somebody else"):
            service.take(uow, shift.id)
        acting(uow, made.helper)
        service.offer(uow, shift.id)
        with pytest.raises(Conflict):
            service.offer(uow, shift.id)
        with pytest.raises(Conflict, match="yours already"):
            service.take(uow, shift.id)
        acting(uow, made.lead)

        service.take(uow, shift.id)

        assert (shift.member_id, shift.offered_at) == (made.lead_member.id, None)
        assert shift.status is ShiftStatus.CONFIRMED

    def test_who_finds_nobody_keeps_it(self, uow, made):
        shift = planned(uow, made, member_id=made.helper_member.id)
        with pytest.raises(Conflict):
            service.keep(uow, shift.id)
        service.offer(uow, shift.id)

        service.keep(uow, shift.id)

        assert (shift.member_id, shift.offered_at) == (made.helper_member.id, None)

    def test_released_it_is_open_again(self, uow, made):
        shift = planned(uow, made, member_id=made.helper_member.id)

        service.release(uow, shift.id)

        assert (shift.status, shift.member_id) == (ShiftStatus.OPEN, None)
        acting(uow, made.lead)
        with pytest.raises(Conflict, match="Nobody has taken"):
            service.release(uow, shift.id)

    def test_the_shift_of_another_is_not_ones_own_to_change(self, uow, made):
        acting(uow, made.lead)
        shift = planned(uow, made, member_id=made.lead_member.id)
        acting(uow, made.helper)

        for act in (
            lambda: service.change(uow, shift.id, ChangeShift(words="Later")),
            lambda: service.cancel(uow, shift.id, CancelShift(reason="Rain")),
            lambda: service.release(uow, shift.id),
        ):
            with pytest.raises(Conflict, match="not yours"):
                act()

    def test_a_member_of_no_group_of_theirs_takes_nothing(self, uow, made):
        shift = planned(uow, made)
        acting(uow, replace(made.helper, user_id=groups.uuid4()))

        with pytest.raises(Forbidden):
            service.take(uow, shift.id)

    def test_at_another_time_whoever_was_asked_is_asked_again(self, uow, made):
        acting(uow, made.lead)
        shift = planned(uow, made, member_id=made.helper_member.id)
        acting(uow, made.helper)
        service.confirm(uow, shift.id)
        acting(uow, made.lead)

        service.change(uow, shift.id, ChangeShift(words="The library"))
        kept = shift.status
        service.change(uow, shift.id, ChangeShift(ends_at=at(12)))

        assert (kept, shift.status) == (ShiftStatus.CONFIRMED, ShiftStatus.ASKED)
        with pytest.raises(Invalid):
            service.change(uow, shift.id, ChangeShift(ends_at=at(9)))

    def test_a_series_is_called_off_from_one_on(self, uow, made):
        acting(uow, made.lead)
        planned(uow, made, every_weeks=1, until=date(2026, 3, 16))
        rows = uow.all(
            queries.of_household(uow, made.household.id, ShiftFilters()).order_by(Shift.starts_at)
        )

        service.cancel(uow, rows[1].id, CancelShift(reason="Away", following=True))

        cancelled = ShiftStatus.CANCELLED
        assert [row.status for row in rows] == [ShiftStatus.OPEN, cancelled, cancelled]
        wanted = ShiftFilters(first=TODAY, last=TODAY, status=ShiftStatus.OPEN)
        assert len(uow.all(queries.of_household(uow, made.household.id, wanted))) == 1
        with pytest.raises(Conflict):
            service.take(uow, rows[1].id)


class TestAttending:
    @pytest.fixture
    def shift(self, uow, made):
        starts_at = uow.now + timedelta(minutes=30)
        return a_shift(
            uow, made, starts_at=starts_at, member_id=made.helper_member.id,
            status=ShiftStatus.CONFIRMED,
        )  # fmt: skip

    def test_the_time_between_is_counted(self, uow, made, shift):
        attending.arrive(uow, shift.id)
        uow.now += timedelta(minutes=72)
        attending.leave(uow, shift.id, LeaveShift(went="We walked to the library"))

        assert (shift.status, shift.minutes) == (ShiftStatus.DONE, 70)
        counted = queries.hours(uow, made.household.id, TODAY, TODAY)
        assert (counted.minutes, counted.shifts, counted.missed) == (70, 1, 0)
        assert counted.by_kind == {"visit": 70}

    def test_who_forgot_to_arrive_says_how_long_it_was(self, uow, made, shift):
        with pytest.raises(Invalid):
            attending.leave(uow, shift.id, LeaveShift(went="Well"))

        attending.leave(uow, shift.id, LeaveShift(went="Well", minutes=45))

        assert shift.minutes == 45
        with pytest.raises(Conflict):
            attending.leave(uow, shift.id, LeaveShift(went="Well", minutes=45))

    def test_nothing_is_said_of_a_shift_hours_before_it(self, uow, made, shift):
        shift.starts_at = uow.now + timedelta(hours=3)

        with pytest.raises(Conflict, match="too early"):
            attending.arrive(uow, shift.id)
        with pytest.raises(Conflict, match="too early"):
            attending.leave(uow, shift.id, LeaveShift(went="Well", minutes=45))

    def test_it_is_said_by_who_does_it_alone(self, uow, made, shift):
        acting(uow, made.lead)

        for act in (
            lambda: attending.arrive(uow, shift.id),
            lambda: attending.leave(uow, shift.id, LeaveShift(went="Well", minutes=45)),
        ):
            with pytest.raises(Conflict, match="not yours"):
                act()

    def test_who_leads_says_it_for_a_member_without_an_account(self, uow, made, shift):
        quiet = groups.a_member(uow, made.group)
        shift.member_id, shift.status = quiet.id, ShiftStatus.ASKED
        with pytest.raises(Conflict):
            attending.arrive(uow, shift.id)
        acting(uow, made.lead)

        service.confirm(uow, shift.id)
        service.offer(uow, shift.id)
        service.keep(uow, shift.id)
        attending.arrive(uow, shift.id)
        uow.now += timedelta(minutes=60)
        attending.leave(uow, shift.id, LeaveShift(went="He read with them"))

        assert (shift.status, shift.minutes) == (ShiftStatus.DONE, 60)

    def test_for_one_whose_vetting_has_run_out_nobody_says_it(self, uow, made, shift):
        quiet = groups.a_member(uow, made.group, vetted_until=TODAY)
        shift.member_id = quiet.id
        acting(uow, made.lead)

        with pytest.raises(Conflict, match="not yours"):
            attending.arrive(uow, shift.id)

    def test_nobody_arrives_twice(self, uow, made, shift):
        attending.arrive(uow, shift.id)

        with pytest.raises(Conflict):
            attending.arrive(uow, shift.id)

    def test_that_nobody_came_is_recorded_by_who_leads_after_it_began(self, uow, made, shift):
        with pytest.raises(Forbidden):
            attending.miss(uow, shift.id)
        acting(uow, made.lead)
        with pytest.raises(Conflict, match="not begun"):
            attending.miss(uow, shift.id)
        shift.starts_at = uow.now

        attending.miss(uow, shift.id)

        assert shift.status is ShiftStatus.MISSED
        assert queries.hours(uow, made.household.id, TODAY, TODAY).missed == 1
        with pytest.raises(Conflict):
            attending.miss(uow, shift.id)

    def test_what_was_said_is_taken_back_within_a_day(self, uow, made, shift):
        with pytest.raises(Conflict, match="nothing to take back"):
            attending.take_back(uow, shift.id)
        attending.arrive(uow, shift.id)
        uow.session.flush()

        attending.take_back(uow, shift.id)

        assert (shift.status, shift.arrived_at) == (ShiftStatus.CONFIRMED, None)
        attending.arrive(uow, shift.id)
        uow.session.flush()
        uow.today += timedelta(days=3)
        with pytest.raises(Conflict, match="since days"):
            attending.take_back(uow, shift.id)

    def test_of_an_open_shift_too(self, uow, made, shift):
        shift.member_id, shift.status, shift.starts_at = None, ShiftStatus.OPEN, uow.now
        acting(uow, made.lead)
        attending.miss(uow, shift.id)
        uow.session.flush()

        assert attending.take_back(uow, shift.id).status is ShiftStatus.OPEN


class TestLifts:
    @pytest.fixture
    def appointment(self, uow, made):
        acting(uow, made.worker)
        given = {"kind": Kind.HOSPITAL, "starts_at": TOMORROW, "ends_at": TOMORROW + HOUR}
        row = appointments.make(uow, made.household.id, MakeAppointment(**given))
        acting(uow, made.helper)
        return row

    def asked(self, uow, made, appointment, **more):
        acting(uow, made.worker)
        shift = lifts.ask(uow, appointment.id, AskForLift(**more))
        acting(uow, made.helper)
        return shift

    def test_the_driver_stands_on_the_appointment_of_which_the_group_knows_nothing(
        self, uow, made, appointment
    ):
        shift = self.asked(uow, made, appointment, words="Into town")
        assert uow.find(Appointment, appointment.id) is None

        service.take(uow, shift.id)
        uow.settle()

        assert (appointment.transport, appointment.driver) == (Transport.SPONSOR_CAR, "Tom Fraser")
        service.release(uow, shift.id)
        uow.settle()
        assert (appointment.transport, appointment.driver) == (None, None)

    @pytest.mark.parametrize(
        ("car", "words"),
        [
            ({"drives_children": False}, "drive children"),
            ({"licence_until": None}, "licence"),
            ({"vehicle_seats": 2}, "3 people ride"),
            ({"child_seats": None}, "seat for children"),
        ],
    )
    def test_who_cannot_drive_them_is_refused(self, uow, made, appointment, car, words):
        shift = self.asked(uow, made, appointment)
        for name, value in car.items():
            setattr(made.helper_member, name, value)

        with pytest.raises(Invalid) as refused:
            service.take(uow, shift.id)

        assert words in str(refused.value.errors)

    def test_who_was_approved_and_lost_it_is_warned_of_and_stopped_at_the_door(
        self, uow, made, appointment
    ):
        shift = self.asked(uow, made, appointment)
        service.take(uow, shift.id)
        made.helper_member.drives_children = False
        uow.now = TOMORROW

        assert queries.warnings(uow, [shift])[shift.id] == (queries.rules.NOT_CHILDREN,)
        with pytest.raises(Conflict, match="drive children"):
            attending.arrive(uow, shift.id)

    def test_of_one_adult_no_child_rides(self, uow, made, appointment):
        acting(uow, made.worker)
        person_id = current_members(uow, made.household.id)[0].person_id
        appointments.change(uow, appointment.id, ChangeAppointment(person_id=person_id))
        shift = self.asked(uow, made, appointment)
        made.helper_member.drives_children = False

        service.take(uow, shift.id)

        assert queries.riders(uow, [shift])[shift.id].people == 1

    def test_it_moves_with_its_appointment_and_the_driver_is_asked_again(
        self, uow, made, appointment
    ):
        shift = self.asked(uow, made, appointment)
        service.take(uow, shift.id)
        acting(uow, made.worker)

        appointments.change(
            uow, appointment.id, ChangeAppointment(starts_at=at(16), ends_at=at(17))
        )
        uow.settle()

        assert (shift.starts_at, shift.status) == (at(16), ShiftStatus.ASKED)

    def test_it_is_called_off_with_its_appointment(self, uow, made, appointment):
        shift = self.asked(uow, made, appointment)
        acting(uow, made.worker)

        appointments.record(uow, appointment.id, RecordOutcome(outcome=Outcome.CANCELLED))
        uow.settle()

        assert shift.status is ShiftStatus.CANCELLED
        with pytest.raises(Conflict):
            lifts.ask(uow, appointment.id, AskForLift())

    def test_it_is_asked_once_and_called_off_by_who_asked(self, uow, made, appointment):
        shift = self.asked(uow, made, appointment)
        acting(uow, made.worker)
        with pytest.raises(Conflict, match="asked already"):
            lifts.ask(uow, appointment.id, AskForLift())
        assert lifts.of_appointment(uow, appointment.id).id == shift.id

        lifts.withdraw(uow, appointment.id)

        assert shift.status is ShiftStatus.CANCELLED
        with pytest.raises(Conflict):
            lifts.withdraw(uow, appointment.id)

    def test_without_a_group_there_is_nobody_to_ask(self, uow, made, appointment):
        uow.actor = SYSTEM
        match = uow.first(uow.select(Sponsorship))
        match.status, match.ended_on = SponsorshipStatus.ENDED, TODAY

        with pytest.raises(Conflict, match="No sponsor group"):
            lifts.ask(uow, appointment.id, AskForLift())


class TestNoteCar:
    def test_ones_own_and_that_of_others_for_who_leads(self, uow, made):
        own = lifts.note_car(uow, made.helper_member.id, NoteCar(vehicle_seats=6))
        with pytest.raises(Forbidden):
            lifts.note_car(uow, made.lead_member.id, NoteCar(vehicle_seats=6))
        acting(uow, made.lead)
        lifts.note_car(uow, made.lead_member.id, NoteCar(licence_until=LATER))

        assert (own.vehicle_seats, own.licence_until) == (6, None)
        assert made.lead_member.licence_until == LATER

    def test_not_of_who_has_left(self, uow, made):
        made.helper_member.left_on = TODAY
        acting(uow, made.lead)

        with pytest.raises(Conflict):
            lifts.note_car(uow, made.helper_member.id, NoteCar())
