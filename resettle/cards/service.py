"""What is done about contact cards: a topic is written, anew or for the first time."""

from uuid import UUID

from resettle.cards import queries
from resettle.cards.acts import WriteTopic
from resettle.cards.definition import ContactTopics
from resettle.cards.models import CardTopic
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements.queries import supporting_group

TOLD = ("family_calls", "family_phone", "group_calls", "group_phone")


def write(uow: UnitOfWork, household_id: UUID, command: WriteTopic) -> CardTopic:
    """Say whom the family and the group call about a topic."""
    household = uow.get(Household, household_id, to=Permission.CARD_WRITE)
    group_id = supporting_group(uow, household.id)
    if group_id is None:
        raise Conflict("No sponsor group supports this household at the moment.")
    if command.topic not in uow.use(ContactTopics).topics:
        raise Invalid({"topic": ["There is no such topic on the card."]})
    row = queries.topic_of(uow, household.id, group_id, command.topic)
    if row is None:
        row = CardTopic(household_id=household.id, group_id=group_id, topic=command.topic)
    for name in TOLD:
        setattr(row, name, getattr(command, name))
    return uow.add(row)
