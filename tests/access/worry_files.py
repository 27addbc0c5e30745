"""What worries people in the planted world: complaints, and the households hit by a crisis."""

from datetime import date
from uuid import UUID

from resettle.complaints.models import About, Complainant, Complaint, ComplaintChannel
from resettle.core.work import UnitOfWork
from resettle.crises.models import Crisis, CrisisHousehold
from resettle.households.models import Household
from resettle.tasks.models import Category, Task
from tests.access.canaries import Canaries

Ids = dict[str, UUID]
DAY, DUE, END = date(2026, 2, 2), date(2026, 2, 10), date(2026, 6, 1)


def complained(
    uow: UnitOfWork, canaries: Canaries, name: str, household: Household, people: dict[str, Ids]
) -> Ids:
    """Let the first person of a household complain of the service."""
    complaint = Complaint(
        household_id=household.id,
        person_id=people["first"]["person_id"],
        complainant=Complainant.PERSON,
        channel=ComplaintChannel.OWN_ACCOUNT,
        language="prs",
        about=About.SERVICE,
        received_on=DAY,
        due_on=DUE,
    )
    made = {"complaint_id": uow.add(canaries.fill(complaint, name, "first")).id}
    return made | _struck(uow, canaries, name, household)


def _struck(uow: UnitOfWork, canaries: Canaries, name: str, household: Household) -> Ids:
    """Let a crisis concern the household, whose check is still to be done."""
    crisis = Crisis(reach_key=name, raised_at=uow.now, ends_on=END)
    uow.add(canaries.fill(crisis, name))
    check = Task(household_id=household.id, category=Category.OTHER, due_on=DAY)
    uow.add(canaries.fill(check, name))
    uow.add(CrisisHousehold(crisis_id=crisis.id, household_id=household.id, task_id=check.id))
    return {"crisis_id": crisis.id}
