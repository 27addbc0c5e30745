"""Questions about contact cards: what stands on one, and who might stand where nobody does."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from resettle.cards.definition import ContactTopics, Topic
from resettle.cards.models import CardTopic
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements.queries import supporting_group
from resettle.roster.queries import fit
from resettle.sponsors.models import SponsorMember


def card(uow: UnitOfWork, household_id: UUID) -> Sequence[CardTopic]:
    """Tell the topics of the group that supports a household now, in the order of the list."""
    household = uow.get(Household, household_id, to=Permission.CARD_READ)
    query = uow.select(CardTopic).where(
        CardTopic.household_id == household.id,
        CardTopic.group_id == supporting_group(uow, household.id),
    )
    uow.unlock([household.id])
    order = [*uow.use(ContactTopics).topics]
    return sorted(uow.all(query), key=lambda row: order.index(row.topic))


def topic_of(uow: UnitOfWork, household_id: UUID, group_id: UUID, code: str) -> CardTopic | None:
    return uow.first(
        uow.select(CardTopic).where(
            CardTopic.household_id == household_id,
            CardTopic.group_id == group_id,
            CardTopic.topic == code,
        )
    )


def suggested(uow: UnitOfWork, household_id: UUID) -> Mapping[str, SponsorMember]:
    """Name for each topic a member whose part in the group it is, if there is one."""
    group_id = supporting_group(uow, household_id)
    if group_id is None:
        return {}
    members = fit(uow, household_id, group_id, uow.today)
    found = {code: _one(topic, members) for code, topic in uow.use(ContactTopics).topics.items()}
    return {code: member for code, member in found.items() if member is not None}


def _one(topic: Topic, members: Sequence[SponsorMember]) -> SponsorMember | None:
    return next((m for m in members if {*topic.roles} & {*m.roles}), None)
