"""What stands in for the readers of one kind: parameters that each of them fills in."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Column, MetaData, Table, Uuid, select
from sqlalchemy.dialects import sqlite

from resettle.core import readers
from resettle.core.actor import Actor, Duty, Role
from resettle.core.db import Moment
from resettle.households.rules import birthday

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
TODAY = date(2026, 11, 27)
seen = Table("seen", MetaData(), Column("at", Moment()), Column("by", Uuid())).c
WORKER = Actor(Role.CASEWORKER, user_id=uuid4())


@dataclass
class Unit:
    """As much of a unit of work as a parameter looks at."""

    actor: Actor
    now: datetime = NOW
    today: date = TODAY


def asked(*where: Any) -> dict[str, Any]:
    """Give the values that a statement is asked with."""
    names = select(seen.at).where(*where).compile(dialect=sqlite.dialect()).params
    return {**readers.filled(Unit(WORKER), names)}


def test_a_moment_and_what_is_counted_back_from_it_are_parameters_of_their_own():
    now = readers.moment(Moment())
    given = asked(
        seen.at <= now,
        seen.at > now - timedelta(minutes=30),
        seen.at > now - timedelta(hours=12),
        seen.at != now - timedelta(minutes=30),
    )

    assert sorted(NOW - value for value in given.values()) == [
        timedelta(0),
        timedelta(minutes=30),
        timedelta(hours=12),
    ]


def grown_up(unit: Unit) -> date:
    return birthday(unit.today, -18)


def test_a_day_is_reckoned_when_it_is_asked():
    given = asked(seen.at > readers.reckoned(grown_up), seen.by == readers.USER)

    assert {*given.values()} == {date(2008, 11, 27), WORKER.user_id}


GROUP = frozenset({UUID(int=1)})
LOOKS_INTO_IT = {
    "compares": lambda reader: reader.user_id == UUID(int=2),
    "finds": lambda reader: UUID(int=1) in reader.group_ids,
    "walks": lambda reader: [*reader.group_ids],
    "asks for more": lambda reader: reader.group_roles,
}


@pytest.mark.parametrize("looks", LOOKS_INTO_IT.values(), ids=LOOKS_INTO_IT.keys())
def test_whoever_looks_into_a_stand_in_is_told_that_it_differs(looks):
    stands_in = readers.AnyReader.like(Actor(Role.SPONSOR_MEMBER, uuid4(), group_ids=GROUP))

    with pytest.raises(readers.Personal):
        looks(stands_in)


def test_what_a_kind_has_not_is_not_there_to_be_filled_in():
    nobody = readers.AnyReader.like(Actor(Role.AUDITOR))

    assert (nobody.user_id, nobody.person_id, nobody.group_ids) == (None, None, frozenset())


@pytest.mark.parametrize(
    "other",
    [
        Actor(Role.AUDITOR, user_id=uuid4()),
        Actor(Role.CASEWORKER, user_id=uuid4(), duties=frozenset({Duty.TEAM_LEADER})),
        Actor(Role.CASEWORKER),
        Actor(Role.CASEWORKER, user_id=uuid4(), person_id=uuid4()),
        Actor(Role.CASEWORKER, user_id=uuid4(), group_ids=GROUP),
        Actor(Role.CASEWORKER, user_id=uuid4(), applying_ids=GROUP),
        Actor(Role.CASEWORKER, user_id=uuid4(), locations=frozenset({"napier"})),
    ],
    ids=range(7),
)
def test_readers_who_differ_in_more_than_values_share_nothing(other):
    assert readers.kind_of(other) != readers.kind_of(WORKER)
    assert readers.kind_of(Actor(Role.CASEWORKER, user_id=uuid4())) == readers.kind_of(WORKER)
