"""What the programme manager noted about a group and wrote to all, and how its members felt."""

from datetime import date, timedelta
from uuid import UUID

from resettle.demo.moments import Past
from resettle.demo.staff import Staff
from resettle.pulses.definition import PulseSettings
from resettle.pulses.models import PulseAnswer
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
ASKED = timedelta(days=24)
# What five members answered to each question of the last pulse, the questions in their order.
FELT = ((2, 3, 2, 4, 2), (3, 2, 4, 4, 3), (5, 4, 4, 3, 5), (5, 5, 4, 5, 4))


def give(past: Past, staff: Staff, group_id: UUID, today: date) -> None:
    """Let the manager advise a group: what they noted in the last weeks, what all were told."""
    manager = staff.actors["manager@demo.test"]
    for back, text in NOTED:
        with past.on(today - timedelta(days=back), manager) as uow:
            service.write_note(uow, group_id, WriteNote(text=text))
    for back, location, text in SENT:
        with past.on(today - timedelta(days=back), manager) as uow:
            service.send(uow, SendToGroups(text=text, location=location))
    _feel(past, group_id, today - ASKED)


def _feel(past: Past, group_id: UUID, day: date) -> None:
    """Let the members have answered a pulse, which names nobody."""
    with past.on(day) as uow:
        for code, values in zip(uow.use(PulseSettings).questions, FELT, strict=True):
            for value in values:
                about = {"group_id": group_id, "opened_on": day}
                uow.session.add(PulseAnswer(**about, question=code, value=value))
