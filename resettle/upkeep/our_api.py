"""What a sponsor group does about a house, over JSON: the checklist, photos, defects."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.placements.check_lines import CheckLine
from resettle.upkeep import acts, preparing, queries, schemas
from resettle.upkeep.models import HouseDefect, HousePhoto
from resettle.web.api import Api
from resettle.web.bodies import Upload
from resettle.web.schema import NothingSchema

api = Api("our_house_api", __name__, url_prefix="/api")
HOUSE = "/households/<uuid:household_id>/house-ready"
LOOK = schemas.LookShape()
DEFECT = schemas.DefectShape()
PHOTO = schemas.HousePhotoShape()


@api.reads(HOUSE, permission=Permission.HOUSE_READ, returns=LOOK, many=True)
def checklist(uow: UnitOfWork, household_id: UUID) -> Sequence[CheckLine]:
    """Tell the house-ready checklist, and what was found by whom."""
    return queries.checklist(uow, household_id)


@api.does(
    "POST",
    HOUSE,
    permission=Permission.HOUSE_PREPARE,
    body=schemas.TickHouseSchema(),
    returns=LOOK,
    many=True,
)
def tick(uow: UnitOfWork, household_id: UUID, command: acts.TickHouse) -> Sequence[CheckLine]:
    """Put down what somebody of the group found of the checklist."""
    preparing.tick(uow, household_id, command)
    return queries.checklist(uow, household_id)


@api.does(
    "POST",
    HOUSE + "/confirmation",
    permission=Permission.DWELLING_RECORD,
    body=schemas.ConfirmChecksSchema(),
    returns=LOOK,
    many=True,
)
def confirm(
    uow: UnitOfWork, household_id: UUID, command: acts.ConfirmChecks
) -> Sequence[CheckLine]:
    """Confirm what the group found, as it was seen."""
    preparing.confirm(uow, household_id, command)
    return queries.checklist(uow, household_id)


@api.does(
    "POST",
    HOUSE + "/<string:item_code>/photos",
    permission=Permission.HOUSE_PREPARE,
    body=NothingSchema(),
    uploads=True,
    returns=PHOTO,
    status=201,
)
def add_photo(
    uow: UnitOfWork,
    household_id: UUID,
    item_code: str,
    command: object,  # noqa: ARG001  # the file alone
    files: Sequence[Upload],
) -> HousePhoto:
    """Put a photo beside an item of the checklist."""
    return preparing.add_photo(uow, household_id, item_code, files[0].data)


@api.reads(HOUSE + "/defects", permission=Permission.HOUSE_READ, returns=DEFECT, many=True)
def defects(uow: UnitOfWork, household_id: UUID) -> Sequence[HouseDefect]:
    """Tell the defects that a sponsor group reported, and how far it is with each."""
    return queries.our_defects(uow, household_id)


@api.does(
    "POST",
    HOUSE + "/defects",
    permission=Permission.HOUSE_PREPARE,
    body=schemas.ReportOursSchema(),
    returns=DEFECT,
    status=201,
)
def report(uow: UnitOfWork, household_id: UUID, command: acts.ReportOurs) -> HouseDefect:
    """Put a defect on the log of the house."""
    return preparing.report(uow, household_id, command)


@api.does(
    "POST",
    "/house-defects/<uuid:our_defect_id>/progress",
    permission=Permission.HOUSE_FOLLOW,
    body=schemas.FollowSchema(),
    returns=DEFECT,
)
def follow(uow: UnitOfWork, our_defect_id: UUID, command: acts.Follow) -> HouseDefect:
    """Say how far it is with a defect."""
    return preparing.follow(uow, our_defect_id, command)


@api.does(
    "POST",
    "/house-defects/<uuid:our_defect_id>/pictures",
    permission=Permission.HOUSE_PREPARE,
    body=NothingSchema(),
    uploads=True,
    returns=PHOTO,
    status=201,
)
def show_defect(
    uow: UnitOfWork,
    our_defect_id: UUID,
    command: object,  # noqa: ARG001  # the file alone
    files: Sequence[Upload],
) -> HousePhoto:
    """Put a photo beside a defect that the group has reported."""
    return preparing.show_defect(uow, our_defect_id, files[0].data)


def _picture(photo: HousePhoto) -> Response:
    return Response(photo.content, content_type="image/jpeg")


@api.reads(
    "/house-photos/<uuid:house_photo_id>", permission=Permission.HOUSE_READ, renders=_picture
)
def photo(uow: UnitOfWork, house_photo_id: UUID) -> HousePhoto:
    """Show a photo of a house."""
    return uow.get(HousePhoto, house_photo_id, to=Permission.HOUSE_READ)


@api.does("POST", "/house-photos/<uuid:house_photo_id>/removal", permission=Permission.HOUSE_FOLLOW)
def remove_photo(uow: UnitOfWork, house_photo_id: UUID) -> None:
    """Take a photo away for good."""
    preparing.remove_photo(uow, house_photo_id)
