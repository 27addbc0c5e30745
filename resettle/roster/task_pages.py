"""Pages of the tasks of a sponsor group, with how much of them the family does itself."""

from typing import Any
from uuid import UUID

from flask import url_for

from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.shapes import HouseholdShape
from resettle.placements.queries import supporting_group
from resettle.roster import group_tasks, handing, queries, task_schemas
from resettle.roster.task_shapes import LEVELS, told
from resettle.sponsors.shapes import MemberShape
from resettle.tasks.models import Category, Task
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("group_tasks", __name__, template_folder="templates")

Shown = dict[str, Any]
HOUSEHOLD = "/households/<uuid:household_id>/group-tasks"
TASK = "/group-tasks/<uuid:our_task_id>"
READ, WRITE = Permission.GROUP_TASK_READ, Permission.GROUP_TASK_WRITE
COVER = HouseholdShape(only=("id", "reference", "name"))
NAMED = MemberShape(only=("id", "name"))
CATEGORIES = [(each.value, plain(each.value)) for each in Category]


@pages.page(HOUSEHOLD, permission=READ, template="roster/tasks.html")
def of_household(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Show what the group does for a household, and how the family takes over."""
    query = group_tasks.of_household(uow, household_id).order_by(Task.due_on.desc(), Task.id)
    rows = told(uow, uow.all(query.limit(group_tasks.MOST)))
    household = uow.get(Household, household_id, to=READ)
    trends = task_schemas.TrendShape().many_of(uow, group_tasks.trends(uow, household_id))
    return {
        "household": COVER.one(uow, household),
        "open": [row for row in reversed(rows) if row["is_open"]],
        "done": [row for row in rows if row["status"] == "done"],
        "trends": [
            {
                "kind": plain(row["category"]),
                "levels": [LEVELS[level] for level in row["levels"]],
                "next": LEVELS[row["next"]],
            }
            for row in trends
        ],
        "may_write": uow.allows(WRITE),
    }


@pages.form(
    HOUSEHOLD + "/new",
    permission=WRITE,
    schema=task_schemas.AddGroupTaskSchema(),
    template="roster/task.html",
)
def add(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Write down what the group does."""
    if form.command:
        handing.add(uow, household_id, form.command)
        return Go(".of_household", message="The task is written down.", household_id=household_id)
    household = uow.get(Household, household_id, to=WRITE)
    return {
        "household": COVER.one(uow, household),
        "categories": CATEGORIES,
        "levels": [*LEVELS.items()],
        "members": _members(uow, household_id, supporting_group(uow, household_id)),
        "task": None,
    }


def _members(uow: UnitOfWork, household_id: UUID, group_id: UUID | None) -> list[tuple[UUID, str]]:
    """Name to whom the reader may give a task: oneself, or anybody for who leads."""
    found = [] if group_id is None else queries.fit(uow, household_id, group_id, uow.today)
    if not uow.allows(Permission.ROSTER_LEAD):
        found = [member for member in found if member.user_id == uow.actor.user_id]
    return [(row["id"], row["name"]) for row in NAMED.many_of(uow, found) if "name" in row]


@pages.form(
    TASK + "/change",
    permission=WRITE,
    schema=task_schemas.ChangeGroupTaskSchema(),
    template="roster/task.html",
)
def change(uow: UnitOfWork, form: Form, our_task_id: UUID) -> Shown | Led:
    """Say who does a task, and how much of it the family does itself."""
    if form.command:
        task = handing.change(uow, our_task_id, form.command)
        return Go(".of_household", message="It is changed.", household_id=task.household_id)
    task = uow.get(Task, our_task_id, to=WRITE)
    household = uow.get(Household, task.household_id, to=WRITE)
    return {
        "household": COVER.one(uow, household),
        "levels": [*LEVELS.items()],
        "members": _members(uow, task.household_id, task.group_id),
        "task": told(uow, [task])[0],
    }


@pages.button(TASK + "/done", permission=WRITE)
def finish(uow: UnitOfWork, our_task_id: UUID) -> Led:
    """Say that a task of the group is done."""
    handing.finish(uow, our_task_id)
    return Led(
        url_for("desk.home"), "Done. Thank you.", url_for(".reopen", our_task_id=our_task_id)
    )


@pages.button(TASK + "/reopening", permission=WRITE)
def reopen(uow: UnitOfWork, our_task_id: UUID) -> Led:
    """Take back that a task of the group is done."""
    handing.reopen(uow, our_task_id)
    return Led(url_for("desk.home"), "The task is open again.")


@pages.button("/tasks/<uuid:task_id>/group", permission=Permission.TASK_WRITE)
def hand(uow: UnitOfWork, task_id: UUID) -> Led:
    """Hand a task to the sponsor group."""
    handing.hand(uow, task_id)
    undo = url_for(".recall", task_id=task_id)
    message = "The group has it now, and reads its title. The detail stays with caseworkers."
    return Led(url_for("tasks.show", task_id=task_id), message, undo)


@pages.button(
    "/tasks/<uuid:task_id>/group/withdrawal",
    permission=Permission.TASK_WRITE,
)
def recall(uow: UnitOfWork, task_id: UUID) -> Led:
    """Take a task back from the group."""
    handing.recall(uow, task_id)
    message = "The group has it no more."
    return Led(url_for("tasks.show", task_id=task_id), message)
