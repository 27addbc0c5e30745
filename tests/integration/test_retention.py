"""What is past its time is counted, then swept; whoever was erased is nowhere to be read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from resettle.accounts.models import (
    AccountAct,
    Act,
    ApiToken,
    SignInTries,
    UserAccount,
    UserSession,
)
from resettle.app import create_app
from resettle.core.actor import SYSTEM
from resettle.core.audit import AuditEntry
from resettle.core.db import Base
from resettle.core.jobs import Job, run_next
from resettle.core.replay import Answer
from resettle.core.sealed import DataKey
from resettle.households.models import Household, Person
from resettle.names.models import NameKey
from resettle.operations import erasing, letting_go, retention
from resettle.operations.models import Erasure
from resettle.people.models import Relative
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.settings import Settings
from resettle.tasks.models import Category, Task
from tests import groups
from tests.world import a_household, a_member, a_user

CANARY = "5e1f0f3a9c"
LONG_AGO = datetime(2016, 1, 4, tzinfo=UTC)
TOKEN = {"auth_epoch": 1, "scopes": [], "made_at": LONG_AGO, "expires_at": LONG_AGO}


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


def test_a_file_of_sqlite_holds_nothing_of_it_either(tmp_path):
    file = tmp_path / "resettle.sqlite"
    app = create_app(Settings.for_tests(f"sqlite:///{file}", storage=tmp_path))
    engine, transactions = app.extensions["engine"], app.extensions["transactions"]
    Base.metadata.create_all(engine)
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_household(uow, display_name=CANARY)
        a_member(uow, household, family_name=CANARY, aliases=[CANARY] * 2000)
    assert CANARY.encode() in file.with_name(f"{file.name}-wal").read_bytes()

    with transactions.begin(SYSTEM, "erase") as uow:
        erasing.erase(uow.session.connection(), household.id, uow.now)
    engine.dispose()

    assert [each.name for each in tmp_path.glob("resettle.sqlite*")] == [file.name]
    assert CANARY.encode() not in file.read_bytes()


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

        rows = {"answer": 1, "session": 2, "job": 1, "vetting": 0}
        assert counted == swept == rows | {"case_file": 0, "account": 0, "sponsor_group": 0}
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


class TestAccounts:
    def test_who_it_was_goes_seven_years_after_it_was_closed(self, transactions, clock, connection):
        with transactions.begin(SYSTEM, "arrange") as uow:
            closed, still = (
                uow.find(UserAccount, a_user(uow, name=name, email=f"{name}@example.org.nz").id)
                for name in (CANARY, "Hemi")
            )
            closed.deactivated_at = clock() - timedelta(days=8 * 365)
            still.deactivated_at = clock() - timedelta(days=6 * 365)
            uow.add(ApiToken(user_id=closed.id, name=CANARY, token_hash=CANARY, **TOKEN))
            uow.add(AccountAct(user_id=closed.id, act=Act.DEACTIVATED, reason=CANARY, at=uow.now))

        assert retention.report(transactions)["account"] == 1
        assert retention.sweep(transactions)["account"] == 1

        assert CANARY not in everything(connection)
        names = connection.execute(select(UserAccount.name).order_by(UserAccount.name))
        assert names.scalars().all() == ["Hemi", letting_go.LEFT]
        assert retention.report(transactions)["account"] == 0


class TestGroups:
    @pytest.fixture
    def a_full_group(self, transactions):
        def a_full_group(ended_on):
            with transactions.begin(SYSTEM, "arrange") as uow:
                group = groups.a_group(uow)
                group.about, group.contact_phone = CANARY, CANARY
                group.status_since = date(2015, 3, 2)
                groups.a_member(uow, group).name = CANARY
                uow.add(
                    Sponsorship(
                        group_id=group.id,
                        household_id=a_household(uow).id,
                        route="NOMINATED",
                        status=SponsorshipStatus.ENDED,
                        persons=3,
                        proposed_on=date(2016, 1, 4),
                        ended_on=ended_on,
                    )
                )
                return group.id

        return a_full_group

    @pytest.mark.parametrize(
        ("ended_on", "goes"), [(date(2019, 2, 28), True), (date(2019, 3, 3), False)]
    )
    def test_it_goes_seven_years_after_its_last_sponsorship(
        self, transactions, a_full_group, connection, ended_on, goes
    ):
        group_id = a_full_group(ended_on)

        counted = retention.report(transactions)
        retention.sweep(transactions)

        assert counted["sponsor_group"] == int(goes)
        assert (CANARY in everything(connection)) is not goes
        keys = connection.execute(select(DataKey.owner_id)).scalars().all()
        assert (group_id in keys) is not goes

    def test_after_a_restore_it_is_done_again(self, transactions, a_full_group, connection):
        group_id = a_full_group(date(2016, 3, 2))
        with transactions.begin(SYSTEM, "restored") as uow:
            uow.session.add(Erasure(owner_id=group_id, erased_at=uow.now))

        with transactions.begin(SYSTEM, "erase") as uow:
            letting_go.again(uow.session.connection())

        assert CANARY not in everything(connection)


class TestEveryNight:
    def test_rows_go_by_themselves_and_files_only_once_somebody_has_looked(
        self, app, transactions, a_file, put, clock, connection
    ):
        household_id, _ = a_file(date(2018, 3, 1))
        put(SignInTries(email_index="old", failed=1, first_at=LONG_AGO, last_at=LONG_AGO))

        night(app, clock)
        assert left(connection, SignInTries) == 0
        assert CANARY in everything(connection)

        retention.report(transactions)
        night(app, clock)
        assert CANARY not in everything(connection)
        trail = select(AuditEntry.record_ref).where(AuditEntry.change == "erased")
        assert connection.execute(trail).scalars().all() == [household_id]

    def test_it_comes_back_each_night_once(self, app, transactions, clock, connection):
        for _ in range(2):
            with transactions.begin(SYSTEM, "worker:begin") as uow:
                retention.expect_night(uow)

        night(app, clock)

        assert left(connection, Job) == 1


def night(app, clock):
    """Let the night's job be left, and run it when it is due."""
    transactions = app.extensions["transactions"]
    with transactions.begin(SYSTEM, "worker:begin") as uow:
        retention.expect_night(uow)
    clock.forward(days=1)
    assert run_next(transactions, app.extensions["runners"])
