"""Contact cards over JSON."""

from collections.abc import Sequence
from uuid import UUID

from resettle.cards import acts, queries, schemas, service
from resettle.cards.models import CardTopic
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.web.api import Api

api = Api("cards_api", __name__, url_prefix="/api")
CARD = "/households/<uuid:household_id>/contact-card"
SHOWN = schemas.CardTopicShape()


@api.reads(CARD, permission=Permission.CARD_READ, returns=SHOWN, many=True)
def card(uow: UnitOfWork, household_id: UUID) -> Sequence[CardTopic]:
    """Tell whom a family and its group call, topic by topic."""
    return queries.card(uow, household_id)


@api.does(
    "POST",
    CARD,
    permission=Permission.CARD_WRITE,
    body=schemas.WriteTopicSchema(),
    returns=SHOWN,
    status=201,
)
def write(uow: UnitOfWork, household_id: UUID, command: acts.WriteTopic) -> CardTopic:
    """Say whom the family and the group call about a topic."""
    return service.write(uow, household_id, command)
