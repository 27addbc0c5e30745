"""Pages of sponsor groups: who they are, who is in them, and what they still owe or lack."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from resettle.core.errors import Invalid
from resettle.core.languages import language
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.programmes.content import Checklist
from resettle.programmes.workflow import Stage
from resettle.sponsors import facts, finding, members, queries, rules, schemas, shapes
from resettle.sponsors.models import (
    MemberRole,
    MemberStatus,
    SponsorGroup,
    SponsorMember,
    VettingOutcome,
    VettingReason,
)
from resettle.web.auth import admit
from resettle.web.hidden import hidden
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("sponsor_groups", __name__, url_prefix="/sponsor-groups", template_folder="templates")

Shown = dict[str, Any]
MOST_GROUPS = 200
MOST_REPORTS = 50
ROLES = [(role.value, plain(role.value)) for role in MemberRole]
OUTCOMES = [
    (VettingOutcome.PENDING.value, "Asked for, not answered yet"),
    (VettingOutcome.CLEAR.value, "Clear"),
    (VettingOutcome.FOR_REVIEW.value, "For review"),
    (VettingOutcome.DECLINED.value, "Declined"),
]
REASONS = [(reason.value, plain(reason.value)) for reason in VettingReason]


@pages.page(
    "",
    permission=Permission.GROUP_READ,
    template="sponsors/index.html",
    filters=schemas.GroupFiltersSchema(),
)
def index(uow: UnitOfWork, wanted: schemas.GroupFilters) -> Shown:
    """List the sponsor groups that the reader may know of, who waits longest first."""
    ids = finding.named(uow, wanted.q) if wanted.q else None
    query = queries.groups(
        uow, status=wanted.status, location=wanted.location, open_=wanted.open, ids=ids
    ).order_by(*queries.SORTS["since"], SponsorGroup.id)
    rows = uow.rows(query.limit(MOST_GROUPS))
    shown = shapes.GroupRow().many_of(uow, rows)
    known = queries.stages(uow)
    return {
        "groups": [_standing(row, known[row["status"]]) for row in shown],
        "wanted": wanted.status,
        "asked": wanted.q,
        "states": [(code, known[code].title) for code in queries.statuses(uow)],
        "may_write": uow.allows(Permission.GROUP_MESSAGE_SEND),
    }


def _standing(row: Shown, stage: Stage) -> Shown:
    return {**row, "state": stage.title, "is_over": stage.final}


@pages.post("/searches")
def ask() -> ResponseReturnValue:
    """Take the name that was typed, and lead to the groups that bear it."""
    admit(Permission.GROUP_READ)
    form = Form.sent(schemas.NamedSchema())
    if form.errors:
        raise Invalid(form.errors)
    typed: schemas.GroupFilters = form.command
    return redirect(url_for(".index", q=hidden(typed.q), status=typed.status), code=303)


ask.permission = Permission.GROUP_READ  # type: ignore[attr-defined]


@pages.page("/<uuid:group_id>", permission=Permission.GROUP_READ, template="sponsors/group.html")
def show(uow: UnitOfWork, group_id: UUID) -> Shown:
    """Show a group with its members, its checklists and its deeds."""
    group = uow.get(SponsorGroup, group_id, to=Permission.GROUP_READ)
    return {
        "group": shapes.GroupShape().one(uow, group),
        "state": queries.workflow_of(uow, group).stage(group.status).title,
        "members": _members(uow, group.id),
        "lists": _lists(uow, group),
        "deeds": shapes.DeedShape().many_of(uow, queries.deeds_of(uow, group.id)),
        "warnings": _warnings(uow, group),
        "may_apply": uow.allows(Permission.APPLICATION_READ, group),
        "may_move": uow.allows(Permission.GROUP_MOVE, group),
        "reports": _reports(uow, group),
        "onwards": _onwards(uow, group),
        "may_add": uow.allows(Permission.MEMBER_ADD, group),
        "may_confirm": uow.allows(Permission.MEMBER_CONFIRM, group),
        "may_see_money": uow.allows(Permission.FUNDS_TOTALS, group),
        "may_see_strain": uow.allows(Permission.STRAIN_READ, group),
        "may_vet": uow.allows(Permission.VETTING_RECORD, group),
    }


def _members(uow: UnitOfWork, group_id: UUID) -> list[Shown]:
    found = queries.members_of(uow, group_id)
    waiting = {MemberStatus.AWAITING_GROUP, MemberStatus.AWAITING_MANAGER}
    shown = shapes.MemberShape().many_of(uow, found)
    trained = _trained(uow, group_id)
    return [
        {
            **row,
            "brings": _brings(row, trained.get(row["id"], ())),
            "waits": member.status in waiting,
            "state": plain(member.status),
            "may_note_car": uow.allows(Permission.MEMBER_CAR, member),
        }
        for row, member in zip(shown, found, strict=True)
    ]


def _trained(uow: UnitOfWork, group_id: UUID) -> dict[UUID, list[str]]:
    """Name the modules that each member has finished, for the group itself and managers."""
    group = uow.get(SponsorGroup, group_id, to=Permission.GROUP_READ)
    if not uow.allows(Permission.APPLICATION_READ, group):
        return {}
    found: dict[UUID, list[str]] = {}
    for row in queries.trainings_of(uow, group.id):
        found.setdefault(row.member_id, []).append(plain(row.module))
    return found


def _brings(row: Shown, trained: Sequence[str]) -> list[tuple[str, str]]:
    """Tell what a member brings, as far as the reader may know it: each under its name."""
    seats, small = row.get("vehicle_seats"), row.get("child_seats") or 0
    found = [
        ("Can do", ", ".join(plain(each) for each in row.get("skills") or ())),
        ("Speaks", ", ".join(language(each) for each in row.get("languages") or ())),
        ("Usually has time", ", ".join(plain(each) for each in row.get("availability") or ())),
        ("Seats in the car", f"{seats} ({small} for children)" if seats else ""),
        ("Trained in", ", ".join(sorted(trained))),
    ]
    return [(name, told) for name, told in found if told]


def _warnings(uow: UnitOfWork, group: SponsorGroup) -> list[str]:
    """Tell the group itself, and managers, what runs out soon, before it has run out."""
    if not uow.allows(Permission.APPLICATION_READ, group):
        return []
    ends = [m.vetted_until for m in queries.live_members_of(uow, group.id)]
    return [
        *rules.vettings_warned(ends, uow.today),
        *rules.approval_warned(group.approved_until, uow.today),
    ]


def _lists(uow: UnitOfWork, group: SponsorGroup) -> list[Shown]:
    """Put the items of each checklist together under its title."""
    found = queries.checklist_of(uow, group.id)
    shown = shapes.ChecklistItemShape().many_of(uow, found)
    return [
        {"title": listed.title, "entries": _entries(listed, shown)}
        for listed in queries.programme_of(uow, group).checklists
        if any(row["list_code"] == listed.code for row in shown)
    ]


def _entries(listed: Checklist, shown: list[Shown]) -> list[Shown]:
    titles = {item.code: item.title for item in listed.items}
    rows = [row for row in shown if row["list_code"] == listed.code]
    return [{**row, "title": titles[row["item_code"]]} for row in rows]


def _reports(uow: UnitOfWork, group: SponsorGroup) -> list[Shown]:
    query = queries.reports_of(uow, group.id).order_by(*queries.REPORT_SORTS["due"])
    found = uow.rows(query.limit(MOST_REPORTS))
    shown = [row for row in shapes.ReportRow().many_of(uow, found) if row]
    opens = queries.reports_opened(uow, group.id, {row.household_id for row in found})
    titles = {report.code: report.title for report in queries.programme_of(uow, group).reports}
    return [
        {
            **row,
            "title": titles.get(row["code"], row["code"]),
            "opens": row["household_id"] in opens,
        }
        for row in shown
    ]


def _onwards(uow: UnitOfWork, group: SponsorGroup) -> list[Shown]:
    """Tell who leads the group, or decides on it, where it may go and what is missing.

    To be suspended and the like is no next step of a group's, and is shown to who decides alone.
    """
    if not uow.allows(Permission.GROUP_UPDATE, group):
        return []
    sides = {side.code for side in queries.workflow_of(uow, group).sides}
    decides = uow.allows(Permission.GROUP_MOVE, group)
    return [
        {"title": move.title, "missing": [fact.missing for fact in move.missing]}
        for move in facts.moves_ahead(uow, group.id)
        if decides or move.to not in sides
    ]


@pages.form(
    "/<uuid:group_id>/members/new",
    permission=Permission.MEMBER_ADD,
    schema=schemas.AddMemberSchema(),
    template="sponsors/member.html",
)
def add_member(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Put somebody forward as a member."""
    if form.command:
        members.add_member(uow, group_id, form.command)
        return _to_group(group_id, "The member is put forward. Two others confirm now.")
    group = uow.get(SponsorGroup, group_id, to=Permission.MEMBER_ADD)
    return {"group": shapes.GroupShape().one(uow, group), "roles": ROLES}


