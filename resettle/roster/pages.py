"""Pages of the roster: that of a household, one shift, and what is said of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import url_for

from resettle.appointments.forms import times
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import members
from resettle.households.shapes import HouseholdMemberShape, HouseholdShape
from resettle.placements.queries import supporting_group
from resettle.roster import acts, attending, queries, schemas, service, shapes, suiting
from resettle.roster.models import AHEAD, Shift, ShiftStatus
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("roster", __name__, template_folder="templates")

Shown = dict[str, Any]
HOUSEHOLD = "/households/<uuid:household_id>/roster"
SHIFT = "/roster-shifts/<uuid:shift_id>"
READ, WRITE, LEAD = Permission.ROSTER_READ, Permission.ROSTER_WRITE, Permission.ROSTER_LEAD
COVER = HouseholdShape(only=("id", "reference", "name"))
PEOPLE = HouseholdMemberShape(only=("person_id", "person.name"))
KINDS = [*shapes.KINDS.items()]
BACK, AHEAD_DAYS = timedelta(days=28), timedelta(days=56)
RHYTHMS = [("1", "Every week"), ("2", "Every two weeks"), ("4", "Every four weeks")]


@pages.page(HOUSEHOLD, permission=READ, template="roster/household.html")
def of_household(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Show what is planned with a household, what has been, and the hours that were given."""
    first, last = uow.today - BACK, uow.today + AHEAD_DAYS
    wanted = queries.ShiftFilters(first=first, last=last)
    query = queries.of_household(uow, household_id, wanted).order_by(Shift.starts_at, Shift.id)
    rows = shapes.told(uow, uow.all(query))
    waiting = {ShiftStatus.UNDER_WAY, *AHEAD}
    return {
        **_cover(uow, household_id, READ),
        "ahead": [row for row in rows if row["status"] in waiting],
        "past": [row for row in reversed(rows) if row["status"] not in waiting],
        "hours": queries.hours(uow, household_id, first, uow.today),
        "may_plan": uow.allows(WRITE),
    }


def _cover(uow: UnitOfWork, household_id: UUID, to: Permission) -> Shown:
    household = uow.get(Household, household_id, to=to)
    return {"household": COVER.one(uow, household), "today": uow.today}


