"""Questions about papers of applications."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from resettle.applications import queries as applications
from resettle.applications.models import GroupApplication
from resettle.core.work import UnitOfWork
from resettle.evidence import rules
from resettle.evidence.models import Evidence

HOUR = timedelta(hours=1)


def of_application(uow: UnitOfWork, application_id: UUID) -> Sequence[Any]:
    """Tell which papers an application has, in the order in which they came; open none."""
    named = ("id", "group_id", "application_id", "kind", "state", "media_type", "size")
    columns = (getattr(Evidence, name).label(name) for name in (*named, "created_at", "version"))
    query = uow.columns(Evidence, *columns).where(Evidence.application_id == application_id)
    return uow.rows(query.order_by(Evidence.created_at, Evidence.id).limit(rules.MOST))


def takes(uow: UnitOfWork, application: GroupApplication | None) -> bool:
    """Say whether papers may be added to an application and taken out of it now."""
    if application is None:
        return False
    asked = applications.questions_of(uow, application.id)
    return rules.takes(
        is_open=application.is_open,
        is_decided=application.decision is not None,
        waiting=sum(question.answer is None for question in asked),
    )


def lately(uow: UnitOfWork) -> int:
    """Count what the reader has sent within an hour."""
    mine = Evidence.created_by == uow.actor.user_id
    return uow.count(Evidence, mine, Evidence.created_at > uow.now - HOUR)
