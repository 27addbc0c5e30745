"""Pages on which a crisis flag is looked at, raised, followed and taken down."""

from typing import Any
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.crises import queries, schemas, service
from resettle.crises.models import Crisis
from resettle.crises.rules import is_live
from resettle.crises.wording import whom
from resettle.households import choices
from resettle.programmes.catalogue import Catalogue
from resettle.web.frame import plain
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("crises", __name__, url_prefix="/crises", template_folder="templates")

Shown = dict[str, Any]
CRISIS = "/<uuid:crisis_id>"
SHAPE = schemas.CrisisShape()
MOST = 100


@pages.page("", permission=Permission.CRISIS_READ, template="crises/index.html")
def index(uow: UnitOfWork) -> Shown:
    """List the crises, the newest first, with how far the checks are."""
    newest = queries.crises(uow).order_by(Crisis.raised_at.desc(), Crisis.id)
    found = uow.all(newest.limit(MOST))
    counts = queries.counts(uow, [crisis.id for crisis in found])
    return {
        "crises": [_told(uow, each, counts) for each in found],
        "may_raise": uow.allows(Permission.CRISIS_RAISE),
    }


def _told(uow: UnitOfWork, crisis: Crisis, counts: Any) -> Shown:
    row = SHAPE.one(uow, crisis)
    count = counts.get(crisis.id, queries.Count(0, 0))
    return {
        **row,
        "whom": whom(uow.use(Catalogue), row),
        "live": is_live(crisis.closed_at is not None, crisis.ends_on, uow.today),
        "count": {"number": count.number, "done": count.done, "open": count.open},
    }


@pages.page(
    "/affected",
    permission=Permission.CRISIS_RAISE,
    template="crises/raise.html",
    filters=schemas.ReachSchema(),
)
def affected(uow: UnitOfWork, wanted: queries.ReachWanted) -> Shown:
    """Show whom a flag would concern, with their number."""
    return _asked(uow, wanted)


@pages.form(
    "/new",
    permission=Permission.CRISIS_RAISE,
    schema=schemas.RaiseFlagSchema(),
    template="crises/raise.html",
)
def raise_flag(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Raise a flag, and send the checks."""
    if form.command:
        crisis = service.raise_flag(uow, form.command)
        return Go("crises.show", message="The checks are sent.", crisis_id=crisis.id)
    names = ("location", "language", "nationality")
    wanted = {name: form.values.get(name) or None for name in names}
    return _asked(uow, queries.ReachWanted(**wanted))


def _asked(uow: UnitOfWork, wanted: queries.ReachWanted) -> Shown:
    uow.require(Permission.CRISIS_RAISE)
    found = queries.affected(uow, wanted.reach) if wanted.reach.said else None
    shown = None if found is None else schemas.AffectedShape().one(uow, found)
    known = uow.use(Catalogue).locations
    return {
        "wanted": wanted,
        "places": [(code, place.name) for code, place in known.items()],
        "languages": choices.languages(wanted.language),
        "countries": choices.countries(),
        "found": shown,
        "choices": [(row["id"], row["reference"]) for row in shown["own"]] if shown else [],
        "today": uow.today,
    }


@pages.page(CRISIS, permission=Permission.CRISIS_READ, template="crises/crisis.html")
def show(uow: UnitOfWork, crisis_id: UUID) -> Shown:
    """Show done and not done: by household to who looks after them, and as numbers to all."""
    crisis = uow.get(Crisis, crisis_id, to=Permission.CRISIS_READ)
    rows = schemas.CheckRow().many_of(uow, queries.checks(uow, crisis))
    return {
        "crisis": _told(uow, crisis, queries.counts(uow, [crisis.id])),
        "checks": [{**row, "state": plain(row["status"])} for row in rows],
        "may_raise": uow.allows(Permission.CRISIS_RAISE),
    }


@pages.button(CRISIS + "/sending", permission=Permission.CRISIS_RAISE)
def send_again(uow: UnitOfWork, crisis_id: UUID) -> Led:
    """Send checks for households that came in since."""
    service.send_again(uow, crisis_id)
    return Go(
        "crises.show",
        message="Households that came in since have a check now. Nobody got a second one.",
        crisis_id=crisis_id,
    )


@pages.form(
    CRISIS + "/closing",
    permission=Permission.CRISIS_RAISE,
    schema=schemas.CloseFlagSchema(),
    template="crises/close.html",
)
def close(uow: UnitOfWork, form: Form, crisis_id: UUID) -> Shown | Led:
    """Take a flag down from all files."""
    if form.command:
        service.close(uow, crisis_id, form.command)
        return Go("crises.show", message="The flag is taken down.", crisis_id=crisis_id)
    crisis = uow.get(Crisis, crisis_id, to=Permission.CRISIS_RAISE)
    counts = queries.counts(uow, [crisis.id])
    return {"crisis": _told(uow, crisis, counts), "version": crisis.version}
