"""What is done with the log: written, and taken back by whoever wrote it."""

from uuid import UUID

from resettle.core.actor import Role
from resettle.core.errors import Conflict, Forbidden, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.logs import rules
from resettle.logs.acts import WriteEntry
from resettle.logs.models import LogEntry
from resettle.logs.rules import Side
from resettle.placements.queries import supporting_group

NO_GROUP = "No sponsor group supports you at the moment, so only your caseworkers can read it."


def write(uow: UnitOfWork, household_id: UUID, command: WriteEntry) -> LogEntry:
    """Write something down for the caseworkers, and for whoever else the writer names."""
    household = uow.get(Household, household_id, to=Permission.SHARED_NOTE_WRITE)
    happened_on = command.happened_on or uow.today
    if faults := rules.day_faults(happened_on, uow.today):
        raise Invalid(faults)
    entry = LogEntry(
        household_id=household.id,
        author_id=uow.actor.user_id,
        with_family=command.with_family,
        happened_on=happened_on,
        language=command.language,
        text=command.text,
    )
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        _of_family(uow, entry, command)
    else:
        entry.side, entry.group_id = Side.SPONSOR, supporting_group(uow, household.id)
    return uow.add(entry)


def _of_family(uow: UnitOfWork, entry: LogEntry, command: WriteEntry) -> None:
    entry.side = Side.FAMILY
    entry.person_id = None if command.with_family else uow.actor.person_id
    if not command.with_sponsors:
        return
    entry.group_id = supporting_group(uow, entry.household_id)
    if entry.group_id is None:
        raise Invalid({"with_sponsors": [NO_GROUP]})


def take_back(uow: UnitOfWork, entry_id: UUID) -> LogEntry:
    """Take one's own entry back: from now on only its writer and the caseworkers read it."""
    entry = uow.edit(LogEntry, entry_id, to=Permission.SHARED_NOTE_WRITE)
    if entry.author_id != uow.actor.user_id:
        raise Forbidden("An entry is taken back by whoever wrote it.")
    if entry.taken_back_at is not None:
        raise Conflict("This was taken back already.")
    entry.taken_back_at = uow.now
    return entry
