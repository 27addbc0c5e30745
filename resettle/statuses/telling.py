"""What of the statuses of a household's people belongs in its line of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.households.models import HouseholdMember, Person
from resettle.statuses.definition import Statuses
from resettle.statuses.queries import of_people


@dataclass(frozen=True, slots=True)
class Begun:
    """Something that began to be so of somebody. What it is stands in the detail alone."""

    on: date
    title: str
    detail: str
    by_id: UUID | None


def begun(uow: UnitOfWork, household_id: UUID, until: date) -> Iterator[Begun]:
    """Tell what began until a day, of those who lived in a household then."""
    kinds = uow.use(Statuses)
    stays = {row.person_id: row for row in uow.rows(_stays(uow, household_id))}
    for row in of_people(uow, [*stays]):
        stay = stays[row.person_id]
        gone = stay.left_on is not None and row.from_on >= stay.left_on
        if row.from_on <= until and row.corrected_at is None and not gone:
            name = f"{stay.given_name} {stay.family_name}".strip()
            words = kinds.words(row.kind, row.code or "")
            detail = f"{words}. {row.note}" if row.note else words
            yield Begun(row.from_on, f"{kinds.title(row.kind)}: {name}", detail, row.created_by)


def _stays(uow: UnitOfWork, household_id: UUID) -> Any:
    member = HouseholdMember
    columns = (member.person_id, member.left_on, Person.given_name, Person.family_name)
    query = uow.columns(member, *columns).join(Person, Person.id == member.person_id)
    query = query.where(member.household_id == household_id).order_by(member.joined_on, member.id)
    return uow.along(query, Person)
