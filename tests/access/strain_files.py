"""What is noted about sponsor groups and written to them, each text a canary."""

from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.strain.models import GroupMessage, SupervisionNote
from tests.access.canaries import Canaries
from tests.access.files import Ids


def of_group(uow: UnitOfWork, canaries: Canaries, name: str, group_id: UUID) -> Ids:
    """Plant a note about the group, and a message to all groups."""
    owner = f"group:{name}"
    uow.add(canaries.fill(SupervisionNote(group_id=group_id, written_at=uow.now), owner))
    message = GroupMessage(text="", sent_at=uow.now)
    return {"group_message_id": uow.add(canaries.fill(message, owner)).id}
