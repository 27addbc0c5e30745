"""What happens to documents when something happens elsewhere."""

from resettle.core.work import UnitOfWork
from resettle.documents.models import Document
from resettle.households.events import MemberJoined


def follow(uow: UnitOfWork, event: MemberJoined) -> None:
    """Let a person's papers go along into the household that the person has joined."""
    query = uow.select(Document).where(Document.person_id == event.person_id)
    for document in uow.all(query.order_by(Document.id)):
        document.household_id = event.household_id
