"""What the worker does for drafts: those that nobody goes on with are forgotten."""

from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.drafts import service


def forget_draft(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    service.forget_if_due(uow, UUID(payload["draft_id"]))
