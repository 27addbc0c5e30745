"""What lies between a sponsor group and its household in a week, each text a canary."""

from datetime import timedelta
from uuid import UUID

from resettle.cards.models import CardTopic
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.messages.models import Mood, Side, SponsorUpdate, ThreadMessage
from resettle.placements.models import Dwelling
from resettle.roster.models import Shift, ShiftKind, ShiftStatus
from resettle.sponsors.models import SponsorMember
from resettle.sponsors.queries import trusted_on
from resettle.tasks.models import Category, Task
from resettle.upkeep.models import DefectKind, HouseDefect, HousePhoto
from tests.access.canaries import Canaries
from tests.access.files import Ids


def of_match(
    uow: UnitOfWork, canaries: Canaries, name: str, household: Household, group_id: UUID
) -> Ids:
    """Plant a week of the group with the household that it is matched with."""
    about = {"household_id": household.id, "group_id": group_id}
    begins = uow.now + timedelta(days=1)
    shift = Shift(
        **about, kind=ShiftKind.VISIT, starts_at=begins, ends_at=begins + timedelta(hours=1)
    )
    shift.status = ShiftStatus.CONFIRMED  # so that the family knows of it too
    update = SponsorUpdate(**about, mood=Mood.GOOD, sent_at=uow.now)
    message = ThreadMessage(**about, side=Side.GROUP, sent_at=uow.now)
    card = CardTopic(**about, topic="repairs")
    ours = Task(**about, category=Category.HOUSE, due_on=uow.today)
    ids = {
        "shift_id": uow.add(canaries.fill(shift, name)).id,
        "update_id": uow.add(canaries.fill(update, name)).id,
        "message_id": uow.add(canaries.fill(message, name)).id,
        "card_id": uow.add(canaries.fill(card, name)).id,
        "our_task_id": uow.add(canaries.fill(ours, name)).id,
    }
    ids |= _house(uow, canaries, name, household, group_id)
    trusted = uow.select(SponsorMember).where(
        SponsorMember.group_id == group_id, trusted_on(uow.today)
    )
    member = uow.first(trusted.order_by(SponsorMember.id))
    return ids if member is None else ids | {"near_member_id": member.id}


def _house(
    uow: UnitOfWork, canaries: Canaries, name: str, household: Household, group_id: UUID
) -> Ids:
    """Let the group have reported a defect of the house, with a photo."""
    house = uow.first(uow.select(Dwelling).where(Dwelling.household_id == household.id))
    if house is None:
        return {}
    about = {"household_id": household.id, "dwelling_id": house.id, "group_id": group_id}
    defect = HouseDefect(**about, kind=DefectKind.HEATING, reported_on=uow.today, due_on=uow.today)
    defect_id = uow.add(canaries.fill(defect, name, keep=("text", "landlord"))).id
    photo = HousePhoto(**about, defect_id=defect_id, added_at=uow.now)
    return {
        "our_defect_id": defect_id,
        "house_photo_id": uow.add(canaries.fill(photo, name)).id,
    }
