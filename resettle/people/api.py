"""One person over JSON, under /api/persons: each kind of data at an address of its own."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.acts import PersonFacts
from resettle.households.models import Person, PersonLanguage
from resettle.households.schemas import PersonChangesSchema
from resettle.households.shapes import LanguageShape, PersonShape
from resettle.people import acts, queries, schemas, service, shapes
from resettle.people.models import Photo, Relative, SpecificNeed
from resettle.people.rules import NeedKind
from resettle.web.api import Api
from resettle.web.bodies import Upload

api = Api("people_api", __name__, url_prefix="/api/persons")
PERSON = "/<uuid:person_id>"


@api.reads(PERSON, permission=Permission.PERSON_READ, returns=PersonShape())
def show(uow: UnitOfWork, person_id: UUID) -> Person:
    """Show a person."""
    return uow.get(Person, person_id, to=Permission.PERSON_READ)


@api.does(
    "PATCH",
    PERSON,
    permission=Permission.PERSON_UPDATE,
    body=PersonChangesSchema(),
    returns=PersonShape(),
)
def change(uow: UnitOfWork, person_id: UUID, command: PersonFacts) -> Person:
    """Correct or complete what is known of a person."""
    return service.change_person(uow, person_id, command)


@api.reads(f"{PERSON}/contact", permission=Permission.LOCATION_READ, returns=shapes.ContactShape())
def contact(uow: UnitOfWork, person_id: UUID) -> Person:
    """Show how a person is reached."""
    return uow.get(Person, person_id, to=Permission.LOCATION_READ)


@api.does(
    "PUT",
    f"{PERSON}/contact",
    permission=Permission.LOCATION_UPDATE,
    body=schemas.ContactDetailsSchema(),
    returns=shapes.ContactShape(),
)
def change_contact(uow: UnitOfWork, person_id: UUID, command: acts.ContactDetails) -> Person:
    """Replace how a person is reached."""
    return service.change_contact(uow, person_id, command)


@api.reads(f"{PERSON}/origin", permission=Permission.ORIGIN_READ, returns=shapes.OriginShape())
def origin(uow: UnitOfWork, person_id: UUID) -> Person:
    """Show where a person comes from, and the numbers that others gave."""
    return uow.get(Person, person_id, to=Permission.ORIGIN_READ)


@api.reads(
    f"{PERSON}/health", permission=Permission.HEALTH_READ, returns=shapes.NeedShape(), many=True
)
def health(uow: UnitOfWork, person_id: UUID) -> Sequence[SpecificNeed]:
    """List the needs that come from a person’s health."""
    return queries.needs_of_kind(uow, person_id, NeedKind.HEALTH, Permission.HEALTH_READ)


@api.reads(
    f"{PERSON}/protection",
    permission=Permission.PROTECTION_READ,
    returns=shapes.NeedShape(),
    many=True,
)
def protection(uow: UnitOfWork, person_id: UUID) -> Sequence[SpecificNeed]:
    """List a person’s needs of protection."""
    return queries.needs_of_kind(uow, person_id, NeedKind.PROTECTION, Permission.PROTECTION_READ)


@api.reads(
    f"{PERSON}/needs", permission=Permission.NEED_READ, returns=shapes.NeedShape(), many=True
)
def needs(uow: UnitOfWork, person_id: UUID) -> Sequence[SpecificNeed]:
    """List what helps a person, and why, as far as the reader may know."""
    return queries.needs(uow, person_id)


@api.does(
    "POST",
    f"{PERSON}/needs",
    permission=Permission.NEED_RECORD,
    body=schemas.RecordNeedSchema(),
    returns=shapes.NeedShape(),
    status=201,
)
def record_need(uow: UnitOfWork, person_id: UUID, command: acts.RecordNeed) -> SpecificNeed:
    """Record a specific need of a person."""
    return service.record_need(uow, person_id, command)


@api.does(
    "PATCH",
    "/needs/<uuid:need_id>",
    permission=Permission.NEED_RECORD,
    body=schemas.ChangeNeedSchema(),
    returns=shapes.NeedShape(),
)
def change_need(uow: UnitOfWork, need_id: UUID, command: acts.ChangeNeed) -> SpecificNeed:
    """Change how a need is met, or close it."""
    return service.change_need(uow, need_id, command)


@api.reads(
    f"{PERSON}/relatives",
    permission=Permission.RELATIVE_READ,
    returns=shapes.RelativeShape(),
    many=True,
)
def relatives(uow: UnitOfWork, person_id: UUID) -> Sequence[Relative]:
    """List a person’s relatives elsewhere."""
    return queries.relatives(uow, person_id)


@api.does(
    "POST",
    f"{PERSON}/relatives",
    permission=Permission.PERSON_UPDATE,
    body=schemas.RecordRelativeSchema(),
    returns=shapes.RelativeShape(),
    status=201,
)
def record_relative(uow: UnitOfWork, person_id: UUID, command: acts.RecordRelative) -> Relative:
    """Record a relative elsewhere."""
    return service.record_relative(uow, person_id, command)


@api.reads(
    f"{PERSON}/languages", permission=Permission.PERSON_READ, returns=LanguageShape(), many=True
)
def languages(uow: UnitOfWork, person_id: UUID) -> Sequence[PersonLanguage]:
    """List the languages of a person."""
    return queries.languages(uow, person_id)


@api.does(
    "POST",
    f"{PERSON}/languages",
    permission=Permission.PERSON_UPDATE,
    body=schemas.RecordLanguageSchema(),
    returns=LanguageShape(),
    status=201,
)
def record_language(
    uow: UnitOfWork, person_id: UUID, command: acts.RecordLanguage
) -> PersonLanguage:
    """Record a language of a person."""
    return service.record_language(uow, person_id, command)


def _picture(photo: Photo) -> Response:
    return Response(photo.content, content_type=photo.media_type)


@api.reads(f"{PERSON}/photo", permission=Permission.PERSON_READ, renders=_picture)
def photo(uow: UnitOfWork, person_id: UUID) -> Photo:
    """Show the photo of a person."""
    return queries.photo(uow, person_id)


@api.does(
    "POST",
    f"{PERSON}/photo",
    permission=Permission.PERSON_UPDATE,
    body=schemas.KeepPhotoSchema(),
    uploads=True,
    returns=shapes.PhotoShape(),
    status=201,
)
def keep_photo(
    uow: UnitOfWork, person_id: UUID, command: acts.KeepPhoto, files: Sequence[Upload]
) -> Photo:
    """Keep the photo of a person, in place of an earlier one."""
    return service.keep_photo(uow, person_id, files[0].data, command)


@api.does("POST", f"{PERSON}/photo/removal", permission=Permission.PERSON_UPDATE)
def remove_photo(uow: UnitOfWork, person_id: UUID) -> None:
    """Take the photo of a person away for good."""
    service.remove_photo(uow, person_id)
