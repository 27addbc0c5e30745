"""The page on how a household's house is to live in, and its forms."""

from typing import Any
from uuid import UUID

from flask import Response

from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.shapes import HouseholdShape
from resettle.placements import fits, rules
from resettle.placements.queries import dwelling_for
from resettle.placements.shapes import DwellingShape, HouseFitShape, HousingNeedShape
from resettle.upkeep import queries, schemas, service
from resettle.upkeep.models import DefectKind, DefectPhoto, HouseDefect
from resettle.web.frame import plain
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import NothingSchema

pages = Pages("upkeep", __name__, template_folder="templates")

Shown = dict[str, Any]
HOUSE = "/households/<uuid:household_id>/house"
COVER = HouseholdShape(only=("id", "reference", "name"))
KINDS = [(kind.value, plain(kind.value)) for kind in DefectKind]
MARKS = [
    ("warm", "Warm"),
    ("dry", "Dry"),
    ("safe", "Safe"),
    ("affordable", "Affordable"),
    ("enough_space", "Enough space"),
]


@pages.page(HOUSE, permission=Permission.DWELLING_READ, template="upkeep/house.html")
def house(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Tell what is wrong with the house, how it was found, and what its power costs."""
    photos = queries.photos(uow, household_id)
    defects = schemas.DefectShape().many_of(uow, queries.defects(uow, household_id))
    return {
        **_cover(uow, household_id),
        **_home(uow, household_id),
        "defects": [
            {
                **row,
                "what": plain(row["kind"]),
                "photos": photos.get(row["id"], ()),
                "late": 0 if row["mended_on"] else max(0, (uow.today - row["due_on"]).days),
            }
            for row in defects
        ],
        "ratings": schemas.RatingShape().many_of(uow, queries.ratings(uow, household_id)),
        "bills": schemas.BillShape().many_of(uow, queries.bills(uow, household_id)),
        "marks": MARKS,
        "waiting": len(queries.waiting(uow, household_id)),
    }


def _home(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Tell what house it is, how it suits the household, and what that said it needs."""
    household = uow.get(Household, household_id, to=Permission.DWELLING_READ)
    needs = HousingNeedShape().many_of(uow, fits.needs_of(uow, household.id)[:1])
    dwelling = dwelling_for(uow, household.id)
    wanted = [
        words for need in needs for words in rules.wanted(need["features"], level=need["step_free"])
    ]
    told = {"wanted": wanted, "need": needs[0] if needs else None}
    if dwelling is None:
        return {**told, "home": None}
    home = DwellingShape().one(uow, dwelling)
    return {
        **told,
        "home": home | {"landlord_words": plain(home["landlord_kind"] or "")},
        "fit": HouseFitShape().one(uow, fits.fit(uow, dwelling, household)),
        "has": rules.wanted(home["features"], level=home["step_free"]),
    }


def _cover(uow: UnitOfWork, household_id: UUID) -> Shown:
    household = uow.get(Household, household_id, to=Permission.DWELLING_READ)
    return {"household": COVER.one(uow, household), "today": uow.today}


@pages.form(
    HOUSE + "/defects/new",
    permission=Permission.DWELLING_RECORD,
    schema=schemas.ReportDefectSchema(),
    template="upkeep/defect.html",
)
def report_defect(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Put a defect on the log."""
    if form.command:
        service.report_defect(uow, household_id, form.command)
        return Go("upkeep.house", message="The defect is on the log.", household_id=household_id)
    return _cover(uow, household_id) | {"kinds": KINDS}


@pages.form(
    "/house-defects/<uuid:defect_id>/photos/new",
    permission=Permission.DWELLING_RECORD,
    schema=NothingSchema(),
    template="upkeep/photo.html",
)
def add_photo(uow: UnitOfWork, form: Form, defect_id: UUID) -> Shown | Led:
    """Put a photo beside a defect."""
    if form.command is not None:
        photo = service.add_photo(uow, defect_id, _content(form))
        return Go("upkeep.house", message="The photo is added.", household_id=photo.household_id)
    defect = uow.get(HouseDefect, defect_id, to=Permission.DWELLING_RECORD)
    return _cover(uow, defect.household_id) | {"what": plain(defect.kind.value)}


def _content(form: Form) -> bytes:
    found = [upload.data for upload in form.files if upload.name or upload.data]
    if not found:
        raise Invalid({"file": ["Choose a photo, or take one."]})
    return found[0]


@pages.page(
    "/defect-photos/<uuid:photo_id>", permission=Permission.DWELLING_READ, template="error.html"
)
def photo(uow: UnitOfWork, photo_id: UUID) -> Response:
    """Show a photo of a defect."""
    found = uow.get(DefectPhoto, photo_id, to=Permission.DWELLING_READ)
    return Response(found.content, content_type=found.media_type)


@pages.form(
    HOUSE + "/ratings/new",
    permission=Permission.DWELLING_RECORD,
    schema=schemas.RateHouseSchema(),
    template="upkeep/rate.html",
)
def rate_house(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Write down how the house was found."""
    if form.command:
        service.rate_house(uow, household_id, form.command)
        return Go("upkeep.house", message="The rating is recorded.", household_id=household_id)
    return _cover(uow, household_id) | {"marks": MARKS}


@pages.form(
    HOUSE + "/power-bills/new",
    permission=Permission.DWELLING_RECORD,
    schema=schemas.RecordBillSchema(),
    template="upkeep/bill.html",
)
def record_bill(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Record what power cost."""
    if form.command:
        service.record_bill(uow, household_id, form.command)
        return Go("upkeep.house", message="The bill is recorded.", household_id=household_id)
    return _cover(uow, household_id)


@pages.form(
    "/house-defects/<uuid:defect_id>/mending",
    permission=Permission.DWELLING_RECORD,
    schema=schemas.MendDefectSchema(),
    template="upkeep/mend.html",
)
def mend_defect(uow: UnitOfWork, form: Form, defect_id: UUID) -> Shown | Led:
    """Record that a defect is mended."""
    if form.command:
        defect = service.mend_defect(uow, defect_id, form.command)
        home = defect.household_id
        return Go("upkeep.house", message="It is recorded as mended.", household_id=home)
    defect = uow.get(HouseDefect, defect_id, to=Permission.DWELLING_RECORD)
    return {
        **_cover(uow, defect.household_id),
        "what": plain(defect.kind.value),
        "version": defect.version,
    }
