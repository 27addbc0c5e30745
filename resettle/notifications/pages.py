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
from resettle.web.paging import Page

pages = Pages("reminders", __name__, url_prefix="/reminders", template_folder="templates")

Shown = dict[str, Any]
AT_ONCE = "20"
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
    paged = {"sort": "-newest", "limit": AT_ONCE, **arguments}
    found, rows = (_of_groups if _has_groups(uow) else _of_households)(uow, wanted, paged)
    asked: dict[str, Any] = {k: v for k, v in arguments.items() if k != "cursor"}
    return {
        "rows": rows,
        "of_groups": _has_groups(uow),
        "unread": wanted.unread,
        "any_new": any(row["read_at"] is None for row in rows),
        "following": found.following and url_for(".index", **asked, cursor=found.following),
        "first": url_for(".index", **asked) if "cursor" in arguments else None,
    }


def _has_groups(uow: UnitOfWork) -> bool:
    """Tell apart who is told of groups, and who of the households in their own queue."""
    return uow.actor.role in group_queries.OF_GROUPS


def _of_households(
    uow: UnitOfWork, wanted: queries.ReminderFilters, paged: Mapping[str, str]
) -> tuple[Page, list[Shown]]:
    found = page_of(uow, queries.reminders(uow, wanted), queries.SORTS, paged)
    return found, [_told(row) for row in schemas.ReminderShape().many_of(uow, found.rows)]


def _of_groups(
    uow: UnitOfWork, wanted: queries.ReminderFilters, paged: Mapping[str, str]
) -> tuple[Page, list[Shown]]:
    """Tell what runs out or waits in a group, each with the page on which to act."""
    query = group_queries.told(uow, unread=wanted.unread)
    found = page_of(uow, query, group_queries.SORTS, paged)
    shown = schemas.GroupReminderShape().many_of(uow, found.rows)
    return found, [
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
