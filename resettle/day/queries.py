"""The queue: everything that waits, in one order, with the reason why each line stands there.

It is a question and not a list that is kept, so nothing falls out of it: whatever is open in a
household is found again at each look, and is somebody's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_

from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day import rules
from resettle.day.looks import Found, Home, Look, look, stands
from resettle.day.models import MarkKind, QueueMark
from resettle.day.rules import Group, Source, Stand, Standing
from resettle.day.sources import SOURCES
from resettle.desk import words
from resettle.households.models import Person
from resettle.households.rules import full_name

MINE, ALL = "mine", "all"
MOST = 300
Subject = tuple[Source, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilters:
    source: Source | None = None
    group: Group | None = None
    place: str | None = None
    whose: str = MINE


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits: what, where it stands and why, whose it is."""

    found: Found
    home: Home
    standing: Standing
    stands: tuple[Stand, ...]
    owners: tuple[Stand, ...]
    today: date
    snoozed: QueueMark | None = None
    given: QueueMark | None = None
    person: str = ""

    @property
    def household_id(self) -> UUID:
        return self.found.household_id

    @property
    def source(self) -> Source:
        return self.found.source

    @property
    def subject_id(self) -> UUID:
        return self.found.subject_id

    @property
    def way_id(self) -> UUID | None:
        return self.found.way_id

    @property
    def version(self) -> int | None:
        return self.found.version

    @property
    def may_be_seen(self) -> bool:
        return self.found.may_be_seen

    @property
    def reference(self) -> str:
        return self.home.reference

    @property
    def name(self) -> str:
        return self.home.name

    @property
    def title(self) -> str:
        return self.found.title

    @property
    def due_on(self) -> date | None:
        return self.found.due_on

    @property
    def safety(self) -> bool:
        return self.found.safety

    @property
    def group(self) -> Group:
        return rules.group(self.standing, self.today)

    @property
    def weight(self) -> int:
        return rules.weight(self.standing, self.today)

    @property
    def late_days(self) -> int:
        return rules.late_days(self.standing, self.today)

    @property
    def why(self) -> str:
        return f"{rules.when(self.standing, self.today)} {self.found.why}".strip()

    @property
    def whose(self) -> str:
        return ", ".join(stand.name for stand in self.owners)

    @property
    def why_here(self) -> str:
        return " ".join(filter(None, map(rules.why_here, self.owners)))

    @property
    def snoozed_until(self) -> date | None:
        return None if self.snoozed is None else self.snoozed.until_on

    @property
    def snooze_reason(self) -> str | None:
        return None if self.snoozed is None else self.snoozed.reason_code

    @property
    def snooze_note(self) -> str | None:
        return None if self.snoozed is None else self.snoozed.reason

    @property
    def mark_id(self) -> UUID | None:
        return None if self.snoozed is None else self.snoozed.id

    @property
    def given_id(self) -> UUID | None:
        """Name the decision that put the line into other hands, by which it is taken back."""
        return None if self.given is None else self.given.id

    @property
    def rank(self) -> rules.Rank:
        return rules.rank(self.standing, self.today, self.reference, self.subject_id)

    def is_of(self, user_id: UUID | None) -> bool:
        return any(stand.user_id == user_id for stand in self.owners)


@dataclass(frozen=True, slots=True)
class Queue:
    """The lines that were asked for, in their order, and how many more there are."""

    lines: Sequence[Line]
    more: int
    places: Sequence[tuple[str, str]]


def queue(uow: UnitOfWork, wanted: QueueFilters) -> Queue:
    """Give the reader's queue, in a constant number of queries whatever its length."""
    uow.require(Permission.QUEUE_READ)
    seen = look(uow)
    kinds = [*Source] if wanted.source is None else [wanted.source]
    kept = [line for line in lines(seen, kinds) if _is_wanted(uow, line, wanted)]
    kept.sort(key=lambda line: line.rank)
    homes = seen.homes.values()
    places = {home.location: words.place(uow, home.location) for home in homes if home.location}
    return Queue(_named(uow, kept[:MOST]), max(len(kept) - MOST, 0), sorted(places.items()))


