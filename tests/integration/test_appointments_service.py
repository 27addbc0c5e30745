"""Appointments: made, changed, warned of, and what came of them."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from resettle.appointments import queries, service
from resettle.appointments.acts import ChangeAppointment, MakeAppointment, RecordOutcome
from resettle.appointments.models import Kind, Outcome
from resettle.appointments.queries import (
    NO_INTERPRETER,
    SAME_COMPANION,
    SAME_PEOPLE,
    AppointmentFilters,
)
from resettle.cases.models import Assignment, AssignmentKind
from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Invalid, NotFound
from resettle.tasks.models import Category, TaskOrigin
from resettle.tasks.queries import open_from
from tests.journeys import QUOTA, a_family
from tests.world import a_caseworker, a_household, a_member

NINE = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
BEFORE = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def household(uow):
    return a_family(uow, **QUOTA)


@pytest.fixture
def worker(uow, household):
    """The household's caseworker, who acts from here on."""
    uow.actor = a_caseworker(uow, household)
    return uow.actor


def made(uow, household, **more):
    begins = more.get("starts_at", NINE)
    given = {"kind": Kind.GP, "starts_at": begins, "ends_at": begins + HOUR, **more}
    return service.make(uow, household.id, MakeAppointment(**given))


def warned(uow, row):
    return queries.warned(uow, row.id).warnings


class TestMake:
    def test_it(self, uow, household, worker):
        row = made(uow, household, with_whom="Dr Rata", place="Petone", companion_id=worker.user_id)

        assert (row.kind, row.with_whom, row.place) == ("gp", "Dr Rata", "Petone")
        assert (row.outcome, row.companion_id) == (Outcome.PLANNED, worker.user_id)

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"ends_at": NINE}, "ends_at"),
            ({"person_id": uuid4()}, "person_id"),
            ({"companion_id": uuid4()}, "companion_id"),
        ],
    )
    def test_what_cannot_be_is_refused(self, uow, household, worker, more, field):
        with pytest.raises(Invalid) as refused:
            made(uow, household, **more)

        assert [*refused.value.errors] == [field]

    def test_somebody_of_another_household_does_not_go(self, uow, household, worker):
        uow.actor = SYSTEM
        other = a_member(uow, a_household(uow))
        uow.actor = worker

        with pytest.raises(Invalid):
            made(uow, household, person_id=other.id)


class TestWarnings:
    def test_an_interpreter_who_is_not_booked(self, uow, household, worker):
        row = made(uow, household, interpreter_needed=True)
        lacking = warned(uow, row)
        service.change(uow, row.id, ChangeAppointment(interpreter_booked=True))

        assert lacking == (NO_INTERPRETER,)
        assert warned(uow, row) == ()

    def test_the_same_people_at_the_same_time(self, uow, household, worker):
        first = made(uow, household)
        second = made(uow, household, starts_at=NINE + HOUR / 2)
        later = made(uow, household, starts_at=NINE + 2 * HOUR)

        assert warned(uow, first) == warned(uow, second) == (SAME_PEOPLE,)
        assert warned(uow, later) == ()

    def test_the_same_companion_though_the_other_household_is_not_mine(
        self, uow, household, worker
    ):
        uow.actor = SYSTEM
        elsewhere = a_family(uow, **QUOTA)
        colleague = a_caseworker(uow, household, elsewhere, kind=AssignmentKind.SECOND)
        uow.actor = colleague
        made(uow, elsewhere, companion_id=colleague.user_id)
        uow.actor = worker

        row = made(uow, household, companion_id=colleague.user_id)

        assert warned(uow, row) == (SAME_COMPANION,)

    def test_what_is_over_or_cancelled_clashes_with_nothing(self, uow, household, worker):
        gone = made(uow, household, companion_id=worker.user_id)
        service.record(uow, gone.id, RecordOutcome(outcome=Outcome.CANCELLED))

        row = made(uow, household, companion_id=worker.user_id)

        assert warned(uow, row) == ()
        assert warned(uow, gone) == ()


class TestChange:
    def test_what_came_of_it_is_not_written_over(self, uow, household, worker):
        row = made(uow, household)
        service.record(uow, row.id, RecordOutcome(outcome=Outcome.CANCELLED))

        with pytest.raises(Conflict):
            service.change(uow, row.id, ChangeAppointment(place="Petone"))

    def test_it_ends_after_it_begins(self, uow, household, worker):
        row = made(uow, household)

        with pytest.raises(Invalid):
            service.change(uow, row.id, ChangeAppointment(starts_at=NINE + HOUR))


