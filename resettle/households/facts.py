"""Writing down what is told of a person, in the form in which each fact is kept."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from resettle.core.errors import Invalid
from resettle.core.sealed import sealed_names
from resettle.core.work import UnitOfWork
from resettle.households.acts import PersonFacts, given
from resettle.households.models import Person, Source
from resettle.households.rules import Coded, birth_fault

# A default of ours: how soon somebody is told that others have told us about them.
NOTICE = timedelta(days=30)
SEALED_FACTS = frozenset(sealed_names(Person))
UNHCR_NUMBER = "unhcr_individual_id"


def new_person(uow: UnitOfWork, facts: PersonFacts) -> Person:
    """Take a person up. If somebody else told of them, a notice to the person is due."""
    return new_people(uow, [facts])[0]


def new_people(uow: UnitOfWork, facts: Iterable[PersonFacts]) -> list[Person]:
    """Take several people up at once, in the order in which they are told of."""
    return uow.add_all([_told_of(uow, each) for each in facts])


def _told_of(uow: UnitOfWork, facts: PersonFacts) -> Person:
    person = Person()
    write(uow, person, facts)
    if person.source not in {None, Source.PERSON}:
        person.notice_due_on = uow.today + NOTICE
    return person


def write(uow: UnitOfWork, person: Person, facts: PersonFacts) -> None:
    """Write the given facts down. Raises Invalid for a birth day that cannot be."""
    values = given(facts)
    if "born_on" in values and (fault := birth_fault(uow.today, values["born_on"])):
        raise Invalid({"born_on": [fault]})
    for name, value in values.items():
        setattr(person, name, kept(value) if name in SEALED_FACTS else value)
    if UNHCR_NUMBER in values:
        number = values[UNHCR_NUMBER]
        person.unhcr_id_index = None if number is None else uow.blind(UNHCR_NUMBER, number)


def kept(value: Any) -> str | None:
    """Give the text in which a fact is sealed."""
    match value:
        case Coded():
            return value.text
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case _:
            return None if value is None else str(value)
