"""All that happened in a household's file, in one line of time, the newest first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from marshmallow import fields
from sqlalchemy import ColumnElement, Select, or_

from resettle.accounts.queries import names
from resettle.cases.models import Hold, ResettlementCase, StageEntry
from resettle.cases.papers import Decision
from resettle.casework.models import ContactNote
from resettle.casework.queries import NOTE_SORTS, NoteFilters, notes
from resettle.changes.models import HouseholdChange
from resettle.changes.queries import TITLES as TITLES_OF_CHANGES
from resettle.consents.models import ConsentEntry
from resettle.consents.rules import Decision as Word
from resettle.core.classes import DataClass
from resettle.core.clock import AUCKLAND, day_of
from resettle.core.permissions import Permission
from resettle.core.wording import plain, within
from resettle.core.work import UnitOfWork
from resettle.desk import words
from resettle.households.models import Household, HouseholdMember, Person
from resettle.milestones.models import Milestone, Status
from resettle.placements.models import Placement, Sponsorship
from resettle.statuses import telling as statuses
from resettle.web.fields import Code, Day
from resettle.web.schema import Command, Shape

SHOWN = 50
MOST = 200


class Kind(StrEnum):
    CONTACT = "contact"
    STAGE = "stage"
    MILESTONE = "milestone"
    PEOPLE = "people"
    PLACEMENT = "placement"
    SPONSOR = "sponsor"
    CONSENT = "consent"
    DECISION = "decision"
    CHANGE = "change"
    STATUS = "status"


TITLES: Mapping[Kind, str] = {
    Kind.CONTACT: "Contacts",
    Kind.STAGE: "Stages",
    Kind.MILESTONE: "Milestones",
    Kind.PEOPLE: "People",
    Kind.PLACEMENT: "Homes",
    Kind.SPONSOR: "Sponsor group",
    Kind.CONSENT: "Consents",
    Kind.DECISION: "Decisions and holds",
    Kind.CHANGE: "Changes of the household",
    Kind.STATUS: "Work, benefits and English",
}


@dataclass(frozen=True, slots=True)
class TimelineFilters:
    kind: str | None = None
    before: date | None = None


class TimelineFiltersSchema(Command[TimelineFilters]):
    makes = TimelineFilters

    kind = Code([kind.value for kind in Kind])
    before = Day()


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened on a day, in words. `order` tells what of a day came later."""

    household_id: UUID
    on: date
    kind: Kind
    title: str
    detail: str | None = None
    by_id: UUID | None = None
    order: str = ""
    note_id: UUID | None = None


class TimelineEntryShape(Shape):
    on = fields.Date(metadata={"class": DataClass.OPS})
    kind = fields.String(metadata={"class": DataClass.OPS})
    title = fields.String(metadata={"class": DataClass.IDENT})
    detail = fields.String(metadata={"class": DataClass.NOTE})
    by_id = fields.UUID(metadata={"class": DataClass.OPS})
    household_id = fields.UUID(metadata={"class": DataClass.OPS})
    note_id = fields.UUID(metadata={"class": DataClass.OPS})


@dataclass(frozen=True, slots=True)
class Timeline:
    entries: Sequence[Entry]
    earlier: date | None


@dataclass(frozen=True, slots=True)
class _Look:
    """Which part of which file is looked at."""

    uow: UnitOfWork
    household: Household
    until: date

    @property
    def end(self) -> datetime:
        """The first moment that lies after the days looked at."""
        return datetime.combine(self.until + timedelta(days=1), time(), AUCKLAND)

    def newest(self, model: Any, day: Any, *where: ColumnElement[bool]) -> Sequence[Any]:
        query = self.uow.select(model).where(
            model.household_id == self.household.id, day <= self.until, *where
        )
        return self.uow.all(query.order_by(day.desc(), model.id).limit(MOST))


