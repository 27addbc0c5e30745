"""Pages of the shared thread and of updates to the caseworker."""

from typing import Any
from uuid import UUID

from flask import url_for

from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.shapes import HouseholdShape
from resettle.messages import queries, schemas, service
from resettle.messages.models import Mood, Side, SponsorUpdate, ThreadMessage
from resettle.placements.queries import supporting_group
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("messages", __name__, template_folder="templates")

Shown = dict[str, Any]
HOUSEHOLD = "/households/<uuid:household_id>"
MESSAGE = "/thread-messages/<uuid:message_id>"
COVER = HouseholdShape(only=("id", "reference", "name"))
MOODS = [
    (Mood.GOOD.value, "Going well"),
    (Mood.MIXED.value, "Mixed"),
    (Mood.HARD.value, "Hard going"),
]
SIDES = {
    Side.FAMILY: "The family",
    Side.GROUP: "Sponsor group",
    Side.CASEWORKER: "Caseworker",
}


@pages.form(
    HOUSEHOLD + "/thread",
    permission=Permission.THREAD_READ,
    schema=schemas.WriteSchema(),
    template="messages/thread.html",
)
def thread(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Show what was written, with a field to write; what is sent is read by all of them."""
    if form.command:
        service.write(uow, household_id, form.command)
        return Go(".thread", message="It is sent.", household_id=household_id)
    household = uow.get(Household, household_id, to=Permission.THREAD_READ)
    place = queries.place_in(uow, household_id)
    said = schemas.MessageShape().many_of(uow, queries.latest(uow, household_id))
    return {
        "household": COVER.one(uow, household),
        "said": [
            {
                **row,
                "by": SIDES[row["side"]],
                "is_mine": row["author_id"] == uow.actor.user_id,
                "is_new": row["author_id"] != uow.actor.user_id
                and (place is None or row["sent_at"] > place.read_until),
            }
            for row in said
        ],
        "has_group": supporting_group(uow, household_id) is not None,
        "is_family": uow.actor.role is Role.HOUSEHOLD_PERSON,
    }


@pages.button(HOUSEHOLD + "/thread/reading", permission=Permission.THREAD_READ)
def mark_read(uow: UnitOfWork, household_id: UUID) -> Led:
    """Remember that the reader has read the thread up to now."""
    service.mark_read(uow, household_id)
    return Led(url_for("desk.home"), "Marked as read.")


@pages.button(MESSAGE + "/retraction", permission=Permission.THREAD_WRITE)
def retract(uow: UnitOfWork, message_id: UUID) -> Led:
    """Take back one's own message."""
    message = service.retract(uow, message_id)
    text = "It is taken back. Nobody can read it any more; that there was a message is still seen."
    return Go(".thread", message=text, household_id=message.household_id)


@pages.form(
    MESSAGE + "/report",
    permission=Permission.THREAD_WRITE,
    schema=schemas.ReportSchema(),
    template="messages/report.html",
)
def report(uow: UnitOfWork, form: Form, message_id: UUID) -> Shown | Led:
    """Tell caseworkers that a message is a worry."""
    message = uow.get(ThreadMessage, message_id, to=Permission.THREAD_WRITE)
    if form.command:
        service.report(uow, message_id, form.command)
        text = "Thank you. The caseworkers look after it; the others are not told that you said it."
        return Go(".thread", message=text, household_id=message.household_id)
    household = uow.get(Household, message.household_id, to=Permission.THREAD_WRITE)
    return {
        "household": COVER.one(uow, household),
        "said": schemas.MessageShape().one(uow, message),
    }


@pages.page(
    HOUSEHOLD + "/sponsor-updates",
    permission=Permission.UPDATE_READ,
    template="messages/updates.html",
)
def updates(uow: UnitOfWork, household_id: UUID) -> Shown:
    """List what the group has told the caseworker, the newest first."""
    query = queries.updates(uow, household_id).order_by(
        SponsorUpdate.sent_at.desc(), SponsorUpdate.id
    )
    uow.unlock([household_id])
    household = uow.get(Household, household_id, to=Permission.UPDATE_READ)
    found = uow.all(query.limit(queries.MOST))
    return {
        "household": COVER.one(uow, household),
        "updates": schemas.UpdateShape().many_of(uow, found),
        "moods": dict(MOODS),
        "may_close": uow.allows(Permission.UPDATE_CLOSE),
        "may_send": uow.allows(Permission.UPDATE_SEND),
    }


@pages.form(
    HOUSEHOLD + "/sponsor-updates/new",
    permission=Permission.UPDATE_SEND,
    schema=schemas.SendUpdateSchema(),
    template="messages/update.html",
)
def send_update(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Tell the caseworker in a line how it goes."""
    if form.command:
        service.send_update(uow, household_id, form.command)
        return Led(url_for("desk.home"), "Your caseworker has it.")
    household = uow.get(Household, household_id, to=Permission.UPDATE_SEND)
    return {"household": COVER.one(uow, household), "moods": MOODS}


@pages.button(
    "/sponsor-updates/<uuid:update_id>/reading",
    permission=Permission.UPDATE_CLOSE,
)
def read_update(uow: UnitOfWork, update_id: UUID) -> Led:
    """Say that an update was read, so that it leaves the queue."""
    update = service.read_update(uow, update_id)
    return Go(".updates", message="Marked as read.", household_id=update.household_id)
