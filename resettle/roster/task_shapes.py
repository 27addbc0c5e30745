"""Tasks of a sponsor group as pages tell them: in words, with who of the group does them."""

from collections.abc import Sequence
from typing import Any

from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.roster import queries, task_schemas
from resettle.sponsors.shapes import MemberShape
from resettle.tasks.models import HandoverLevel, Task
from resettle.tasks.queries import UNSETTLED

Shown = dict[str, Any]
NAMED = MemberShape(only=("id", "name"))
SHAPE = task_schemas.GroupTaskShape()
LEVELS = {
    HandoverLevel.WE_DO.value: "We do it",
    HandoverLevel.TOGETHER.value: "Together",
    HandoverLevel.FAMILY_LEADS.value: "The family leads",
}


def told(uow: UnitOfWork, tasks: Sequence[Task]) -> list[Shown]:
    """Tell tasks in words, with who of the group does them."""
    ids = {task.member_id for task in tasks if task.member_id}
    shown = NAMED.many_of(uow, queries.members_named(uow, ids))
    names = {row["id"]: row.get("name", "") for row in shown}
    own = {member.id for member in queries.own_members(uow)}
    return [
        {
            **row,
            "who": names.get(row["member_id"], ""),
            "is_mine": row["member_id"] in own,
            "own_id": next(iter(own), None),
            "level": LEVELS.get(str(row["handover"] or ""), ""),
            "kind": plain(row["category"]),
            "is_open": row["status"] in UNSETTLED,
            "late_days": max((uow.today - row["due_on"]).days, 0),
        }
        for row in SHAPE.many_of(uow, tasks)
    ]
