"""Keeping the index: it hangs on the session, so that no way in can forget it.

Whenever names or numbers of a person are written, by a form, an import, a change or a merge, the
rows that find this person are written anew in the same flush.
"""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

import phonenumbers
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import UOWTransaction

from resettle.core.crypto import Keyring
from resettle.core.db import WorkSession
from resettle.core.sealed import PREFIX
from resettle.households.models import Person
from resettle.names import folding, rules
from resettle.names.models import NameKey, NumberKey
from resettle.names.rules import Why

NAMES = (
    "family_name",
    "given_name",
    "other_names",
    "preferred_name",
    "name_in_script",
    "aliases",
)
NUMBERS = {
    "unhcr_individual_id": Why.UNHCR_NUMBER,
    "inz_client_no": Why.INZ_NUMBER,
    "phone": Why.PHONE,
}
HOME = "NZ"


@event.listens_for(WorkSession, "before_flush")
def keep_keys(session: WorkSession, _flush: UOWTransaction, _instances: object) -> None:
    for entity in [*session.new, *session.dirty]:
        if not isinstance(entity, Person):
            continue
        if _is_changed(entity, NAMES):
            _write(session, entity, NameKey, _name_keys(entity))
        if _is_changed(entity, [PREFIX + name for name in NUMBERS]):
            _write(session, entity, NumberKey, _number_keys(session, entity))


def _is_changed(person: Person, names: Iterable[str]) -> bool:
    attributes = inspect(person).attrs
    return any(attributes[name].history.has_changes() for name in names)


Key = NameKey | NumberKey


def _write(session: WorkSession, person: Person, model: type[Key], keys: Iterable[Key]) -> None:
    if inspect(person).persistent:
        _forget(session, model, [person.id])
    session.add_all(keys)


def _forget(session: WorkSession, model: type[Key], person_ids: Sequence[UUID]) -> None:
    old = select(model).where(model.person_id.in_(person_ids))
    for key in session.scalars(old.execution_options(covered=frozenset({model}))):
        session.delete(key)


def _name_keys(person: Person) -> list[NameKey]:
    written = [getattr(person, name) for name in NAMES if name != "aliases"]
    parts = [part for part in (*written, *(person.aliases or ())) if part]
    return [
        NameKey(person_id=person.id, letters=word.letters, bones=word.bones)
        for word in folding.words(*parts)
    ]


def _number_keys(session: WorkSession, person: Person) -> list[NumberKey]:
    keyring: Keyring = session.info["vault"].keyring
    told = {why: getattr(person, name) for name, why in NUMBERS.items()}
    blinds = {blind for why, text in told.items() if text for blind in blinded(keyring, why, text)}
    return [NumberKey(person_id=person.id, blind=blind) for blind in sorted(blinds)]


def blinded(keyring: Keyring, why: Why, text: str) -> Iterator[str]:
    """Give the look-up value of a number, without what offices write between its digits."""
    bare = rules.number_in(_international(text) if why is Why.PHONE else text)
    if bare is not None:
        yield keyring.blind(f"search|{why}", bare)


def _international(text: str) -> str:
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return text
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def write_anew(session: WorkSession, people: Sequence[Person]) -> None:
    """Write the rows of these people as if their names had just been told."""
    for model in (NameKey, NumberKey):
        _forget(session, model, [person.id for person in people])
    for person in people:
        session.add_all([*_name_keys(person), *_number_keys(session, person)])
