"""Sources of the queue that others fill: what a family brought, what it or its sponsors wrote."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from resettle.core.clock import day_of
from resettle.core.wording import within
from resettle.day.looks import Found, Look
from resettle.day.rules import Source
from resettle.documents.models import Document
from resettle.documents.queries import readable
from resettle.documents.rules import State
from resettle.logs.models import LogEntry
from resettle.logs.rules import Side
from resettle.messages.models import Side as Voice
from resettle.messages.queries import unanswered

# Longer ago than that it is history; the file and the log still have it.
LATELY = timedelta(days=60)


def papers(look: Look) -> Iterable[Found]:
    """Give the papers that families have brought, of those that one may read."""
    if look.team:
        return
    query = look.uow.select(Document).where(
        Document.from_family.is_(True),
        Document.removed_at.is_(None),
        Document.state != State.REFUSED,
        Document.created_at > look.uow.now - LATELY,
    )
    for paper in look.uow.all(query.order_by(Document.created_at, Document.id)):
        if paper.household_id in look.homes and paper.confidentiality in readable(look.uow, paper):
            yield Found(
                source=Source.PAPER,
                subject_id=paper.id,
                household_id=paper.household_id,
                title=f"New paper from the family: {within(paper.kind)}",
                due_on=day_of(paper.created_at),
                why="Say what is done with it, and see whether the original is there.",
                way_id=paper.id,
                may_be_seen=True,
            )


def words(look: Look) -> Iterable[Found]:
    """Give what sponsors and families have written down, until somebody has read it."""
    entry = LogEntry
    query = look.columns(entry, entry.id, entry.household_id, entry.side, entry.created_at).where(
        entry.taken_back_at.is_(None), entry.created_at > look.uow.now - LATELY
    )
    for row in look.rows(query):
        who = "the sponsor group" if row.side is Side.SPONSOR else "the family"
        yield Found(
            source=Source.WORDS,
            subject_id=row.id,
            household_id=row.household_id,
            title=f"Read what {who} wrote",
            due_on=day_of(row.created_at),
            why="It was written for you.",
            way_id=row.household_id,
            may_be_seen=True,
        )


def messages(look: Look) -> Iterable[Found]:
    """Give one line for each thread in which the reader has something to read."""
    threads: dict[UUID, list[Row[Any]]] = {}
    found = unanswered(look.uow, look.uow.now - LATELY)
    for row in (each for each in found if each.household_id in look.homes):
        threads.setdefault(row.household_id, []).append(row)
    for household_id, rows in threads.items():
        yield Found(
            source=Source.THREAD,
            # Put off for one message is not put off for the next.
            subject_id=rows[-1].id,
            household_id=household_id,
            title=f"Read what {_writers(rows)} wrote in the shared thread",
            due_on=day_of(rows[0].sent_at),
            why=_number(len(rows)),
            way_id=household_id,
        )


def _writers(rows: Iterable[Row[Any]]) -> str:
    sides = {row.side for row in rows}
    if len(sides) > 1:
        return "the family and the sponsor group"
    return "the family" if Voice.FAMILY in sides else "the sponsor group"


def _number(count: int) -> str:
    told = "One message waits" if count == 1 else f"{count} messages wait"
    return f"{told}: not read by you, and not answered by a caseworker."