class TestRecord:
    def test_they_were_there_and_the_next_step_is_a_task(self, uow, household, worker):
        row = made(uow, household, starts_at=BEFORE)

        service.record(
            uow,
            row.id,
            RecordOutcome(
                outcome=Outcome.ATTENDED,
                note="All went well",
                follow_up="Fetch the results",
                follow_up_due=date(2026, 3, 9),
            ),
        )

        task = open_from(uow, row.id)
        assert (row.outcome, row.outcome_note) == (Outcome.ATTENDED, "All went well")
        assert (task.title, task.detail) == (
            "Next step after the appointment of 2 March 2026", "Fetch the results",
        )  # fmt: skip
        assert (task.category, task.created_from) == (
            Category.APPOINTMENT, TaskOrigin.APPOINTMENT,
        )  # fmt: skip

    def test_put_off_it_has_another_whose_interpreter_is_to_be_booked_anew(
        self, uow, household, worker
    ):
        row = made(
            uow, household, interpreter_needed=True, interpreter_booked=True, with_whom="Dr Rata"
        )
        later = NINE + timedelta(days=7)

        service.record(
            uow,
            row.id,
            RecordOutcome(outcome=Outcome.RESCHEDULED, starts_at=later, ends_at=later + HOUR),
        )

        rows = uow.all(queries.of_household(uow, household.id, AppointmentFilters()))
        (instead,) = [each for each in rows if each.id == row.moved_to_id]
        assert (instead.starts_at, instead.with_whom) == (later, "Dr Rata")
        assert (instead.interpreter_needed, instead.interpreter_booked) == (True, False)

    @pytest.mark.parametrize(
        ("asked", "field"),
        [
            ({"outcome": Outcome.PLANNED}, "outcome"),
            ({"outcome": Outcome.ATTENDED}, "outcome"),
            ({"outcome": Outcome.RESCHEDULED}, "starts_at"),
            ({"outcome": Outcome.RESCHEDULED, "starts_at": NINE, "ends_at": NINE}, "ends_at"),
            ({"outcome": Outcome.CANCELLED, "follow_up": "Call"}, "follow_up_due"),
            ({"outcome": Outcome.CANCELLED, "follow_up_due": date(2026, 3, 9)}, "follow_up"),
        ],
    )
    def test_what_cannot_be_is_refused(self, uow, household, worker, asked, field):
        row = made(uow, household)

        with pytest.raises(Invalid) as refused:
            service.record(uow, row.id, RecordOutcome(**asked))

        assert [*refused.value.errors] == [field]

    def test_it_is_recorded_once(self, uow, household, worker):
        row = made(uow, household)
        service.record(uow, row.id, RecordOutcome(outcome=Outcome.CANCELLED))

        with pytest.raises(Conflict):
            service.record(uow, row.id, RecordOutcome(outcome=Outcome.CANCELLED))


class TestReopen:
    def test_it_is_to_come_again_and_the_other_is_called_off(self, uow, household, worker):
        row = made(uow, household)
        later = NINE + timedelta(days=7)
        again = RecordOutcome(outcome=Outcome.RESCHEDULED, starts_at=later, ends_at=later + HOUR)
        service.record(uow, row.id, again)
        instead = row.moved_to_id

        service.reopen(uow, row.id)

        assert (row.outcome, row.moved_to_id) == (Outcome.PLANNED, None)
        assert uow.find(type(row), instead).outcome is Outcome.CANCELLED

    def test_what_came_of_the_other_stays(self, uow, household, worker):
        row = made(uow, household, starts_at=BEFORE - 2 * HOUR)
        again = RecordOutcome(outcome=Outcome.RESCHEDULED, starts_at=BEFORE, ends_at=BEFORE + HOUR)
        service.record(uow, row.id, again)
        instead = row.moved_to_id
        service.record(uow, instead, RecordOutcome(outcome=Outcome.LATE))

        service.reopen(uow, row.id)

        assert uow.find(type(row), instead).outcome is Outcome.LATE

    def test_what_is_to_come_is_not_opened(self, uow, household, worker):
        with pytest.raises(Conflict):
            service.reopen(uow, made(uow, household).id)


class TestList:
    def test_days_are_those_of_new_zealand(self, uow, household, worker):
        late = made(uow, household, starts_at=datetime(2026, 3, 4, 10, 30, tzinfo=UTC))
        early = made(uow, household, starts_at=datetime(2026, 3, 4, 11, 0, tzinfo=UTC))

        def found(**wanted):
            return {row.id for row in uow.all(queries.mine(uow, AppointmentFilters(**wanted)))}

        assert found(first=date(2026, 3, 4), last=date(2026, 3, 4)) == {late.id}
        assert found(first=date(2026, 3, 5)) == {early.id}
        assert found(outcome=Outcome.PLANNED) == {late.id, early.id}

    def test_of_a_household_that_is_not_mine_there_is_none(self, uow, household, worker):
        row = made(uow, household)
        uow.actor = SYSTEM
        uow.actor = a_caseworker(uow)

        with pytest.raises(NotFound):
            queries.of_household(uow, household.id, AppointmentFilters())
        with pytest.raises(NotFound):
            queries.warned(uow, row.id)
        assert uow.all(queries.mine(uow, AppointmentFilters())) == []


def test_a_cover_that_has_ended_goes_along_no_more(uow, household, worker):
    uow.actor = SYSTEM
    cover = a_caseworker(uow)
    uow.add(
        Assignment(
            household_id=household.id,
            user_id=cover.user_id,
            kind=AssignmentKind.COVER,
            from_on=date(2026, 2, 1),
            until_on=date(2026, 3, 2),
        )
    )
    uow.actor = worker

    with pytest.raises(Invalid):
        made(uow, household, companion_id=cover.user_id)
