"""The unit of work: what is not in scope cannot be read, and what was not asked for is not done."""

import dataclasses
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import InvalidRequestError

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.db import ReadOnlyWork, UnscopedQuery
from resettle.core.errors import Forbidden, NotFound, Stale
from resettle.core.events import Event
from resettle.core.permissions import Permission
from resettle.households.models import Household, HouseholdMember, Person
from resettle.settings import Settings
from tests.groups import a_caseworker, a_manager
from tests.world import a_household, a_member

TABLE = Household.__table__


@pytest.fixture
def arranged(transactions):
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        ours, theirs = a_household(uow), a_household(uow)
        a_member(uow, ours)
        return ours.id, theirs.id, a_caseworker(uow, ours), a_manager(uow)


@pytest.mark.parametrize(
    "statement",
    [
        select(Household),
        select(Household.id),
        select(func.count()).select_from(Household),
        select(TABLE.c.reference),
        select(Person).join(HouseholdMember, HouseholdMember.person_id == Person.id),
        select(select(Household.id).exists()),
        select(func.count()).select_from(select(TABLE).subquery()),
        select(Household.id).union(select(Person.id)),
        TABLE.update().values(reference="x"),
        TABLE.delete(),
        insert(Household).from_select(["id"], select(Household.id)),
    ],
    ids=str,
)
def test_a_scoped_table_is_not_touched_without_its_scope(statement, transactions, arranged):
    with transactions.begin(arranged[2], "tests:act") as uow, pytest.raises(UnscopedQuery):
        uow.session.execute(statement)


def test_reading_goes_as_far_as_the_scope(transactions, arranged):
    ours, theirs, caseworker, _ = arranged

    with transactions.begin(caseworker, "tests:act", read_only=True) as uow:
        assert uow.count(Household) == 1
        assert uow.first(uow.select(Household)).id == ours
        assert uow.find(Household, theirs) is None
        assert uow.find(Household, uuid4()) is None
        nested = uow.subquery(Household, Household.id)
        persons = uow.select(HouseholdMember).where(HouseholdMember.household_id.in_(nested))
        assert len(uow.all(uow.touching(persons, Household))) == 1
        with pytest.raises(UnscopedQuery):
            uow.all(persons)


class TestGet:
    def test_what_is_out_of_scope_is_not_found(self, transactions, arranged):
        _, theirs, caseworker, _ = arranged

        with transactions.begin(caseworker, "tests:act", read_only=True) as uow:
            for id_ in (theirs, uuid4()):
                with pytest.raises(NotFound):
                    uow.get(Household, id_, to=Permission.HOUSEHOLD_READ)
                with pytest.raises(NotFound):
                    uow.edit(Household, id_, to=Permission.HOUSEHOLD_UPDATE)

    def test_what_is_not_granted_is_forbidden(self, transactions, arranged):
        ours, _, caseworker, _ = arranged

        with (
            transactions.begin(caseworker, "tests:act", read_only=True) as uow,
            pytest.raises(Forbidden),
        ):
            uow.get(Household, ours, to=Permission.AUDIT_SEARCH)

    def test_a_token_does_no_more_than_its_scopes_say(self, transactions, arranged):
        ours, _, caseworker, _ = arranged
        scopes = frozenset({Permission.HOUSEHOLD_READ})
        token = Actor(Role.CASEWORKER, caseworker.user_id, scopes=scopes)

        with transactions.begin(token, "tests:act", read_only=True) as uow:
            assert uow.permissions() == scopes
            assert uow.get(Household, ours, to=Permission.HOUSEHOLD_READ).id == ours
            with pytest.raises(Forbidden, match="does not include household:update"):
                uow.get(Household, ours, to=Permission.HOUSEHOLD_UPDATE)


class TestEdit:
    def test_refuses_another_version_than_was_seen(self, transactions, arranged):
        ours, _, caseworker, _ = arranged

        with transactions.begin(caseworker, "tests:act") as uow:
            uow.expected_version = 7
            with pytest.raises(Stale) as refused:
                uow.edit(Household, ours, to=Permission.HOUSEHOLD_UPDATE)

        assert refused.value.current == 1

    def test_asks_for_the_version_of_the_first_record_only(self, transactions, arranged):
        ours, _, caseworker, _ = arranged

        with transactions.begin(caseworker, "tests:act") as uow:
            uow.expected_version = 1
            household = uow.edit(Household, ours, to=Permission.HOUSEHOLD_UPDATE)
            household.location = "Nelson"
            uow.session.flush()
            assert uow.edit(Household, ours, to=Permission.HOUSEHOLD_UPDATE).version == 2

    def test_stamps_who_changed_it_and_when(self, transactions, arranged, clock):
        ours, _, caseworker, _ = arranged
        clock.forward(days=1)

        with transactions.begin(caseworker, "tests:act") as uow:
            household = uow.edit(Household, ours, to=Permission.HOUSEHOLD_UPDATE)
            household.location = "Nelson"

        assert (household.updated_by, household.updated_at) == (caseworker.user_id, clock())
        assert household.created_at < household.updated_at
        assert household.version == 2


