"""The page on which a member is let go, with what stands in their name."""

from typing import Any
from uuid import UUID

from flask import url_for

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.roster import leaving
from resettle.sponsors import members, schemas
from resettle.sponsors.models import SponsorMember
from resettle.sponsors.shapes import MemberShape
from resettle.web.pages import Form, Led, Pages

pages = Pages("members_leaving", __name__, template_folder="templates")

Shown = dict[str, Any]


@pages.form(
    "/sponsor-groups/members/<uuid:member_id>/departure",
    permission=Permission.MEMBER_ADD,
    schema=schemas.LeaveSchema(),
    template="roster/departure.html",
)
def leave(uow: UnitOfWork, form: Form, member_id: UUID) -> Shown | Led:
    """Record that a member has left; their rights end at once, and others take over."""
    if form.command:
        gone = members.leave(uow, member_id, form.command.left_on)
        where = url_for("sponsor_groups.show", group_id=gone.group_id)
        return Led(where, "They have left. What stood in their name is open to the others.")
    member = uow.get(SponsorMember, member_id, to=Permission.MEMBER_ADD)
    return {
        "member": MemberShape().one(uow, member),
        "waits": leaving.waiting_for(uow, member.id),
        "today": uow.today,
    }
