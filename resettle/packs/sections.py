"""A household's file as it is printed: what the next caseworker has to know, in that order.

It is gathered through what the pages show, so that it holds what the reader may see and no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from resettle.cases.models import ResettlementCase
from resettle.casework import queries as casework
from resettle.casework.models import ContactNote
from resettle.casework.queries import NoteFilters
from resettle.casework.schemas import NoteShape
from resettle.core.clock import day_of
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.desk import colleagues, file, papers, steps, timeline, words
from resettle.households.models import Household, Person
from resettle.incidents import queries as incidents
from resettle.incidents.models import Incident, IncidentStatus
from resettle.incidents.queries import IncidentFilters
from resettle.incidents.schemas import IncidentShape
from resettle.packs.models import Pack
from resettle.people import queries as people
from resettle.people.shapes import ContactShape, NeedShape
from resettle.plans import queries as plans
from resettle.plans.models import PlanKind, PlanStatus
from resettle.plans.shapes import GoalRow
from resettle.tasks import queries as tasks
from resettle.tasks.models import Task
from resettle.tasks.queries import UNSETTLED, TaskFilters
from resettle.tasks.schemas import TaskShape
from resettle.web.frame import day, plain

Told = dict[str, Any]
NOTES_LAST = 10
LATELY = timedelta(days=30)
LINES_MOST = 200


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the heads of its columns, and its lines."""

    title: str
    heads: tuple[str, ...]
    lines: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Summary:
    reference: str
    name: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    people: Sequence[UUID]


def summary(uow: UnitOfWork, household_id: UUID) -> Summary:
    """Bring a household's file together, as far as the reader may see it."""
    uow.get(Household, household_id, to=Permission.EXPORT_REQUEST)
    household = file.cover(uow, household_id)
    members = file.people(uow, household_id)
    names = file.named(members)
    return Summary(
        reference=household["reference"],
        name=household.get("name") or household.get("display_name") or "",
        facts=_facts(uow, household_id, household),
        sections=[
            _lately(uow, household_id),
            _people(uow, members),
            _needs(uow, members, names),
            _risks(uow, household_id),
            _plan(uow, household_id, names),
            _tasks(uow, household_id, names),
            _milestones(uow, household_id, names),
            _consents(uow, household_id, names),
            _notes(uow, household_id),
            _documents(uow, household_id, names),
        ],
        people=[*names],
    )


def _facts(uow: UnitOfWork, household_id: UUID, household: Told) -> list[tuple[str, str]]:
    case = file.case_of(uow, household_id)
    helpers = colleagues.helpers(uow, household_id)
    return [
        ("Programme", household["programme"]),
        ("Stage", "" if case is None else _stage(uow, case)),
        ("Location", household["place"] or ""),
        ("Language", household["language"] or ""),
        ("Arrived", day(household.get("arrived_on"))),
        ("Placed", day(household.get("placed_on"))),
        ("Caseworkers", ", ".join(str(helper["name"]) for helper in helpers)),
    ]


def _stage(uow: UnitOfWork, case: ResettlementCase) -> str:
    programme = words.programme(uow, case.programme_code, case.programme_version)
    return words.stage(programme, case.stage)


def _lately(uow: UnitOfWork, household_id: UUID) -> Section:
    """Tell what has changed since the reader took the last pack of this household, or lately."""
    since = uow.today - LATELY
    query = uow.select(Pack).where(Pack.household_id == household_id, Pack.ready_until.is_not(None))
    last = uow.first(query.order_by(Pack.created_at.desc(), Pack.id).limit(1))
    if last is not None:
        since = day_of(last.created_at)
    found = timeline.timeline(uow, household_id, timeline.TimelineFilters()).entries
    rows = timeline.told(uow, [entry for entry in found if entry.on >= since])
    lines = [(day(r["on"]), r["title"] or "", r["detail"] or "", r["by"] or "") for r in rows]
    return Section(f"What changed since {day(since)}", ("Day", "What", "Detail", "By"), lines)


def _people(uow: UnitOfWork, members: Sequence[Told]) -> Section:
    lines = []
    for member in members:
        person = member["person"]
        name = " ".join(part for part in (person.get("name_in_script"), person.get("name")) if part)
        phone = _phone(uow, member["person_id"])
        languages = ", ".join(member["languages"])
        lines.append((name, member["relationship"], day(person.get("born_on")), languages, phone))
    return Section("People", ("Name", "Relation", "Born", "Languages", "Phone"), lines)


