"""What worries people in the planted world: complaints, and the households hit by a crisis."""

from datetime import date
from uuid import UUID

from resettle.complaints.models import About, Complainant, Complaint, ComplaintChannel
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from tests.access.canaries import Canaries

Ids = dict[str, UUID]
DAY, DUE = date(2026, 2, 2), date(2026, 2, 10)


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
    return {"complaint_id": uow.add(canaries.fill(complaint, name, "first")).id}
