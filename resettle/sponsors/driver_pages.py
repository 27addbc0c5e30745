"""The page on which a group or a manager says who of its members may drive children."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.sponsors import members, queries, rules, shapes
from resettle.sponsors.models import MemberStatus, SponsorGroup, SponsorMember
from resettle.web.pages import Go, Led, Pages

pages = Pages("drivers", __name__, url_prefix="/sponsor-groups", template_folder="templates")

Shown = dict[str, Any]
CONFIRM = Permission.MEMBER_CONFIRM


@pages.page("/<uuid:group_id>/drivers", permission=CONFIRM, template="sponsors/drivers.html")
def show(uow: UnitOfWork, group_id: UUID) -> Shown:
    """Show who may drive children, who may not, and what is lacking."""
    group = uow.get(SponsorGroup, group_id, to=CONFIRM)
    found = queries.live_members_of(uow, group.id)
    rows = shapes.MemberShape().many_of(uow, found)
    return {
        "group": shapes.GroupShape().one(uow, group),
        "members": [
            {
                **row,
                **_driving(uow, member),
                "may_note_car": uow.allows(Permission.MEMBER_CAR, member),
            }
            for row, member in zip(rows, found, strict=True)
        ],
        "today": uow.today,
    }


def _driving(uow: UnitOfWork, member: SponsorMember) -> Shown:
    how = rules.Driving(
        approved=member.drives_children,
        confirmed=member.status is MemberStatus.CONFIRMED,
        vetted_until=member.vetted_until,
        licence_until=member.licence_until,
        seats=member.vehicle_seats,
    )
    oneself = member.user_id is not None and member.user_id == uow.actor.user_id
    return {
        "lacks": how.lacks(uow.today),
        "runs_out": _soon(member.vetted_until, uow.today),
        "approved": how.approved,
        "oneself": oneself,
        "may_approve": how.may_be_approved(uow.today) and not oneself,
    }


def _soon(until: date | None, today: date) -> bool:
    return until is not None and today < until <= today + rules.WARN


@pages.button("/members/<uuid:member_id>/child-transport", permission=CONFIRM)
def approve(uow: UnitOfWork, member_id: UUID) -> Led:
    """Let a vetted member drive children."""
    member = members.approve_driving(uow, member_id)
    undo = url_for(".end", member_id=member.id)
    return Go(".show", message="They may drive children.", undo=undo, group_id=member.group_id)


@pages.button("/members/<uuid:member_id>/child-transport/ending", permission=CONFIRM)
def end(uow: UnitOfWork, member_id: UUID) -> Led:
    """Let a member drive children no more."""
    member = members.end_driving(uow, member_id)
    told = "They drive children no more. Lifts that they were to drive say so in the week."
    return Go(".show", message=told, group_id=member.group_id)
