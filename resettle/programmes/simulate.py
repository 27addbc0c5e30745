"""A programme tried out on a household that nobody has met: its calendar, week by week."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from resettle.programmes.catalogue import Catalogue, UnknownProgramme
from resettle.programmes.definition import Programme
from resettle.programmes.family import Member
from resettle.programmes.milestones import (
    Anchors,
    Days,
    PlannedMilestone,
    Subject,
    age_changes,
    at_birthday,
    due_on,
    plan,
)
from resettle.programmes.terms import Anchor, Due


class Kind(StrEnum):
    DAY = "day"
    MILESTONE = "milestone"
    STAGE = "stage"
    REPORT = "report"
    BIRTHDAY = "birthday"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    day: date
    kind: Kind
    code: str
    title: str
    owners: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    holiday: str | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """Weeks begin on Monday and are counted from the one of arrival, which is week 1."""

    number: int
    starts: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    programme: Programme
    arrives: date
    placed: date
    support_ends: date
    members: tuple[tuple[Member, Subject], ...]
    notes: tuple[str, ...]
    weeks: tuple[Week, ...]
    whenever: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is tried out; `version` and `placed` are found where they are left out."""

    programme: str
    arrives: date
    members: Sequence[Member]
    version: int | None = None
    placed: date | None = None
    region: str | None = None


def simulate(catalogue: Catalogue, question: Question) -> Simulation:
    """Work out the calendar. Raises UnknownProgramme and UnknownRegion."""
    programme, notes = chosen(catalogue, question)
    arrives = question.arrives
    placed = question.placed or arrives + timedelta(days=programme.support.reception_days)
    members = tuple((member, member.as_subject(arrives)) for member in question.members)
    calendar = _Calendar(
        programme=programme,
        anchors={Anchor.ARRIVED: arrives, Anchor.PLACED: placed},
        people=tuple(subject for _, subject in members),
        days=Days(catalogue.working_days, question.region),
    )
    return Simulation(
        programme=programme,
        arrives=arrives,
        placed=placed,
        support_ends=calendar.support_ends,
        members=members,
        notes=notes,
        weeks=tuple(_weeks(_merged(calendar.entries()), arrives)),
        whenever=tuple(sorted(calendar.whenever())),
    )


def chosen(catalogue: Catalogue, question: Question) -> tuple[Programme, tuple[str, ...]]:
    """Find the version asked for by label or number, or else the one in force when it counts.

    Support follows the day of moving in, so that day decides, not the day of arrival.
    """
    code = question.programme.lower()
    labelled = catalogue.labelled(code)
    if labelled and code not in catalogue.codes:
        return labelled, ()
    if question.version is not None:
        return catalogue.get(code, question.version), ()
    day = question.placed or _moves_in(catalogue, code, question.arrives)
    try:
        return catalogue.in_force(code, day), ()
    except UnknownProgramme as error:
        first, last = catalogue.versions(code)[0], catalogue.versions(code)[-1]
        begun = first.effective.start is not None and day >= first.effective.start
        nearest = last if begun else first
        return nearest, (f"{error} {nearest.label} is used instead.",)


def _moves_in(catalogue: Catalogue, code: str, arrives: date) -> date:
    """Reception is of the version in force on arrival."""
    versions = catalogue.versions(code)
    at_arrival = next((p for p in versions if p.effective.covers(arrives)), versions[-1])
    return arrives + timedelta(days=at_arrival.support.reception_days)


