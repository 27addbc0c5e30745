"""The calendar page, and the private feed: its page, and what a calendar outside fetches."""

from datetime import date, timedelta
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields

from resettle.accounts import feeds
from resettle.accounts.loader import by_feed
from resettle.accounts.models import CalendarFeed
from resettle.calendars import entries, feed
from resettle.calendars.schemas import VIEWS, WHOSE, Wanted, WantedSchema
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.web.auth import admit, origin, transactions
from resettle.web.pages import Go, Led, Pages
from resettle.web.schema import Shape

pages = Pages("calendars", __name__, template_folder="templates")

BACK, AHEAD = timedelta(days=31), timedelta(days=366)


class FeedShape(Shape):
    class Meta:
        model = CalendarFeed

    id = fields.UUID()
    user_id = fields.UUID()
    made_at = fields.DateTime()


@pages.page(
    "/calendar",
    permission=Permission.CALENDAR_READ,
    template="calendars/calendar.html",
    filters=WantedSchema(),
)
def calendar(uow: UnitOfWork, wanted: Wanted) -> dict[str, Any]:
    """Show a week or a month: appointments, tasks and milestones due."""
    day, span = wanted.around(uow.today), wanted.span(uow.today)
    found = entries.between(uow, span.first, span.last, everybodys=wanted.whose == "all")

    def to(day: date | None = day, view: str = wanted.view, whose: str = wanted.whose) -> str:
        return url_for(".calendar", view=view, day=day, whose=whose)

    return {
        "weeks": span.weeks,
        "by_day": found.by_day,
        "too_many": found.too_many,
        "span": span,
        "day": day,
        "month": f"{day:%B %Y}",
        "weekdays": [f"{each:%a}" for each in span.weeks[0]],
        "view": wanted.view,
        "ways": {"before": to(span.before), "after": to(span.after), "today": to(uow.today)},
        "views": [(to(view=name), title, name == wanted.view) for name, title in VIEWS.items()],
        "whose": [(to(whose=name), title, name == wanted.whose) for name, title in WHOSE.items()],
    }


@pages.route("/account/calendar-feed", methods=["GET", "POST"])
def feed_link() -> ResponseReturnValue:
    """Show whether there is a feed; make it, or make it anew, and tell its address once."""
    actor = admit(Permission.CALENDAR_FEED)
    if request.method == "POST":
        with transactions().begin(actor, Permission.CALENDAR_FEED, origin=origin()) as uow:
            made = feeds.renew(uow)
        address = url_for("calendars.fetch", token=made.token, _external=True)
        return render_template("calendars/feed_made.html", address=address)
    with transactions().begin(
        actor, Permission.CALENDAR_FEED, read_only=True, origin=origin()
    ) as uow:
        shown = FeedShape().many_of(uow, feeds.current(uow))
    return render_template("calendars/feed.html", feeds=shown)


@pages.button(
    "/account/calendar-feed/revocation",
    permission=Permission.CALENDAR_FEED,
)
def revoke(uow: UnitOfWork) -> Led:
    """Let the feed answer no more, from the next fetch on."""
    feeds.revoke(uow)
    return Go(".feed_link", message="The feed is revoked. Calendars that fetch it get nothing.")


@pages.route("/calendar-feeds/<string(length=43):token>.ics")
def fetch(token: str) -> Response:
    """Give a calendar outside what its owner may see at this moment.

    A feed that was revoked, or whose owner has left or does other work now, never was.
    """
    actor = by_feed(transactions(), token)
    if actor is None or not transactions().policy.admits(actor, Permission.CALENDAR_FEED):
        raise NotFound("There is no such calendar.")
    with transactions().begin(
        actor, Permission.CALENDAR_FEED, read_only=True, origin=origin()
    ) as uow:
        found = entries.neutral(uow, uow.today - BACK, uow.today + AHEAD)
        text = feed.written(found, at=uow.now)
    return Response(text, content_type="text/calendar; charset=utf-8")


feed_link.permission = Permission.CALENDAR_FEED  # type: ignore[attr-defined]
fetch.permission = None  # type: ignore[attr-defined]  # the address itself is the secret
