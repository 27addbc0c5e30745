"""What is done about reminders: chosen, and set aside."""

from uuid import UUID

from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.notifications.acts import Choose
from resettle.notifications.models import GroupReminder, Reminder, ReminderChoice
from resettle.notifications.telling import choice_for


def choose(uow: UnitOfWork, command: Choose) -> ReminderChoice:
    """Choose how to be told. What was told by mail already is not told again."""
    uow.require(Permission.REMINDER_OWN)
    assert uow.actor.user_id is not None
    choice = choice_for(uow, uow.actor.user_id)
    choice.mailing, choice.digest_at = command.mailing, command.digest_at
    choice.quiet_from, choice.quiet_until = command.quiet_from, command.quiet_until
    return choice


def read(uow: UnitOfWork, reminder_id: UUID) -> None:
    """Set one reminder aside, of one's households or of one's groups."""
    uow.require(Permission.REMINDER_OWN)
    reminder = uow.find(Reminder, reminder_id) or uow.find(GroupReminder, reminder_id)
    if reminder is None:
        raise NotFound("There is no such record, or it is not yours to see.")
    reminder.read_at = reminder.read_at or uow.now


def read_all(uow: UnitOfWork) -> int:
    """Set all reminders aside, and say how many there were."""
    uow.require(Permission.REMINDER_OWN)
    lines = uow.all(uow.select(Reminder).where(Reminder.read_at.is_(None)))
    of_groups = uow.all(uow.select(GroupReminder).where(GroupReminder.read_at.is_(None)))
    for reminder in lines:
        reminder.read_at = uow.now
    for told in of_groups:
        told.read_at = uow.now
    return len(lines) + len(of_groups)
