"""The sources of the queue: each a small query over the households looked at, in one table."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_

from resettle.consents.models import ConsentEntry
from resettle.consents.queries import thing
from resettle.consents.rules import Decision, last_word
from resettle.core.clock import day_of
from resettle.core.permissions import Permission
from resettle.core.wording import within
from resettle.day import fresh, meetings, roofs, rules, standing
from resettle.day.looks import Found, Look
from resettle.day.rules import Source
from resettle.desk import words
from resettle.incidents.models import Incident, IncidentStatus
from resettle.milestones.models import Milestone, Status
from resettle.tasks.models import Task, TaskStatus

AHEAD = timedelta(days=30)
OPEN_STEPS = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.BLOCKED)
OPEN_TASKS = (TaskStatus.OPEN, TaskStatus.DOING)
SEVERE = 3


def _contacts(look: Look) -> Iterable[Found]:
    """Give one line for each household that is under way, so that none falls silent unseen."""
    for home in look.homes.values():
        if not home.is_over:
            yield Found(
                source=Source.CONTACT,
                subject_id=home.id,
                household_id=home.id,
                title="Be in touch",
                due_on=home.contact_due_on,
                why=rules.contact_words(home.last_contact_on, home.every, look.today),
                way_id=home.id,
            )


def _tasks(look: Look) -> Iterable[Found]:
    query = look.columns(
        Task,
        Task.id,
        Task.version,
        Task.household_id,
        Task.title,
        Task.due_on,
        Task.assignee_id,
        Task.person_id,
    ).where(
        Task.status.in_(OPEN_TASKS),
        # What a sponsor group does is looked at only when it is late.
        or_(Task.group_id.is_(None), Task.due_on < look.today),
    )
    for row in look.rows(query):
        yield Found(
            source=Source.TASK,
            subject_id=row.id,
            household_id=row.household_id,
            title=row.title,
            due_on=row.due_on,
            owner_id=row.assignee_id,
            person_id=row.person_id,
            way_id=row.id,
            version=row.version,
        )


def _milestones(look: Look) -> Iterable[Found]:
    """Give the steps that have a day to be late on, and those that something blocks."""
    soon = and_(Milestone.deadline.is_(True), Milestone.due_on <= look.today + AHEAD)
    query = look.columns(
        Milestone,
        Milestone.id,
        Milestone.household_id,
        Milestone.person_id,
        Milestone.code,
        Milestone.due_on,
        Milestone.status,
        Milestone.blocker_owner_id,
        Milestone.programme_code,
        Milestone.programme_version,
    ).where(Milestone.status.in_(OPEN_STEPS), or_(soon, Milestone.status == Status.BLOCKED))
    for row in look.rows(query):
        found = words.programme(look.uow, row.programme_code, row.programme_version)
        blocked = row.status is Status.BLOCKED
        yield Found(
            source=Source.MILESTONE,
            subject_id=row.id,
            household_id=row.household_id,
            title=words.step(found, row.code),
            due_on=row.due_on,
            why="Something blocks it: ask whether it still does." if blocked else "",
            owner_id=row.blocker_owner_id,
            person_id=row.person_id,
            way_id=row.id,
            blocked=blocked,
        )


def _consents(look: Look) -> Iterable[Found]:
    """Give what was agreed to and runs out within the month, unless it was renewed since."""
    entry = ConsentEntry
    query = look.columns(
        entry,
        entry.id,
        entry.household_id,
        entry.person_id,
        entry.purpose,
        entry.item,
        entry.recipient_type,
        entry.recipient_id,
        entry.recipient_name,
        entry.decision,
        entry.valid_from,
        entry.seq,
        entry.expires_on,
    )
    about: dict[Any, list[Any]] = {}
    for row in look.rows(query.order_by(entry.valid_from, entry.seq)):
        about.setdefault(thing(row), []).append(row)
    for rows in about.values():
        word = last_word(rows, look.uow.now)
        if word is not None and _runs_out(look, word):
            what = f"{within(word.purpose)}, {within(word.item)}"
            yield Found(
                source=Source.CONSENT,
                subject_id=word.id,
                household_id=word.household_id,
                title=f"Ask again for consent: {what}",
                due_on=word.expires_on,
                why="After that day nothing more is shared on it.",
                way_id=word.person_id,
                person_id=word.person_id,
            )


def _runs_out(look: Look, word: Any) -> bool:
    if word.decision is not Decision.GIVE or word.expires_on is None:
        return False
    return bool(look.today - AHEAD <= word.expires_on <= look.today + AHEAD)


def _incidents(look: Look) -> Iterable[Found]:
    """Give the open incidents; of a safeguarding concern only to whoever may read them."""
    query = look.columns(
        Incident,
        Incident.id,
        Incident.household_id,
        Incident.safeguarding,
        Incident.severity,
        Incident.reported_at,
        Incident.owner_id,
    ).where(Incident.status == IncidentStatus.OPEN)
    if not look.team and not look.uow.allows(Permission.PROTECTION_READ):
        query = query.where(Incident.safeguarding.is_(False))
    for row in look.rows(query):
        yield Found(
            source=Source.INCIDENT,
            subject_id=row.id,
            household_id=row.household_id,
            title="Safeguarding concern" if row.safeguarding else "Incident",
            due_on=day_of(row.reported_at),
            why=f"Open since it was reported on {day_of(row.reported_at):%-d %B}.",
            owner_id=row.owner_id,
            way_id=row.id,
            safety=row.safeguarding or row.severity >= SEVERE,
        )


SOURCES: Mapping[Source, Callable[[Look], Iterable[Found]]] = {
    Source.INCIDENT: _incidents,
    Source.CONTINUITY: standing.continuity,
    Source.CONTACT: _contacts,
    Source.APPOINTMENT: meetings.appointments,
    Source.TASK: _tasks,
    Source.MILESTONE: _milestones,
    Source.CONSENT: _consents,
    Source.DOCUMENT: meetings.documents,
    Source.PAPER: fresh.papers,
    Source.WORDS: fresh.words,
    Source.THREAD: fresh.messages,
    Source.REPORT: standing.reports,
    Source.UPDATE: standing.updates,
    Source.HOLD: standing.holds,
    Source.DUPLICATE: standing.duplicates,
    Source.CHECKLIST: standing.checklists,
    Source.TENANCY: roofs.tenancies,
    Source.DEFECT: roofs.defects,
    Source.HOUSE_CHECK: roofs.looked_at,
}
