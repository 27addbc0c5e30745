"""Pages on which it is recorded what became of a milestone, and its day is set by hand."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from resettle.core.actor import SPONSORS
from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.milestones import acts, schemas, service, tasking
from resettle.milestones.models import EvidenceType, Milestone
from resettle.milestones.queries import anchor_preview, title_of
from resettle.placements.schemas import MoveAnchorSchema
from resettle.placements.service import ARRIVED, PLACED, move_anchor
from resettle.web.fields import Code, Day, Text
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command

pages = Pages("milestones", __name__, template_folder="templates")

MILESTONE = "/milestones/<uuid:milestone_id>"
DAYS = "/households/<uuid:household_id>/days"

EVIDENCE = [(kind.value, plain(kind.value)) for kind in EvidenceType]
ANCHORS = {ARRIVED: "The arrival in New Zealand", PLACED: "The first home of their own"}
BEGUN, BLOCKED, ASIDE, WAIVED, DAY = "begun", "blocked", "not_applicable", "waived", "day"
WAYS = {
    BEGUN: "Somebody works on it",
    BLOCKED: "Something stands in the way",
    DAY: "It is due on another day",
    ASIDE: "It does not apply here",
    WAIVED: "The household does without it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What else may become of an open milestone."""

    way: str
    reason: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedDay:
    """The right day of an arrival or a first home, to be looked at before anything moves."""

    anchor: str | None = None
    to: date | None = None


class ChangeSchema(Command[Change]):
    makes = Change

    way = Code([*WAYS], required=True)
    reason = Text(schemas.LONG)
    due_on = Day()


class WantedDaySchema(Command[WantedDay]):
    makes = WantedDay

    anchor = Code((ARRIVED, PLACED))
    to = Day()


@pages.form(
    MILESTONE + "/met",
    permission=Permission.MILESTONE_RECORD,
    schema=schemas.RecordMetSchema(),
    template="milestones/met.html",
)
def met(uow: UnitOfWork, form: Form, milestone_id: UUID) -> dict[str, Any] | Led:
    """Record on which day a milestone was met, and by what that is seen."""
    if form.command:
        milestone = service.meet(uow, milestone_id, form.command)
        return _back(uow, milestone, f"Met: {title_of(uow, milestone)}.")
    return {**_shown(uow, milestone_id), "kinds": EVIDENCE}


@pages.form(
    MILESTONE + "/reopening",
    permission=Permission.MILESTONE_RECORD,
    schema=schemas.MilestoneReasonSchema(),
    template="milestones/reopen.html",
)
def reopen(uow: UnitOfWork, form: Form, milestone_id: UUID) -> dict[str, Any] | Led:
    """Take back what became of a milestone."""
    if form.command:
        milestone = service.reopen(uow, milestone_id, form.command)
        return _back(uow, milestone, f"Open again: {title_of(uow, milestone)}.")
    return _shown(uow, milestone_id)


@pages.form(
    MILESTONE + "/change",
    permission=Permission.MILESTONE_RECORD,
    schema=ChangeSchema(),
    template="milestones/change.html",
)
def change(uow: UnitOfWork, form: Form, milestone_id: UUID) -> dict[str, Any] | Led:
    """Say what else became of an open milestone: begun, blocked, moved, set aside or waived."""
    if form.command:
        milestone = _change(uow, milestone_id, form.command)
        return _back(uow, milestone, f"Changed: {title_of(uow, milestone)}.")
    may_waive = uow.allows(Permission.MILESTONE_WAIVE)
    ways = [(way, title) for way, title in WAYS.items() if way != WAIVED or may_waive]
    return {**_shown(uow, milestone_id), "ways": ways}


def _change(uow: UnitOfWork, milestone_id: UUID, asked: Change) -> Milestone:
    if asked.way == BEGUN:
        return service.begin(uow, milestone_id)
    if asked.way == DAY:
        if asked.due_on is None:
            raise Invalid({"due_on": ["Name the day."]})
        return service.change_due(uow, milestone_id, acts.ChangeDue(due_on=asked.due_on))
    reason = (asked.reason or "").strip()
    if not reason:
        raise Invalid({"reason": ["Say why in a sentence, without blame."]})
    if asked.way == BLOCKED:
        return service.block(uow, milestone_id, acts.RecordBlocker(blocker=reason))
    act = service.waive if asked.way == WAIVED else service.set_aside
    return act(uow, milestone_id, acts.GiveReason(reason=reason))


@pages.button(MILESTONE + "/task", permission=Permission.TASK_WRITE)
def make_task(uow: UnitOfWork, milestone_id: UUID) -> Led:
    """Make a task of a milestone, to be looked at and changed."""
    task = tasking.make_task(uow, milestone_id)
    return Go("tasks.show", message="The milestone is a task of yours now.", task_id=task.id)


@pages.page(
    DAYS,
    permission=Permission.ANCHOR_MOVE,
    template="milestones/days.html",
    filters=WantedDaySchema(),
)
def days(uow: UnitOfWork, household_id: UUID, wanted: WantedDay) -> dict[str, Any]:
    """Show what would move if a household had arrived, or moved in, on another day."""
    household = uow.get(Household, household_id, to=Permission.ANCHOR_MOVE)
    known = {ARRIVED: household.arrived_on, PLACED: household.placed_on}
    preview = None
    if wanted.anchor is not None and wanted.to is not None:
        asked = acts.PreviewAnchor(anchor=wanted.anchor, to=wanted.to)
        found = anchor_preview(uow, household_id, asked)
        preview = schemas.AnchorPreviewShape().one(uow, found)
    return {
        "reference": household.reference,
        "household_id": household.id,
        "anchors": [(name, ANCHORS[name], day) for name, day in known.items() if day is not None],
        "wanted": {"anchor": wanted.anchor or "", "to": wanted.to or ""},
        "preview": preview,
        "today": uow.today,
    }


@pages.act(DAYS + "/correction", permission=Permission.ANCHOR_MOVE, schema=MoveAnchorSchema())
def correct_day(uow: UnitOfWork, form: Form, household_id: UUID) -> Led:
    """Correct the day; what nobody set by hand moves with it."""
    move_anchor(uow, household_id, form.command)
    return Go(
        "household_file.milestones",
        message="The day is corrected, and what hangs on it has moved.",
        household_id=household_id,
    )


def _shown(uow: UnitOfWork, milestone_id: UUID) -> dict[str, Any]:
    milestone = uow.get(Milestone, milestone_id, to=Permission.MILESTONE_RECORD)
    household = uow.get(Household, milestone.household_id, to=Permission.MILESTONE_READ)
    return {
        "milestone": schemas.MilestoneShape().one(uow, milestone),
        "reference": household.reference,
        "back_href": _file(uow, milestone).location,
        "today": uow.today,
    }


def _back(uow: UnitOfWork, milestone: Milestone, message: str) -> Led:
    return _file(uow, milestone, message)


def _file(uow: UnitOfWork, milestone: Milestone, message: str = "") -> Led:
    """Lead back to where the reader follows this household."""
    if uow.actor.role in SPONSORS:
        return Go("our_household.show", message=message)
    return Go("household_file.milestones", message=message, household_id=milestone.household_id)