class TestReadOnlyWork:
    def test_refuses_to_add(self, transactions):
        with (
            pytest.raises(ReadOnlyWork),
            transactions.begin(SYSTEM, "tests:look", read_only=True) as uow,
        ):
            a_household(uow)

    def test_refuses_to_change_and_to_delete(self, transactions, arranged):
        with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
            uow.find(Household, arranged[1]).location = "Nelson"
            with pytest.raises(ReadOnlyWork):
                uow.session.flush()
        with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
            uow.session.delete(uow.find(Household, arranged[1]))
            with pytest.raises(ReadOnlyWork):
                uow.session.flush()


class TestFigures:
    def ask(self, uow, *columns, to=Permission.PIPELINE_READ):
        return uow.rows(uow.figures(to, *columns, over=[Household]))

    def test_counts_whoever_may_see_each_row(self, transactions, arranged):
        with transactions.begin(arranged[3], "tests:look", read_only=True) as uow:
            assert [*self.ask(uow, func.count(Household.id))] == [(2,)]

    @pytest.mark.parametrize(
        "columns",
        [
            (Household.id,),
            (Household.display_name, func.count(Household.id)),
            (Household.display_name,),
            (select(Household.display_name).limit(1).scalar_subquery(), func.count(Household.id)),
        ],
        ids=["rows", "a name counted", "names", "a name out of a nested select"],
    )
    def test_tells_nothing_of_one_row(self, columns, transactions, arranged):
        with (
            transactions.begin(arranged[3], "tests:look", read_only=True) as uow,
            pytest.raises(UnscopedQuery),
        ):
            self.ask(uow, *columns)

    def test_are_not_for_everybody(self, transactions, arranged):
        with (
            transactions.begin(arranged[2], "tests:look", read_only=True) as uow,
            pytest.raises(Forbidden),
        ):
            self.ask(uow, func.count(Household.id))


def test_a_list_follows_no_relationship_that_it_did_not_load(transactions, arranged):
    with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
        rows = uow.all(uow.select(Household).where(Household.id == arranged[0]))

        with pytest.raises(InvalidRequestError, match="raise"):
            assert rows[0].members


class Happened(Event):
    pass


class Followed(Event):
    pass


class TestEvents:
    @pytest.fixture
    def told(self, transactions):
        told: list[tuple[type, Role]] = []

        def note(uow, event):
            told.append((type(event), uow.actor.role))
            if isinstance(event, Happened):
                uow.emit(Followed())

        handlers = {Happened: [note], Followed: [note]}
        return dataclasses.replace(transactions, handlers=handlers), told

    def test_are_settled_as_the_system_before_the_commit(self, told, arranged):
        transactions, heard = told

        with transactions.begin(arranged[2], "tests:act") as uow:
            uow.emit(Happened())
            assert heard == []
            uow.settle()
            assert heard == [(Happened, Role.SYSTEM), (Followed, Role.SYSTEM)]
            assert uow.actor is arranged[2]
            uow.emit(Followed())

        assert len(heard) == 3

    def test_of_refused_work_are_told_to_nobody(self, told, arranged):
        transactions, heard = told

        def overreach() -> None:
            with transactions.begin(arranged[2], "tests:act") as uow:
                uow.emit(Happened())
                uow.require(Permission.AUDIT_SEARCH)

        with pytest.raises(Forbidden):
            overreach()

        assert heard == []


def test_what_the_service_was_started_with_is_at_hand(transactions, app):
    with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
        assert uow.use(Settings) is app.extensions["settings"]
        assert uow.blind("email", "A b") == uow.blind("email", "ab") != uow.blind("phone", "ab")
        assert uow.allows(Permission.AUDIT_SEARCH)


class TestGetAll:
    def test_it_gives_each_by_its_id(self, transactions, arranged):
        ours, theirs, _, _ = arranged

        with transactions.begin(SYSTEM, "tests:act") as uow:
            found = uow.get_all(Household, [ours, theirs], Permission.HOUSEHOLD_UPDATE)

        assert {id_: row.id for id_, row in found.items()} == {ours: ours, theirs: theirs}

    def test_none_is_asked_for_nothing(self, transactions, arranged):
        with transactions.begin(arranged[2], "tests:act") as uow:
            assert uow.get_all(Household, [], Permission.HOUSEHOLD_UPDATE) == {}

    def test_one_out_of_scope_is_not_found(self, transactions, arranged):
        ours, theirs, caseworker, _ = arranged

        with transactions.begin(caseworker, "tests:act") as uow, pytest.raises(NotFound):
            uow.get_all(Household, [ours, theirs], Permission.HOUSEHOLD_UPDATE)

    def test_the_permission_is_asked_for_each(self, transactions, arranged):
        ours, _, caseworker, _ = arranged

        with transactions.begin(caseworker, "tests:act") as uow, pytest.raises(Forbidden):
            uow.get_all(Household, [ours], Permission.PLACE_KEEP)
