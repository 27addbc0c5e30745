"""What is past its time is counted, then swept; whoever was erased is nowhere to be read."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from resettle.accounts.models import SignInTries, UserSession
from resettle.core.actor import SYSTEM
from resettle.core.audit import AuditEntry
from resettle.core.db import Base
from resettle.core.jobs import Job
from resettle.core.replay import Answer
from resettle.core.sealed import DataKey
from resettle.households.models import Household, Person
from resettle.names.models import NameKey
from resettle.operations import erasing, retention
from resettle.operations.models import Erasure
from resettle.people.models import Relative
from resettle.tasks.models import Category, Task
from tests.world import a_household, a_member, a_user

CANARY = "5e1f0f3a9c"


@pytest.fixture
def put(transactions):
    """Return a function that puts rows on record, and gives their ids."""

    def put(*rows):
        with transactions.begin(SYSTEM, "arrange") as uow:
            for row in rows:
                uow.session.add(row)
        return rows

    return put


@pytest.fixture
def a_file(transactions):
    """Return a function that makes a household's file, full of canaries."""

    def a_file(exited_on=None, born_on=date(1960, 5, 17)):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_household(uow, display_name=CANARY, exited_on=exited_on)
            person = a_member(uow, household, family_name=CANARY, born_on=born_on, aliases=[CANARY])
            uow.add(Relative(person_id=person.id, name=CANARY))
            uow.add(NameKey(person_id=person.id, letters=CANARY, bones=CANARY))
            uow.add(
                Task(
                    household_id=household.id,
                    title=CANARY,
                    detail=CANARY,
                    category=Category.HOUSE,
                    due_on=date(2017, 1, 1),
                )
            )
            return household.id, person.id

    return a_file


def everything(connection) -> str:
    """Give every value of every table but the trail's."""
    tables = [t for t in Base.metadata.sorted_tables if not t.name.startswith("audit")]
    return "".join(str(connection.execute(select(table)).all()) for table in tables)


def left(connection, model) -> int:
    return len(connection.execute(select(model.__table__)).all())


class TestErasing:
    def test_nothing_of_it_can_be_read(self, transactions, a_file, connection):
        household_id, person_id = a_file()
        assert CANARY in everything(connection)

        with transactions.begin(SYSTEM, "erase") as uow:
            assert erasing.erase(uow.session.connection(), household_id, uow.now) == 1

        assert CANARY not in everything(connection)
        keys = connection.execute(select(DataKey.owner_id)).scalars().all()
        assert not {household_id, person_id} & {*keys}
        assert {*connection.execute(select(Erasure.owner_id)).scalars()} == {
            household_id,
            person_id,
        }

    def test_what_tells_of_nobody_stays(self, transactions, a_file, connection):
        household_id, _ = a_file(exited_on=date(2010, 1, 1))

        with transactions.begin(SYSTEM, "erase") as uow:
            erasing.erase(uow.session.connection(), household_id, uow.now)

        kept = select(Household.exited_on, Household.stream)
        assert connection.execute(kept).one().exited_on == date(2010, 1, 1)
        assert left(connection, Person) == 1

    def test_others_stay_as_they_are(self, transactions, a_file, connection):
        a_file()
        goes, _ = a_file()

        with transactions.begin(SYSTEM, "erase") as uow:
            erasing.erase(uow.session.connection(), goes, uow.now)

        names = connection.execute(select(Person.family_name).order_by(Person.family_name))
        assert names.scalars().all() == ["", CANARY]

    def test_after_a_restore_it_is_done_again(self, transactions, a_file, connection):
        household_id, person_id = a_file()
        with transactions.begin(SYSTEM, "restored") as uow:
            for owner in (household_id, person_id):
                uow.session.add(Erasure(owner_id=owner, erased_at=uow.now))

        with transactions.begin(SYSTEM, "erase") as uow:
            assert erasing.again(uow.session.connection()) == 1

        assert CANARY not in everything(connection)


class TestSweep:
    def test_it_is_refused_until_somebody_has_looked(self, transactions, clock):
        with pytest.raises(retention.NotReported):
            retention.sweep(transactions)
        retention.report(transactions)
        clock.forward(days=8)
        with pytest.raises(retention.NotReported):
            retention.sweep(transactions)

    def test_each_kind_goes_when_its_time_is_past(self, transactions, put, clock, connection):
        now = clock()
        long_ago = now - timedelta(days=100)
        with transactions.begin(SYSTEM, "arrange") as uow:
            user = a_user(uow)

        def session(**facts: datetime) -> UserSession:
            return UserSession(user_id=user.id, token_hash=str(facts), auth_epoch=1, **facts)

        def answer(at: datetime) -> Answer:
            return Answer(user_id=user.id, key=str(at), request_hash="", claimed_at=at)

        def tries(at: datetime) -> SignInTries:
            return SignInTries(email_index=str(at), failed=1, first_at=at, last_at=at)

        def job(at: datetime, *, dead: bool) -> Job:
            return Job(name="nothing", payload={}, run_after=at, dead=dead)

        put(
            session(started_at=long_ago, last_seen_at=long_ago),
            session(started_at=long_ago, last_seen_at=now),
            answer(now - timedelta(hours=25)),
            answer(now - timedelta(hours=23)),
            tries(long_ago),
            tries(now),
            job(long_ago, dead=True),
            job(long_ago, dead=False),
            job(now, dead=True),
        )

        counted = retention.report(transactions)
        swept = retention.sweep(transactions)

        assert (
            counted == swept == {"answer": 1, "session": 2, "job": 1, "vetting": 0, "case_file": 0}
        )
        assert [left(connection, model) for model in (UserSession, Answer, SignInTries, Job)] == [
            1,
            1,
            1,
            2,
        ]

    @pytest.mark.parametrize(
        ("exited_on", "born_on", "goes"),
        [
            (date(2018, 3, 1), date(1960, 5, 17), True),
            (date(2019, 3, 3), date(1960, 5, 17), False),
            (None, date(1960, 5, 17), False),
            (date(2018, 3, 1), date(2001, 3, 1), True),
            (date(2018, 3, 1), date(2001, 3, 5), False),
        ],
        ids=["long closed", "not yet", "open", "a child then, 25 now", "not 25 yet"],
    )
    def test_a_case_file_goes(self, transactions, a_file, connection, exited_on, born_on, goes):
        a_file(exited_on, born_on)

        counted = retention.report(transactions)
        retention.sweep(transactions)

        assert counted["case_file"] == int(goes)
        assert (CANARY in everything(connection)) is not goes
        assert retention.report(transactions)["case_file"] == 0

    def test_it_is_on_record(self, transactions, connection):
        retention.report(transactions)
        retention.sweep(transactions)

        trail = select(AuditEntry.change).where(AuditEntry.resource == "Retention")
        assert {*connection.execute(trail).scalars()} == {"reported", "swept"}