@pages.form(
    HOUSEHOLD + "/new", permission=WRITE, schema=schemas.WrittenSchema(), template="roster/new.html"
)
def add(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Plan a shift, or a series of them."""
    if form.command:
        made = service.add(uow, household_id, _planned(form.command))
        return Go(".show", message="It is on the roster.", shift_id=made.id)
    group_id = supporting_group(uow, household_id)
    return {
        **_cover(uow, household_id, WRITE),
        "kinds": KINDS,
        "rhythms": RHYTHMS,
        "people": _people(uow, household_id),
        "members": [] if group_id is None else suiting.for_plan(uow, household_id, group_id),
    }


def _planned(written: schemas.Written) -> acts.AddShift:
    return acts.AddShift(
        kind=written.kind,
        words=written.words,
        place=written.place,
        rider_ids=written.rider_ids,
        member_id=written.member_id,
        every_weeks=written.every_weeks,
        until=written.until,
        **times(written.on, written.at, written.minutes),
    )


def _people(uow: UnitOfWork, household_id: UUID) -> list[tuple[UUID, str]]:
    """Name people as far as they share their names; the others are told apart by a number."""
    shown = PEOPLE.many_of(uow, members(uow, household_id))
    return [
        (each["person_id"], each["person"].get("name") or f"Person {number}")
        for number, each in enumerate(shown, start=1)
    ]


@pages.page(SHIFT, permission=READ, template="roster/shift.html")
def show(uow: UnitOfWork, shift_id: UUID) -> Shown:
    """Show a shift, with what to think of before it and what may be done."""
    shift = uow.get(Shift, shift_id, to=READ)
    lead = uow.allows(LEAD)
    people = dict(_people(uow, shift.household_id)) if shift.riders else {}
    return {
        **_cover(uow, shift.household_id, READ),
        "shift": shapes.told(uow, [shift])[0],
        "riders": [people[id_] for id_ in map(UUID, shift.riders) if id_ in people],
        "counted": queries.riders(uow, [shift]).get(shift.id),
        "members": suiting.for_shift(uow, shift) if lead and shift.status in AHEAD else [],
        "series": len(queries.following(uow, shift)),
    }


@pages.form(
    SHIFT + "/change", permission=WRITE, schema=schemas.TimesSchema(), template="roster/change.html"
)
def change(uow: UnitOfWork, form: Form, shift_id: UUID) -> Shown | Led:
    """Say anew when a shift is and what it is for."""
    if form.command:
        written = form.command
        given = times(written.on, written.at, written.minutes)
        command = acts.ChangeShift(words=written.words, place=written.place, **given)
        service.change(uow, shift_id, command)
        return Go(".show", message="The shift is changed.", shift_id=shift_id)
    shift = uow.get(Shift, shift_id, to=WRITE)
    return {**_cover(uow, shift.household_id, WRITE), "shift": shapes.told(uow, [shift])[0]}


@pages.form(
    SHIFT + "/cancellation",
    permission=WRITE,
    schema=schemas.CancelShiftSchema(),
    template="roster/cancel.html",
)
def cancel(uow: UnitOfWork, form: Form, shift_id: UUID) -> Shown | Led:
    """Call a shift off, and those that follow it if that is said."""
    shift = uow.get(Shift, shift_id, to=WRITE)
    if form.command:
        service.cancel(uow, shift_id, form.command)
        return _to_roster(shift, "It is called off.")
    return {
        **_cover(uow, shift.household_id, WRITE),
        "shift": shapes.told(uow, [shift])[0],
        "series": len(queries.following(uow, shift)),
    }


@pages.form(
    SHIFT + "/departure",
    permission=WRITE,
    schema=schemas.LeaveShiftSchema(),
    template="roster/leave.html",
)
def leave(uow: UnitOfWork, form: Form, shift_id: UUID) -> Shown | Led:
    """Say that one has left, and how it went."""
    if form.command:
        shift = attending.leave(uow, shift_id, form.command)
        undo = url_for(".take_back", shift_id=shift.id)
        message = f"Thank you. {shift.minutes} minutes are counted."
        return Led(url_for("desk.home"), message, undo)
    shift = uow.get(Shift, shift_id, to=WRITE)
    return {**_cover(uow, shift.household_id, WRITE), "shift": shapes.told(uow, [shift])[0]}


def _to_roster(shift: Shift, message: str) -> Led:
    return Go(".of_household", message=message, household_id=shift.household_id)


@pages.act(SHIFT + "/assignment", permission=LEAD, schema=schemas.AssignShiftSchema())
def assign(uow: UnitOfWork, form: Form, shift_id: UUID) -> Led:
    """Ask a member to do a shift."""
    service.assign(uow, shift_id, form.command)
    return Go(".show", message="They are asked, and see it in their week.", shift_id=shift_id)


@pages.button(SHIFT + "/taking", permission=WRITE)
def take(uow: UnitOfWork, shift_id: UUID) -> Led:
    """Take a shift that is open, or that somebody gives on."""
    service.take(uow, shift_id)
    undo = url_for(".release", shift_id=shift_id)
    return Led(url_for("desk.home"), "It is yours. Thank you.", undo)


@pages.button(SHIFT + "/confirmation", permission=WRITE)
def confirm(uow: UnitOfWork, shift_id: UUID) -> Led:
    """Say that one will do what one was asked to do."""
    service.confirm(uow, shift_id)
    return Led(url_for("desk.home"), "Confirmed. Thank you.")


@pages.button(SHIFT + "/offer", permission=WRITE)
def offer(uow: UnitOfWork, shift_id: UUID) -> Led:
    """Seek somebody else for one's own shift."""
    service.offer(uow, shift_id)
    undo = url_for(".keep", shift_id=shift_id)
    message = "Your group sees that you seek somebody. It stays yours until another takes it."
    return Led(url_for("desk.home"), message, undo)


@pages.button(SHIFT + "/keeping", permission=WRITE)
def keep(uow: UnitOfWork, shift_id: UUID) -> Led:
    """Keep one's own shift after all."""
    service.keep(uow, shift_id)
    return Led(url_for("desk.home"), "You keep it.")


@pages.button(SHIFT + "/release", permission=WRITE)
def release(uow: UnitOfWork, shift_id: UUID) -> Led:
    """Take a member off a shift, which is open again."""
    service.release(uow, shift_id)
    return Led(url_for("desk.home"), "It is open again. Anybody of the group can take it.")


@pages.button(SHIFT + "/arrival", permission=WRITE)
def arrive(uow: UnitOfWork, shift_id: UUID) -> Led:
    """Say that one has arrived."""
    attending.arrive(uow, shift_id)
    undo = url_for(".take_back", shift_id=shift_id)
    return Led(url_for("desk.home"), "You have arrived. Say when you leave.", undo)


@pages.button(SHIFT + "/absence", permission=LEAD)
def miss(uow: UnitOfWork, shift_id: UUID) -> Led:
    """Record that nobody came."""
    attending.miss(uow, shift_id)
    undo = url_for(".take_back", shift_id=shift_id)
    return Led(url_for(".show", shift_id=shift_id), "Recorded: nobody came.", undo)


@pages.button(SHIFT + "/reopening", permission=WRITE)
def take_back(uow: UnitOfWork, shift_id: UUID) -> Led:
    """Take back what was said of a shift."""
    attending.take_back(uow, shift_id)
    return Go(".show", message="The shift is as it was before.", shift_id=shift_id)
