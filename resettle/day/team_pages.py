"""The team leader's board, and the pages on which leave is planned."""

from typing import Any
from uuid import UUID

from flask import url_for

from resettle.cases import assigning, covering
from resettle.cases.absences import Absence
from resettle.cases.assigning import Reassigned
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day import team_shapes as shapes
from resettle.day import ways
from resettle.day.board import board as look
from resettle.day.models import SnoozeReason
from resettle.evaluation import pressing
from resettle.web.frame import day
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("team", __name__, template_folder="templates")

Shown = dict[str, Any]
LEAVE = "/leave/<uuid:absence_id>"


@pages.form(
    "/team",
    permission=Permission.TEAM_LEAD,
    schema=shapes.ReassignSchema(),
    template="day/team.html",
)
def board(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Show who has what, and put what nobody has into somebody's hands."""
    if form.command:
        return _told(assigning.reassign(uow, form.command))
    found = shapes.BoardShape().one(uow, look(uow))
    reasons = {code.value: said[0] for code, said in ways.REASONS.items()}
    put_off = [
        {**row, "reason": reasons.get(row["reason_code"], reasons[SnoozeReason.OTHER])}
        for row in found["put_off"]
    ]
    return {
        **found,
        "put_off": put_off,
        "caseworkers": assigning.caseworkers(uow),
        "may_hold": uow.allows(Permission.CASE_HOLD_MANY),
        "today": uow.today,
        **pressing.told(uow),
    }


def _told(rows: tuple[Reassigned, ...]) -> Led:
    done = [row for row in rows if row.done]
    told = [f"{len(done)} of {len(rows)} households are in other hands."]
    told += [f"{row.reference or 'One'}: {row.why_not}" for row in rows if not row.done]
    undo = url_for("team.undo", assignment_id=done[0].assignment_id) if done else None
    return Go("team.board", message=" ".join(told), undo=undo)


@pages.button(
    "/team/assignments/<uuid:assignment_id>/undo",
    permission=Permission.TEAM_LEAD,
)
def undo(uow: UnitOfWork, assignment_id: UUID) -> Led:
    """Take back what was assigned together with this."""
    rows = assigning.take_back(uow, assigning.same_moment(uow, assignment_id))
    done = sum(1 for row in rows if row.done)
    return Go("team.board", message=f"Taken back for {done} of {len(rows)} households.")


@pages.form(
    "/leave",
    permission=Permission.ABSENCE_PLAN,
    schema=shapes.PlanAbsenceSchema(),
    template="day/leave.html",
)
def leave(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Plan a leave: one's own; or a caseworker's, for who leads."""
    if form.command:
        absence = covering.plan(uow, form.command)
        return Go("team.covers", message="The leave is planned.", absence_id=absence.id)
    query = covering.absences(uow).order_by(Absence.from_on, Absence.id).limit(100)
    rows = shapes.AbsenceShape().many_of(uow, uow.all(query))
    names = covering.names_of(uow, [row["user_id"] for row in rows])
    return {
        "rows": [{**row, "name": names.get(row["user_id"], "")} for row in rows],
        "may_leave": uow.allows(Permission.QUEUE_ACT),
        "leads": uow.allows(Permission.TEAM_LEAD),
        "caseworkers": assigning.caseworkers(uow),
        "today": uow.today,
    }


@pages.form(
    LEAVE,
    permission=Permission.ABSENCE_PLAN,
    schema=shapes.CoverHouseholdSchema(),
    template="day/covers.html",
)
def covers(uow: UnitOfWork, form: Form, absence_id: UUID) -> Shown | Led:
    """Show who stands in for each household, and name somebody else."""
    if form.command:
        covering.cover(uow, absence_id, form.command)
        return Go("team.covers", message="Somebody stands in now.", absence_id=absence_id)
    absence, found = covering.covered(uow, absence_id)
    names = covering.names_of(uow, [absence.user_id])
    return {
        "absence": shapes.AbsenceShape().one(uow, absence),
        "name": names.get(absence.user_id, ""),
        "rows": shapes.CoveredShape().many_of(uow, found),
        "caseworkers": assigning.caseworkers(uow),
    }


@pages.form(
    LEAVE + "/ending",
    permission=Permission.ABSENCE_PLAN,
    schema=shapes.ComeBackSchema(),
    template="day/come_back.html",
)
def come_back(uow: UnitOfWork, form: Form, absence_id: UUID) -> Shown | Led:
    """Ask when somebody is back."""
    if form.command:
        absence = covering.come_back(uow, absence_id, form.command)
        return Go("team.leave", message=f"Back on {day(absence.until_on)}.")
    absence = uow.get(Absence, absence_id, to=Permission.ABSENCE_PLAN)
    return {"absence": shapes.AbsenceShape().one(uow, absence)}
