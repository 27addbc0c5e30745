"""Jobs are done once, tried again after a failure, and never finished by a worker that froze."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from resettle.core import jobs
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.audit import AuditEntry
from resettle.core.errors import Conflict
from resettle.core.jobs import (
    BACK_OFF,
    DEATHS,
    LEASE,
    TRIES,
    Job,
    OnBehalf,
    claim,
    renew,
    run_next,
)


class Fault(Exception):
    pass


@pytest.fixture
def leave(transactions):
    def leave(name: str = "count", **options: object) -> None:
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            uow.later(name, **options)

    return leave


@pytest.fixture
def waiting(transactions):
    def waiting() -> list[Job]:
        with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
            return [*uow.session.scalars(select(Job).order_by(Job.run_after, Job.id))]

    return waiting


def act(uow, payload):
    uow.acted("Thing", change=f"did {payload.get('number')}")


def fail(uow, payload):
    uow.acted("Thing", change="half done")
    raise Fault


RUNNERS = {"count": act, "fail": fail}


def effects(connection) -> list[str]:
    trail = AuditEntry.__table__
    query = select(trail.c.change).where(trail.c.resource == "Thing").order_by(trail.c.seq)
    return [*connection.execute(query).scalars()]


def test_a_job_is_done_once(transactions, leave, waiting, connection):
    leave(number=7)

    assert run_next(transactions, RUNNERS) is True
    assert run_next(transactions, RUNNERS) is False

    assert effects(connection) == ["did 7"]
    assert waiting() == []


def test_a_job_of_work_that_was_rolled_back_is_not_left(transactions, waiting):
    def begin_and_fail() -> None:
        with transactions.begin(SYSTEM, "tests:act") as uow:
            uow.later("count")
            raise Fault

    with pytest.raises(Fault):
        begin_and_fail()

    assert waiting() == []


def test_a_job_waits_for_its_time(transactions, leave, clock):
    leave(at=clock() + timedelta(hours=1))

    assert run_next(transactions, RUNNERS) is False
    clock.forward(hours=1)
    assert run_next(transactions, RUNNERS) is True


def test_the_job_that_is_due_first_comes_first(transactions, leave, clock, connection):
    leave(number=2, at=clock())
    leave(number=1, at=clock() - timedelta(minutes=5))

    while run_next(transactions, RUNNERS):
        pass

    assert effects(connection) == ["did 1", "did 2"]


def test_a_key_waits_only_once(transactions, leave, waiting, connection):
    leave(number=1, key="one")
    leave(number=2, key="one")
    leave(number=3, key="two")

    assert len(waiting()) == 2
    while run_next(transactions, RUNNERS):
        pass
    assert sorted(effects(connection)) == ["did 1", "did 3"]
    leave(key="one")
    assert len(waiting()) == 1


def test_a_failure_undoes_its_work_and_comes_back_later_and_later(
    transactions, leave, waiting, clock, connection
):
    leave("fail")

    for tries, pause in enumerate(BACK_OFF, start=1):
        assert run_next(transactions, RUNNERS) is True
        (job,) = waiting()
        assert (job.tries, job.dead, job.fault) == (tries, False, "Fault")
        assert job.run_after == clock() + pause
        assert job.leased_until is None
        clock.forward(minutes=pause.total_seconds() / 60)

    assert run_next(transactions, RUNNERS) is True
    (job,) = waiting()
    assert (job.tries, job.dead) == (TRIES, True)
    clock.forward(days=30)
    assert run_next(transactions, RUNNERS) is False
    assert effects(connection) == []


def test_a_job_that_takes_its_worker_with_it_is_set_aside(transactions, leave, waiting, clock):
    leave()
    for _ in range(DEATHS):
        assert claim(transactions) is not None
        clock.forward(minutes=6)

    assert run_next(transactions, RUNNERS) is False
    (job,) = waiting()
    assert (job.dead, job.fault, job.tries) == (True, "WorkerDied", DEATHS)
    leave(number=8)
    assert run_next(transactions, RUNNERS) is True


def test_a_job_that_nobody_can_run_is_put_back(transactions, leave, waiting):
    leave("nobody-knows-how")

    run_next(transactions, RUNNERS)

    assert waiting()[0].fault == "KeyError"


def test_nobody_else_takes_a_job_while_its_lease_lasts(transactions, leave, clock):
    leave()
    lease = claim(transactions)

    assert lease.fence == 1
    clock.forward(minutes=LEASE.total_seconds() / 60)
    assert claim(transactions) is None
    clock.forward(minutes=1)
    assert claim(transactions).fence == 2


@pytest.mark.parametrize("fails", [False, True])
def test_a_worker_that_froze_cannot_finish_what_another_took_over(
    fails, transactions, leave, waiting, clock, connection
):
    leave(number=1)
    frozen = claim(transactions)
    clock.forward(minutes=6)
    run_next(transactions, {"count": fail if fails else act})

    def wake() -> None:
        with transactions.begin(SYSTEM, "job:count") as uow:
            act(uow, {"number": "by the frozen one"})
            jobs._still_ours(uow, frozen)  # noqa: SLF001  # what the loop does before it ends

    with pytest.raises(Conflict):
        wake()
    jobs._put_back(transactions, frozen, "Late")  # noqa: SLF001  # and what it does after a fault

    assert effects(connection) == ([] if fails else ["did 1"])
    assert [job.fault for job in waiting()] == (["Fault"] if fails else [])


def test_two_workers_have_one_effect(committed_app):
    transactions = committed_app.extensions["transactions"]
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        for number in range(12):
            uow.later("count", number=number)

    def work(_worker: int) -> int:
        done = 0
        while run_next(transactions, RUNNERS):
            done += 1
        return done

    with ThreadPoolExecutor(3) as pool:
        done = [*pool.map(work, range(3))]

    with committed_app.extensions["engine"].connect() as connection:
        assert sorted(effects(connection)) == sorted(f"did {number}" for number in range(12))
    assert sum(done) >= 12


class TestOnBehalf:
    """What is kept as the act of whoever asked for it, and what becomes of a refusal."""

    @pytest.fixture
    def asker(self):
        return Actor(Role.CASEWORKER, uuid4())

    @staticmethod
    def on_behalf(asker, keep):
        def refused(uow, error):
            uow.acted("Thing", change=f"refused: {error}")

        return {"count": lambda _uow, _payload: lambda: OnBehalf(asker, "thing:do", keep, refused)}

    def test_the_trail_names_the_asker(self, transactions, leave, waiting, connection, asker):
        leave()

        run_next(transactions, self.on_behalf(asker, lambda uow: uow.acted("Thing", change="did")))

        trail = AuditEntry.__table__
        told = select(trail.c.actor_ref, trail.c.action).where(trail.c.resource == "Thing")
        assert [*connection.execute(told)] == [(asker.user_id, "thing:do")]
        assert waiting() == []

    def test_a_refusal_keeps_nothing_else(self, transactions, leave, waiting, connection, asker):
        def keep(uow):
            uow.acted("Thing", change="half done")
            raise Conflict("It is there already.")

        leave()
        run_next(transactions, self.on_behalf(asker, keep))

        assert effects(connection) == ["refused: It is there already."]
        assert waiting() == []

    def test_a_fault_is_tried_again(self, transactions, leave, waiting, connection, asker):
        def keep(uow):
            uow.acted("Thing", change="half done")
            raise Fault

        leave()
        run_next(transactions, self.on_behalf(asker, keep))

        assert effects(connection) == []
        assert [job.fault for job in waiting()] == ["Fault"]

    def test_another_worker_that_took_it_over_is_no_refusal(
        self, transactions, leave, waiting, connection, clock, asker
    ):
        def keep(uow):
            clock.forward(hours=1)
            assert claim(transactions) is not None
            uow.acted("Thing", change="too late")

        leave()
        run_next(transactions, self.on_behalf(asker, keep))

        assert effects(connection) == []
        assert len(waiting()) == 1

    def test_a_lease_that_is_renewed_is_not_taken_over(self, transactions, leave, clock):
        leave(key="long")
        claim(transactions)
        clock.forward(minutes=4)
        with transactions.begin(SYSTEM, "tests:renew") as uow:
            renew(uow, "long")
            renew(uow, "another")
        clock.forward(minutes=4)

        assert claim(transactions) is None
