"""What is done about updates and the thread: sent, read, taken back, told as a worry."""

from uuid import UUID

from resettle.core.actor import Role
from resettle.core.errors import Conflict
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.incidents import rules as worries
from resettle.incidents.events import IncidentReported
from resettle.incidents.models import Incident, IncidentKind
from resettle.messages import queries
from resettle.messages.acts import Report, SendUpdate, Write
from resettle.messages.models import Side, SponsorUpdate, ThreadMessage, ThreadPlace
from resettle.placements.queries import supporting_group

NOBODY_THERE = "No sponsor group supports this household at the moment."
SEVERITY = 2


def send_update(uow: UnitOfWork, household_id: UUID, command: SendUpdate) -> SponsorUpdate:
    """Tell the caseworker in a line how it goes. It waits in their queue until it is read."""
    household = uow.get(Household, household_id, to=Permission.UPDATE_SEND)
    return uow.add(
        SponsorUpdate(
            household_id=household.id,
            group_id=_group(uow, household.id),
            author_id=uow.actor.user_id,
            signed=uow.actor.name,
            mood=command.mood,
            text=command.text,
            sent_at=uow.now,
        )
    )


def read_update(uow: UnitOfWork, update_id: UUID) -> SponsorUpdate:
    """Say that an update was read, so that it leaves the queue."""
    update = uow.edit(SponsorUpdate, update_id, to=Permission.UPDATE_CLOSE)
    if update.read_at is not None:
        raise Conflict("This was read already.")
    update.read_at, update.read_by = uow.now, uow.actor.user_id
    return update


def write(uow: UnitOfWork, household_id: UUID, command: Write) -> ThreadMessage:
    """Write to the family, its group and its caseworkers at once. What was there counts as read."""
    household = uow.get(Household, household_id, to=Permission.THREAD_WRITE)
    family = uow.actor.role is Role.HOUSEHOLD_PERSON
    message = uow.add(
        ThreadMessage(
            household_id=household.id,
            group_id=_group(uow, household.id),
            author_id=uow.actor.user_id,
            side=_side(uow),
            signed=None if family else uow.actor.name,
            text=command.text,
            sent_at=uow.now,
        )
    )
    mark_read(uow, household.id)
    return message


def _side(uow: UnitOfWork) -> Side:
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return Side.FAMILY
    return Side.CASEWORKER if uow.actor.role is Role.CASEWORKER else Side.GROUP


def _group(uow: UnitOfWork, household_id: UUID) -> UUID:
    group_id = supporting_group(uow, household_id)
    if group_id is None:
        raise Conflict(NOBODY_THERE)
    return group_id


def mark_read(uow: UnitOfWork, household_id: UUID) -> ThreadPlace:
    """Remember that the reader has read the thread up to now."""
    household = uow.get(Household, household_id, to=Permission.THREAD_READ)
    assert uow.actor.user_id is not None
    place = queries.place_in(uow, household.id)
    if place is None:
        return uow.add(
            ThreadPlace(household_id=household.id, user_id=uow.actor.user_id, read_until=uow.now)
        )
    place.read_until = uow.now
    return place


def retract(uow: UnitOfWork, message_id: UUID) -> ThreadMessage:
    """Take back one's own message: it is shown to nobody any more, and is kept."""
    message = uow.edit(ThreadMessage, message_id, to=Permission.THREAD_WRITE)
    if message.author_id != uow.actor.user_id:
        raise Conflict("Only who wrote a message takes it back.")
    if message.retracted_at is not None:
        raise Conflict("This was taken back already.")
    message.retracted_at = uow.now
    return message


def report(uow: UnitOfWork, message_id: UUID, command: Report) -> ThreadMessage:
    """Tell caseworkers that a message is a worry. In the thread nothing shows that it was told."""
    message = uow.get(ThreadMessage, message_id, to=Permission.THREAD_WRITE)
    kind = IncidentKind.OTHER.value
    incident = uow.add(
        Incident(
            household_id=message.household_id,
            kind=kind,
            safeguarding=worries.is_safeguarding(kind),
            severity=SEVERITY,
            happened_on=uow.today,
            reported_at=uow.now,
            reported_by=uow.actor.user_id,
            text=f"A message of the shared thread: “{message.text}”\n\n{command.text}",
        )
    )
    uow.emit(IncidentReported(incident.id, message.household_id))
    return message