@pages.button(
    "/members/<uuid:member_id>/confirmation",
    permission=Permission.MEMBER_CONFIRM,
)
def confirm_member(uow: UnitOfWork, member_id: UUID) -> Led:
    """Take the next step of confirming a member."""
    member = members.confirm_member(uow, member_id)
    return _to_group(member.group_id, f"Recorded. The membership is now: {plain(member.status)}.")


@pages.form(
    "/members/<uuid:member_id>/vetting",
    permission=Permission.VETTING_RECORD,
    schema=schemas.RecordVettingSchema(),
    template="sponsors/vetting.html",
)
def vetting(uow: UnitOfWork, form: Form, member_id: UUID) -> Shown | Led:
    """Record the outcome of a vetting, never what it said."""
    member = uow.get(SponsorMember, member_id, to=Permission.VETTING_RECORD)
    if form.command:
        members.record_vetting(uow, member_id, form.command)
        return _to_group(member.group_id, "The outcome is recorded.")
    return {
        "member": shapes.MemberShape().one(uow, member),
        "outcomes": OUTCOMES,
        "reasons": REASONS,
        "earlier": shapes.VettingShape().many_of(uow, queries.vettings_of(uow, member_id)),
    }


def _to_group(group_id: UUID, message: str) -> Led:
    return Go("sponsor_groups.show", message=message, group_id=group_id)
