"""What the programme manager noted about a group, and wrote to all groups."""

from datetime import date, timedelta
from uuid import UUID

from resettle.demo.moments import Past
from resettle.demo.staff import Staff
from resettle.strain import service
from resettle.strain.acts import SendToGroups, WriteNote

NOTED = (
    (40, "Rang the coordinator. Two members carry most of the visits; they will ask around."),
    (9, "Somebody new begins as driver. To be rung again when they have met the family."),
)
SENT = (
    (12, None, "The training on working with interpreters is on the first Tuesday of the month."),
    (2, "CHC", "The furniture store in Christchurch takes orders again, by phone."),
)


def give(past: Past, staff: Staff, group_id: UUID, today: date) -> None:
    """Let the manager advise a group: what they noted in the last weeks, what all were told."""
    manager = staff.actors["manager@demo.test"]
    for back, text in NOTED:
        with past.on(today - timedelta(days=back), manager) as uow:
            service.write_note(uow, group_id, WriteNote(text=text))
    for back, location, text in SENT:
        with past.on(today - timedelta(days=back), manager) as uow:
            service.send(uow, SendToGroups(text=text, location=location))
