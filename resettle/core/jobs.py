"""Work to be done after the transaction that asked for it: a table, leases and a loop.

The row is written in the transaction that causes it, so nothing is done for work that was rolled
back. A worker takes a lease; if it dies the lease runs out and another takes the job. The fence
number goes up with each lease, so that a worker that froze and woke up cannot finish a job which
somebody else has taken over.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.actor import SYSTEM, Actor
from resettle.core.classes import OPS, Held
from resettle.core.db import Entity
from resettle.core.errors import Conflict, ResettleError
from resettle.core.limits import retried

if TYPE_CHECKING:
    from resettle.core.work import Transactions, UnitOfWork

# What a runner hands back that takes long: it is done outside of any unit of work, and what comes
# of it is kept in the unit of work in which the job ends.
Keep = Callable[["UnitOfWork"], None]
Outside = Callable[[], "Keep | OnBehalf"]
Runner = Callable[["UnitOfWork", dict[str, Any]], Outside | None]
Runners = Mapping[str, Runner]

LEASE = timedelta(minutes=5)
BACK_OFF = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
TRIES = len(BACK_OFF) + 1
# Workers die of other things too, so a job that was under way when some did is not yet the cause.
DEATHS = 3 * TRIES


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """What is kept as the act of whoever asked for it: with their rights, and in their name.

    If a rule refuses it nothing of it is kept, but what `refused` makes of the refusal.
    """

    actor: Actor
    action: str
    keep: Keep
    refused: Callable[["UnitOfWork", ResettleError], None]


class Job(Entity):
    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "dead", "run_after"),)
    held = Held(about="", kept="job", export="never")
    audited: ClassVar[bool] = False

    name: Mapped[str] = mapped_column(info=OPS)
    payload: Mapped[dict[str, Any]] = mapped_column(info=OPS)
    key: Mapped[str | None] = mapped_column(unique=True, info=OPS)
    run_after: Mapped[datetime] = mapped_column(info=OPS)
    leased_until: Mapped[datetime | None] = mapped_column(info=OPS)
    fence: Mapped[int] = mapped_column(default=0, info=OPS)
    tries: Mapped[int] = mapped_column(default=0, info=OPS)
    dead: Mapped[bool] = mapped_column(default=False, info=OPS)
    fault: Mapped[str | None] = mapped_column(info=OPS)


class TakenOver(Conflict):
    """A worker was so long about a job that another has begun it."""


@dataclass(frozen=True, slots=True)
class Lease:
    """One worker's claim on one job."""

    job_id: UUID
    fence: int
    name: str
    payload: dict[str, Any]


def claim(transactions: "Transactions") -> Lease | None:
    """Take the lease of the job that is due first, or say that there is none."""
    with transactions.begin(SYSTEM, "job:claim") as uow:
        free = or_(Job.leased_until.is_(None), Job.leased_until < uow.now)
        due = select(Job).where(Job.dead.is_(False), Job.run_after <= uow.now, free)
        first = due.order_by(Job.run_after, Job.id).limit(1).with_for_update(skip_locked=True)
        job = uow.session.scalar(first)
        if job is None:
            return None
        if job.tries >= DEATHS:
            # It never came to say that it failed: it takes its worker with it each time.
            job.dead, job.fault = True, "WorkerDied"
            return None
        job.leased_until = uow.now + LEASE
        job.fence += 1
        job.tries += 1
        return Lease(job.id, job.fence, job.name, job.payload)


def run_next(transactions: "Transactions", runners: Runners) -> bool:
    """Run the job that is due first. Say whether there was one."""
    lease = claim(transactions)
    if lease is None:
        return False
    try:
        retried(lambda: _run(transactions, runners, lease))
    except Exception as error:  # noqa: BLE001  # the job loop answers for every kind of failure
        _put_back(transactions, lease, type(error).__name__)
    return True


def _run(transactions: "Transactions", runners: Runners, lease: Lease) -> None:
    """Do the work and take the job off the table in one transaction: both hold, or neither.

    Long work is done between two: the first has only read, the second keeps what came of it.
    """
    with transactions.begin(SYSTEM, f"job:{lease.name}") as uow:
        outside = runners[lease.name](uow, lease.payload)
        if outside is None:
            uow.session.delete(_still_ours(uow, lease))
            return
    came = outside()
    if isinstance(came, OnBehalf):
        _keep_on_behalf(transactions, lease, came)
    else:
        _end(transactions, lease, came)


def _keep_on_behalf(transactions: "Transactions", lease: Lease, wanted: OnBehalf) -> None:
    try:
        with transactions.begin(wanted.actor, wanted.action) as uow:
            wanted.keep(uow)
            uow.session.delete(_still_ours(uow, lease))
    except TakenOver:
        raise
    except ResettleError as error:
        refusal = error
        _end(transactions, lease, lambda uow: wanted.refused(uow, refusal))


def _end(transactions: "Transactions", lease: Lease, keep: Keep) -> None:
    with transactions.begin(SYSTEM, f"job:{lease.name}") as uow:
        keep(uow)
        uow.session.delete(_still_ours(uow, lease))


def renew(uow: "UnitOfWork", key: str) -> None:
    """Prolong the lease of a job that goes on, so that no other worker begins it too."""
    job = uow.session.scalar(select(Job).filter_by(key=key))
    if job is not None:
        job.leased_until = uow.now + LEASE


def _still_ours(uow: "UnitOfWork", lease: Lease) -> Job:
    job = uow.session.get(Job, lease.job_id, with_for_update=True, populate_existing=True)
    if job is None or job.fence != lease.fence:
        raise TakenOver("Another worker has taken this job over.")
    return job


def _put_back(transactions: "Transactions", lease: Lease, fault: str) -> None:
    with transactions.begin(SYSTEM, "job:put-back") as uow:
        job = uow.session.get(Job, lease.job_id)
        if job is None or job.fence != lease.fence:
            return
        job.leased_until = None
        job.fault = fault
        job.dead = job.tries >= TRIES
        if not job.dead:
            job.run_after = uow.now + BACK_OFF[job.tries - 1]
