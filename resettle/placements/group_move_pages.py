"""Pages on which a manager moves a sponsor group: looked at first, then confirmed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.placements import group_moves
from resettle.placements.rules import VISA_NOTE
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.facts import Fact
from resettle.sponsors import facts, queries, schemas, service, shapes
from resettle.sponsors.acts import MoveGroup
from resettle.sponsors.form_schemas import MoveFormSchema
from resettle.sponsors.models import SponsorGroup
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages(
    "group_moves",
    __name__,
    url_prefix="/sponsor-groups/<uuid:group_id>",
    template_folder="templates",
)

Shown = dict[str, Any]
MOVE = Permission.GROUP_MOVE
MOST_MOVES = 20


@pages.form(
    "/moves/new", permission=MOVE, schema=MoveFormSchema(), template="placements/group_move.html"
)
def move(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Move a group on or aside, after a look at what that does to its households."""
    if form.command and form.values.get("confirmed"):
        group = service.move(uow, group_id, form.command)
        title = queries.workflow_of(uow, group).stage(group.status).title
        return _to_group(group_id, f"The group is now: {title}.")
    if form.command:
        return _looked_at(uow, group_id, form.command)
    group = uow.get(SponsorGroup, group_id, to=MOVE)
    lists, workflow = uow.use(Catalogue).lists, queries.workflow_of(uow, group)
    sides = [s for s in workflow.sides if s.reasons]
    return {
        "group": shapes.GroupShape().one(uow, group),
        "state": workflow.stage(group.status).title,
        "moves": [
            (one.to, one.title, _hint(one.missing)) for one in facts.moves_ahead(uow, group_id)
        ],
        "reasons": [(i.code, i.title) for s in sides for i in lists[s.reasons or ""].items],
        "way": _way(uow, group),
        "may_record": bool(_lacking(uow, group)),
    }


def _hint(missing: Sequence[Fact]) -> str:
    return " ".join(fact.missing for fact in missing)


def _looked_at(uow: UnitOfWork, group_id: UUID, command: MoveGroup) -> Shown:
    told = group_moves.look_ahead(uow, group_id, command)
    group = uow.get(SponsorGroup, group_id, to=MOVE)
    title = queries.workflow_of(uow, group).stage(command.to).title
    return {"preview": told, "target": title, "visa_note": VISA_NOTE}


def _way(uow: UnitOfWork, group: SponsorGroup) -> list[Shown]:
    """Tell how the group came to where it stands, the last step first."""
    workflow = queries.workflow_of(uow, group)
    moves = queries.moves_of(uow, group.id)[:MOST_MOVES]
    return [
        {**row, "title": workflow.stage(row["to_status"]).title}
        for row in shapes.GroupMoveShape().many_of(uow, moves)
    ]


@pages.form(
    "/steps/new",
    permission=MOVE,
    schema=schemas.RecordStepSchema(),
    template="placements/group_step.html",
)
def record(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Record what was done or decided that a move asks for, and that no row shows."""
    if form.command:
        service.record_step(uow, group_id, form.command)
        return Go(
            ".move", message="Recorded. A move that waited for it may go on.", group_id=group_id
        )
    group = uow.get(SponsorGroup, group_id, to=MOVE)
    return {
        "group": shapes.GroupShape().one(uow, group),
        "facts": [(fact.value, fact.missing) for fact in _lacking(uow, group)],
        "today": uow.today,
    }


def _lacking(uow: UnitOfWork, group: SponsorGroup) -> list[Fact]:
    """Name what moves from here still lack and only a person can tell."""
    known = facts.recordable(uow, queries.workflow_of(uow, group))
    missing = {fact for one in facts.possible_moves(uow, group) for fact in one.missing}
    return sorted(missing & known)


def _to_group(group_id: UUID, message: str) -> Led:
    return Go("sponsor_groups.show", message=message, group_id=group_id)
