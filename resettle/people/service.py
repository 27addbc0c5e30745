"""What is recorded about one person."""

from uuid import UUID

from resettle.core.errors import Conflict, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households import rules as household_rules
from resettle.households.acts import PersonFacts, given
from resettle.households.events import BirthDateCorrected
from resettle.households.facts import kept, write
from resettle.households.models import Household, Person, PersonLanguage
from resettle.households.queries import household_of, principal_of
from resettle.people import pictures, rules
from resettle.people.acts import (
    ChangeNeed,
    ContactDetails,
    KeepPhoto,
    RecordLanguage,
    RecordNeed,
    RecordRelative,
)
from resettle.people.models import Photo, Relative, SpecificNeed
from resettle.people.queries import NO_PHOTO, photo_of
from resettle.people.rules import NeedKind

NOT_FOR_SPONSORS = "Needs of this kind are never shown to sponsors. Leave it restricted."


def change_person(uow: UnitOfWork, person_id: UUID, facts: PersonFacts) -> Person:
    """Correct or complete what is known of a person."""
    person = uow.edit(Person, person_id, to=Permission.PERSON_UPDATE)
    born_before = person.born_on
    write(uow, person, facts)
    household_id = household_of(uow, person.id)
    if household_id is not None:
        _rename(uow, household_id, person)
    if person.born_on != born_before:
        uow.emit(BirthDateCorrected(household_id, person.id, person.born_on))
    return person


def _rename(uow: UnitOfWork, household_id: UUID, person: Person) -> None:
    """Let the household bear the family name of its principal applicant."""
    principal = principal_of(uow, household_id)
    name = household_rules.household_name(person.family_name, person.given_name)
    if principal is None or principal.person_id != person.id:
        return
    household = uow.get(Household, household_id, to=Permission.HOUSEHOLD_READ)
    household.display_name = name


def change_contact(uow: UnitOfWork, person_id: UUID, command: ContactDetails) -> Person:
    """Replace somebody's contact details, which are then confirmed as of today."""
    person = uow.edit(Person, person_id, to=Permission.LOCATION_UPDATE)
    for name, value in given(command).items():
        setattr(person, name, value)
    person.contact_confirmed_on = uow.today
    return person


def record_need(uow: UnitOfWork, person_id: UUID, command: RecordNeed) -> SpecificNeed:
    person = uow.get(Person, person_id, to=Permission.NEED_RECORD)
    _check_sharing(command.code.value, restricted=command.restricted)
    kind = rules.kind_of(command.code.value)
    return uow.add(
        SpecificNeed(
            person_id=person.id,
            kind=kind,
            health_code=command.code.text if kind is NeedKind.HEALTH else None,
            protection_code=command.code.text if kind is NeedKind.PROTECTION else None,
            severity=command.severity,
            identified_on=command.identified_on,
            restricted=command.restricted,
            practical_support=command.practical_support,
            source=command.source,
        )
    )


def change_need(uow: UnitOfWork, need_id: UUID, command: ChangeNeed) -> SpecificNeed:
    need = uow.edit(SpecificNeed, need_id, to=Permission.NEED_RECORD)
    changes = given(command)
    code = household_rules.value_of(need.code)
    assert code is not None
    _check_sharing(code, restricted=changes.get("restricted", need.restricted))
    for name, value in changes.items():
        setattr(need, name, value)
    return need


def _check_sharing(code: str, *, restricted: bool) -> None:
    if not restricted and not rules.may_be_shared(code):
        raise Invalid({"restricted": [NOT_FOR_SPONSORS]})


def record_relative(uow: UnitOfWork, person_id: UUID, command: RecordRelative) -> Relative:
    person = uow.get(Person, person_id, to=Permission.PERSON_UPDATE)
    if command.born_on is not None and (
        fault := household_rules.birth_fault(uow.today, command.born_on)
    ):
        raise Invalid({"born_on": [fault]})
    facts = given(command)
    source = facts.pop("source")
    facts["relationship_code"] = facts.pop("relationship")
    sealed = {name: kept(value) for name, value in facts.items()}
    return uow.add(Relative(person_id=person.id, source=source, **sealed))


def record_language(uow: UnitOfWork, person_id: UUID, command: RecordLanguage) -> PersonLanguage:
    """Record a language of a person. Raises Conflict if it is on record already."""
    person = uow.get(Person, person_id, to=Permission.PERSON_UPDATE)
    known = uow.select(PersonLanguage).where(
        PersonLanguage.person_id == person.id, PersonLanguage.language == command.language
    )
    if uow.first(known) is not None:
        raise Conflict("This language is already on record for this person.")
    return uow.add(PersonLanguage(person_id=person.id, **given(command)))


def keep_photo(uow: UnitOfWork, person_id: UUID, content: bytes, command: KeepPhoto) -> Photo:
    """Keep the photo of a person, drawn anew, in place of an earlier one."""
    person = uow.get(Person, person_id, to=Permission.PERSON_UPDATE)
    try:
        picture = pictures.redrawn(content)
    except pictures.Unusable as error:
        raise Invalid({"file": [str(error)]}) from error
    kept = photo_of(uow, person.id)
    if kept is None:
        photo = Photo(person_id=person.id)
    else:
        photo = uow.edit(Photo, kept.id, to=Permission.PERSON_UPDATE)
    photo.content = picture.content
    photo.width, photo.height = picture.width, picture.height
    photo.media_type = pictures.MEDIA_TYPE
    photo.taken_on, photo.source = command.taken_on, command.source
    return uow.add(photo)


def remove_photo(uow: UnitOfWork, person_id: UUID) -> None:
    """Take the photo of a person away for good. Raises NotFound if there is none."""
    person = uow.get(Person, person_id, to=Permission.PERSON_UPDATE)
    kept = photo_of(uow, person.id)
    if kept is None:
        raise NotFound(NO_PHOTO)
    uow.session.delete(uow.edit(Photo, kept.id, to=Permission.PERSON_UPDATE))
    uow.session.flush()
