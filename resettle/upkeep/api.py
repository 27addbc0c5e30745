"""The upkeep of a household's house over JSON."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.upkeep import acts, queries, schemas, service
from resettle.upkeep.models import DefectPhoto, HouseDefect, HouseRating, PowerBill
from resettle.web.api import Api
from resettle.web.bodies import Upload
from resettle.web.schema import NothingSchema

api = Api("upkeep_api", __name__, url_prefix="/api")
HOUSE = "/households/<uuid:household_id>/house"
DEFECT = schemas.DefectShape()
RATING = schemas.RatingShape()
BILL = schemas.BillShape()


@api.reads(HOUSE + "/defects", permission=Permission.DWELLING_READ, returns=DEFECT, many=True)
def defects(uow: UnitOfWork, household_id: UUID) -> Sequence[HouseDefect]:
    """Tell the defects of a household's houses."""
    return queries.defects(uow, household_id)


@api.does(
    "POST",
    HOUSE + "/defects",
    permission=Permission.DWELLING_RECORD,
    body=schemas.ReportDefectSchema(),
    returns=DEFECT,
    status=201,
)
def report_defect(uow: UnitOfWork, household_id: UUID, command: acts.ReportDefect) -> HouseDefect:
    """Put a defect on the log."""
    return service.report_defect(uow, household_id, command)


@api.does(
    "POST",
    "/house-defects/<uuid:defect_id>/mending",
    permission=Permission.DWELLING_RECORD,
    body=schemas.MendDefectSchema(),
    returns=DEFECT,
)
def mend_defect(uow: UnitOfWork, defect_id: UUID, command: acts.MendDefect) -> HouseDefect:
    """Record that a defect is mended."""
    return service.mend_defect(uow, defect_id, command)


def _picture(photo: DefectPhoto) -> Response:
    return Response(photo.content, content_type=photo.media_type)


@api.does(
    "POST",
    "/house-defects/<uuid:defect_id>/photos",
    permission=Permission.DWELLING_RECORD,
    body=NothingSchema(),
    uploads=True,
    returns=schemas.PhotoShape(),
    status=201,
)
def add_photo(
    uow: UnitOfWork,
    defect_id: UUID,
    command: object,  # noqa: ARG001  # the file alone
    files: Sequence[Upload],
) -> DefectPhoto:
    """Put a photo beside a defect."""
    return service.add_photo(uow, defect_id, files[0].data)


@api.reads("/defect-photos/<uuid:photo_id>", permission=Permission.DWELLING_READ, renders=_picture)
def photo(uow: UnitOfWork, photo_id: UUID) -> DefectPhoto:
    """Show a photo of a defect."""
    return uow.get(DefectPhoto, photo_id, to=Permission.DWELLING_READ)


@api.reads(HOUSE + "/ratings", permission=Permission.DWELLING_READ, returns=RATING, many=True)
def ratings(uow: UnitOfWork, household_id: UUID) -> Sequence[HouseRating]:
    """Tell how a household's houses were found."""
    return queries.ratings(uow, household_id)


@api.does(
    "POST",
    HOUSE + "/ratings",
    permission=Permission.DWELLING_RECORD,
    body=schemas.RateHouseSchema(),
    returns=RATING,
    status=201,
)
def rate_house(uow: UnitOfWork, household_id: UUID, command: acts.RateHouse) -> HouseRating:
    """Write down how the house was found."""
    return service.rate_house(uow, household_id, command)


@api.reads(HOUSE + "/power-bills", permission=Permission.DWELLING_READ, returns=BILL, many=True)
def bills(uow: UnitOfWork, household_id: UUID) -> Sequence[PowerBill]:
    """Tell what power cost a household."""
    return queries.bills(uow, household_id)


@api.does(
    "POST",
    HOUSE + "/power-bills",
    permission=Permission.DWELLING_RECORD,
    body=schemas.RecordBillSchema(),
    returns=BILL,
    status=201,
)
def record_bill(uow: UnitOfWork, household_id: UUID, command: acts.RecordBill) -> PowerBill:
    """Record what power cost; a high bill is followed up."""
    return service.record_bill(uow, household_id, command)
