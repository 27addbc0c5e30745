"""What becomes of reminders when a change closes what they are about, or takes it elsewhere."""

from resettle.changes.events import LinesSettled
from resettle.core.work import UnitOfWork
from resettle.notifications.models import Reminder


def settle(uow: UnitOfWork, event: LinesSettled) -> None:
    """Set aside what nobody has to be reminded of any more; let the rest name its new file."""
    about = Reminder.subject_id.in_(event.closed | event.carried.keys())
    query = uow.select(Reminder).where(Reminder.read_at.is_(None), about)
    for reminder in uow.all(query.order_by(Reminder.id)):
        if (household_id := event.carried.get(reminder.subject_id)) is not None:
            reminder.household_id = household_id
        else:
            reminder.read_at = uow.now
    uow.session.flush()
