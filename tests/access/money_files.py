"""What lies in the books of sponsor groups, each text a canary."""

from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.funds.models import BudgetLine, FundEntry, FundReceipt, Pledge
from resettle.funds.rules import Category, Kind, State
from tests.access.canaries import Canaries
from tests.access.files import DAY, Ids

BOOKS = "books"


def of_group(uow: UnitOfWork, canaries: Canaries, name: str, group_id: UUID, member: UUID) -> Ids:
    """Plant spending that waits, with its receipt, a pledge and a line of the budget."""
    owner = f"group:{name}"
    entry = spent(uow, canaries, name, group_id, member)
    receipt = FundReceipt(group_id=group_id, entry_id=entry, media_type="image/jpeg", size=32)
    uow.add(canaries.fill(receipt, owner, BOOKS))
    pledge = Pledge(group_id=group_id, cents=20_00, months=12, pledged_on=DAY, first_on=DAY)
    uow.add(canaries.fill(pledge, owner, BOOKS))
    uow.add(BudgetLine(group_id=group_id, category=Category.FOOD, cents=900_00))
    return {"fund_entry_id": entry, "receipt_id": receipt.id, "pledge_id": pledge.id}


def spent(
    uow: UnitOfWork, canaries: Canaries, name: str, group_id: UUID, member: UUID, who: str = BOOKS
) -> UUID:
    """Plant what a member has spent; `who` names the user who may know of it for that."""
    entry = FundEntry(
        group_id=group_id,
        member_id=member,
        kind=Kind.SPEND,
        category=Category.FOOD,
        cents=45_90,
        happened_on=DAY,
        state=State.WAITING,
    )
    return uow.add(canaries.fill(entry, f"group:{name}", who)).id
