"""Pages of reminders: what one was told, and how one wants to be told."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import url_for

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day.rules import TITLES, Source
from resettle.notifications import group_queries, queries, schemas, service
from resettle.notifications.mail import Post
from resettle.notifications.queries import NO_DAY
from resettle.notifications.rules import WHAT, Kind, Mailing
from resettle.web.api import page_of
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("reminders", __name__, url_prefix="/reminders", template_folder="templates")

Shown = dict[str, Any]
MAILINGS = [
    (Mailing.DAILY.value, "Once a day, all that waits"),
    (Mailing.AT_ONCE.value, "When something becomes due, outside my quiet hours"),
    (Mailing.OFF.value, "Never"),
]


@pages.page(
    "",
    permission=Permission.REMINDER_OWN,
    template="notifications/reminders.html",
    filters=schemas.ReminderFiltersSchema(),
    paged=True,
)
def index(uow: UnitOfWork, wanted: queries.ReminderFilters, arguments: Mapping[str, str]) -> Shown:
    """List what the reader was told, the newest first."""
    found = page_of(
        uow, queries.reminders(uow, wanted), queries.SORTS, {"sort": "-newest", **arguments}
    )
    rows = [_told(row) for row in schemas.ReminderShape().many_of(uow, found.rows)]
    asked: dict[str, Any] = {k: v for k, v in arguments.items() if k != "cursor"}
    of_groups = [] if "cursor" in arguments else _of_groups(uow, unread=wanted.unread)
    return {
        "rows": rows,
        "of_groups": of_groups,
        "unread": wanted.unread,
        "any_new": any(row["read_at"] is None for row in [*rows, *of_groups]),
        "following": found.following and url_for(".index", **asked, cursor=found.following),
        "first": url_for(".index", **asked) if "cursor" in arguments else None,
    }


def _of_groups(uow: UnitOfWork, *, unread: bool) -> list[Shown]:
    """Tell what runs out or waits in a group, each with the page on which to act."""
    shown = schemas.GroupReminderShape().many_of(uow, group_queries.told(uow, unread=unread))
    return [
        {
            **_dated(row),
            "what": WHAT[Kind(row["kind"])],
            "path": group_queries.path_of(row["kind"], row["group_id"], row["household_id"]),
        }
        for row in shown
    ]


def _told(row: Mapping[str, Any]) -> Shown:
    return {**_dated(row), "what": TITLES[Source(row["source"])]}


def _dated(row: Mapping[str, Any]) -> Shown:
    return {**row, "due_on": None if row["due_on"] == NO_DAY else row["due_on"]}


@pages.button("/<uuid:reminder_id>/reading", permission=Permission.REMINDER_OWN)
def read(uow: UnitOfWork, reminder_id: UUID) -> Led:
    """Set one reminder aside."""
    service.read(uow, reminder_id)
    return Go("reminders.index", message="Set aside.")


@pages.button("/reading", permission=Permission.REMINDER_OWN)
def read_all(uow: UnitOfWork) -> Led:
    """Set all reminders aside."""
    count = service.read_all(uow)
    return Go("reminders.index", message=f"{count} set aside. What they are about still waits.")


@pages.form(
    "/choices",
    permission=Permission.REMINDER_OWN,
    schema=schemas.ChooseSchema(),
    template="notifications/choices.html",
)
def choices(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Ask whether mail is to come, when, and when it is to be quiet."""
    if form.command:
        service.choose(uow, form.command)
        return Go("reminders.index", message="Your choice is kept.")
    assert uow.actor.user_id is not None
    wanted = queries.wanted_of(queries.choice_of(uow, uow.actor.user_id))
    return {
        "mailings": MAILINGS,
        "wanted": {
            "mailing": wanted.mailing.value,
            "digest_at": f"{wanted.digest_at:%H:%M}",
            "quiet_from": f"{wanted.quiet_from:%H:%M}",
            "quiet_until": f"{wanted.quiet_until:%H:%M}",
        },
        "delivers": uow.use(Post).delivers,
    }
