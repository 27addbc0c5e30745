"""Pages of tasks: mine, those of a household, one by itself, and what is done about them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import url_for

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import members
from resettle.households.shapes import HouseholdMemberShape, HouseholdShape
from resettle.tasks import forms, queries, schemas, service, several
from resettle.tasks.models import Category, HandoverLevel, RepeatUnit, Task, TaskOrigin
from resettle.web.api import page_of
from resettle.web.fields import Code
from resettle.web.frame import plain
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command

pages = Pages("tasks", __name__, template_folder="templates")

Shown = dict[str, Any]
TASK = "/tasks/<uuid:task_id>"
HOUSEHOLD = "/households/<uuid:household_id>"
COVER = HouseholdShape(only=("id", "reference", "name"))
MEMBER = HouseholdMemberShape(only=("person_id", "person.name"))
CATEGORIES = [(each.value, plain(each.value)) for each in Category]
LEVELS = [
    (HandoverLevel.WE_DO.value, "We do it"),
    (HandoverLevel.TOGETHER.value, "Together"),
    (HandoverLevel.FAMILY_LEADS.value, "The family leads"),
]
UNITS = [(each.value, f"{each.value}s") for each in RepeatUnit]
STATES = [(state, plain(state)) for state in queries.STATES]
WHOSE = [("mine", "Mine"), ("all", "Everybody’s"), ("nobody", "Nobody’s")]
DUE = [("late", "Late"), ("week", "Within a week")]
ORIGINS: Mapping[TaskOrigin, str] = {
    TaskOrigin.NOTE: "From a contact",
    TaskOrigin.INCIDENT: "From an incident",
    TaskOrigin.MILESTONE: "From a milestone",
    TaskOrigin.APPOINTMENT: "After an appointment",
    TaskOrigin.TASK: "Comes again",
    TaskOrigin.PLAN: "From a plan",
    TaskOrigin.GROUP: "By the sponsor group",
}


class StateSchema(Command[dict[str, str]]):
    makes = dict

    state = Code(tuple(queries.STATES))


@pages.page(
    "/tasks",
    permission=Permission.TASK_READ,
    template="tasks/mine.html",
    filters=schemas.MyTaskFiltersSchema(),
    paged=True,
)
def mine(uow: UnitOfWork, wanted: queries.MyTaskFilters, arguments: Mapping[str, str]) -> Shown:
    """List what is to be done, what is due first on top."""
    found = page_of(uow, queries.mine(uow, wanted), queries.TASK_SORTS, arguments)
    asked: dict[str, Any] = {k: v for k, v in arguments.items() if v.strip() and k != "cursor"}
    return {
        "rows": [_told(uow, row) for row in schemas.TaskRow().many_of(uow, found.rows)],
        "wanted": {
            "state": wanted.state,
            "whose": wanted.whose,
            "due": wanted.due or "",
            "category": wanted.category or "",
        },
        "homes": asked.get("homes", ""),
        "is_filtered": bool({"state", "whose", "due", "category", "homes"} & asked.keys()),
        "choices": {"state": STATES, "whose": WHOSE, "due": DUE, "category": CATEGORIES},
        "following": found.following and url_for(".mine", **asked, cursor=found.following),
        "first": url_for(".mine", **asked) if "cursor" in arguments else None,
    }


@pages.page(
    HOUSEHOLD + "/tasks",
    permission=Permission.TASK_READ,
    template="tasks/household.html",
    filters=StateSchema(),
    paged=True,
)
def of_household(
    uow: UnitOfWork, household_id: UUID, wanted: dict[str, str], arguments: Mapping[str, str]
) -> Shown:
    """List what is to be done for one household."""
    state = wanted.get("state", "open")
    query = queries.of_household(uow, household_id, state)
    found = page_of(uow, query, queries.TASK_SORTS, arguments)
    household = uow.get(Household, household_id, to=Permission.TASK_READ)
    asked: dict[str, Any] = {k: v for k, v in arguments.items() if v.strip() and k != "cursor"}
    here = {**asked, "household_id": household_id}
    return {
        "household": COVER.one(uow, household),
        "rows": [_told(uow, row) for row in schemas.TaskRow().many_of(uow, found.rows)],
        "states": STATES,
        "state": state,
        "following": found.following and url_for(".of_household", **here, cursor=found.following),
        "first": url_for(".of_household", **here) if "cursor" in arguments else None,
    }


@pages.page(TASK, permission=Permission.TASK_READ, template="tasks/task.html")
def show(uow: UnitOfWork, task_id: UUID) -> Shown:
    """Show one task, and what may be done about it."""
    task = uow.get(Task, task_id, to=Permission.TASK_READ)
    row = schemas.TaskShape().one(uow, task)
    return {
        **_around(uow, task.household_id),
        "task": _told(uow, row),
        "origin": ORIGINS.get(task.created_from, ""),
        "names": dict(_people(uow, task.household_id)),
        "doers": dict(queries.assignees(uow, task.household_id)),
    }


@pages.form(
    HOUSEHOLD + "/tasks/new",
    permission=Permission.TASK_WRITE,
    schema=forms.AddTaskForm(),
    template="tasks/edit.html",
)
def add(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Write a task down."""
    if form.command:
        service.add(uow, household_id, form.command)
        return Go(".of_household", message="The task is added.", household_id=household_id)
    uow.get(Household, household_id, to=Permission.TASK_WRITE)
    return {**_asked(uow, household_id), "task": None}


