"""What people live on, in the planted world."""

from datetime import date
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.households.models import Person
from resettle.statuses.models import PersonStatus
from tests.access.canaries import Canaries

DAY = date(2026, 2, 2)


def a_status(uow: UnitOfWork, canaries: Canaries, name: str, who: str, person: Person) -> UUID:
    """Let something be recorded of somebody, whose code is a canary."""
    status = PersonStatus(person_id=person.id, kind="work", from_on=DAY, known_on=DAY)
    made: PersonStatus = uow.add(canaries.fill(status, name, who))
    return made.id
