"""Birthdays: on the day on which somebody's set of milestones changes, it is looked at again."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.households.models import Household, HouseholdMember, Person
from resettle.milestones import rules
from resettle.milestones.birthdays import expect_birthdays
from resettle.milestones.models import Milestone, Status
from resettle.milestones.planning import anchors_of, key_of, milestone, programme_of
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.milestones import Recalculation, Subject, at_birthday
from resettle.programmes.terms import birthday


def recalculate_birthdays(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Look at every birthday since the day of the job, so that no day is missed."""
    day = date.fromisoformat(payload["day"])
    while day <= uow.today:
        for household, person in _turning(uow, day):
            recalculate(uow, household, person, day)
        day += timedelta(days=1)
    expect_birthdays(uow, uow.today)


def _turning(uow: UnitOfWork, day: date) -> Iterator[tuple[Household, Subject]]:
    """Find who reaches an age of their programme on the day, in households that have arrived."""
    births = {birthday(day, -age) for age in _ages(uow)}
    # Who was born on 29 February may have their birthday on 1 March.
    births |= {born - timedelta(days=1) for born in births}
    query = uow.columns(
        HouseholdMember,
        HouseholdMember.household_id.label("household_id"),
        Person.id.label("person_id"),
        Person.born_on.label("born_on"),
    ).join(Person, Person.id == HouseholdMember.person_id)
    query = uow.along(query, Person).where(
        HouseholdMember.left_on.is_(None), Person.born_on.in_(births)
    )
    for row in uow.rows(query):
        household = uow.find(Household, row.household_id)
        if household is not None and _is_turning(uow, household, row.born_on, day):
            yield household, Subject(str(row.person_id), row.born_on)


def _ages(uow: UnitOfWork) -> set[int]:
    programmes = uow.use(Catalogue).programmes.values()
    return {age for each in programmes if each.birthdays for age in each.birthdays.ages}


def _is_turning(uow: UnitOfWork, household: Household, born: date, day: date) -> bool:
    anchors = anchors_of(household)
    changing = programme_of(uow, household, anchors).birthdays
    if not anchors or changing is None:
        return False
    return any(birthday(born, age) == day for age in changing.ages)


def recalculate(uow: UnitOfWork, household: Household, person: Subject, day: date) -> None:
    """Add what the new age brings, counted from the birthday, and set aside what it ends."""
    anchors = anchors_of(household)
    programme = programme_of(uow, household, anchors)
    found = at_birthday(programme, anchors, person, day)
    query = uow.select(Milestone).where(
        Milestone.household_id == household.id, Milestone.person_id == UUID(person.id)
    )
    rows = uow.all(query)
    there = {(row.person_id, row.code) for row in rows}
    for item in found.added:
        if key_of(item) not in there:
            uow.add(milestone(household.id, programme, item, own_anchor=True))
    _set_aside(rows, found, day)


def _set_aside(rows: Any, found: Recalculation, day: date) -> None:
    for row in rows:
        if row.code.partition("@")[0] in found.dropped and row.status.value in rules.OPEN:
            row.status = Status.NOT_APPLICABLE
            row.reason = f"Does not apply any more since the birthday on {day:%-d %B %Y}."
