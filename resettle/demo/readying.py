"""A house that a group makes ready: what it found, its photos, and what it reported as broken."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw

from resettle.core.actor import Actor
from resettle.core.work import UnitOfWork
from resettle.demo.moments import Past, known
from resettle.demo.staff import Staff
from resettle.households.models import Household
from resettle.placements import houses
from resettle.placements.acts import CheckedItem, RecordDwelling
from resettle.placements.models import CheckStatus, Tenure
from resettle.placements.queries import house_ready_items, running_of_group
from resettle.upkeep import preparing, queries
from resettle.upkeep.acts import ConfirmChecks, Follow, ReportOurs, SeenItem, Step
from resettle.upkeep.acts import TickHouse as Found
from resettle.upkeep.models import DefectKind

DAYS = timedelta(days=1)
LOOKED_AT, SEEN = 11, 5
ROOMS = (("#efe6d2", "#6b8e7f"), ("#e3e8ea", "#8a6d3b"))


def make_ready(past: Past, staff: Staff, group_id: UUID, today: date) -> None:
    """Let the group be half-way through the checklist of a house for a family still to come."""
    ours = (staff.actors[f"{name}@demo.test"] for name in ("coordinator", "member"))
    lead, helper = (replace(one, group_ids=frozenset({group_id})) for one in ours)
    with past.on(today - 14 * DAYS) as uow:
        home = _still_to_come(uow, group_id)
        if home is None:
            return
        _house_for(uow, home)
    with past.on(today - 4 * DAYS, helper) as uow:
        codes = _looked_at(uow, home)
    _shown(past, helper, home, codes[:2], today)
    _reported(past, lead, home, today)
    with past.on(today - DAYS, staff.leader) as uow:
        waits = queries.waiting(uow, home)[:SEEN]
        seen = ConfirmChecks([SeenItem(line.item_code, line.version or 0) for line in waits])
        preparing.confirm(uow, home, seen)


def _still_to_come(uow: UnitOfWork, group_id: UUID) -> UUID | None:
    matches = running_of_group(uow, group_id)
    homes = [known(uow, Household, match.household_id) for match in matches]
    return next((home.id for home in homes if home.arrived_on is None), None)


def _house_for(uow: UnitOfWork, home: UUID) -> None:
    house = RecordDwelling(
        location="CHC",
        address="9 Tōtara Avenue",
        bedrooms=3,
        tenure=Tenure.PRIVATE_RENTAL,
        household_id=home,
        weekly_rent="540",
        heating="heat pump",
    )
    houses.record_dwelling(uow, house)


def _looked_at(uow: UnitOfWork, home: UUID) -> list[str]:
    items = house_ready_items(uow, known(uow, Household, home))[:LOOKED_AT]
    last = len(items) - 1
    found = [
        CheckedItem(item.code, CheckStatus.MISSING if number == last else CheckStatus.OK)
        for number, item in enumerate(items)
    ]
    preparing.tick(uow, home, Found(found))
    return [item.code for item in items]


def _shown(past: Past, helper: Actor, home: UUID, codes: list[str], today: date) -> None:
    with past.on(today - 4 * DAYS, helper) as uow:
        for code, (wall, thing) in zip(codes, ROOMS, strict=True):
            preparing.add_photo(uow, home, code, _room(wall, thing))


def _reported(past: Past, lead: Actor, home: UUID, today: date) -> None:
    with past.on(today - 3 * DAYS, lead) as uow:
        said = "The window of the small bedroom does not close."
        window = preparing.report(uow, home, ReportOurs(kind=DefectKind.SECURITY, said=said))
        damp = "A wet corner behind the washing machine."
        preparing.report(uow, home, ReportOurs(kind=DefectKind.DAMP, said=damp))
        preparing.show_defect(uow, window.id, _room("#cfd8dc", "#37474f"))
        preparing.follow(uow, window.id, Follow(Step.TOLD))


def _room(wall: str, thing: str) -> bytes:
    """Draw a room with something in it, since no photo of anybody's house belongs here."""
    picture = Image.new("RGB", (640, 480), wall)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 360, 640, 480), fill="#b08d57")
    pen.rectangle((150, 220, 490, 380), fill=thing, outline="#222222", width=4)
    pen.rectangle((430, 60, 580, 180), fill="#bfe3f5", outline="#5d4037", width=8)
    written = BytesIO()
    picture.save(written, "JPEG")
    return written.getvalue()
