"""The pages on which a sponsor group makes a house ready, and its caseworker confirms it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import INCLUDE, Schema, ValidationError, post_load

from resettle.core.actor import Role
from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.shapes import HouseholdShape
from resettle.placements.acts import CheckedItem
from resettle.placements.check_lines import CheckLine
from resettle.placements.models import CheckStatus
from resettle.sponsors.shapes import MemberShape
from resettle.upkeep import acts, preparing, queries, schemas
from resettle.upkeep.models import DefectKind, HouseDefect, HousePhoto
from resettle.web.frame import plain
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import NothingSchema

pages = Pages("our_house", __name__, template_folder="templates")

Shown = dict[str, Any]
HOUSE = "/households/<uuid:household_id>/house-ready"
COVER = HouseholdShape(only=("id", "reference"))
NAMED = MemberShape(only=("user_id", "name"))
KINDS = [(kind.value, plain(kind.value)) for kind in DefectKind]
CHECKS = [
    (CheckStatus.OK.value, "In order"),
    (CheckStatus.MISSING.value, "Missing"),
    (CheckStatus.NOT_NEEDED.value, "Not needed"),
]
STATES: Mapping[str | None, tuple[str, str, str]] = {
    None: ("Nobody has looked", "quiet", "open"),
    CheckStatus.OK: ("In order", "done", "done"),
    CheckStatus.MISSING: ("Missing", "late", "late"),
    CheckStatus.NOT_NEEDED: ("Not needed", "quiet", "skipped"),
}
# What stands beside a field of the form: how the item stood when the page was made.
WAS = "was-"


class FoundSchema(Schema):
    """What was found of the items of the checklist that are not as they were on the page."""

    class Meta:
        unknown = INCLUDE

    @post_load
    def _make(self, data: Mapping[str, str], **_options: Any) -> acts.TickHouse:
        said = {
            name: status for name, status in data.items() if not name.startswith(WAS) and status
        }
        if set(said.values()) - {*CheckStatus}:
            raise ValidationError("Choose one of the answers.")
        new = {code: status for code, status in said.items() if data.get(WAS + code) != status}
        if not new:
            raise ValidationError("Say of at least one item what you found.")
        return acts.TickHouse([CheckedItem(code, CheckStatus(s)) for code, s in new.items()])


class SeenSchema(Schema):
    """Which items are confirmed, each at the version that was seen."""

    class Meta:
        unknown = INCLUDE

    @post_load
    def _make(self, data: Mapping[str, str], **_options: Any) -> acts.ConfirmChecks:
        if not all(version.isascii() and version.isdigit() for version in data.values()):
            raise ValidationError("Choose what you confirm.")
        return acts.ConfirmChecks([acts.SeenItem(code, int(v)) for code, v in data.items()])


@pages.page(HOUSE, permission=Permission.HOUSE_READ, template="upkeep/our_house.html")
def show(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Show how ready the house is, who has looked, the photos, and the defects of the group."""
    lines = told(uow, queries.checklist(uow, household_id))
    photos = queries.house_photos(uow, household_id)
    shown = schemas.DefectShape().many_of(uow, queries.our_defects(uow, household_id))
    return {
        **_cover(uow, household_id),
        "has_house": queries.house_for(uow, household_id) is not None,
        "lines": [{**line, "photos": photos.get(line["item_code"], ())} for line in lines],
        "to_do": sum(line["status"] in {None, CheckStatus.MISSING} for line in lines),
        "waiting": sum(line["waits"] for line in lines),
        "defects": [_defect(uow, row, photos.get(row["id"], ())) for row in shown],
        "prepares": uow.allows(Permission.HOUSE_PREPARE),
        "is_caseworker": uow.actor.role is Role.CASEWORKER,
    }


def _cover(uow: UnitOfWork, household_id: UUID) -> Shown:
    household = uow.get(Household, household_id, to=Permission.HOUSE_READ)
    return {"household": COVER.one(uow, household), "today": uow.today}


def told(uow: UnitOfWork, lines: Sequence[CheckLine]) -> list[Shown]:
    """Tell the checklist in words, with who has looked, to readers who may know their names."""
    named = NAMED.many_of(uow, queries.lookers(uow, lines))
    names = {row.get("user_id"): row.get("name", "") for row in named}
    shown = schemas.LookShape().many_of(uow, lines)
    return [
        {
            **row,
            "word": STATES[row["status"]],
            "by_group": row["group_id"] is not None,
            "who": names.get(row["checked_by"], ""),
        }
        for row in shown
    ]


def _defect(uow: UnitOfWork, row: Shown, photos: Sequence[UUID]) -> Shown:
    late = 0 if row["mended_on"] else max(0, (uow.today - row["due_on"]).days)
    return {**row, "what": plain(row["kind"]), "late": late, "photos": photos}


