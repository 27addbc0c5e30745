"""Which milestones a household has, and when each is due.

Pure: the days that are known (arrived, placed) are arguments, and so are the people. An item
whose day is not known yet is not planned yet. A member who joins later has the items of a
person counted from the day of joining, and nothing of the centre that the member never saw.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from resettle.core.classes import DataClass
from resettle.programmes.content import Milestone
from resettle.programmes.definition import Programme
from resettle.programmes.terms import Anchor, Due, birthday
from resettle.programmes.working_days import WorkingDays

Anchors = Mapping[Anchor, date]


@dataclass(frozen=True, slots=True)
class Subject:
    """A member of the household; `joined_on` is left out for those who arrive with it."""

    id: str
    born: date
    joined_on: date | None = None
    left_school_on: date | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """What working days are counted by: a calendar, and the region where the household lives."""

    calendar: WorkingDays = field(default_factory=WorkingDays)
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMilestone:
    """One item of one household or person; `template` is the item, `code` the instance."""

    code: str
    template: str
    title: str
    domain: str
    subject_id: str | None
    due_on: date
    anchor: Anchor
    days: int
    opens_on: date | None
    responsible: tuple[str, ...]
    evidence: str
    is_deadline: bool
    location_bound: bool
    data_class: DataClass


@dataclass(frozen=True, slots=True)
class AgeChange:
    age: int
    day: date


@dataclass(frozen=True, slots=True)
class Recalculation:
    """What a birthday brings: items to add, and templates that no longer apply if unmet."""

    added: tuple[PlannedMilestone, ...]
    dropped: frozenset[str]


def plan(
    programme: Programme,
    anchors: Anchors,
    people: Sequence[Subject],
    days: Days | None = None,
) -> tuple[PlannedMilestone, ...]:
    """Plan every item of the household and of each person, the earliest first."""
    known = settled(programme, anchors)
    plans = _Plans(programme, known, days or Days())
    found = [*plans.of_household(), *(item for person in people for item in plans.of(person))]
    return tuple(sorted(found, key=_order))


def plan_for(
    programme: Programme, anchors: Anchors, person: Subject, days: Days | None = None
) -> tuple[PlannedMilestone, ...]:
    """Plan the items of one person alone, such as a newborn or a member who arrives later."""
    plans = _Plans(programme, settled(programme, anchors), days or Days())
    return tuple(sorted(plans.of(person), key=_order))


def settled(programme: Programme, anchors: Anchors) -> dict[Anchor, date]:
    """Without a reception centre a household is placed on the day on which it arrives."""
    direct = not programme.support.reception_days and Anchor.ARRIVED in anchors
    return ({Anchor.PLACED: anchors[Anchor.ARRIVED]} if direct else {}) | dict(anchors)


def due_on(programme: Programme, due: Due, anchors: Anchors, days: Days) -> date | None:
    """Tell the day that is due, working days included; None while its anchor is not known."""
    anchor_day = anchors.get(due.anchor)
    if anchor_day is None:
        return None
    day = due.after(anchor_day, programme.lengths)
    if not due.working_days:
        return day
    return days.calendar.add_working_days(day, due.working_days, days.region)


def age_changes(born: date, start: date, end: date, ages: Sequence[int]) -> tuple[AgeChange, ...]:
    """Find the birthdays after the first day, up to the last, that change somebody's set."""
    changes = (AgeChange(age, birthday(born, age)) for age in sorted(ages))
    return tuple(change for change in changes if start < change.day <= end)


def at_birthday(
    programme: Programme, anchors: Anchors, person: Subject, day: date, days: Days | None = None
) -> Recalculation:
    """Tell what a birthday adds, and what it ends, as against the day before.

    What is counted from moving in is counted from the birthday; what is counted from arrival
    (the checks at 6 months, 2 years ...) keeps its day, and is left out where that is past.
    """
    known = settled(programme, anchors)
    before = _applying(programme, person, day - timedelta(days=1))
    now = _applying(programme, person, day)
    shifted = known | ({Anchor.PLACED: day} if Anchor.PLACED in known else {})
    plans = _Plans(programme, known, days or Days())
    items = [m for m in programme.milestones if m.code in now - before and not m.at_reception]
    added = [p for item in items for p in plans.of_item(item, shifted, person) if p.due_on >= day]
    return Recalculation(tuple(sorted(added, key=_order)), frozenset(before - now))


