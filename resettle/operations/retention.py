"""What is past its time of keeping: counted first, on record, and swept only after that.

The times are those of [retention] in config/default.toml. Each night what is nobody's file goes by
itself. Files, accounts and groups go only after a report of the last days that a person could read,
and no more than it has counted.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, Connection, Table, func, select
from sqlalchemy.orm import Session

from resettle.accounts.models import FamilyLink, SignInTries, UserSession
from resettle.core.actor import SYSTEM
from resettle.core.clock import AUCKLAND, day_of
from resettle.core.jobs import Job, Runners
from resettle.core.marks import Mark
from resettle.core.replay import Answer
from resettle.core.work import Transactions, UnitOfWork
from resettle.households.models import Household, HouseholdMember, Person
from resettle.notifications.models import GroupReminder, Reminder
from resettle.operations import erasing, letting_go, planning
from resettle.operations.models import Erasure
from resettle.sponsors.models import Vetting

log = logging.getLogger(__name__)
REPORTED = "retention"
NIGHTLY = "retention:nightly"
AT_NIGHT = time(2, 45)
GOOD_FOR = timedelta(days=7)
CASE_FILE_YEARS, GROWN_UP_YEARS = 7, 25
Counts = Mapping[str, int]


class NotReported(Exception):
    """Nobody has looked at what would be swept."""

    def __init__(self) -> None:
        super().__init__(
            "Run `resettle retention report` first, and read it: a sweep is good for 7 days after."
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of one table that go as they are, once they are past their time."""

    name: str
    table: Any
    past: Callable[[datetime], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Whole:
    """What goes as a whole, over all its tables, once it is past its time."""

    name: str
    resource: str
    due: Callable[[Connection, datetime], Sequence[UUID]]
    erase: Callable[[Connection, UUID, datetime], object]


RULES: Sequence[Rule] = (
    Rule("answer", Answer, lambda now: Answer.claimed_at < now - timedelta(hours=24)),
    Rule(
        "session",
        UserSession,
        lambda now: (
            func.coalesce(UserSession.ended_at, UserSession.last_seen_at) < now - timedelta(days=90)
        ),
    ),
    Rule("session", FamilyLink, lambda now: FamilyLink.expires_at < now - timedelta(days=90)),
    Rule("session", Reminder, lambda now: Reminder.made_at < now - timedelta(days=90)),
    Rule("session", GroupReminder, lambda now: GroupReminder.made_at < now - timedelta(days=180)),
    Rule("session", SignInTries, lambda now: SignInTries.last_at < now - timedelta(days=90)),
    Rule("job", Job, lambda now: Job.dead.is_(True) & (Job.run_after < now - timedelta(days=30))),
    Rule("vetting", Vetting, lambda now: Vetting.expires_on < day_of(now - timedelta(days=90))),
)


def _files_due(connection: Connection, now: datetime) -> Sequence[UUID]:
    """Name the households whose file is past its time: long closed, and nobody a child of then."""
    today = day_of(now)
    closed = Household.exited_on < today - relativedelta(years=CASE_FILE_YEARS)
    young = (
        select(HouseholdMember.household_id)
        .join(Person, Person.id == HouseholdMember.person_id)
        .where(Person.born_on > today - relativedelta(years=GROWN_UP_YEARS))
    )
    erased = select(Erasure.owner_id)
    query = select(Household.id).where(
        closed, Household.id.not_in(young), Household.id.not_in(erased)
    )
    return connection.execute(query.order_by(Household.id)).scalars().all()


WHOLES: Sequence[Whole] = (
    Whole("case_file", "Household", _files_due, erasing.erase),
    Whole("account", "UserAccount", letting_go.accounts_due, letting_go.forget_account),
    Whole("sponsor_group", "SponsorGroup", letting_go.groups_due, letting_go.forget_group),
)


def report(transactions: Transactions) -> Counts:
    """Count what is past its time, and put on record that it was counted. Nothing is changed."""
    with transactions.begin(SYSTEM, "retention:report") as uow:
        counts = _counted(uow.session, uow.now)
        uow.session.merge(Mark(name=REPORTED, value=uow.now.isoformat()))
        uow.acted("Retention", change="reported")
    return counts


def _counted(session: Session, now: datetime) -> dict[str, int]:
    counts: dict[str, int] = {}
    connection = session.connection()
    for rule in RULES:
        past = select(func.count()).select_from(rule.table).where(rule.past(now))
        found = connection.execute(past).scalar_one()
        counts[rule.name] = counts.get(rule.name, 0) + found
    return counts | {whole.name: len(whole.due(connection, now)) for whole in WHOLES}


def sweep(transactions: Transactions) -> Counts:
    """Take away what is past its time. Raises NotReported."""
    with transactions.begin(SYSTEM, "retention:sweep") as uow:
        reported_at = _reported_at(uow)
        swept: dict[str, int] = {}
        for rule in RULES:
            gone = _take(uow, rule, reported_at)
            swept[rule.name] = swept.get(rule.name, 0) + gone
        going = [(whole, whole.due(uow.session.connection(), reported_at)) for whole in WHOLES]
        uow.acted("Retention", change="swept")
    for whole, owners in going:
        for owner in owners:
            with transactions.begin(SYSTEM, "retention:erase") as uow:
                _erase(uow, whole, owner)
        swept[whole.name] = len(owners)
    return swept


def every_night(uow: UnitOfWork, _payload: dict[str, Any]) -> None:
    """Sweep rows that go as they are; whole files only if somebody has read what would go."""
    rows = sum(_take(uow, rule, uow.now) for rule in RULES)
    files = 0
    with suppress(NotReported):
        reported_at = _reported_at(uow)
        for whole in WHOLES:
            for owner in whole.due(uow.session.connection(), reported_at):
                _erase(uow, whole, owner)
                files += 1
    uow.acted("Retention", change="swept")
    planning.learn(uow.session.connection())
    log.info("swept %s rows and %s files that were past their time", rows, files)
    expect_night(uow)


def expect_night(uow: UnitOfWork) -> None:
    """Leave the job that sweeps in the coming night, unless it waits already."""
    night = uow.today + timedelta(days=1)
    at = datetime.combine(night, AT_NIGHT, AUCKLAND)
    uow.later(NIGHTLY, key=f"{NIGHTLY}:{night}", at=at)


def _erase(uow: UnitOfWork, whole: Whole, owner: UUID) -> None:
    whole.erase(uow.session.connection(), owner, uow.now)
    uow.acted(whole.resource, owner, change="erased")


def _reported_at(uow: UnitOfWork) -> datetime:
    mark = uow.session.get(Mark, REPORTED)
    if mark is None or datetime.fromisoformat(mark.value) + GOOD_FOR < uow.now:
        raise NotReported
    return datetime.fromisoformat(mark.value)


def _take(uow: UnitOfWork, rule: Rule, at: datetime) -> int:
    table: Table = rule.table.__table__
    gone = uow.session.connection().execute(table.delete().where(rule.past(at)))
    return gone.rowcount


RUNNERS: Runners = {NIGHTLY: every_night}
