"""Pages: how a group's support goes, with the notes of its adviser; and messages to groups."""

from typing import Any
from uuid import UUID

from flask import url_for

from resettle.accounts.queries import names
from resettle.core.money import written
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.programmes.catalogue import Catalogue
from resettle.pulses.definition import PulseSettings
from resettle.sponsors.models import SponsorGroup
from resettle.sponsors.shapes import GroupShape
from resettle.strain import queries, schemas, service
from resettle.strain.definition import StrainSettings
from resettle.strain.rules import Sign
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("strain", __name__, template_folder="templates")

Shown = dict[str, Any]
GROUP = "/sponsor-groups/<uuid:group_id>"
COVER = GroupShape(only=("id", "legal_name"))
LINE = schemas.LineShape()
MESSAGE = schemas.GroupMessageShape()


@pages.page(GROUP + "/strain", permission=Permission.STRAIN_READ, template="strain/evidence.html")
def show(uow: UnitOfWork, group_id: UUID) -> Shown:
    """Show what is on record of a group's support, each number beside what it is compared to."""
    lines = [_line(uow, row) for row in LINE.many_of(uow, queries.evidence(uow, group_id))]
    group = uow.get(SponsorGroup, group_id, to=Permission.STRAIN_READ)
    return {
        "group": COVER.one(uow, group),
        "homes": _by_home([line for line in lines if line["household_id"]]),
        "whole": [line for line in lines if not line["household_id"]],
        "weeks": uow.use(StrainSettings).span.days // 7,
        "notes": _notes(uow, group_id),
        "may_note": uow.allows(Permission.SUPERVISION_WRITE, group),
    }


def _line(uow: UnitOfWork, row: Shown) -> Shown:
    if row["sign"] == Sign.PULSE:
        known = uow.use(PulseSettings)
        words = [known.scale[value] for value in sorted(known.scale)]
        return {**row, "asked": known.questions[row["question"]], "words": words}
    if row["sign"] != Sign.MONEY:
        return row
    return {**row, "number": written(row["number"]), "against": written(row["against"])}


def _by_home(lines: list[Shown]) -> list[tuple[str, list[Shown]]]:
    found: dict[str, list[Shown]] = {}
    for line in lines:
        found.setdefault(line["reference"], []).append(line)
    return [*found.items()]


def _notes(uow: UnitOfWork, group_id: UUID) -> list[Shown]:
    if not uow.allows(Permission.SUPERVISION_READ):
        return []
    shown = schemas.NoteShape().many_of(uow, queries.newest_notes(uow, group_id))
    called = names(uow, [row["author_id"] for row in shown])
    return [{**row, "by": called.get(row["author_id"], "")} for row in shown]


@pages.form(
    GROUP + "/supervision-notes/new",
    permission=Permission.SUPERVISION_WRITE,
    schema=schemas.WriteNoteSchema(),
    template="strain/note.html",
)
def write_note(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Note something of a group, for programme managers alone."""
    if form.command:
        service.write_note(uow, group_id, form.command)
        return Go(".show", message="It is noted.", group_id=group_id)
    group = uow.get(SponsorGroup, group_id, to=Permission.SUPERVISION_WRITE)
    return {"group": COVER.one(uow, group)}


@pages.form(
    "/group-messages/new",
    permission=Permission.GROUP_MESSAGE_SEND,
    schema=schemas.SendToGroupsSchema(),
    template="strain/send.html",
)
def send(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Write to all groups or to those of one place; below stands what was sent before."""
    if form.command:
        service.send(uow, form.command)
        return Go(".send", message="It is sent. It waits on the page of each group until read.")
    places = uow.use(Catalogue).locations
    return {
        "places": [(code, place.name) for code, place in places.items()],
        "sent": MESSAGE.many_of(uow, queries.newest_messages(uow)),
        "days": uow.use(StrainSettings).message_shown.days,
    }


@pages.button(
    "/group-messages/<uuid:group_message_id>/reading",
    permission=Permission.GROUP_MESSAGE_DISMISS,
)
def mark_read(uow: UnitOfWork, group_message_id: UUID) -> Led:
    """Say that one has read a message, so that it leaves the page."""
    service.mark_read(uow, group_message_id)
    return Led(url_for("desk.home"), "Marked as read.")
