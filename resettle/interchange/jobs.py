"""What the worker does for imports: an upload that nobody imported is forgotten after an hour."""

from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.interchange import service
from resettle.interchange.models import CheckedUpload


def forget_upload(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    upload_id = UUID(payload["upload_id"])
    if uow.find(CheckedUpload, upload_id) is not None:
        service.forget_upload(uow, upload_id)
