"""Saved views over JSON: one's own, listed, saved, changed, moved and removed."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.views import acts, queries, schemas, service
from resettle.views.models import SavedView
from resettle.web.api import Api

api = Api("views_api", __name__, url_prefix="/api/saved-views")
VIEW = "/<uuid:view_id>"


@api.reads("", permission=Permission.VIEW_OWN, returns=schemas.ViewShape(), many=True)
def views(uow: UnitOfWork) -> Sequence[SavedView]:
    """List the reader's views of the caseload, in their order."""
    return queries.mine(uow)


@api.does(
    "POST",
    "",
    permission=Permission.VIEW_OWN,
    body=schemas.SaveViewSchema(),
    returns=schemas.ViewShape(),
    status=201,
)
def save(uow: UnitOfWork, command: acts.SaveView) -> SavedView:
    """Save filters and a sort of the caseload under a name."""
    return service.save(uow, command)


@api.does(
    "PATCH",
    VIEW,
    permission=Permission.VIEW_OWN,
    body=schemas.ChangeViewSchema(),
    returns=schemas.ViewShape(),
)
def change(uow: UnitOfWork, view_id: UUID, command: acts.ChangeView) -> SavedView:
    """Rename a view, or say whether the caseload opens with it."""
    return service.change(uow, view_id, command)


@api.does("DELETE", VIEW, permission=Permission.VIEW_OWN)
def remove(uow: UnitOfWork, view_id: UUID) -> None:
    """Remove a view. It can be had back for an hour."""
    service.remove(uow, view_id)


@api.does("POST", VIEW + "/move-up", permission=Permission.VIEW_OWN, returns=schemas.ViewShape())
def move_up(uow: UnitOfWork, view_id: UUID) -> SavedView:
    """Let a view change places with the one above it."""
    return service.move_up(uow, view_id)


@api.does("POST", VIEW + "/return", permission=Permission.VIEW_OWN, returns=schemas.ViewShape())
def take_back(uow: UnitOfWork, view_id: UUID) -> SavedView:
    """Have a view back that was removed by mistake."""
    return service.take_back(uow, view_id)