def _named(uow: UnitOfWork, found: Sequence[Line]) -> Sequence[Line]:
    """Say whom a line is for: the same step of two people is two things to do."""
    wanted = {line.found.person_id for line in found} - {None}
    if not wanted:
        return found
    names = (Person.id, Person.given_name, Person.other_names, Person.family_name)
    rows = uow.rows(uow.columns(Person, *names).where(Person.id.in_(wanted)))
    said = {row.id: full_name(row.given_name, row.other_names, row.family_name) for row in rows}
    return [replace(line, person=said.get(line.found.person_id, "")) for line in found]


def _is_wanted(uow: UnitOfWork, line: Line, wanted: QueueFilters) -> bool:
    if wanted.whose == MINE and not line.is_of(uow.actor.user_id):
        return False
    if wanted.group is not None and line.group is not wanted.group:
        return False
    return wanted.place is None or line.home.location == wanted.place


def one(uow: UnitOfWork, source: str, subject_id: UUID) -> Line:
    """Find one line in the reader's households, be it in the reader's queue or a colleague's."""
    uow.require(Permission.QUEUE_READ)
    if source in [*Source]:
        for line in lines(look(uow), [Source(source)]):
            if line.subject_id == subject_id:
                return _named(uow, [line])[0]
    raise NotFound("There is no such line in your queue any more.")


def lines(seen: Look, kinds: Iterable[Source]) -> Iterable[Line]:
    """Give all lines of the households looked at, unless somebody has seen to them."""
    at_work = stands(seen)
    marks = _marks(seen)
    for found in (each for kind in kinds for each in SOURCES[kind](seen)):
        about = marks.get((found.source, found.subject_id), {})
        if MarkKind.SEEN not in about:
            yield _line(seen, found, tuple(at_work[found.household_id]), about)


def _line(
    seen: Look, found: Found, at_home: tuple[Stand, ...], about: Mapping[MarkKind, Any]
) -> Line:
    snoozed, given = about.get(MarkKind.SNOOZED), about.get(MarkKind.GIVEN)
    standing = Standing(
        found.source,
        found.due_on,
        safety=found.safety,
        blocked=found.blocked,
        snoozed_until=None if snoozed is None else snoozed.until_on,
    )
    # A task says itself whose it is: the mark only says how it came there.
    to_id = None if given is None or found.source is Source.TASK else given.to_id
    return Line(
        found=found,
        home=seen.homes[found.household_id],
        standing=standing,
        stands=at_home,
        owners=rules.owners(at_home, found.owner_id, to_id),
        today=seen.today,
        snoozed=snoozed if rules.is_snoozed(standing, seen.today) else None,
        given=given,
    )


def _marks(seen: Look) -> Mapping[Subject, Mapping[MarkKind, Any]]:
    """Find what was decided of each line and still holds; of a team, the codes alone."""
    mark = QueueMark
    holds = (mark.ended_at.is_(None), or_(mark.until_on.is_(None), mark.until_on > seen.today))
    if seen.team:
        columns = (mark.household_id, mark.source, mark.subject_id, mark.kind)
        more = (mark.id, mark.until_on, mark.to_id, mark.by_id, mark.reason_code)
        rows = [*seen.rows(seen.columns(mark, *columns, *more).where(*holds))]
    else:
        rows = [*seen.uow.all(seen.uow.select(mark).where(*holds))]
        seen.uow.unlock({row.household_id for row in rows})
    found: dict[Subject, dict[MarkKind, Any]] = {}
    for row in rows:
        found.setdefault((row.source, row.subject_id), {})[row.kind] = row
    return found


def colleagues(line: Line) -> list[Stand]:
    """Name those to whom a line may be given: who works with the household, and is here."""
    return [s for s in line.stands if s.present and not line.is_of(s.user_id)]
