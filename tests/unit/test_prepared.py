"""Kept statements: what stands in for a moment, and what is counted back from it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, MetaData, Table, select
from sqlalchemy.dialects import sqlite

from resettle.core.db import Moment
from resettle.core.prepared import FilledIn

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
seen = Table("seen", MetaData(), Column("at", Moment())).c.at


def test_a_moment_and_what_is_counted_back_from_it_are_parameters_of_their_own():
    now = FilledIn[datetime]("now", Moment())
    query = select(seen).where(
        seen <= now,
        seen > now - timedelta(minutes=30),
        seen > now - timedelta(hours=12),
        seen != now - timedelta(minutes=30),
    )

    asked = query.compile(dialect=sqlite.dialect()).params
    given = now.values(NOW)

    assert asked.keys() == given.keys()
    assert sorted(NOW - value for value in given.values()) == [
        timedelta(0),
        timedelta(minutes=30),
        timedelta(hours=12),
    ]