def _phone(uow: UnitOfWork, person_id: UUID) -> str:
    found = uow.find(Person, person_id)
    return "" if found is None else ContactShape(only=("phone",)).one(uow, found)["phone"] or ""


def _needs(uow: UnitOfWork, members: Sequence[Told], names: Any) -> Section:
    lines = []
    for member in members:
        rows = NeedShape().many_of(uow, people.needs(uow, member["person_id"]))
        lines += [
            (names.get(row["person_id"], ""), row["practical_support"] or "", _code(row))
            for row in rows
            if row["active"]
        ]
    return Section("Needs", ("Of", "What helps", "Need"), lines)


def _code(row: Told) -> str:
    coded = row.get("health_code") or row.get("protection_code") or {}
    return str(coded.get("value", ""))


def _risks(uow: UnitOfWork, household_id: UUID) -> Section:
    query = incidents.incidents(uow, household_id, IncidentFilters(status=IncidentStatus.OPEN))
    query = query.order_by(Incident.reported_at.desc(), Incident.id).limit(LINES_MOST)
    rows = IncidentShape().many_of(uow, uow.all(query))
    lines = [
        (day(r["happened_on"]), plain(r["kind"]), str(r["severity"]), r["text"] or "") for r in rows
    ]
    return Section("Open incidents and risks", ("Day", "Kind", "Severity", "What"), lines)


def _plan(uow: UnitOfWork, household_id: UUID, names: Any) -> Section:
    """Tell the goals that are agreed, in the family's own words first."""
    plan = plans.in_state(uow, household_id, PlanKind.SETTLEMENT, PlanStatus.ACTIVE)
    rows = [] if plan is None else GoalRow().many_of(uow, plans.goals(uow, plan.id))
    lines = [
        (_whose(r, names), r["own_words"] or "", r["wording"] or "", plain(r["status"]))
        for r in rows
    ]
    return Section("Settlement plan", ("Of", "In their words", "In ours", "State"), lines)


def _tasks(uow: UnitOfWork, household_id: UUID, names: Any) -> Section:
    query = tasks.tasks(uow, household_id, TaskFilters()).where(Task.status.in_(UNSETTLED))
    rows = TaskShape().many_of(uow, uow.all(query.order_by(Task.due_on, Task.id).limit(LINES_MOST)))
    lines = [
        (day(r["due_on"]), r["title"], names.get(r["person_id"], ""), r["detail"] or "")
        for r in rows
    ]
    return Section("Open tasks", ("Due", "Task", "Of", "Detail"), lines)


def _milestones(uow: UnitOfWork, household_id: UUID, names: Any) -> Section:
    rows = [step for step in steps.steps(uow, household_id) if step["open"]]
    lines = [
        (
            day(step["due_on"]),
            step["title"],
            names.get(step["person_id"], ""),
            f"{step['late_days']} days late" if step["late_days"] else "",
        )
        for step in rows[:LINES_MOST]
    ]
    return Section("Milestones still open", ("Due", "Step", "Of", "Late"), lines)


def _consents(uow: UnitOfWork, household_id: UUID, names: Any) -> Section:
    rows = file.consents(uow, household_id)
    lines = [
        (names.get(r["person_id"], ""), r["about"], r["what"], day(r["expires_on"])) for r in rows
    ]
    return Section("Consents in force", ("Of", "With", "What", "Until"), lines)


def _notes(uow: UnitOfWork, household_id: UUID) -> Section:
    query = casework.notes(uow, household_id, NoteFilters())
    query = query.order_by(ContactNote.occurred_at.desc(), ContactNote.id).limit(NOTES_LAST)
    rows = NoteShape().many_of(uow, uow.all(query))
    lines = [
        (day(r["occurred_at"].date()), plain(r["channel"]), r["text"] or "", r["next_action"] or "")
        for r in rows
    ]
    return Section("Last contacts", ("Day", "How", "What was said", "Next"), lines)


def _documents(uow: UnitOfWork, household_id: UUID, names: Any) -> Section:
    rows = papers.on_file(uow, household_id)
    lines = [(r["what"], _whose(r, names), r["title"] or "", day(r["expires_on"])) for r in rows]
    return Section("Documents on file", ("Document", "Of", "Note", "Runs out"), lines)


def _whose(row: Told, names: Any) -> str:
    return "The household" if row["person_id"] is None else str(names.get(row["person_id"], ""))
