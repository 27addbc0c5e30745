"""What the worker does for views: those that were removed are forgotten after an hour."""

from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.views import service


def forget(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    service.forget_if_removed(uow, UUID(payload["view_id"]))