def reopened_by_move(programme: Programme) -> frozenset[str]:
    """Name the templates that open again when a household moves: doctor, school, orientation."""
    return frozenset(item.code for item in programme.milestones if item.location_bound)


@dataclass(frozen=True, slots=True)
class _Plans:
    programme: Programme
    anchors: dict[Anchor, date]
    days: Days

    def of_household(self) -> Iterator[PlannedMilestone]:
        for item in self.programme.milestones:
            if item.of_household:
                yield from self.of_item(item, self.anchors, None)

    def of(self, person: Subject) -> Iterator[PlannedMilestone]:
        anchors = self._anchors_of(person)
        for item in self.programme.milestones:
            if not item.of_household and not self._missed_centre(item, person):
                yield from self._if_applying(item, anchors, person)

    def of_item(
        self, item: Milestone, anchors: Anchors, person: Subject | None
    ) -> Iterator[PlannedMilestone]:
        for due in item.due:
            day = due_on(self.programme, due, anchors, self.days)
            if day is not None and (item.follow_up or day <= self._support_end()):
                yield self._planned(item, due, day, anchors, person)

    def _if_applying(
        self, item: Milestone, anchors: Anchors, person: Subject
    ) -> Iterator[PlannedMilestone]:
        """Ask the age on the day that the item is counted from; at school, on the first day."""
        anchor = item.due[0].anchor
        asked = anchors.get(Anchor.PLACED if anchor is Anchor.LEFT_SCHOOL else anchor)
        if asked is not None and _applies(self.programme, item, person, asked):
            yield from self.of_item(item, anchors, person)

    def _anchors_of(self, person: Subject) -> Anchors:
        joined = max(person.joined_on or date.min, person.born)
        anchors = {anchor: max(day, joined) for anchor, day in self.anchors.items()}
        if person.left_school_on:
            anchors[Anchor.LEFT_SCHOOL] = person.left_school_on
        return anchors

    def _missed_centre(self, item: Milestone, person: Subject) -> bool:
        joined = max(person.joined_on or date.min, person.born)
        return item.at_reception and joined >= self.anchors.get(Anchor.PLACED, date.max)

    def _support_end(self) -> date:
        placed = self.anchors.get(Anchor.PLACED)
        return placed + timedelta(days=self.programme.support.days) if placed else date.max

    def _planned(
        self, item: Milestone, due: Due, day: date, anchors: Anchors, person: Subject | None
    ) -> PlannedMilestone:
        opens = due_on(self.programme, item.opens, anchors, self.days) if item.opens else None
        return PlannedMilestone(
            code=item.instance_code(due, self.programme.lengths),
            template=item.code,
            title=item.title,
            domain=item.domain,
            subject_id=person.id if person else None,
            due_on=day,
            anchor=due.anchor,
            days=due.length(self.programme.lengths),
            opens_on=opens,
            responsible=owed_by(self.programme, item.responsible),
            evidence=item.evidence,
            is_deadline=item.deadline,
            location_bound=item.location_bound,
            data_class=item.data_class,
        )


def owed_by(programme: Programme, responsible: Sequence[str]) -> tuple[str, ...]:
    """Leave out who has no part in this programme; if nobody is left, who supports owes it."""
    here = tuple(party for party in responsible if party not in programme.support.without)
    return here or ((programme.support.by,) if responsible else ())


def _applying(programme: Programme, person: Subject, day: date) -> set[str]:
    return {m.code for m in programme.milestones if _applies(programme, m, person, day)}


def _applies(programme: Programme, item: Milestone, person: Subject, day: date) -> bool:
    groups = (group for group in programme.age_groups if group.code in item.applies_to)
    return any(group.has(person.born, day) for group in groups)


def _order(item: PlannedMilestone) -> tuple[date, str, str]:
    return item.due_on, item.code, item.subject_id or ""
