"""Milestones over JSON: what is due for a household, and what becomes of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.milestones import acts, queries, rules, schemas, service, tasking
from resettle.milestones.models import Milestone, MilestoneChange
from resettle.tasks.models import Task
from resettle.tasks.schemas import TaskShape
from resettle.web.api import Api

api = Api("milestones_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>"
MILESTONE = "/milestones/<uuid:milestone_id>"


@api.lists(
    HOUSEHOLD + "/milestones",
    permission=Permission.MILESTONE_READ,
    returns=schemas.MilestoneShape(),
    sorts=queries.SORTS,
    filters=schemas.MilestoneFiltersSchema(),
)
def index(uow: UnitOfWork, household_id: UUID, wanted: queries.MilestoneFilters) -> Select[Any]:
    """List what is due for a household and its people."""
    return queries.of_household(uow, household_id, wanted)


@api.reads(
    HOUSEHOLD + "/progress",
    permission=Permission.MILESTONE_READ,
    returns=schemas.ProgressShape(),
)
def progress(uow: UnitOfWork, household_id: UUID) -> rules.Progress:
    """Say how far a household is, of what is due so far."""
    return queries.progress(uow, household_id)


@api.reads(
    HOUSEHOLD + "/anchor-preview",
    permission=Permission.ANCHOR_MOVE,
    returns=schemas.AnchorPreviewShape(),
    filters=schemas.PreviewAnchorSchema(),
)
def anchor_preview(
    uow: UnitOfWork, household_id: UUID, wanted: acts.PreviewAnchor
) -> queries.AnchorPreview:
    """Say what would move if a household had arrived, or been placed, on another day."""
    return queries.anchor_preview(uow, household_id, wanted)


@api.reads(MILESTONE, permission=Permission.MILESTONE_READ, returns=schemas.MilestoneShape())
def show(uow: UnitOfWork, milestone_id: UUID) -> Milestone:
    """Show a milestone."""
    return uow.get(Milestone, milestone_id, to=Permission.MILESTONE_READ)


@api.reads(
    MILESTONE + "/changes",
    permission=Permission.MILESTONE_RECORD,
    returns=schemas.ChangeShape(),
    many=True,
)
def changes(uow: UnitOfWork, milestone_id: UUID) -> Sequence[MilestoneChange]:
    """Show what has become of a milestone, step by step."""
    return queries.changes(uow, milestone_id)


@api.does(
    "PATCH",
    MILESTONE,
    permission=Permission.MILESTONE_RECORD,
    body=schemas.ChangeDueSchema(),
    returns=schemas.MilestoneShape(),
)
def change_due(uow: UnitOfWork, milestone_id: UUID, command: acts.ChangeDue) -> Milestone:
    """Set the day of a milestone by hand, or let it follow its rule again."""
    return service.change_due(uow, milestone_id, command)


@api.does(
    "POST",
    MILESTONE + "/met",
    permission=Permission.MILESTONE_RECORD,
    body=schemas.RecordMetSchema(),
    returns=schemas.MilestoneShape(),
    status=201,
)
def meet(uow: UnitOfWork, milestone_id: UUID, command: acts.RecordMet) -> Milestone:
    """Record that a milestone was met, and on which day."""
    return service.meet(uow, milestone_id, command)


@api.does(
    "POST",
    MILESTONE + "/beginning",
    permission=Permission.MILESTONE_RECORD,
    returns=schemas.MilestoneShape(),
    status=201,
)
def begin(uow: UnitOfWork, milestone_id: UUID) -> Milestone:
    """Record that somebody works on a milestone."""
    return service.begin(uow, milestone_id)


@api.does(
    "POST",
    MILESTONE + "/reopening",
    permission=Permission.MILESTONE_RECORD,
    body=schemas.MilestoneReasonSchema(),
    returns=schemas.MilestoneShape(),
    status=201,
)
def reopen(uow: UnitOfWork, milestone_id: UUID, command: acts.GiveReason) -> Milestone:
    """Open a milestone again, and say why."""
    return service.reopen(uow, milestone_id, command)


@api.does(
    "POST",
    MILESTONE + "/waiver",
    permission=Permission.MILESTONE_WAIVE,
    body=schemas.MilestoneReasonSchema(),
    returns=schemas.MilestoneShape(),
    status=201,
)
def waive(uow: UnitOfWork, milestone_id: UUID, command: acts.GiveReason) -> Milestone:
    """Let a household do without a milestone."""
    return service.waive(uow, milestone_id, command)


@api.does(
    "POST",
    MILESTONE + "/not-applicable",
    permission=Permission.MILESTONE_RECORD,
    body=schemas.MilestoneReasonSchema(),
    returns=schemas.MilestoneShape(),
    status=201,
)
def set_aside(uow: UnitOfWork, milestone_id: UUID, command: acts.GiveReason) -> Milestone:
    """Record that a milestone does not apply."""
    return service.set_aside(uow, milestone_id, command)


@api.does(
    "POST",
    MILESTONE + "/task",
    permission=Permission.TASK_WRITE,
    returns=TaskShape(),
    status=201,
)
def make_task(uow: UnitOfWork, milestone_id: UUID) -> Task:
    """Make a task of a milestone."""
    return tasking.make_task(uow, milestone_id)


@api.does(
    "POST",
    MILESTONE + "/blocker",
    permission=Permission.MILESTONE_RECORD,
    body=schemas.RecordBlockerSchema(),
    returns=schemas.MilestoneShape(),
    status=201,
)
def block(uow: UnitOfWork, milestone_id: UUID, command: acts.RecordBlocker) -> Milestone:
    """Record what stands in the way of a milestone."""
    return service.block(uow, milestone_id, command)