@pages.form(
    TASK + "/change",
    permission=Permission.TASK_WRITE,
    schema=forms.ChangeTaskForm(),
    template="tasks/edit.html",
)
def change(uow: UnitOfWork, form: Form, task_id: UUID) -> Shown | Led:
    """Write a task anew. What is left empty is taken away."""
    if form.command:
        service.change(uow, task_id, form.command)
        return Go(".show", message="The task is changed.", task_id=task_id)
    task = uow.get(Task, task_id, to=Permission.TASK_WRITE)
    return {**_asked(uow, task.household_id), "task": schemas.TaskShape().one(uow, task)}


@pages.form(
    TASK + "/cancellation",
    permission=Permission.TASK_WRITE,
    schema=schemas.CancelTaskSchema(),
    template="tasks/cancel.html",
)
def cancel(uow: UnitOfWork, form: Form, task_id: UUID) -> Shown | Led:
    """Give a task up, and say why."""
    if form.command:
        task = service.cancel(uow, task_id, form.command)
        return _back(task, "The task is cancelled.")
    task = uow.get(Task, task_id, to=Permission.TASK_WRITE)
    return {
        **_around(uow, task.household_id),
        "task": _told(uow, schemas.TaskShape().one(uow, task)),
    }


@pages.button(TASK + "/done", permission=Permission.TASK_WRITE)
def finish(uow: UnitOfWork, task_id: UUID) -> Led:
    """Say that a task is done."""
    return _back(service.finish(uow, task_id), "The task is done.")


@pages.button(TASK + "/reopening", permission=Permission.TASK_WRITE)
def reopen(uow: UnitOfWork, task_id: UUID) -> Led:
    """Take back that a task is done or given up."""
    service.reopen(uow, task_id)
    return Go(".show", message="The task is open again.", task_id=task_id)


@pages.act("/tasks/done", permission=Permission.TASK_WRITE, schema=forms.TickedSchema())
def finish_many(uow: UnitOfWork, form: Form) -> Led:
    """Say of the tasks that were ticked that they are done."""
    if not form.command.task_ids:
        return Go(".mine", message="Nothing was ticked, so nothing was done.")
    found = several.finish(uow, form.command)
    undo = url_for(".take_back", bulk_id=found.bulk_id) if found.count else None
    return Go(".mine", message=forms.told(found), undo=undo)


@pages.button(
    "/tasks/done/<uuid:bulk_id>/undo",
    permission=Permission.TASK_WRITE,
)
def take_back(uow: UnitOfWork, bulk_id: UUID) -> Led:
    """Open again what was done with one press."""
    found = several.take_back(uow, bulk_id)
    return Go(".mine", message=f"Open again: {found.count}.")


def _back(task: Task, message: str) -> Led:
    undo = url_for(".reopen", task_id=task.id)
    return Go(".of_household", message=message, undo=undo, household_id=task.household_id)


def _around(uow: UnitOfWork, household_id: UUID) -> Shown:
    household = uow.get(Household, household_id, to=Permission.TASK_READ)
    return {"reference": household.reference, "household_id": household.id}


def _asked(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Give what the form offers to choose from."""
    return {
        **_around(uow, household_id),
        "categories": CATEGORIES,
        "levels": LEVELS,
        "units": UNITS,
        "people": _people(uow, household_id),
        "doers": queries.assignees(uow, household_id),
        "reader_id": uow.actor.user_id,
        "today": uow.today,
    }


def _people(uow: UnitOfWork, household_id: UUID) -> list[tuple[UUID, str]]:
    named = MEMBER.many_of(uow, members(uow, household_id))
    return [(each["person_id"], each["person"].get("name", "")) for each in named]


def _told(uow: UnitOfWork, row: Shown) -> Shown:
    """Add to a task how late it is, and its codes in words."""
    is_open = row["status"] in queries.UNSETTLED
    late = (uow.today - row["due_on"]).days if is_open else 0
    every, unit = row["repeat_every"], row["repeat_unit"]
    return {
        **row,
        "open": is_open,
        "late_days": max(late, 0),
        "handover_title": dict(LEVELS).get(row["handover"] or "", ""),
        "category_title": plain(row["category"]),
        "repeats": "" if every is None else forms.every(every, unit),
    }
