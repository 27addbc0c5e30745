"""Looking, while somebody is entered, for records that may be of the same person."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.duplicates import queries
from resettle.duplicates.queries import Told
from resettle.duplicates.register import PossibleDuplicate
from resettle.households.acts import PersonFacts, given
from resettle.households.lookalikes import Lookalike
from resettle.households.models import Household, HouseholdMember, Person
from resettle.households.rules import full_name
from resettle.households.shapes import PersonRow

MOST = 5
ASKED = ("family_name", "given_name", "other_names", "name_in_script", "sex", "born_on")


def lookalikes(uow: UnitOfWork, facts: PersonFacts) -> Sequence[Lookalike]:
    """Tell who may be meant: the likeliest few, and of others' records only whom to ask."""
    told = given(facts)
    found = queries.alike_to(uow, Told(**{name: told[name] for name in ASKED if name in told}))
    return _told(uow, found[:MOST])


def _told(uow: UnitOfWork, found: Sequence[PossibleDuplicate]) -> list[Lookalike]:
    ids = [one.person_id for one in found]
    people = uow.all(uow.select(Person).where(Person.id.in_(ids)))
    mine = {person.id: person for person in people}
    # Shown, and so on record as looked at.
    PersonRow(only=("id", "name")).many_of(uow, people)
    homes = _homes(uow, ids)
    asks: dict[str, Lookalike] = {}
    told: list[Lookalike] = []
    for one in found:
        if one.person_id in mine:
            told.append(_shown(mine[one.person_id], homes.get(one.person_id), one.reasons))
        else:
            contact = queries.contact_of(uow, one.person_id)
            asks[contact] = Lookalike(contact=contact)
    return [*told, *asks.values()]


def _homes(uow: UnitOfWork, person_ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    query = (
        uow.columns(
            HouseholdMember,
            HouseholdMember.person_id,
            HouseholdMember.household_id,
            Household.reference,
        )
        .join(Household, Household.id == HouseholdMember.household_id)
        .where(HouseholdMember.person_id.in_(person_ids))
        .order_by(HouseholdMember.left_on.is_(None), HouseholdMember.left_on)
    )
    return {row.person_id: row for row in uow.rows(uow.touching(query, Household))}


def _shown(person: Person, home: Any, reasons: Sequence[str]) -> Lookalike:
    return Lookalike(
        name=full_name(person.given_name, person.other_names, person.family_name),
        reference="" if home is None else home.reference,
        household_id=None if home is None else home.household_id,
        reasons=reasons,
    )