def timeline(uow: UnitOfWork, household_id: UUID, wanted: TimelineFilters) -> Timeline:
    """Tell what happened, whole days at a time, so that nothing is lost between two pages."""
    household = uow.get(Household, household_id, to=Permission.TIMELINE_READ)
    until = wanted.before - timedelta(days=1) if wanted.before else uow.today
    look = _Look(uow, household, until)
    kinds = [*Kind] if wanted.kind is None else [Kind(wanted.kind)]
    found = [entry for kind in kinds for entry in SOURCES[kind](look)]
    found.sort(key=lambda entry: (entry.on, entry.order), reverse=True)
    return _whole_days(found)


def _whole_days(found: Sequence[Entry]) -> Timeline:
    if len(found) <= SHOWN:
        return Timeline(found, None)
    last = found[SHOWN - 1].on
    kept = [entry for entry in found if entry.on >= last]
    return Timeline(kept, last if len(kept) < len(found) else None)


def told(uow: UnitOfWork, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Dump entries for a page, with the names of who wrote them."""
    rows = TimelineEntryShape().many_of(uow, entries)
    people = names(uow, [entry.by_id for entry in entries])
    return [
        {**row, "by": people.get(row["by_id"], ""), "kind_title": TITLES[row["kind"]]}
        for row in rows
    ]


def _contacts(look: _Look) -> Iterable[Entry]:
    query = notes(look.uow, look.household.id, NoteFilters())
    query = query.where(ContactNote.occurred_at < look.end)
    newest = query.order_by(NOTE_SORTS["occurred"][0].desc(), ContactNote.id).limit(MOST)
    for note in look.uow.all(newest):
        on, by = day_of(note.occurred_at), note.author_id
        title = f"{plain(note.channel)} contact"
        if note.confidential:
            title += " (told in confidence)"
        order = note.occurred_at.astimezone(AUCKLAND).strftime("%H:%M")
        yield Entry(note.household_id, on, Kind.CONTACT, title, note.text, by, order, note.id)


def _stages(look: _Look) -> Iterable[Entry]:
    programmes = {
        case.id: words.programme(look.uow, case.programme_code, case.programme_version)
        for case in look.newest(ResettlementCase, ResettlementCase.opened_on)
    }
    for entry in look.newest(StageEntry, StageEntry.moved_on):
        title = f"Stage: {words.stage(programmes.get(entry.case_id), entry.to_stage)}"
        if entry.overridden:
            title += " (overridden)"
        on, by = entry.moved_on, entry.moved_by
        order = f"{entry.seq:05d}"
        yield Entry(entry.household_id, on, Kind.STAGE, title, entry.reason, by, order)


def _milestones(look: _Look) -> Iterable[Entry]:
    met = Milestone.status == Status.MET
    for step in look.newest(Milestone, Milestone.met_on, met):
        found = words.programme(look.uow, step.programme_code, step.programme_version)
        late = " (late)" if step.deadline and step.met_on > step.due_on else ""
        title = f"Met{late}: {words.step(found, step.code)}"
        yield Entry(
            step.household_id, step.met_on, Kind.MILESTONE, title, step.reason, step.recorded_by
        )


def _people(look: _Look) -> Iterable[Entry]:
    query: Select[Any] = (
        look.uow.columns(
            HouseholdMember,
            HouseholdMember.joined_on,
            HouseholdMember.left_on,
            HouseholdMember.leave_reason,
            Person.given_name,
            Person.other_names,
            Person.family_name,
            Person.born_on,
        )
        .join(Person, Person.id == HouseholdMember.person_id)
        .where(HouseholdMember.household_id == look.household.id)
    )
    scoped = look.uow.along(query, Person).order_by(HouseholdMember.joined_on.desc())
    for stay in look.uow.rows(scoped.limit(MOST)):
        yield from _of_stay(look, stay)


def _of_stay(look: _Look, stay: Any) -> Iterable[Entry]:
    name = " ".join(filter(None, (stay.given_name, stay.other_names, stay.family_name)))
    if stay.joined_on <= look.until:
        verb = "Born" if stay.joined_on == stay.born_on else "Joined"
        yield Entry(look.household.id, stay.joined_on, Kind.PEOPLE, f"{verb}: {name}")
    if stay.left_on is not None and stay.left_on <= look.until:
        title = f"Left: {name} ({within(stay.leave_reason)})"
        yield Entry(look.household.id, stay.left_on, Kind.PEOPLE, title)


def _placements(look: _Look) -> Iterable[Entry]:
    for stay in look.newest(Placement, Placement.start_on):
        place = words.place(look.uow, stay.location)
        title = f"Lives in {place} ({within(stay.kind)})"
        yield Entry(
            stay.household_id, stay.start_on, Kind.PLACEMENT, title, stay.reason, stay.decided_by
        )


def _sponsors(look: _Look) -> Iterable[Entry]:
    match = Sponsorship
    begun = or_(match.ended_on.is_(None), match.ended_on >= match.proposed_on)
    steps = {
        "proposed_on": ("A sponsor group is proposed", "proposed_by"),
        "accepted_on": ("The sponsor group accepts", "accepted_by"),
        "confirmed_on": ("The sponsorship is confirmed", "confirmed_by"),
        "suspended_on": ("The sponsorship is suspended", "suspended_by"),
        "ended_on": ("The sponsorship ends", "ended_by"),
    }
    for sponsorship in look.newest(match, match.proposed_on, begun):
        for name, (title, by) in steps.items():
            on = getattr(sponsorship, name)
            if on is not None and on <= look.until:
                by_id = getattr(sponsorship, by)
                yield Entry(look.household.id, on, Kind.SPONSOR, title, by_id=by_id)


def _consents(look: _Look) -> Iterable[Entry]:
    query = look.uow.select(ConsentEntry).where(
        ConsentEntry.household_id == look.household.id, ConsentEntry.valid_from < look.end
    )
    newest = query.order_by(ConsentEntry.valid_from.desc(), ConsentEntry.seq.desc())
    for entry in look.uow.all(newest.limit(MOST)):
        on, by = day_of(entry.valid_from), entry.recorded_by
        verb = "withdrawn" if entry.decision is Word.WITHDRAW else "given"
        what = f"{within(entry.purpose)}, {within(entry.item)}"
        yield Entry(entry.household_id, on, Kind.CONSENT, f"Consent {verb}: {what}", by_id=by)


def _decisions(look: _Look) -> Iterable[Entry]:
    for made in look.newest(Decision, Decision.decided_on):
        title = f"Decision: {within(made.kind)}"
        on, by = made.decided_on, made.recorded_by
        yield Entry(made.household_id, on, Kind.DECISION, title, made.note, by)
    for hold in look.newest(Hold, Hold.held_on):
        title = f"On hold, looked at again on {hold.review_on:%-d %B %Y}"
        yield Entry(hold.household_id, hold.held_on, Kind.DECISION, title, hold.note)


def _changes(look: _Look) -> Iterable[Entry]:
    for made in look.newest(HouseholdChange, HouseholdChange.happened_on):
        undone = "" if made.undone_at is None else " (undone)"
        title = f"Change: {TITLES_OF_CHANGES[made.kind].lower()}{undone}"
        on, by = made.happened_on, made.created_by
        yield Entry(made.household_id, on, Kind.CHANGE, title, by_id=by)


def _statuses(look: _Look) -> Iterable[Entry]:
    for row in statuses.begun(look.uow, look.household.id, look.until):
        yield Entry(look.household.id, row.on, Kind.STATUS, row.title, row.detail, row.by_id)


SOURCES: Mapping[Kind, Callable[[_Look], Iterable[Entry]]] = {
    Kind.CONTACT: _contacts,
    Kind.STAGE: _stages,
    Kind.MILESTONE: _milestones,
    Kind.PEOPLE: _people,
    Kind.PLACEMENT: _placements,
    Kind.SPONSOR: _sponsors,
    Kind.CONSENT: _consents,
    Kind.DECISION: _decisions,
    Kind.CHANGE: _changes,
    Kind.STATUS: _statuses,
}
