"""The photo of a person on pages: seen by whom it may be, and kept by caseworkers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response

from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person
from resettle.households.queries import household_of
from resettle.households.shapes import HouseholdShape, PersonShape
from resettle.people import queries, schemas, service
from resettle.people.shapes import PhotoShape
from resettle.web.bodies import Upload
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("people", __name__, template_folder="templates")

Shown = dict[str, Any]
PHOTO = "/persons/<uuid:person_id>/photo"
COVER = HouseholdShape(only=("id", "reference"))
NAMED = PersonShape(only=("id", "name"))
ABOUT = PhotoShape(only=("taken_on", "version"))
NO_FILE = "Choose a photo, or take one."


@pages.page(PHOTO, permission=Permission.PERSON_READ, template="error.html")
def photo(uow: UnitOfWork, person_id: UUID) -> Response:
    """Show the photo of a person as the picture itself, asked anew at each look."""
    found = queries.photo(uow, person_id)
    return Response(found.content, content_type=found.media_type)


@pages.form(
    f"{PHOTO}/new",
    permission=Permission.PERSON_UPDATE,
    schema=schemas.KeepPhotoSchema(),
    template="people/photo.html",
)
def keep_photo(uow: UnitOfWork, form: Form, person_id: UUID) -> Shown | Led:
    """Put the photo of a person on file, in place of an earlier one."""
    if form.command is not None:
        service.keep_photo(uow, person_id, _content(form.files), form.command)
        return _back(uow, person_id, "The photo is on file.")
    person = uow.get(Person, person_id, to=Permission.PERSON_UPDATE)
    kept = queries.photo_of(uow, person.id)
    return {
        "person": NAMED.one(uow, person),
        "household": _home(uow, person.id),
        "photo": None if kept is None else ABOUT.one(uow, kept),
    }


@pages.button(f"{PHOTO}/removal", permission=Permission.PERSON_UPDATE)
def remove_photo(uow: UnitOfWork, person_id: UUID) -> Led:
    """Take the photo of a person away for good."""
    service.remove_photo(uow, person_id)
    return _back(uow, person_id, "The photo is gone, for everybody.")


def _content(files: Sequence[Upload]) -> bytes:
    found = [upload.data for upload in files if upload.name or upload.data]
    if not found:
        raise Invalid({"file": [NO_FILE]})
    return found[0]


def _home(uow: UnitOfWork, person_id: UUID) -> Shown | None:
    """Tell of the household that somebody belongs to, if they still belong to one."""
    home = household_of(uow, person_id)
    household = None if home is None else uow.find(Household, home)
    return None if household is None else COVER.one(uow, household)


def _back(uow: UnitOfWork, person_id: UUID, message: str) -> Led:
    household = _home(uow, person_id)
    if household is None:
        return Go(".keep_photo", message=message, person_id=person_id)
    return Go("household_file.people", message=message, household_id=household["id"])
