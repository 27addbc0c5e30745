"""The house-ready checklist line by line, as pages and answers tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements import queries
from resettle.placements.models import Dwelling, HouseCheck
from resettle.programmes.content import ChecklistItem


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One item of the house-ready checklist, and what was found; None if nobody has looked."""

    household_id: UUID
    item_code: str
    title: str
    status: str | None
    note: str
    checked_at: object
    checked_by: UUID | None = None
    group_id: UUID | None = None
    waits: bool = False
    version: int | None = None


def check_lines(uow: UnitOfWork, dwelling: Dwelling, household: Household) -> Sequence[CheckLine]:
    """Tell the whole checklist of a dwelling for a household, item by item."""
    uow.require(Permission.HOUSE_READ, household)
    found = {check.item_code: check for check in queries.checks_of(uow, dwelling.id, household.id)}
    return [
        _line(household.id, item, found.get(item.code))
        for item in queries.house_ready_items(uow, household)
    ]


def _line(household_id: UUID, item: ChecklistItem, check: HouseCheck | None) -> CheckLine:
    if check is None:
        return CheckLine(household_id, item.code, item.title, None, "", None)
    return CheckLine(
        household_id,
        item.code,
        item.title,
        check.status,
        check.note,
        check.checked_at,
        check.checked_by,
        check.group_id,
        check.waits,
        check.version,
    )
