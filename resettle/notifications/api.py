"""Reminders over JSON: one's own, and how one wants them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.notifications import acts, group_queries, queries, schemas, service
from resettle.notifications.models import GroupReminder, ReminderChoice
from resettle.web.api import Api

api = Api("reminders_api", __name__, url_prefix="/api/reminders")


@api.lists(
    "",
    permission=Permission.REMINDER_OWN,
    returns=schemas.ReminderShape(),
    sorts=queries.SORTS,
    filters=schemas.ReminderFiltersSchema(),
)
def reminders(uow: UnitOfWork, wanted: queries.ReminderFilters) -> Select[Any]:
    """List what the reader was reminded of."""
    return queries.reminders(uow, wanted)


@api.lists(
    "/groups",
    permission=Permission.REMINDER_OWN,
    returns=schemas.GroupReminderShape(),
    sorts=group_queries.SORTS,
    filters=schemas.ReminderFiltersSchema(),
)
def of_groups(uow: UnitOfWork, wanted: queries.ReminderFilters) -> Select[GroupReminder]:
    """List what the reader was told of groups: what waits there, and what runs out."""
    return group_queries.told(uow, unread=wanted.unread)


@api.does("POST", "/<uuid:reminder_id>/reading", permission=Permission.REMINDER_OWN)
def read(uow: UnitOfWork, reminder_id: UUID) -> None:
    """Set one reminder aside."""
    service.read(uow, reminder_id)


@api.does("POST", "/reading", permission=Permission.REMINDER_OWN)
def read_all(uow: UnitOfWork) -> None:
    """Set all reminders aside."""
    service.read_all(uow)


@api.does(
    "POST",
    "/choice",
    permission=Permission.REMINDER_OWN,
    body=schemas.ChooseSchema(),
    returns=schemas.ChoiceShape(),
)
def choose(uow: UnitOfWork, command: acts.Choose) -> ReminderChoice:
    """Choose whether and when mail is to come."""
    return service.choose(uow, command)
