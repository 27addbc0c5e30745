"""Questions about reminders: what somebody was told, and how they want to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day.queries import Line, QueueFilters, queue
from resettle.day.rules import TITLES, Group
from resettle.households.models import Household
from resettle.notifications.models import Reminder, ReminderChoice
from resettle.notifications.rules import USUAL, Item, Wanted

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {"newest": (Reminder.made_at.expression,)}
# What is worth reminding of: what is late or due today, and what concerns somebody's safety.
PRESSING = frozenset({Group.NOW, Group.TODAY})
NO_DAY = date(9999, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderFilters:
    unread: bool = False


def reminders(uow: UnitOfWork, wanted: ReminderFilters) -> Select[Any]:
    """List what the reader was told of households that they may still know of."""
    uow.require(Permission.REMINDER_OWN)
    query = uow.columns(
        Reminder,
        Reminder.id.label("id"),
        Reminder.household_id.label("household_id"),
        Reminder.source.label("source"),
        Reminder.due_on.label("due_on"),
        Reminder.made_at.label("made_at"),
        Reminder.read_at.label("read_at"),
        Household.reference.label("reference"),
    ).join(Household, Household.id == Reminder.household_id)
    query = uow.along(query, Household)
    return query.where(Reminder.read_at.is_(None)) if wanted.unread else query


def choice_of(uow: UnitOfWork, user_id: UUID) -> ReminderChoice | None:
    """Find what a user has chosen; None is the usual."""
    return uow.first(uow.select(ReminderChoice).where(ReminderChoice.user_id == user_id))


def wanted_of(choice: ReminderChoice | None) -> Wanted:
    if choice is None:
        return USUAL
    return Wanted(choice.mailing, choice.digest_at, choice.quiet_from, choice.quiet_until)


def pressing(uow: UnitOfWork) -> Sequence[Line]:
    """Give the lines of the reader's own queue that are worth a reminder."""
    return [line for line in queue(uow, QueueFilters()).lines if line.group in PRESSING]


def item_of(line: Line) -> Item:
    """Say a line so that anybody may read it."""
    return Item(TITLES[line.source].lower(), line.reference, line.due_on)


def key_of(line: Line) -> tuple[str, UUID, date]:
    return (line.source.value, line.subject_id, line.due_on or NO_DAY)
