"""What the people of the demo live on, how they learn English, and what helps with their rent."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person
from resettle.households.queries import current_members
from resettle.households.rules import age_on
from resettle.statuses import service
from resettle.statuses.acts import RecordStatus

WORKING_AGE = range(15, 65)
ADULT = 18
MONTH = timedelta(days=30)
# How the work of people goes: each step with the months since arrival at which it began.
WAYS = (
    ((1, "unemployed_looking"), (5, "employed_pt"), (11, "employed_ft")),
    ((1, "studying"), (8, "casual"), (14, "employed_ft")),
    ((1, "caring"),),
    ((1, "studying"), (13, "unemployed_looking")),
    ((1, "health_limited"), (9, "employed_pt")),
    ((3, "employed_ft"),),
)
PAID = frozenset({"employed_ft", "employed_pt", "casual", "self_employed"})


def of(uow: UnitOfWork, household_id: UUID) -> None:
    """Record for the people of a household what became of them since they arrived."""
    household = uow.find(Household, household_id)
    assert household is not None
    if household.arrived_on is None:
        return
    random = Random(f"livings of {household.reference}")
    for member in current_members(uow, household_id):
        if age_on(household.arrived_on, member.person.born_on) in WORKING_AGE:
            _lives(uow, member.person, household.arrived_on, random)


def _lives(uow: UnitOfWork, person: Person, arrived_on: date, random: Random) -> None:
    for months, code in random.choice(WAYS):
        since = arrived_on + months * MONTH
        if since > uow.today:
            break
        _record(uow, person, "work", code, since)
        _record(uow, person, "benefit", "none" if code in PAID else "jobseeker", since)
    if age_on(arrived_on, person.born_on) < ADULT:
        return
    level = random.randrange(3)
    for months in (1, 6, 12):
        tested_on = arrived_on + months * MONTH
        if tested_on <= uow.today:
            _record(uow, person, "english", str(level), tested_on)
        level = min(level + random.randrange(2), 5)
    helped = "none" if random.randrange(3) else "accommodation_supplement"
    _record(uow, person, "housing_help", helped, min(arrived_on + 2 * MONTH, uow.today))


def _record(uow: UnitOfWork, person: Person, kind: str, code: str, since: date) -> None:
    known_on = max(since, uow.today - timedelta(days=10))
    told = RecordStatus(kind=kind, code=code, from_on=since, known_on=known_on)
    service.record(uow, person.id, told)
