"""What is recorded about one person."""

from collections.abc import Mapping, Sequence
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
from resettle.people.queries import NO_PHOTO, photo_of, photos_of
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
    return record_needs(uow, {person_id: [command]})[0]


def record_needs(
    uow: UnitOfWork, told: Mapping[UUID, Sequence[RecordNeed]]
) -> Sequence[SpecificNeed]:
    """Record the needs of several people at once."""
    uow.get_all(Person, told, to=Permission.NEED_RECORD)
    return uow.add_all(_need(id_, command) for id_, needs in told.items() for command in needs)


def _need(person_id: UUID, command: RecordNeed) -> SpecificNeed:
    _check_sharing(command.code.value, restricted=command.restricted)
    kind = rules.kind_of(command.code.value)
    return SpecificNeed(
        person_id=person_id,
        kind=kind,
        health_code=command.code.text if kind is NeedKind.HEALTH else None,
        protection_code=command.code.text if kind is NeedKind.PROTECTION else None,
        severity=command.severity,
        identified_on=command.identified_on,
        restricted=command.restricted,
        practical_support=command.practical_support,
        source=command.source,
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
    return record_relatives(uow, {person_id: [command]})[0]


def record_relatives(
    uow: UnitOfWork, told: Mapping[UUID, Sequence[RecordRelative]]
) -> Sequence[Relative]:
    """Record the relatives of several people at once."""
    uow.get_all(Person, told, to=Permission.PERSON_UPDATE)
    return uow.add_all(_relative(uow, id_, one) for id_, found in told.items() for one in found)


def _relative(uow: UnitOfWork, person_id: UUID, command: RecordRelative) -> Relative:
    if command.born_on is not None and (
        fault := household_rules.birth_fault(uow.today, command.born_on)
    ):
        raise Invalid({"born_on": [fault]})
    facts = given(command)
    source = facts.pop("source")
    facts["relationship_code"] = facts.pop("relationship")
    sealed = {name: kept(value) for name, value in facts.items()}
    return Relative(person_id=person_id, source=source, **sealed)


def record_language(uow: UnitOfWork, person_id: UUID, command: RecordLanguage) -> PersonLanguage:
    """Record a language of a person. Raises Conflict if it is on record already."""
    return record_languages(uow, {person_id: [command]})[0]


def record_languages(
    uow: UnitOfWork, told: Mapping[UUID, Sequence[RecordLanguage]]
) -> Sequence[PersonLanguage]:
    """Record the languages of several people at once; Conflict if one of them is on record."""
    uow.get_all(Person, told, to=Permission.PERSON_UPDATE)
    spoken = [(id_, command) for id_, commands in told.items() for command in commands]
    language = PersonLanguage
    columns = (language.person_id, language.language)
    known = uow.columns(language, *columns).where(language.person_id.in_(told))
    if {(id_, command.language) for id_, command in spoken} & {*map(tuple, uow.rows(known))}:
        raise Conflict("This language is already on record for this person.")
    return uow.add_all(PersonLanguage(person_id=id_, **given(one)) for id_, one in spoken)


def keep_photo(uow: UnitOfWork, person_id: UUID, content: bytes, command: KeepPhoto) -> Photo:
    """Keep the photo of a person, drawn anew, in place of an earlier one."""
    return keep_photos(uow, {person_id: content}, command)[0]


class UnusablePhoto(Invalid):
    """A photo that cannot be kept; it says whose."""

    def __init__(self, person_id: UUID, sentence: str) -> None:
        super().__init__({"file": [sentence]})
        self.person_id, self.sentence = person_id, sentence


def keep_photos(
    uow: UnitOfWork, contents: Mapping[UUID, bytes], command: KeepPhoto
) -> Sequence[Photo]:
    """Keep the photos of several people, each as `keep_photo` does. Raises UnusablePhoto."""
    uow.get_all(Person, contents, to=Permission.PERSON_UPDATE)
    drawn = {person_id: _drawn(person_id, content) for person_id, content in contents.items()}
    kept_by_person = photos_of(uow, contents)
    photos = []
    for person_id, picture in drawn.items():
        before = kept_by_person.get(person_id)
        if before is None:
            photo = Photo(person_id=person_id)
        else:
            photo = uow.edit(Photo, before.id, to=Permission.PERSON_UPDATE)
        photo.content = picture.content
        photo.width, photo.height = picture.width, picture.height
        photo.media_type = pictures.MEDIA_TYPE
        photo.taken_on, photo.source = command.taken_on, command.source
        photos.append(photo)
    return uow.add_all(photos)


def _drawn(person_id: UUID, content: bytes) -> pictures.Picture:
    try:
        return pictures.redrawn(content)
    except pictures.Unusable as error:
        raise UnusablePhoto(person_id, str(error)) from error


def remove_photo(uow: UnitOfWork, person_id: UUID) -> None:
    """Take the photo of a person away for good. Raises NotFound if there is none."""
    person = uow.get(Person, person_id, to=Permission.PERSON_UPDATE)
    kept = photo_of(uow, person.id)
    if kept is None:
        raise NotFound(NO_PHOTO)
    uow.session.delete(uow.edit(Photo, kept.id, to=Permission.PERSON_UPDATE))
    uow.session.flush()
