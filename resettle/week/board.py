"""The week of a sponsor group, in a constant number of queries however many households it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.desk import steps
from resettle.desk.near import SPONSOR
from resettle.households.models import Household
from resettle.households.shapes import HouseholdShape
from resettle.messages.queries import unread
from resettle.milestones.models import Milestone
from resettle.milestones.rules import OPEN
from resettle.placements.models import Sponsorship
from resettle.placements.seen import runs
from resettle.plans.models import PlanKind, PlanStatus, SupportPlan
from resettle.reports.queries import programme_of, title_of
from resettle.roster import queries as roster
from resettle.roster import shapes as shifts
from resettle.roster.group_tasks import due_by, from_plans
from resettle.roster.models import ShiftStatus
from resettle.roster.task_shapes import told as told_tasks
from resettle.sponsors.models import ReportDue
from resettle.sponsors.queries import reports
from resettle.sponsors.reports import open_to
from resettle.sponsors.shapes import ReportRow

Told = dict[str, Any]
AHEAD = timedelta(days=6)
BACK = timedelta(days=7)
REPORTS_AHEAD = timedelta(days=14)
MOST = 20
COVER = HouseholdShape(
    only=("id", "reference", "name", "arrived_on", "placed_on", "support_end_on")
)
# A shift that is past and of which nobody has said what came of it.
UNTOLD = frozenset({ShiftStatus.ASKED, ShiftStatus.CONFIRMED, ShiftStatus.UNDER_WAY})


@dataclass(frozen=True, slots=True)
class Leaving:
    """A household whose support ends soon: until when, its exit plan, and what is to do for it."""

    household_id: UUID
    plan_id: UUID
    ends_on: date | None
    tasks: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Week:
    """What is shown of a week: each part in the order in which it asks for attention."""

    homes: Sequence[Told]
    references: Mapping[UUID, str]
    untold: Sequence[Told]
    days: Sequence[tuple[date, Sequence[Told]]]
    tasks: Sequence[Told]
    unread: Mapping[UUID, int]
    steps: Sequence[Told]
    reports: Sequence[Told]
    leaving: Sequence[Leaving]

    @property
    def is_quiet(self) -> bool:
        return not (
            self.untold
            or any(rows for _, rows in self.days)
            or self.steps
            or self.reports
            or self.tasks
            or self.leaving
        )


def week(uow: UnitOfWork) -> Week:
    """Tell what is due in the next seven days and who does it, and what should be done already."""
    uow.require(Permission.HOUSEHOLD_OURS)
    homes = supported(uow)
    found = roster.between(uow, uow.today - BACK, uow.today + AHEAD)
    told = shifts.told(uow, found)
    leaving = _leaving(uow, homes)
    apart = {task["id"] for each in leaving for task in each.tasks}
    tasks = told_tasks(uow, due_by(uow, uow.today + AHEAD))
    return Week(
        homes=homes,
        references={home["id"]: home["reference"] for home in homes},
        untold=[row for row in told if row["on"] < uow.today and row["status"] in UNTOLD],
        days=_by_day(uow.today, told),
        tasks=[task for task in tasks if task["id"] not in apart],
        unread=unread(uow) if uow.actor.group_ids else {},
        steps=_steps(uow),
        reports=_reports(uow),
        leaving=leaving,
    )


def supported(uow: UnitOfWork) -> Sequence[Told]:
    """Tell the households that the reader's groups support: not those that are merely offered."""
    running = uow.columns(Sponsorship, Sponsorship.household_id).where(runs())
    ids = [row.household_id for row in uow.rows(running)]
    query = uow.select(Household).where(Household.id.in_(ids))
    return COVER.many_of(uow, uow.all(query.order_by(Household.reference).limit(MOST)))


def _leaving(uow: UnitOfWork, homes: Sequence[Told]) -> Sequence[Leaving]:
    """Tell which households are let go of now, with every open task of the group for it."""
    query = uow.select(SupportPlan).where(
        SupportPlan.household_id.in_([home["id"] for home in homes]),
        SupportPlan.kind == PlanKind.EXIT,
        SupportPlan.status == PlanStatus.DRAFT,
    )
    plans = uow.all(query.order_by(SupportPlan.created_at, SupportPlan.id).limit(MOST))
    tasks = told_tasks(uow, from_plans(uow, [plan.id for plan in plans])) if plans else []
    ends = {home["id"]: home.get("support_end_on") for home in homes}
    return [
        Leaving(
            plan.household_id,
            plan.id,
            ends[plan.household_id],
            [task for task in tasks if task["household_id"] == plan.household_id],
        )
        for plan in plans
    ]


def _by_day(today: date, told: Sequence[Told]) -> list[tuple[date, Sequence[Told]]]:
    days = [today + timedelta(days=n) for n in range(AHEAD.days + 1)]
    return [(day, [row for row in told if row["on"] == day]) for day in days]


def _steps(uow: UnitOfWork) -> list[Told]:
    """Tell the milestones that the group owes by the end of the week, late ones first."""
    query = uow.select(Milestone).where(
        Milestone.status.in_(OPEN), Milestone.due_on <= uow.today + AHEAD
    )
    found = uow.all(query.order_by(Milestone.due_on, Milestone.code, Milestone.id).limit(200))
    return steps.due_next(steps.owed_by(steps.tell(uow, found), SPONSOR), MOST)


def _reports(uow: UnitOfWork) -> list[Told]:
    query = (
        reports(uow)
        .where(ReportDue.submitted_on.is_(None), ReportDue.due_on <= uow.today + REPORTS_AHEAD)
        .order_by(ReportDue.due_on, ReportDue.id)
        .limit(MOST)
    )
    rows = ReportRow().many_of(uow, found := uow.rows(query))
    ids = {row.household_id for row in found}
    homes = {h.id: h for h in uow.all(uow.select(Household).where(Household.id.in_(ids)))}
    # What is owed about a household that the reader may no longer know of has its code alone.
    programmes = {id_: programme_of(uow, home) for id_, home in homes.items()}
    near = {id_ for id_, home in homes.items() if uow.allows(Permission.REPORT_OPEN, home)}
    return [
        {
            **row,
            "title": title_of(programmes[each.household_id], each.code)
            if each.household_id in programmes
            else None,
            "opens": each.household_id in near and open_to(uow, each.household_id, each.group_id),
        }
        for row, each in zip(rows, found, strict=True)
    ]
