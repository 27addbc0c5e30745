"""Sponsor groups over JSON, under /api/sponsor-groups."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.sponsors import acts, facts, finding, queries, schemas, service, shapes
from resettle.sponsors import deeds as deeds_
from resettle.sponsors.models import (
    Deed,
    GroupChecklistItem,
    GroupMove,
    GroupStep,
    SponsorGroup,
)
from resettle.web.api import Api
from resettle.web.seeking import KeyShape, LookFor, LookForSchema

api = Api("sponsors_api", __name__, url_prefix="/api/sponsor-groups")
GROUP = "/<uuid:group_id>"
DEED = "/deeds/<uuid:deed_id>"


@api.lists(
    "",
    permission=Permission.GROUP_READ,
    returns=shapes.GroupRow(),
    sorts=queries.SORTS,
    filters=schemas.GroupFiltersSchema(),
)
def index(uow: UnitOfWork, wanted: schemas.GroupFilters) -> Select[Any]:
    """List the sponsor groups, or those that bear a name; it is told by the key of a search."""
    ids = finding.named(uow, wanted.q) if wanted.q else None
    return queries.groups(
        uow, status=wanted.status, location=wanted.location, open_=wanted.open, ids=ids
    )


@api.does(
    "POST",
    "/searches",
    permission=Permission.GROUP_READ,
    body=LookForSchema(),
    returns=KeyShape(),
    replayed=False,
)
def look_for(uow: UnitOfWork, command: LookFor) -> LookFor:
    """Give the key under which a name is looked for, for some hours and for oneself alone."""
    uow.require(Permission.GROUP_READ)
    return command


@api.does(
    "POST",
    "",
    permission=Permission.GROUP_CREATE,
    body=schemas.CreateGroupSchema(),
    returns=shapes.GroupShape(),
    status=201,
)
def create(uow: UnitOfWork, command: acts.CreateGroup) -> SponsorGroup:
    """Open the file of a sponsor group."""
    return service.create(uow, command)


@api.reads(GROUP, permission=Permission.GROUP_READ, returns=shapes.GroupShape())
def show(uow: UnitOfWork, group_id: UUID) -> SponsorGroup:
    """Show a sponsor group."""
    return uow.get(SponsorGroup, group_id, to=Permission.GROUP_READ)


@api.does(
    "PATCH",
    GROUP,
    permission=Permission.GROUP_UPDATE,
    body=schemas.UpdateGroupSchema(),
    returns=shapes.GroupShape(),
)
def update(uow: UnitOfWork, group_id: UUID, command: acts.UpdateGroup) -> SponsorGroup:
    """Change what a group says of itself."""
    return service.update(uow, group_id, command)


@api.reads(
    GROUP + "/possible-moves",
    permission=Permission.GROUP_UPDATE,
    returns=shapes.PossibleMoveShape(),
    many=True,
)
def possible_moves(uow: UnitOfWork, group_id: UUID) -> Sequence[facts.Possible]:
    """Say where a group may go from here, and what is missing for each move."""
    return facts.moves_ahead(uow, group_id)


@api.reads(
    GROUP + "/moves",
    permission=Permission.GROUP_MOVE,
    returns=shapes.GroupMoveShape(),
    many=True,
)
def moves(uow: UnitOfWork, group_id: UUID) -> Sequence[GroupMove]:
    """Show the way that a group has come."""
    return queries.moves_of(uow, uow.get(SponsorGroup, group_id, to=Permission.GROUP_MOVE).id)


@api.does(
    "POST",
    GROUP + "/moves",
    permission=Permission.GROUP_MOVE,
    body=schemas.MoveGroupSchema(),
    returns=shapes.GroupShape(),
    status=201,
)
def move(uow: UnitOfWork, group_id: UUID, command: acts.MoveGroup) -> SponsorGroup:
    """Move a group on in its programme."""
    return service.move(uow, group_id, command)


@api.does(
    "POST",
    GROUP + "/approval",
    permission=Permission.GROUP_MOVE,
    body=schemas.ApproveGroupSchema(),
    returns=shapes.GroupShape(),
    status=201,
)
def approve(uow: UnitOfWork, group_id: UUID, command: acts.ApproveGroup) -> SponsorGroup:
    """Record that a group is approved, and for how many."""
    return service.approve(uow, group_id, command)


@api.does(
    "POST",
    GROUP + "/steps",
    permission=Permission.GROUP_MOVE,
    body=schemas.RecordStepSchema(),
    returns=shapes.GroupStepShape(),
    status=201,
)
def record_step(uow: UnitOfWork, group_id: UUID, command: acts.RecordStep) -> GroupStep:
    """Record something that was done or decided about a group."""
    return service.record_step(uow, group_id, command)


@api.reads(
    GROUP + "/checklist",
    permission=Permission.GROUP_READ,
    returns=shapes.ChecklistItemShape(),
    many=True,
)
def checklist(uow: UnitOfWork, group_id: UUID) -> Sequence[GroupChecklistItem]:
    """Show a group's checklists."""
    return queries.checklist_of(uow, uow.get(SponsorGroup, group_id, to=Permission.GROUP_READ).id)


