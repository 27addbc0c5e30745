"""Contacts: what follows from each, and who may know of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from resettle.cases.models import Assignment, AssignmentKind
from resettle.casework import queries, service
from resettle.casework.acts import AmendNote, WriteNote
from resettle.casework.models import Channel, Visibility
from resettle.casework.queries import NoteFilters
from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Forbidden, Invalid, NotFound
from resettle.tasks.models import TaskOrigin
from resettle.tasks.queries import TaskFilters, tasks
from tests.journeys import QUOTA, a_family
from tests.world import a_caseworker, a_user

TODAY = date(2026, 3, 2)
THEN = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)


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


def a_contact(**more):
    return WriteNote(
        **{"occurred_at": THEN, "channel": Channel.VISIT, "text": "The heater broke.", **more}
    )


def notes(uow, household, **wanted):
    return uow.all(queries.notes(uow, household.id, NoteFilters(**wanted)))


class TestWriteNote:
    def test_it(self, uow, household, worker):
        note = service.write_note(
            uow,
            household.id,
            a_contact(present=["Zahra"], domains=["HOU"], minutes=45, risk=True),
        )

        assert (note.author_id, note.visibility) == (worker.user_id, Visibility.STAFF)
        assert (note.present, note.risk, note.text) == ('["Zahra"]', "yes", "The heater broke.")

    def test_its_next_action_is_a_task_that_says_nothing_of_it(self, uow, household, worker):
        note = service.write_note(
            uow, household.id, a_contact(next_action="Call the landlord", next_due=TODAY)
        )

        (task,) = uow.all(tasks(uow, household.id, TaskFilters()))
        assert task.title == "Next action after the visit contact of 2 March 2026"
        assert (task.detail, task.due_on) == ("Call the landlord", TODAY)
        assert (task.created_from, task.source_id) == (TaskOrigin.NOTE, note.id)
        assert task.assignee_id == worker.user_id

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"occurred_at": datetime(2026, 3, 2, 9, 31, tzinfo=UTC)}, "occurred_at"),
            ({"next_action": "Call"}, "next_due"),
            ({"next_due": TODAY}, "next_action"),
            ({"domains": ["XYZ"]}, "domains"),
        ],
    )
    def test_what_cannot_be_is_refused(self, uow, household, worker, given, field):
        with pytest.raises(Invalid) as refused:
            service.write_note(uow, household.id, a_contact(**given))

        assert [*refused.value.errors] == [field]

    @pytest.mark.parametrize("visibility", list(Visibility))
    def test_a_caseworker_reads_every_kind(self, uow, household, worker, visibility):
        service.write_note(uow, household.id, a_contact(visibility=visibility))

        assert [note.visibility for note in notes(uow, household)] == [visibility]

    def test_a_token_without_the_permission_neither_reads_nor_writes_health(
        self, uow, household, worker
    ):
        service.write_note(uow, household.id, a_contact(visibility=Visibility.HEALTH))
        uow.actor = replace(worker, scopes=frozenset({"note:read", "note:write"}))

        assert notes(uow, household) == []
        with pytest.raises(Forbidden):
            service.write_note(uow, household.id, a_contact(visibility=Visibility.HEALTH))


class TestAmendNote:
    def test_the_old_one_stays_as_it_was(self, uow, household, worker):
        old = service.write_note(uow, household.id, a_contact())

        new = service.amend_note(uow, old.id, AmendNote(text="The heater smoked."))

        assert (old.text, new.text) == ("The heater broke.", "The heater smoked.")
        assert (new.amends_id, new.occurred_at) == (old.id, old.occurred_at)
        assert notes(uow, household) == [new]
        assert {note.id for note in notes(uow, household, amended=True)} == {old.id, new.id}

    def test_only_the_newest_is_amended(self, uow, household, worker):
        old = service.write_note(uow, household.id, a_contact())
        service.amend_note(uow, old.id, AmendNote(text="The heater smoked."))

        with pytest.raises(Conflict):
            service.amend_note(uow, old.id, AmendNote(text="It burned."))

    def test_only_by_its_author(self, uow, household, worker):
        note = service.write_note(uow, household.id, a_contact())
        uow.actor = replace(worker, user_id=a_second(uow, household))

        with pytest.raises(Forbidden):
            service.amend_note(uow, note.id, AmendNote(text="It was nothing."))

    def test_health_needs_its_permission(self, uow, household, worker):
        note = service.write_note(uow, household.id, a_contact(visibility=Visibility.HEALTH))
        uow.actor = replace(worker, scopes=frozenset({"note:read", "note:amend"}))

        with pytest.raises(Forbidden):
            service.amend_note(uow, note.id, AmendNote(text="It was nothing."))


def a_second(uow, household):
    """Make another caseworker of the household."""
    uow.actor = SYSTEM
    user = a_user(uow)
    uow.add(
        Assignment(
            household_id=household.id,
            user_id=user.id,
            kind=AssignmentKind.SECOND,
            from_on=TODAY,
        )
    )
    return user.id


def test_who_does_not_look_after_a_household_has_no_notes_to_read(uow, household):
    uow.actor = a_caseworker(uow)

    with pytest.raises(NotFound):
        notes(uow, household)