@pages.form(
    HOUSE + "/look",
    permission=Permission.HOUSE_PREPARE,
    schema=FoundSchema(),
    template="upkeep/look.html",
)
def look(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Go through the house-ready checklist, for the group."""
    if form.command:
        preparing.tick(uow, household_id, form.command)
        message = "It is saved. Your caseworker sees it, and confirms it."
        return Go(".show", message=message, household_id=household_id)
    household = uow.get(Household, household_id, to=Permission.HOUSE_PREPARE)
    lines = told(uow, queries.checklist(uow, household.id))
    return {**_cover(uow, household_id), "lines": lines, "checks": CHECKS, "was": WAS}


@pages.form(
    HOUSE + "/confirmation",
    permission=Permission.DWELLING_RECORD,
    schema=SeenSchema(),
    template="upkeep/confirm.html",
)
def confirm(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Confirm what the group found."""
    if form.command:
        preparing.confirm(uow, household_id, form.command)
        return Go(".show", message="It is confirmed, and counts.", household_id=household_id)
    household = uow.get(Household, household_id, to=Permission.DWELLING_RECORD)
    lines = told(uow, queries.waiting(uow, household.id))
    photos = queries.house_photos(uow, household_id)
    rows = [{**line, "photos": photos.get(line["item_code"], ())} for line in lines]
    return {**_cover(uow, household_id), "lines": rows}


@pages.form(
    HOUSE + "/<string:item_code>/photos/new",
    permission=Permission.HOUSE_PREPARE,
    schema=NothingSchema(),
    template="upkeep/our_photo.html",
)
def add_photo(uow: UnitOfWork, form: Form, household_id: UUID, item_code: str) -> Shown | Led:
    """Put a photo beside an item of the checklist."""
    if form.command is not None:
        preparing.add_photo(uow, household_id, item_code, _content(form))
        return Go(".show", message="The photo is added.", household_id=household_id)
    household = uow.get(Household, household_id, to=Permission.HOUSE_PREPARE)
    titles = {line.item_code: line.title for line in queries.checklist(uow, household.id)}
    return {**_cover(uow, household_id), "what": titles.get(item_code, "")}


def _content(form: Form) -> bytes:
    found = [upload.data for upload in form.files if upload.name or upload.data]
    if not found:
        raise Invalid({"file": ["Choose a photo, or take one."]})
    return found[0]


@pages.form(
    "/house-defects/<uuid:our_defect_id>/pictures/new",
    permission=Permission.HOUSE_PREPARE,
    schema=NothingSchema(),
    template="upkeep/our_photo.html",
)
def show_defect(uow: UnitOfWork, form: Form, our_defect_id: UUID) -> Shown | Led:
    """Put a photo beside a defect that the group has reported."""
    if form.command is not None:
        photo = preparing.show_defect(uow, our_defect_id, _content(form))
        return Go(".show", message="The photo is added.", household_id=photo.household_id)
    defect = uow.get(HouseDefect, our_defect_id, to=Permission.HOUSE_PREPARE)
    return {**_cover(uow, defect.household_id), "what": plain(defect.kind.value)}


@pages.page(
    "/house-photos/<uuid:house_photo_id>", permission=Permission.HOUSE_READ, template="error.html"
)
def picture(uow: UnitOfWork, house_photo_id: UUID) -> Response:
    """Show a photo of a house as the picture itself."""
    found = uow.get(HousePhoto, house_photo_id, to=Permission.HOUSE_READ)
    return Response(found.content, content_type="image/jpeg")


@pages.page(
    "/house-photos/<uuid:house_photo_id>/look",
    permission=Permission.HOUSE_READ,
    template="upkeep/picture.html",
)
def photo(uow: UnitOfWork, house_photo_id: UUID) -> Shown:
    """Show a photo large, with the way to take it away."""
    found = uow.get(HousePhoto, house_photo_id, to=Permission.HOUSE_READ)
    mine = found.added_by == uow.actor.user_id or uow.actor.role is not Role.SPONSOR_MEMBER
    shown = schemas.HousePhotoShape().one(uow, found)
    return {**_cover(uow, found.household_id), "photo": shown, "may_remove": mine}


@pages.button("/house-photos/<uuid:house_photo_id>/removal", permission=Permission.HOUSE_FOLLOW)
def remove_photo(uow: UnitOfWork, house_photo_id: UUID) -> Led:
    """Take a photo away for good."""
    gone = preparing.remove_photo(uow, house_photo_id)
    message = "The photo is gone, for everybody."
    return Go(".show", message=message, household_id=gone.household_id)


@pages.form(
    HOUSE + "/defects/new",
    permission=Permission.HOUSE_PREPARE,
    schema=schemas.ReportOursSchema(),
    template="upkeep/our_defect.html",
)
def report(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Put a defect on the log of the house."""
    if form.command:
        preparing.report(uow, household_id, form.command)
        message = "It is on the log. Your caseworker sees it."
        return Go(".show", message=message, household_id=household_id)
    return _cover(uow, household_id) | {"kinds": KINDS}


@pages.act(
    "/house-defects/<uuid:our_defect_id>/progress",
    permission=Permission.HOUSE_FOLLOW,
    schema=schemas.FollowSchema(),
)
def follow(uow: UnitOfWork, form: Form, our_defect_id: UUID) -> Led:
    """Say how far it is with a defect."""
    defect = preparing.follow(uow, our_defect_id, form.command)
    message = (
        "It is recorded as mended." if defect.mended_on else "It is recorded, with today’s day."
    )
    return Go(".show", message=message, household_id=defect.household_id)