@dataclass(frozen=True, slots=True)
class _Calendar:
    programme: Programme
    anchors: dict[Anchor, date]
    people: tuple[Subject, ...]
    days: Days

    @property
    def support_ends(self) -> date:
        return self.anchors[Anchor.PLACED] + timedelta(days=self.programme.support.days)

    def entries(self) -> Iterator[Entry]:
        yield from self._landmarks()
        yield from self._milestones()
        yield from self._stages()
        yield from self._reports()
        for person in self.people:
            yield from self._birthdays(person)

    def _landmarks(self) -> Iterator[Entry]:
        arrived, placed = self.anchors[Anchor.ARRIVED], self.anchors[Anchor.PLACED]
        yield self._entry(arrived, Kind.DAY, "ARRIVES", "The household arrives")
        if placed != arrived:
            yield self._entry(placed, Kind.DAY, "PLACED", "The household moves into its house")
        up_to = self.programme.support.up_to
        told = "The latest day on which support ends" if up_to else "Support ends"
        yield self._entry(self.support_ends, Kind.DAY, "SUPPORT_ENDS", told)
        housing = self.programme.support.housing_commitment_days
        if housing is not None:
            day = placed + timedelta(days=housing)
            yield self._entry(day, Kind.DAY, "HOUSING_ENDS", "The commitment to house ends")

    def _milestones(self) -> Iterator[Entry]:
        for item in plan(self.programme, self.anchors, self.people, self.days):
            yield self._milestone(item)

    def _stages(self) -> Iterator[Entry]:
        for stage in self.programme.stages:
            for day in self._day(stage.leave_by, self.anchors):
                title = f"Stage “{stage.title}” is over by now"
                yield self._entry(day, Kind.STAGE, stage.code, title, stage.who)

    def _reports(self) -> Iterator[Entry]:
        for report in self.programme.reports:
            for day in self._day(report.due, self.anchors):
                title = report.title + (" (with the money)" if report.with_money else "")
                yield self._entry(day, Kind.REPORT, report.code, title, (report.owner,))

    def _birthdays(self, person: Subject) -> Iterator[Entry]:
        ages = self.programme.birthdays.ages if self.programme.birthdays else ()
        placed = self.anchors[Anchor.PLACED]
        for change in age_changes(person.born, placed, self.support_ends, ages):
            found = at_birthday(self.programme, self.anchors, person, change.day, self.days)
            title = f"Turns {change.age}: the set of milestones changes"
            entry = self._entry(change.day, Kind.BIRTHDAY, f"AGE-{change.age}", title)
            yield replace(entry, subjects=(person.id,))
            yield from (self._milestone(item) for item in found.added)

    def whenever(self) -> Iterator[Entry]:
        """Show what counts from entering a stage, as if it were entered on arrival."""
        known = {Anchor.ENTERED: self.anchors[Anchor.ARRIVED]}
        for stage in self.programme.stages:
            for day in self._day(stage.leave_by, known):
                title = f"Stage “{stage.title}” is over"
                yield self._entry(day, Kind.STAGE, stage.code, title, stage.who)
        for deadline in self.programme.deadlines:
            for day in self._day(deadline.due, known):
                owners = (deadline.owner,)
                yield self._entry(day, Kind.STAGE, deadline.stage, deadline.title, owners)

    def _day(self, due: Due | None, known: Anchors) -> Iterator[date]:
        """Give the day, or none where there is no rule or its anchor is not known."""
        day = due_on(self.programme, due, known, self.days) if due else None
        if day is not None:
            yield day

    def _milestone(self, item: PlannedMilestone) -> Entry:
        entry = self._entry(item.due_on, Kind.MILESTONE, item.code, item.title, item.responsible)
        return replace(entry, subjects=(item.subject_id,) if item.subject_id else ())

    def _entry(
        self, day: date, kind: Kind, code: str, title: str, owners: Sequence[str] = ()
    ) -> Entry:
        names = {party.code: party.name for party in self.programme.parties}
        here = self.programme.country == "NZL"
        holiday = self.days.calendar.holiday(day, self.days.region) if here else None
        told = tuple(names.get(owner, owner) for owner in owners)
        return Entry(day, kind, code, title, told, (), holiday)


def _merged(entries: Iterable[Entry]) -> list[Entry]:
    """Put what several people have on the same day into one entry."""
    merged = []
    for _, group in groupby(sorted(entries), _same):
        alike = tuple(group)
        subjects = tuple(subject for entry in alike for subject in entry.subjects)
        merged.append(replace(alike[0], subjects=subjects))
    return merged


def _same(entry: Entry) -> tuple[date, Kind, str, str, tuple[str, ...]]:
    return entry.day, entry.kind, entry.code, entry.title, entry.owners


def _weeks(entries: Sequence[Entry], arrives: date) -> Iterator[Week]:
    first = _monday(arrives)
    for monday, of_week in groupby(entries, lambda entry: _monday(entry.day)):
        weeks = (monday - first).days // 7
        yield Week(weeks + 1 if weeks >= 0 else weeks, monday, tuple(of_week))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