@api.does(
    "PUT",
    GROUP + "/checklist/<uuid:item_id>",
    permission=Permission.GROUP_UPDATE,
    body=schemas.RecordItemSchema(),
    returns=shapes.ChecklistItemShape(),
)
def record_item(
    uow: UnitOfWork, group_id: UUID, item_id: UUID, command: acts.RecordItem
) -> GroupChecklistItem:
    """Say how one item of a group's checklist stands."""
    return service.record_item(uow, group_id, item_id, command)


@api.reads(
    GROUP + "/deeds", permission=Permission.GROUP_READ, returns=shapes.DeedShape(), many=True
)
def deeds(uow: UnitOfWork, group_id: UUID) -> Sequence[Deed]:
    """Show the deeds of a group."""
    return queries.deeds_of(uow, uow.get(SponsorGroup, group_id, to=Permission.GROUP_READ).id)


@api.does(
    "POST",
    GROUP + "/deeds",
    permission=Permission.DEED_SIGN,
    body=schemas.SignDeedSchema(),
    returns=shapes.DeedShape(),
    status=201,
)
def sign_deed(uow: UnitOfWork, group_id: UUID, command: acts.SignDeed) -> Deed:
    """Record a signed deed."""
    return deeds_.sign(uow, group_id, command)


@api.does(
    "PATCH",
    GROUP + DEED,
    permission=Permission.DEED_SIGN,
    body=schemas.ReviseDeedSchema(),
    returns=shapes.DeedShape(),
)
def revise_deed(uow: UnitOfWork, group_id: UUID, deed_id: UUID, command: acts.ReviseDeed) -> Deed:
    """Change until when a deed holds, and when its reports are due."""
    return deeds_.revise(uow, group_id, deed_id, command)


@api.does(
    "POST",
    GROUP + DEED + "/termination",
    permission=Permission.DEED_SIGN,
    body=schemas.EndDeedSchema(),
    returns=shapes.DeedShape(),
)
def terminate_deed(uow: UnitOfWork, group_id: UUID, deed_id: UUID, command: acts.EndDeed) -> Deed:
    """Record that a deed was terminated."""
    return deeds_.terminate(uow, group_id, deed_id, command)


@api.lists(
    GROUP + "/reports",
    permission=Permission.REPORT_READ,
    returns=shapes.ReportRow(),
    sorts=queries.REPORT_SORTS,
    filters=schemas.ReportFiltersSchema(),
)
def reports(uow: UnitOfWork, group_id: UUID, wanted: schemas.ReportFilters) -> Select[Any]:
    """List the reports that a group owes."""
    group = uow.get(SponsorGroup, group_id, to=Permission.REPORT_READ)
    return queries.reports_of(uow, group.id, overdue=wanted.overdue)
